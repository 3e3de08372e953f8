import { z } from 'zod';
import { invalidClient, OAuthError } from './errors';

/** The loopback addresses that Salesforce's own CLI comes back to (research/salesforce.md 1.1). */
export const loopbackRedirects: readonly string[] = [
  'http://localhost:1717/OauthRedirect',
  'http://127.0.0.1:1717/OauthRedirect',
];

/** A connected app, or external client app, as its admin has set it up. */
export const orgAppSchema = z.strictObject({
  clientId: z.string().min(1),
  name: z.string().min(1),
  /** A public client has none. */
  secret: z.string().min(1).nullable().default(null),
  /** The address to come back to must be one of these, letter by letter. */
  redirectUris: z.array(z.string().min(1)).default([...loopbackRedirects]),
  scopes: z.array(z.string().min(1)).default(['api', 'web', 'id', 'openid', 'refresh_token']),
  requirePkce: z.boolean().default(false),
  /** Whether codes and refresh tokens are worth nothing without the secret. */
  requireSecret: z.boolean().default(false),
  /** PEM of a certificate or public key, for the JWT bearer flow. */
  certificate: z.string().nullable().default(null),
  /** Nobody but those who may approve uninstalled apps can use one that is not (since September 2025). */
  installed: z.boolean().default(true),
  /** `adminApproved`: nobody is asked for consent, and only `approvedUsers` come in. */
  permittedUsers: z.enum(['all', 'adminApproved']).default('all'),
  approvedUsers: z.array(z.string()).default([]),
  /** Username that the client credentials flow runs as. */
  runAs: z.string().nullable().default(null),
});
export type OrgApp = z.output<typeof orgAppSchema>;
export type OrgAppInput = z.input<typeof orgAppSchema>;
export type AppChanges = Partial<Omit<OrgApp, 'clientId'>>;

/** The Salesforce CLI's own app: public, no secret. */
export const platformCli: OrgAppInput = {
  clientId: 'PlatformCLI',
  name: 'Salesforce CLI',
  scopes: ['refresh_token', 'api', 'web', 'id', 'openid', 'full'],
  requirePkce: true,
};

/** The apps the org knows. */
export class Apps {
  private readonly known = new Map<string, OrgApp>();

  constructor(apps: readonly OrgAppInput[]) {
    for (const app of apps) this.known.set(app.clientId, orgAppSchema.parse(app));
  }

  get(clientId: string | null): OrgApp | undefined {
    return clientId === null ? undefined : this.known.get(clientId);
  }

  list(): OrgApp[] {
    return [...this.known.values()];
  }

  /** Adds an app, or changes the one of that id. */
  set(clientId: string, changes: AppChanges): OrgApp {
    const before = this.known.get(clientId);
    const app = orgAppSchema.parse({ name: clientId, ...before, ...changes, clientId });
    this.known.set(clientId, app);
    return app;
  }
}

/** Which app a request comes from, by its own word. */
export interface ClientClaim {
  id: string | null;
  secret: string | null;
}

/**
 * The app behind a claim. A secret that is sent must be right, also where none is needed; a public client must
 * send none (research/salesforce.md 1.1).
 */
export function authenticateClient(apps: Apps, claim: ClientClaim, secretNeeded: (app: OrgApp) => boolean) {
  const app = apps.get(claim.id);
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const sent = claim.secret ?? '';
  if (sent === '' ? secretNeeded(app) : sent !== app.secret) throw invalidClient();
  return app;
}

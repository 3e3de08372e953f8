import { z } from 'zod';
import type { Automation } from './dml/automation';
import type { UserPermission, ValidationRule } from './dml/context';
import type { DuplicateRule } from './dml/duplicates';
import { type OrgAppInput, platformCli } from './oauth/apps';
import { everythingDeployed, type FieldSwitches, puenteFields } from './schema';
import type { Multicurrency } from './schema/currency';
import { type OrderStatusDef, standardOrderStatuses } from './schema/orders';
import { type OrgUser, type OrgUserInput, orgUserSchema } from './users';

/** What a person types into Puente to sign in: the integration user, and Puente's own app. */
export interface OrgCredentials {
  username: string;
  password: string;
  /** Appended to the password when set. */
  securityToken: string;
  clientId: string;
  clientSecret: string;
}

/** What can be changed while the org runs. */
export const orgSwitchesSchema = z.object({
  /** `blocked` is how orgs created since Summer '23 come (research/salesforce.md 1.1). */
  passwordFlow: z.enum(['allowed', 'blocked']),
  /** Each use of a refresh token replaces it, and an old one kills the family (research/salesforce.md 1.1). */
  refreshTokenRotation: z.enum(['off', 'on']),
  /** A refresh token dies when it is not used for so long; `null` keeps it until it is revoked. */
  refreshTokenIdleMs: z.number().int().positive().nullable(),
  /** Whether a PKCE verifier over 128 characters passes: jsforce's has 171 (research/salesforce.md 1.3). */
  longCodeVerifier: z.enum(['allowed', 'refused']),
  /** A session dies when it is not used for so long. */
  sessionTimeoutMs: z.number().int().positive(),
  dailyApiLimit: z.number().int().nonnegative(),
  /** How a failed graph is told: every node repeats the cause (seen in v50), or the others say halted. */
  graphErrors: z.enum(['repeat', 'halted']),
  bulk: z.object({
    /** How long a bulk job waits and works. */
    delayMs: z.number().int().nonnegative(),
    /** Query jobs end as failed and do not say why, as they sometimes do (research/salesforce.md 3.5). */
    failWithoutMessage: z.boolean(),
    /** Query jobs in 24 hours. */
    dailyJobs: z.number().int().nonnegative(),
  }),
  /** login() by SOAP, which orgs since Summer '26 have switched off (research/salesforce.md 1.1). */
  soapLogin: z.enum(['allowed', 'blocked']),
  /** How long a deployment waits before it is worked through. */
  deployDelayMs: z.number().int().nonnegative(),
  /** `connection`: the line is dead. `maintenance`: 503 for everything. */
  down: z.enum(['no', 'connection', 'maintenance']),
});
export type OrgSwitches = z.infer<typeof orgSwitchesSchema>;

export interface OrgOptions {
  credentials: OrgCredentials;
  /** Who else can sign in. */
  users: readonly OrgUserInput[];
  /** Apps beside Puente's own and the Salesforce CLI's, or more about these under their client ids. */
  apps: readonly (Partial<OrgAppInput> & { clientId: string })[];
  name: string;
  timeZone: string;
  /** What the token answer calls `instance_url`, when it is not the login address. */
  instanceUrl: string | null;
  orderStatuses: readonly OrderStatusDef[];
  fields: FieldSwitches;
  /** The org's currency, where it has one. */
  currency: string;
  /** `null`: the org has one currency and shows no currency fields. */
  multicurrency: Multicurrency | null;
  validationRules: readonly ValidationRule[];
  duplicateRules: readonly DuplicateRule[];
  /** The customer's own triggers. */
  automations: readonly Automation[];
  /** What the integration user's profile does not allow. */
  deniedPermissions: readonly UserPermission[];
  /** Order Settings in Setup; both are off in a new org. */
  orderSettings: { negativeQuantity: boolean; zeroQuantity: boolean };
  /** False for a record that the integration user cannot see, and of which errors therefore tell nothing. */
  sees: (object: string, id: string) => boolean;
  switches: OrgSwitches;
}

const catalogue = ['Product2', 'Pricebook2', 'PricebookEntry', 'Location', 'ProductItem'];

/** An administrator, and a salesperson who was never given Puente's permission set. */
const defaultUsers: readonly OrgUserInput[] = [
  {
    username: 'administracion@santelmo.example',
    password: 'Administra2026',
    profile: 'System Administrator',
    firstName: 'Lucía',
    lastName: 'Ferreyra',
    alias: 'lferr',
    approvesUninstalledApps: true,
  },
  {
    username: 'ventas@santelmo.example',
    password: 'Ventas2026',
    firstName: 'Martín',
    lastName: 'Sosa',
    alias: 'msosa',
    access: {
      noCreate: catalogue,
      noEdit: catalogue,
      noDelete: [...catalogue, 'Account', 'Order'],
      hiddenFields: puenteFields(standardOrderStatuses),
      readOnlyFields: ['Account.Bloqueado__c'],
    },
  },
];

export const defaultOrgOptions: OrgOptions = {
  credentials: {
    username: 'integracion@santelmo.example',
    password: 'Mayorista2026',
    securityToken: '',
    clientId: '3MVG9PuenteSandbox.ConnectedApp_0001',
    clientSecret: 'A1B2C3D4E5F60718293A4B5C6D7E8F90',
  },
  users: defaultUsers,
  apps: [],
  name: 'Mayorista San Telmo',
  timeZone: 'America/Argentina/Buenos_Aires',
  instanceUrl: null,
  orderStatuses: standardOrderStatuses,
  fields: everythingDeployed,
  currency: 'ARS',
  multicurrency: null,
  validationRules: [],
  duplicateRules: [],
  automations: [],
  deniedPermissions: [],
  orderSettings: { negativeQuantity: false, zeroQuantity: false },
  sees: () => true,
  switches: {
    passwordFlow: 'allowed',
    refreshTokenRotation: 'off',
    refreshTokenIdleMs: null,
    longCodeVerifier: 'allowed',
    sessionTimeoutMs: 2 * 60 * 60 * 1000,
    dailyApiLimit: 100_000,
    graphErrors: 'repeat',
    soapLogin: 'allowed',
    deployDelayMs: 300,
    bulk: { delayMs: 200, failWithoutMessage: false, dailyJobs: 10_000 },
    down: 'no',
  },
};

/** The user that Puente signs in as. */
export const integrationUser = ({ username, password, securityToken }: OrgCredentials): OrgUser =>
  orgUserSchema.parse({
    username,
    password,
    securityToken,
    firstName: 'Puente',
    lastName: 'Integración',
    alias: 'puente',
  });

/** Puente's own app, the Salesforce CLI's, and the others; what is said twice of one client id goes together. */
export function allApps({ credentials, apps }: OrgOptions): OrgAppInput[] {
  const all = new Map<string, OrgAppInput>([
    [
      credentials.clientId,
      {
        clientId: credentials.clientId,
        name: 'Puente',
        secret: credentials.clientSecret,
        requireSecret: true,
        runAs: credentials.username,
      },
    ],
    [platformCli.clientId, platformCli],
  ]);
  for (const app of apps) {
    all.set(app.clientId, { name: app.clientId, ...all.get(app.clientId), ...app });
  }
  return [...all.values()];
}

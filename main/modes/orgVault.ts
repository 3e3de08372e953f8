import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../contract/problem';
import type { OrgSettings, SecretName } from '../../contract/settings';
import type { OrgCredentials, RefreshToken } from '../salesforce';
import type { Keychain } from '../settings/keychain';

/** A refresh token with whom and what it was given for: it must never be sent to another address. */
const browserTokenSchema = z.object({
  token: z.string().min(1),
  loginUrl: z.string(),
  clientId: z.string(),
  /** Who signed in; empty where the org does not say. */
  username: z.string(),
});
export type BrowserToken = z.infer<typeof browserTokenSchema>;

export interface OrgVault {
  /** What the next sign-in needs, by the settings as they are now. */
  credentials(): Promise<Result<OrgCredentials>>;
  /** What the org gave when a person signed in with the browser. */
  keepBrowserToken(token: BrowserToken): Promise<Result<void>>;
  /** Who signed in with the browser, if that counts for the settings as they are now. */
  signedInAs(): Promise<string | null>;
}

/** The org's credentials: what is in the settings, and what is in the keychain. */
export function createOrgVault(deps: { org: () => OrgSettings | null; keychain: Keychain }): OrgVault {
  const { keychain } = deps;
  /** A token that the keychain would not take. The one it has is worth nothing any more. */
  let unkept: BrowserToken | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: a token that is being replaced must not be used by anybody else. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function keep(token: BrowserToken): Promise<Result<void>> {
    unkept = token;
    const written = await keychain.write('refreshToken', JSON.stringify(token));
    if (!written.ok)
      return failed(problem('keychain.notWritten', {}, { detail: written.problem.detail ?? '' }));
    unkept = null;
    return ok(undefined);
  }

  /** The token for these settings; null when there is none, or one for another address or app. */
  async function browserToken(org: OrgSettings): Promise<Result<BrowserToken | null>> {
    if (unkept !== null) {
      const kept = await keep(unkept);
      if (!kept.ok) return kept;
    }
    const secret = await keychain.read('refreshToken');
    if (!secret.ok) return secret;
    const token = readBrowserToken(secret.value);
    return ok(token !== null && isFor(token, org) ? token : null);
  }

  const refreshToken = (org: OrgSettings): RefreshToken => ({
    lend: (work) =>
      inTurn(async () => {
        const found = await browserToken(org);
        if (!found.ok) return found;
        const held = found.value;
        if (held === null) return failed(problem('org.browserNeeded'));
        return ok(await work(held.token, (next) => keep({ ...held, token: next })));
      }),
  });

  async function secret(name: SecretName): Promise<Result<string>> {
    const found = await keychain.read(name);
    if (!found.ok) return found;
    return found.value === null ? failed(problem('secret.missing', { name })) : ok(found.value);
  }

  return {
    async credentials() {
      const settings = deps.org();
      if (settings === null) return failed(problem('settings.incomplete'));
      switch (settings.signIn) {
        case 'password': {
          const password = await secret('password');
          if (!password.ok) return password;
          const clientSecret = await secret('clientSecret');
          if (!clientSecret.ok) return clientSecret;
          const secrets = { password: password.value, clientSecret: clientSecret.value };
          return ok({ signIn: 'password', settings, secrets });
        }
        case 'clientCredentials': {
          const clientSecret = await secret('clientSecret');
          if (!clientSecret.ok) return clientSecret;
          return ok({ signIn: 'clientCredentials', settings, secrets: { clientSecret: clientSecret.value } });
        }
        case 'browser': {
          const clientSecret = await keychain.read('clientSecret');
          if (!clientSecret.ok) return clientSecret;
          const secrets = { clientSecret: clientSecret.value };
          return ok({ signIn: 'browser', settings, secrets, refreshToken: refreshToken(settings) });
        }
        case 'jwt': {
          const privateKey = await secret('privateKey');
          if (!privateKey.ok) return privateKey;
          return ok({ signIn: 'jwt', settings, secrets: { privateKey: privateKey.value } });
        }
      }
    },

    keepBrowserToken: (token) => inTurn(() => keep(token)),

    async signedInAs() {
      const org = deps.org();
      if (org?.signIn !== 'browser') return null;
      // Not in turn: nobody who opens the settings should wait for an org that does not answer.
      const secret = await keychain.read('refreshToken');
      const token = unkept ?? (secret.ok ? readBrowserToken(secret.value) : null);
      return token !== null && isFor(token, org) ? token.username : null;
    },
  };
}

const isFor = (token: BrowserToken, org: OrgSettings): boolean =>
  token.loginUrl === org.loginUrl && token.clientId === org.clientId;

/** Null for what is no token of ours. */
function readBrowserToken(text: string | null): BrowserToken | null {
  if (text === null) return null;
  try {
    const parsed = browserTokenSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

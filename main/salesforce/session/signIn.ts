import { type Problem, problem } from '../../../contract/problem';
import { redact } from '../../net/redact';
import { makeAssertion } from './assertion';
import { type KeepToken, type OrgCredentials, secretTexts } from './credentials';
import { callTokenEndpoint, type SignIn, type TokenLimits } from './tokenCall';

type Limits = TokenLimits & { now: () => number };
type BrowserCredentials = Extract<OrgCredentials, { signIn: 'browser' }>;

/** Asks the login address for a session, in the way that the settings name (research/salesforce.md 1.1, 1.2). */
export async function signIn(credentials: OrgCredentials, limits: Limits): Promise<SignIn> {
  if (credentials.signIn === 'browser') {
    const lent = await credentials.refreshToken.lend((token, keep) =>
      renew(credentials, token, keep, limits),
    );
    return lent.ok ? lent.value : refused(lent.problem);
  }
  const form = formOf(credentials, limits.now());
  if (form === null) return refused(problem('org.keyRefused'));
  const result = await callTokenEndpoint(credentials.settings.loginUrl, form, limits);
  return result.ok ? result : { ...result, problem: redact(result.problem, secretTexts(credentials)) };
}

/**
 * Renews by the refresh token. One that replaces it is kept before the session is used: a session is worth nothing
 * to a program that cannot renew it.
 */
async function renew(
  credentials: BrowserCredentials,
  token: string,
  keep: KeepToken,
  limits: Limits,
): Promise<SignIn> {
  const { clientId, loginUrl } = credentials.settings;
  const form = {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: clientId,
    ...clientSecretOf(credentials.secrets.clientSecret),
  };
  const result = await callTokenEndpoint(loginUrl, form, limits);
  if (!result.ok) return { ...result, problem: redact(result.problem, [token, ...secretTexts(credentials)]) };
  const { refreshToken } = result.grant;
  if (refreshToken === null || refreshToken === token) return result;
  const kept = await keep(refreshToken);
  return kept.ok ? result : refused(kept.problem);
}

/** The token endpoint's parameters; null when the private key is none. */
function formOf(
  credentials: Exclude<OrgCredentials, BrowserCredentials>,
  now: number,
): Record<string, string> | null {
  const { clientId, loginUrl } = credentials.settings;
  switch (credentials.signIn) {
    case 'password':
      // Where the org wants a security token, the person appends it to the password, as everywhere with Salesforce.
      return {
        grant_type: 'password',
        username: credentials.settings.username,
        password: credentials.secrets.password,
        client_id: clientId,
        client_secret: credentials.secrets.clientSecret,
      };
    case 'clientCredentials':
      return {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: credentials.secrets.clientSecret,
      };
    case 'jwt': {
      const { username } = credentials.settings;
      const assertion = makeAssertion({ clientId, username, loginUrl, now }, credentials.secrets.privateKey);
      if (assertion === null) return null;
      return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    }
  }
}

/** A public app must not send one, not even an empty one (research/salesforce.md 1.1). */
export const clientSecretOf = (clientSecret: string | null): { client_secret?: string } =>
  clientSecret === null ? {} : { client_secret: clientSecret };

const refused = (reason: Problem): SignIn => ({ ok: false, problem: reason, retryAfterMs: null });

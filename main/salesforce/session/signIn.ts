import { OAuth2 } from '@jsforce/jsforce-node';
import { z } from 'zod';
import { type Problem, type ProblemCode, problem } from '../../../contract/problem';
import type { OrgSettings } from '../../../contract/settings';
import { type Exchange, type Fetch, type HttpAnswer, pageTitle, retryAfterOf } from '../../net/exchange';
import { parseJson } from '../../net/json';
import { redact } from '../../net/redact';
import { classify } from '../classify';
import { readOrgErrors } from '../failure';
import { GuardedTransport } from './transport';

export interface OrgCredentials {
  settings: OrgSettings;
  secrets: { password: string; clientSecret: string };
}

export interface Grant {
  accessToken: string;
  instanceUrl: string;
}

export type SignIn =
  | { ok: true; grant: Grant }
  | { ok: false; problem: Problem; retryAfterMs: number | null };

const grantSchema = z.object({ access_token: z.string().min(1), instance_url: z.url() });
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** Error codes of the token endpoint (research/salesforce.md 1.2); others are `org.signInRefused`. */
const refusals: Readonly<Record<string, ProblemCode>> = {
  invalid_client: 'org.wrongClient',
  invalid_client_id: 'org.wrongClient',
  invalid_client_credentials: 'org.wrongClient',
  rate_limit_exceeded: 'org.concurrentLimit',
};

/**
 * Asks the login address for a session by the username-password flow (research/salesforce.md 1.2). Where
 * the org wants a security token, the person appends it to the password, as everywhere with Salesforce.
 */
export async function signIn(
  { settings, secrets }: OrgCredentials,
  limits: { fetch: Fetch; timeoutMs: number; maxBytes: number },
): Promise<SignIn> {
  const origin = new URL(settings.loginUrl).origin;
  const transport = new GuardedTransport({ ...limits, origin, signal: new AbortController().signal });
  const oauth2 = new OAuth2({
    loginUrl: origin,
    clientId: settings.clientId,
    clientSecret: secrets.clientSecret,
  });
  oauth2._transport = transport;
  try {
    await oauth2.authenticate(settings.username, secrets.password);
  } catch {
    // What went wrong stands in the transport's outcome, in full.
  }
  const result = readOutcome(transport.outcome, settings.loginUrl);
  if (result.ok) return result;
  return { ...result, problem: redact(result.problem, [secrets.password, secrets.clientSecret]) };
}

function readOutcome(outcome: Exchange | null, loginUrl: string): SignIn {
  if (outcome === null) return refused(problem('org.signInRefused'));
  if (!outcome.ok) {
    const { problem: reason, retryAfterMs } = classify(outcome.failure, 'read');
    return refused(withHost(reason, loginUrl), retryAfterMs ?? null);
  }
  return outcome.answer.status === 200
    ? readGrant(outcome.answer, loginUrl)
    : readRefusal(outcome.answer, loginUrl);
}

function readGrant(answer: HttpAnswer, loginUrl: string): SignIn {
  const parsed = parseJson(answer.body, grantSchema);
  if (!parsed.ok) return refused(wrongAddress(loginUrl, pageTitle(answer.body) ?? parsed.why));
  const instance = new URL(parsed.value.instance_url);
  // A token fit for the wires must not go out in the clear: plain http is for this computer alone.
  if (instance.protocol !== 'https:' && !isLocal(instance))
    return refused(wrongAddress(loginUrl, `instance address ${instance.origin}`));
  return { ok: true, grant: { accessToken: parsed.value.access_token, instanceUrl: instance.origin } };
}

function readRefusal(answer: HttpAnswer, loginUrl: string): SignIn {
  const parsed = parseJson(answer.body, refusalSchema);
  if (parsed.ok) return refused(refusalProblem(parsed.value));
  const page = readOrgErrors(answer.body).length === 0;
  if (page && answer.status < 500 && answer.status !== 429)
    return refused(wrongAddress(loginUrl, `HTTP ${answer.status} ${pageTitle(answer.body) ?? ''}`.trim()));
  const { problem: reason, retryAfterMs } = classify(
    {
      kind: 'http',
      status: answer.status,
      errors: readOrgErrors(answer.body),
      retryAfterMs: retryAfterOf(answer.headers),
      title: pageTitle(answer.body),
    },
    'read',
  );
  return refused(withHost(reason, loginUrl), retryAfterMs ?? null);
}

function refusalProblem({
  error,
  error_description: description = '',
}: z.infer<typeof refusalSchema>): Problem {
  const detail = `${error}: ${description}`;
  // The same code also says "not approved" and "expired"; only this text is about name and password.
  const credentials = error === 'invalid_grant' && /^authentication failure/i.test(description);
  const rate = error === 'invalid_grant' && /login rate exceeded/i.test(description);
  const named = credentials ? 'org.wrongCredentials' : (refusals[error] ?? 'org.signInRefused');
  const code = rate ? 'org.signInRate' : named;
  return problem(code, { message: description }, { detail });
}

const refused = (reason: Problem, retryAfterMs: number | null = null): SignIn => ({
  ok: false,
  problem: reason,
  retryAfterMs,
});

const wrongAddress = (loginUrl: string, detail: string): Problem =>
  problem('org.wrongAddress', { host: new URL(loginUrl).host }, { detail });

const withHost = (reason: Problem, loginUrl: string): Problem => ({
  ...reason,
  params: { host: new URL(loginUrl).host, ...reason.params },
});

const isLocal = (url: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);

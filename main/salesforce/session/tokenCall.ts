import { z } from 'zod';
import { type Problem, type ProblemCode, problem } from '../../../contract/problem';
import {
  type Exchange,
  exchange,
  type Fetch,
  type HttpAnswer,
  pageTitle,
  retryAfterOf,
} from '../../net/exchange';
import { parseJson } from '../../net/json';
import { classify } from '../classify';
import { readOrgErrors } from '../failure';

export interface TokenLimits {
  fetch: Fetch;
  timeoutMs: number;
  maxBytes: number;
}

export interface Grant {
  accessToken: string;
  instanceUrl: string;
  /** The first one, or the one that replaces the one just used; null when there is none. */
  refreshToken: string | null;
}

export type SignIn =
  | { ok: true; grant: Grant }
  | { ok: false; problem: Problem; retryAfterMs: number | null };

const grantSchema = z.object({
  access_token: z.string().min(1),
  instance_url: z.url(),
  refresh_token: z.string().min(1).optional(),
});
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** Error codes of the token endpoint (research/salesforce.md 1.2); others are `org.signInRefused`. */
const refusals: Readonly<Record<string, ProblemCode>> = {
  invalid_client: 'org.wrongClient',
  invalid_client_id: 'org.wrongClient',
  invalid_client_credentials: 'org.wrongClient',
  inactive_user: 'org.userInactive',
  invalid_app_access: 'org.appNotApproved',
  rate_limit_exceeded: 'org.concurrentLimit',
};

/** `invalid_grant` says many things; its text tells them apart (research/salesforce.md 1.2). */
const grantRefusals: readonly [RegExp, ProblemCode][] = [
  [/login rate exceeded/i, 'org.signInRate'],
  [/^authentication failure/i, 'org.wrongCredentials'],
  [/^expired access\/refresh token|^token validity expired/i, 'org.signInAgain'],
  [/inactive user/i, 'org.userInactive'],
  [/hasn't approved this consumer|not admin approved|user is not authorized/i, 'org.appNotApproved'],
  // An assertion that has ended already: the computer's clock is wrong.
  [/assertion|audience validation|^expired authorization code/i, 'org.keyRefused'],
];

/**
 * One call of the login address's token endpoint. It never goes anywhere else: redirects are not followed, since the
 * form carries the secrets.
 */
export async function callTokenEndpoint(
  loginUrl: string,
  form: Readonly<Record<string, string>>,
  limits: TokenLimits,
): Promise<SignIn> {
  const outcome = await exchange(
    {
      method: 'POST',
      url: `${new URL(loginUrl).origin}/services/oauth2/token`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
    { ...limits, signal: new AbortController().signal },
  );
  return readOutcome(outcome, loginUrl);
}

function readOutcome(outcome: Exchange, loginUrl: string): SignIn {
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
  return {
    ok: true,
    grant: {
      accessToken: parsed.value.access_token,
      instanceUrl: instance.origin,
      refreshToken: parsed.value.refresh_token ?? null,
    },
  };
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
  const told = error === 'invalid_grant' ? grantRefusals.find(([text]) => text.test(description))?.[1] : null;
  const code = told ?? refusals[error] ?? 'org.signInRefused';
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

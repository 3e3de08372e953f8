import { Connection } from '@jsforce/jsforce-node';
import type { z } from 'zod';
import { type Problem, problem, type Result } from '../../../contract/problem';
import { download } from '../../net/download';
import {
  type Exchange,
  exchange,
  type Fetch,
  type HttpAnswer,
  pageTitle,
  retryAfterOf,
} from '../../net/exchange';
import { parseJson } from '../../net/json';
import { redact } from '../../net/redact';
import { classify, type Verdict } from '../classify';
import { type OrgFailure, readOrgErrors } from '../failure';
import { type OrgCredentials, secretTexts } from './credentials';
import { signIn } from './signIn';
import { readSoap, type SoapAnswer, type SoapOperation, soapRequest, withExpiryAsStatus } from './soap';
import { GuardedTransport } from './transport';

/** Time allowed to each kind of call, body included, in milliseconds. */
export interface Timeouts {
  token: number;
  read: number;
  write: number;
}

export const defaultTimeouts: Timeouts = { token: 30_000, read: 60_000, write: 120_000 };

export interface SessionOptions {
  /** Asked at every sign-in, so that changed settings are taken up without a restart. */
  credentials: () => Promise<Result<OrgCredentials>>;
  apiVersion: string;
  timeouts: Timeouts;
  fetch: Fetch;
  now: () => number;
}

export interface OrgCall<T> {
  call: 'read' | 'write';
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the API version's root (`/query?q=…`) or from the server's (`/services/data`). */
  path: string;
  body?: unknown;
  /** What the answer's JSON must be. An answer without a body is checked as `null`. */
  answer: z.ZodType<T>;
  signal: AbortSignal;
}

export type OrgAnswer<T> = { ok: true; value: T } | ({ ok: false } & Verdict);

export interface Usage {
  used: number;
  limit: number;
}

/** A GET whose answer is handed on as it comes. */
export interface OrgDownload {
  path: string;
  accept: string;
  take: (piece: Uint8Array) => Promise<void>;
  signal: AbortSignal;
}

/** A read by the SOAP API, for what the REST API does not tell. */
export interface SoapRead {
  operation: SoapOperation;
  signal: AbortSignal;
}

export interface Session {
  /** One call: if the session has expired, it is renewed once and the call repeated once, never more. */
  call<T>(call: OrgCall<T>): Promise<OrgAnswer<T>>;
  /** The same for an answer of any length; answers its headers, in lower case. */
  download(request: OrgDownload): Promise<OrgAnswer<Readonly<Record<string, string>>>>;
  /** The same by SOAP; the org's no to the operation is an answer. */
  soap(request: SoapRead): Promise<OrgAnswer<SoapAnswer>>;
  /** Signs in unless signed in already. */
  open(signal: AbortSignal): Promise<Result<void>>;
  /** Forgets the session; the next call signs in with what the credentials are then. */
  reset(): void;
  /** Origin of the org's instance, once signed in. */
  instanceUrl(): string | null;
  /** Calls of the last 24 hours, as the org counted them in its latest answer. */
  usage(): Usage | null;
  /** The org's own time now, by the date of its latest answer (to the second); null before the first. */
  orgTime(): number | null;
  readonly apiVersion: string;
}

/** Two sessions in a row that the org never accepted are not renewed again so soon: it refuses us, they have not expired. */
const unprovenMs = 60_000;
const maxAnswerBytes = 64 * 1024 * 1024;
const maxTokenBytes = 64 * 1024;

interface Live {
  connection: Connection;
  since: number;
  /** The org has accepted it at least once. */
  proven: boolean;
  /** It replaced one that the org never accepted. */
  secondTry: boolean;
  secrets: string[];
}

type Acquired = { ok: true; live: Live } | { ok: false; failure: Extract<OrgFailure, { kind: 'noSession' }> };

/**
 * The session with the org. It renews itself instead of handing jsforce a `refreshFn`: jsforce renews and
 * repeats without end while the answer is 401, and keeps old instance addresses (research/salesforce.md
 * 1.3). Without one, jsforce lets the 401 through, and the cap is plain to see below.
 */
export function createSession(options: SessionOptions): Session {
  let live: Live | null = null;
  let signingIn: Promise<Acquired> | null = null;
  let generation = 0;
  let aheadMs: number | null = null;

  return {
    apiVersion: options.apiVersion,

    async call(request) {
      const sent = await withRenewal(request.signal, (session) => send(session, request));
      if (!sent.ok) return failedWith(sent.failure, request.call, []);
      return read(sent.outcome, request, sent.secrets);
    },

    async download(request) {
      const sent = await withRenewal(request.signal, (session) => fetchPieces(session, request));
      if (!sent.ok) return failedWith(sent.failure, 'read', []);
      const { outcome, secrets } = sent;
      if (!outcome.ok) return failedWith(outcome.failure, 'read', secrets);
      const failure = errorOf(outcome.answer);
      return failure === null
        ? { ok: true, value: outcome.answer.headers }
        : failedWith(failure, 'read', secrets);
    },

    async soap(request) {
      const sent = await withRenewal(request.signal, (session) => sendSoap(session, request));
      if (!sent.ok) return failedWith(sent.failure, 'read', []);
      const { outcome, secrets } = sent;
      if (!outcome.ok) return failedWith(outcome.failure, 'read', secrets);
      // Also that no session will do: tokens of some kinds are good for REST alone.
      const value = readSoap(outcome.answer.body, request.operation);
      if (value !== null) return { ok: true, value };
      const why = `HTTP ${outcome.answer.status}: ${pageTitle(outcome.answer.body) ?? 'no SOAP'}`;
      return failedWith(errorOf(outcome.answer) ?? { kind: 'badAnswer', why }, 'read', secrets);
    },

    async open(signal) {
      const acquired = await unlessAborted(acquire(null), signal);
      return acquired.ok ? { ok: true, value: undefined } : { ok: false, problem: acquired.failure.problem };
    },

    reset() {
      generation += 1;
      live = null;
      signingIn = null;
    },

    instanceUrl: () => live?.connection.instanceUrl ?? null,
    usage: () => live?.connection.limitInfo.apiUsage ?? null,
    orgTime: () => (aheadMs === null ? null : options.now() + aheadMs),
  };

  /** Sends something; if the session has expired, renews it once and sends again once. */
  async function withRenewal(
    signal: AbortSignal,
    sendIn: (session: Live) => Promise<Exchange>,
  ): Promise<{ ok: true; outcome: Exchange; secrets: string[] } | Extract<Acquired, { ok: false }>> {
    let acquired = await unlessAborted(acquire(null), signal);
    if (!acquired.ok) return acquired;
    let outcome = await sendIn(acquired.live);
    if (isExpired(outcome)) {
      acquired = await unlessAborted(acquire(acquired.live), signal);
      if (!acquired.ok) return acquired;
      outcome = await sendIn(acquired.live);
    }
    const date = outcome.ok ? Date.parse(outcome.answer.headers['date'] ?? '') : Number.NaN;
    if (!Number.isNaN(date)) aheadMs = date - options.now();
    return { ok: true, outcome, secrets: acquired.live.secrets };
  }

  /** Past jsforce, which keeps whole answers in memory and hides their headers (research/salesforce.md 4). */
  async function fetchPieces(session: Live, { path, accept, take, signal }: OrgDownload): Promise<Exchange> {
    const { instanceUrl, accessToken } = session.connection;
    const outcome = await download(
      {
        url: new URL(`/services/data/v${options.apiVersion}${path}`, instanceUrl).href,
        headers: { accept, authorization: `Bearer ${accessToken ?? ''}` },
      },
      { fetch: options.fetch, idleMs: options.timeouts.read, signal, maxErrorBytes: maxTokenBytes },
      take,
    );
    if (outcome.ok && !isExpired(outcome)) session.proven = true;
    return outcome;
  }

  async function sendSoap(session: Live, { operation, signal }: SoapRead): Promise<Exchange> {
    const { instanceUrl, accessToken } = session.connection;
    const { fetch, timeouts, apiVersion } = options;
    const outcome = withExpiryAsStatus(
      await exchange(
        {
          method: 'POST',
          url: new URL(`/services/Soap/u/${apiVersion}`, instanceUrl).href,
          headers: { accept: 'text/xml', 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
          body: soapRequest(operation, accessToken ?? ''),
        },
        { fetch, timeoutMs: timeouts.read, signal, maxBytes: maxTokenBytes },
      ),
      operation,
    );
    if (outcome.ok && !isExpired(outcome)) session.proven = true;
    return outcome;
  }

  /** The session to use; `refusedOne` is the session that just got a 401. Callers share one sign-in. */
  async function acquire(refusedOne: Live | null): Promise<Acquired> {
    if (live !== null && live !== refusedOne) return { ok: true, live };
    if (signingIn !== null) return signingIn;
    const unproven = live !== null && !live.proven && options.now() - live.since < unprovenMs;
    if (unproven && live?.secondTry) return noSession(problem('org.sessionRefused'));
    const mine = establish(generation, unproven);
    signingIn = mine;
    try {
      return await mine;
    } finally {
      if (signingIn === mine) signingIn = null;
    }
  }

  async function establish(startedIn: number, secondTry: boolean): Promise<Acquired> {
    const credentials = await options.credentials();
    if (!credentials.ok) return noSession(credentials.problem);
    const { fetch, now, timeouts } = options;
    const limits = { fetch, now, timeoutMs: timeouts.token, maxBytes: maxTokenBytes };
    const result = await signIn(credentials.value, limits);
    if (!result.ok) return noSession(result.problem, result.retryAfterMs);
    const connection = connect(result.grant.instanceUrl, result.grant.accessToken);
    if (connection === null)
      return noSession(problem('org.wrongAddress', { host: new URL(result.grant.instanceUrl).host }));
    const fresh: Live = {
      connection,
      since: options.now(),
      proven: false,
      secondTry,
      secrets: [...secretTexts(credentials.value), result.grant.accessToken, result.grant.refreshToken ?? ''],
    };
    // Settings changed meanwhile: this session serves the calls that waited for it and no later ones.
    if (startedIn === generation) live = fresh;
    return { ok: true, live: fresh };
  }

  /** Null when jsforce will not have the address (it refuses Lightning's, which answer no API calls). */
  function connect(instanceUrl: string, accessToken: string): Connection | null {
    try {
      return new Connection({ instanceUrl, accessToken, loginUrl: instanceUrl, version: options.apiVersion });
    } catch {
      return null;
    }
  }

  async function send<T>(session: Live, request: OrgCall<T>): Promise<Exchange> {
    const { connection } = session;
    const transport = new GuardedTransport({
      origin: new URL(connection.instanceUrl).origin,
      fetch: options.fetch,
      timeoutMs: options.timeouts[request.call],
      signal: request.signal,
      maxBytes: maxAnswerBytes,
    });
    const message = {
      method: request.method,
      url: request.path,
      ...(request.body === undefined
        ? {}
        : { body: JSON.stringify(request.body), headers: { 'content-type': 'application/json' } }),
    };
    try {
      // Plain text, since jsforce hands on cut-off JSON as if it were the answer.
      await connection.request(message, { transport, responseType: 'text/plain' });
    } catch {
      // What went wrong stands in the transport's outcome, in full.
    }
    const outcome: Exchange = transport.outcome ?? { ok: false, failure: { kind: 'aborted' } };
    if (outcome.ok && !isExpired(outcome)) session.proven = true;
    return outcome;
  }
}

/** A sign-in is shared and goes on for the others; the caller that was called off does not wait for it. */
async function unlessAborted(work: Promise<Acquired>, signal: AbortSignal): Promise<Acquired> {
  const calledOff = noSession(problem('org.unreachable', {}, { detail: 'called off' }));
  if (signal.aborted) return calledOff;
  let stop = () => {};
  const aborted = new Promise<Acquired>((resolve) => {
    stop = () => resolve(calledOff);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const isExpired = (outcome: Exchange): boolean => outcome.ok && outcome.answer.status === 401;

const noSession = (reason: Problem, retryAfterMs: number | null = null): Acquired => ({
  ok: false,
  failure: { kind: 'noSession', problem: reason, retryAfterMs },
});

/** The error that the org answered with; null when it answered with success. */
function errorOf({ status, headers, body }: HttpAnswer): OrgFailure | null {
  if (status < 300) return null;
  const errors = readOrgErrors(body);
  const title = errors.length === 0 ? pageTitle(body) : null;
  return { kind: 'http', status, errors, retryAfterMs: retryAfterOf(headers), title };
}

function read<T>(outcome: Exchange, request: OrgCall<T>, secrets: string[]): OrgAnswer<T> {
  if (!outcome.ok) return failedWith(outcome.failure, request.call, secrets);
  const failure = errorOf(outcome.answer);
  if (failure !== null) return failedWith(failure, request.call, secrets);
  const { status, body } = outcome.answer;
  const parsed = parseJson(status === 204 || body === '' ? 'null' : body, request.answer);
  if (parsed.ok) return parsed;
  const why = pageTitle(body) ?? parsed.why;
  return failedWith({ kind: 'badAnswer', why: `HTTP ${status}: ${why}` }, request.call, secrets);
}

function failedWith<T>(failure: OrgFailure, call: 'read' | 'write', secrets: string[]): OrgAnswer<T> {
  const verdict = classify(failure, call);
  return { ok: false, ...verdict, problem: redact(verdict.problem, secrets) };
}

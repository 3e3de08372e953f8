import type { z } from 'zod';
import { failed, problem, type Result } from '../../../contract/problem';
import { exchange, type Fetch } from '../../net/exchange';
import { parseJson } from '../../net/json';
import { redact } from '../../net/redact';
import { problemOfAnswer, problemOfFailure } from './problems';

export interface StoreClientOptions {
  /** Where docs/store-api.yaml begins; the paths come after it. */
  baseUrl: string;
  /** Asked for at every call, so that a new token is taken up at once. */
  token: () => Promise<Result<string>>;
  /** For one answer beyond the wait that was asked for, in milliseconds. */
  timeoutMs?: number;
  fetch?: Fetch;
}

export interface StoreRequest<T> {
  method: 'GET' | 'PUT' | 'POST';
  path: string;
  body?: unknown;
  /** An answer without a body is checked as `null`. */
  answer: z.ZodType<T>;
  /** Beyond the usual time, for answers that the store holds back. */
  waitMs?: number;
  /** What a 404 means where it is no mistake. */
  missing?: T;
  signal: AbortSignal;
}

export type StoreClient = <T>(request: StoreRequest<T>) => Promise<Result<T>>;

const defaultTimeoutMs = 20_000;
const maxAnswerBytes = 32 * 1024 * 1024;

/** Calls the store: token, time and size limits, and what its answers mean. Calls are never repeated here. */
export function createStoreClient(options: StoreClientOptions): StoreClient {
  const base = options.baseUrl.replace(/\/+$/, '');
  const { host } = new URL(base);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;

  async function send<T>(request: StoreRequest<T>, token: string): Promise<Result<T>> {
    const { method, path, body, waitMs = 0, signal } = request;
    const done = await exchange(
      {
        method,
        url: `${base}${path}`,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      {
        fetch: options.fetch ?? globalThis.fetch,
        timeoutMs: timeoutMs + waitMs,
        signal,
        maxBytes: maxAnswerBytes,
      },
    );
    if (!done.ok) return failed(problemOfFailure(done.failure, host));
    if (done.answer.status === 404 && request.missing !== undefined)
      return { ok: true, value: request.missing };
    if (done.answer.status >= 300) return failed(problemOfAnswer(done.answer, host));
    const parsed = parseJson(done.answer.body === '' ? 'null' : done.answer.body, request.answer);
    return parsed.ok ? parsed : failed(problem('store.badAnswer', { host }, { detail: parsed.why }));
  }

  return async (request) => {
    const token = await options.token();
    if (!token.ok) return token;
    // A header cannot carry anything else, so the store could only refuse it.
    if (!/^[\x21-\x7e]+$/.test(token.value)) return failed(problem('store.tokenRefused', { host }));
    const result = await send(request, token.value);
    return result.ok ? result : failed(redact(result.problem, [token.value]));
  };
}

import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import type { Store, StoreInfo } from '../../engine/ports';
import { exchange, type Fetch } from '../../net/exchange';
import { parseJson } from '../../net/json';
import { redact } from '../../net/redact';
import { problemOfAnswer, problemOfFailure } from './problems';
import { feedSchema, infoSchema, readOrder } from './wire';

export interface HttpStoreOptions {
  /** Where docs/store-api.yaml begins; the paths come after it. */
  baseUrl: string;
  /** Asked for at every call, so that a new token is taken up at once. */
  token: () => Promise<Result<string>>;
  /** For one answer beyond the wait that was asked for, in milliseconds. */
  timeoutMs?: number;
  fetch?: Fetch;
}

interface Request<T> {
  method: 'GET' | 'PUT';
  path: string;
  body?: unknown;
  /** An answer without a body is checked as `null`. */
  answer: z.ZodType<T>;
  timeoutMs: number;
  signal: AbortSignal;
}

const defaultTimeoutMs = 20_000;
const maxAnswerBytes = 32 * 1024 * 1024;

/** The store behind Puente's own HTTP contract (docs/store-api.yaml). */
export function createHttpStore(options: HttpStoreOptions): Store {
  const base = options.baseUrl.replace(/\/+$/, '');
  const { host } = new URL(base);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  let country: string | null = null;

  async function call<T>(request: Request<T>): Promise<Result<T>> {
    const token = await options.token();
    if (!token.ok) return token;
    // A header cannot carry anything else, so the store could only refuse it.
    if (!/^[\x21-\x7e]+$/.test(token.value)) return failed(problem('store.tokenRefused', { host }));
    const result = await send(request, token.value);
    return result.ok ? result : failed(redact(result.problem, [token.value]));
  }

  async function send<T>(request: Request<T>, token: string): Promise<Result<T>> {
    const { method, path, body, timeoutMs: time, signal } = request;
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
      { fetch: options.fetch ?? globalThis.fetch, timeoutMs: time, signal, maxBytes: maxAnswerBytes },
    );
    if (!done.ok) return failed(problemOfFailure(done.failure, host));
    if (done.answer.status >= 300) return failed(problemOfAnswer(done.answer, host));
    const parsed = parseJson(done.answer.body === '' ? 'null' : done.answer.body, request.answer);
    return parsed.ok ? parsed : failed(problem('store.badAnswer', { host }, { detail: parsed.why }));
  }

  async function info(signal: AbortSignal): Promise<Result<StoreInfo>> {
    const asked = await call({ method: 'GET', path: '/v1/store', answer: infoSchema, timeoutMs, signal });
    if (asked.ok) country = asked.value.country;
    return asked;
  }

  async function knownCountry(signal: AbortSignal): Promise<Result<string>> {
    if (country !== null) return ok(country);
    const asked = await info(signal);
    return asked.ok ? ok(asked.value.country) : asked;
  }

  return {
    info,

    async orders(after, { limit, waitSeconds, signal }) {
      const home = await knownCountry(signal);
      if (!home.ok) return home;
      const query = new URLSearchParams({ limit: String(limit), wait: String(waitSeconds) });
      if (after !== null) query.set('after', after);
      const page = await call({
        method: 'GET',
        path: `/v1/orders?${query}`,
        answer: feedSchema,
        timeoutMs: timeoutMs + waitSeconds * 1000,
        signal,
      });
      if (!page.ok) return page;
      const { orders, cursor, more } = page.value;
      return ok({ items: orders.map((item) => readOrder(item, home.value)), cursor, more });
    },

    async markExported(orderNumber, mark, signal) {
      const marked = await call({
        method: 'PUT',
        path: `/v1/orders/${encodeURIComponent(orderNumber)}/export`,
        body: { state: 'exported', reference: mark.reference, url: mark.url },
        answer: z.unknown(),
        timeoutMs,
        signal,
      });
      return marked.ok ? ok(undefined) : marked;
    },
  };
}

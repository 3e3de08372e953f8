import { startDeadline } from './deadline';
import { type NetFailure, netFailureOf } from './failure';

export type Fetch = typeof globalThis.fetch;

export interface ExchangeRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface ExchangeLimits {
  fetch: Fetch;
  /** For the whole exchange, the answer's last byte included. */
  timeoutMs: number;
  signal: AbortSignal;
  maxBytes: number;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

export type Exchange = { ok: true; answer: HttpAnswer } | { ok: false; failure: NetFailure };

/**
 * One HTTP exchange, never repeated and never redirected. `fetch` alone would wait five minutes for a
 * body, follow a redirect with the credentials in hand and read an answer of any size.
 */
export async function exchange(request: ExchangeRequest, limits: ExchangeLimits): Promise<Exchange> {
  const deadline = startDeadline(limits);
  try {
    const response = await limits.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: deadline.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (isRedirect(response)) {
      await response.body?.cancel();
      return { ok: false, failure: redirectOf(response, request.url) };
    }
    const body = await readText(response, limits.maxBytes);
    if (body === null) return { ok: false, failure: { kind: 'tooLarge', limitBytes: limits.maxBytes } };
    return { ok: true, answer: { status: response.status, headers: headersOf(response), body } };
  } catch (error) {
    return { ok: false, failure: deadline.ended() ?? netFailureOf(error) };
  } finally {
    deadline.clear();
  }
}

export const isRedirect = (response: Response): boolean =>
  response.type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(response.status);

export function redirectOf(response: Response, from: string): NetFailure {
  const location = response.headers.get('location');
  return {
    kind: 'redirect',
    status: response.status,
    host: location === null ? null : hostOf(location, from),
  };
}

function hostOf(location: string, from: string): string | null {
  try {
    return new URL(location, from).host;
  } catch {
    return null;
  }
}

export const headersOf = (response: Response): Record<string, string> =>
  Object.fromEntries([...response.headers].map(([name, value]) => [name.toLowerCase(), value]));

/** The body as UTF-8 text, or null when it is longer than allowed. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** `Retry-After` in milliseconds when it is given in seconds; a date or nonsense counts as none. */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | null {
  const value = headers['retry-after'];
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null;
}

/** The title of a page that came instead of data: its words tell a proxy from the server itself. */
export function pageTitle(body: string): string | null {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(body)?.[1]?.trim();
  return title === undefined || title === '' ? null : title;
}

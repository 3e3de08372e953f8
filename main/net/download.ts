import { startDeadline } from './deadline';
import { type Fetch, headersOf, isRedirect, redirectOf } from './exchange';
import { type NetFailure, netFailureOf } from './failure';

export interface DownloadLimits {
  fetch: Fetch;
  /** For the headers, and then for each piece of the body. */
  idleMs: number;
  signal: AbortSignal;
  /** Of an answer that tells an error, which is kept whole. */
  maxErrorBytes: number;
}

/** `body` is the text of an answer that is no success; that of a success went to `take`. */
export type Download =
  | { ok: true; answer: { status: number; headers: Record<string, string>; body: string } }
  | { ok: false; failure: NetFailure };

/**
 * One GET whose body is handed on piece by piece as it comes, so that its length does not matter. Never repeated, never
 * redirected; the next piece is not asked for before `take` has done with the last.
 */
export async function download(
  request: { url: string; headers: Record<string, string> },
  limits: DownloadLimits,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<Download> {
  const deadline = startDeadline({ timeoutMs: limits.idleMs, signal: limits.signal });
  const taking: { error?: unknown } = {};
  try {
    const response = await limits.fetch(request.url, {
      method: 'GET',
      headers: request.headers,
      redirect: 'manual',
      signal: deadline.signal,
    });
    if (isRedirect(response)) {
      await response.body?.cancel();
      return { ok: false, failure: redirectOf(response, request.url) };
    }
    const answer = { status: response.status, headers: headersOf(response), body: '' };
    if (response.status >= 300) {
      const text = await response.text();
      return { ok: true, answer: { ...answer, body: text.slice(0, limits.maxErrorBytes) } };
    }
    const reader = response.body?.getReader();
    for (;;) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) return { ok: true, answer };
      deadline.stop();
      try {
        await take(piece.value);
      } catch (error) {
        taking.error = error;
        await reader?.cancel();
        throw error;
      }
      deadline.begin();
    }
  } catch (error) {
    // What went wrong with the pieces is not the line's fault.
    if ('error' in taking) throw error;
    return { ok: false, failure: deadline.ended() ?? netFailureOf(error) };
  } finally {
    deadline.clear();
  }
}

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Fetch } from './exchange';

const agents = {
  http: new HttpAgent({ keepAlive: true }),
  https: new HttpsAgent({ keepAlive: true }),
};

/**
 * `fetch` over Node's own HTTP client, for what is asked by the hundred: what Node's `fetch` makes of a request lives until
 * the next great garbage collection, body and answer with it, which a catalogue's batches add up to tens of megabytes.
 * Knows what `exchange` asks for and no more: text bodies, plain headers, a signal; it follows no redirect.
 */
export const nodeFetch: Fetch = (input, init = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const { body } = init;
  if (body !== undefined && body !== null && typeof body !== 'string')
    throw new TypeError('only text can be sent');
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = (isSecure ? httpsRequest : httpRequest)(
      url,
      {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        agent: isSecure ? agents.https : agents.http,
        ...(init.signal == null ? {} : { signal: init.signal }),
      },
      (incoming) => resolve(responseOf(incoming)),
    );
    outgoing.on('error', reject);
    outgoing.end(body ?? undefined);
  });
};

function responseOf(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const status = incoming.statusCode ?? 0;
  // A response of these may not have a body, whatever came (Fetch standard, "null body status").
  const isBlank = status === 204 || status === 205 || status === 304;
  if (isBlank) incoming.resume();
  return new Response(isBlank ? null : piecesOf(incoming), { status, headers });
}

function piecesOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const piece: IteratorResult<Uint8Array> = await pieces.next();
      if (piece.done) controller.close();
      else controller.enqueue(piece.value);
    },
    cancel: () => void incoming.destroy(),
  });
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { loopbackAddress, loopbackPath } from '../../../contract/signIn';
import { type LoopbackTexts, loopbackPage } from './page';

/** What the org's redirect said. */
export type Callback = { kind: 'code'; code: string } | { kind: 'error'; error: string; description: string };

export interface Loopback {
  /** As registered with the app in the org, letter by letter. */
  redirectUri: string;
  /** The first redirect that carries the right `state`. */
  callback: Promise<Callback>;
  /** The page that the person is left with; ends the server. */
  answer(outcome: 'done' | 'failed'): void;
  /** Ends the server, answered or not. */
  close(): void;
}

export interface LoopbackOptions {
  /** Tried in this order. */
  ports: readonly number[];
  state: string;
  texts: LoopbackTexts;
}

/**
 * Waits on this computer for the browser to come back from the org. Listens on 127.0.0.1 alone. Null when every port is taken.
 */
export async function openLoopback({ ports, state, texts }: LoopbackOptions): Promise<Loopback | null> {
  let told: (callback: Callback) => void = () => undefined;
  const callback = new Promise<Callback>((resolve) => {
    told = resolve;
  });
  let waiting: ServerResponse | null = null;
  let port = 0;

  const server = createServer((request, response) => {
    const url = addressOf(request, port);
    if (url === null || url.pathname !== loopbackPath || request.method !== 'GET')
      return send(response, 404, 'unknown');
    const query = url.searchParams;
    const answered = readCallback(query);
    // Not from the page that was opened: whoever sent it must not end the sign-in under way.
    if (waiting !== null || query.get('state') !== state || answered === null)
      return send(response, 400, 'unknown');
    waiting = response;
    told(answered);
  });

  for (const candidate of ports) {
    if (!(await listens(server, candidate))) continue;
    port = candidate;
    return {
      redirectUri: loopbackAddress(port),
      callback,
      answer(outcome) {
        if (waiting !== null) send(waiting, 200, outcome);
        server.close();
      },
      close() {
        server.close();
        server.closeAllConnections();
      },
    };
  }
  return null;

  function send(response: ServerResponse, status: number, outcome: 'done' | 'failed' | 'unknown'): void {
    const { headers, body } = loopbackPage(texts, outcome);
    // Kept-alive connections would keep the server and its port.
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  }
}

/** Null for what names another host: a page elsewhere could have its own name point here. */
function addressOf(request: IncomingMessage, port: number): URL | null {
  const { host } = request.headers;
  if (host !== `localhost:${port}` && host !== `127.0.0.1:${port}`) return null;
  try {
    return new URL(request.url ?? '', `http://${host}`);
  } catch {
    return null;
  }
}

function readCallback(query: URLSearchParams): Callback | null {
  const error = query.get('error');
  if (error !== null) return { kind: 'error', error, description: query.get('error_description') ?? '' };
  const code = query.get('code');
  return code === null || code === '' ? null : { kind: 'code', code };
}

/** False when somebody else has the port. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, '127.0.0.1');
  });
}

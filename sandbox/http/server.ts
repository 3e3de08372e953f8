import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { wait } from '../wait';
import { type ReadBody, readBody, sendReply, takesGzip, wholeBody } from './body';
import type { HttpFault } from './fault';
import type { Faults } from './faults';
import type { Handler, Reply, Request } from './message';

export interface ServerOptions {
  port: number;
  handler: Handler;
  /** Largest body in bytes; above it the answer is `tooLarge`. */
  maxBody: number;
  tooLarge: Reply;
  /** Answers travel gzipped where the client takes that. */
  gzip?: boolean;
  /** Faults to strike with, and the name this server goes by in them. */
  faults?: { rules: Faults; target: HttpFault['target'] };
  /** While true every connection is cut as soon as something arrives on it. */
  dead?: () => boolean;
}

export interface RunningServer {
  port: number;
  url: string;
  /** Cuts every connection that is open, also in the middle of an answer. */
  cut(): void;
  stop(): Promise<void>;
}

/**
 * An HTTP server on 127.0.0.1. Plain node:http, because faults need the socket itself: a connection that
 * dies after the request took effect is the case Puente is built for (docs/decisions/0004-sandbox-http.md).
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  const stopping = new AbortController();
  // Every request listens to it; ten at a time are nothing unusual.
  setMaxListeners(0, stopping.signal);
  const server = createServer(
    { maxHeaderSize: 128 * 1024, keepAliveTimeout: 30_000 },
    (message, response) => {
      void serve(message, response, options, stopping.signal);
    },
  );
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    cut,
    stop: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        cut();
      }),
  };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
  stopping: AbortSignal,
): Promise<void> {
  if (options.dead?.()) {
    message.socket.destroy();
    return;
  }
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.on('close', leave);
  stopping.addEventListener('abort', leave, { once: true });
  try {
    const body = await readBody(message, options.maxBody);
    const request = toRequest(message, body.kind === 'bytes' ? body.bytes : noBytes, gone.signal);
    const strikes = options.faults ? options.faults.rules.strike(options.faults.target, traced(request)) : [];
    // What a client has sent takes its effect late, whether or not the client still waits for the answer.
    if (await strikeAll(strikes, 'before', null, response, stopping)) return;
    const reply = await answer(body, request, options);
    if (await strikeAll(strikes, 'after', reply, response, gone.signal)) return;
    const truncated = strikes.find((fault) => fault.kind === 'truncate' && fault.phase === 'before');
    if (truncated?.kind === 'truncate') await truncate(truncated.cut, reply, response);
    else await sendReply(reply, response, options.gzip === true && takesGzip(message));
  } catch (error) {
    if (gone.signal.aborted || response.destroyed) return;
    console.error('sandbox: a request failed', error);
    if (response.headersSent) response.destroy();
    else await sendReply({ status: 500, body: 'sandbox failure' }, response, false);
  } finally {
    stopping.removeEventListener('abort', leave);
  }
}

function answer(body: ReadBody, request: Request, options: ServerOptions): Reply | Promise<Reply> {
  if (body.kind === 'tooLarge') return options.tooLarge;
  if (body.kind === 'unreadable') return { status: 415, body: 'Unsupported Media Type' };
  return options.handler(request);
}

const noBytes = Buffer.alloc(0);

const traced = (request: Request) => ({
  method: request.method,
  path: request.path,
  fingerprint: () =>
    createHash('sha256')
      .update(`${request.method} ${request.target}\n`)
      .update(request.bytes)
      .digest('base64'),
});

async function strikeAll(
  strikes: readonly HttpFault[],
  phase: HttpFault['phase'],
  reply: Reply | null,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<boolean> {
  for (const fault of strikes) {
    if (fault.phase === phase && (await strike(fault, reply, response, signal))) return true;
  }
  return false;
}

/** Carries a fault out; true when the request is over with it. */
async function strike(
  fault: HttpFault,
  reply: Reply | null,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<boolean> {
  switch (fault.kind) {
    case 'drop':
      response.socket?.destroy();
      return true;
    case 'delay':
      await wait(fault.ms, signal);
      return signal.aborted;
    case 'status':
      await sendReply(
        {
          status: fault.status,
          headers: { 'content-type': fault.contentType, ...fault.headers },
          body: fault.body,
        },
        response,
        false,
      );
      return true;
    case 'truncate':
      if (!reply) return false;
      await truncate(fault.cut, reply, response);
      return true;
    case 'refuse':
      return false;
  }
}

/** Half of the answer: under the headers of the whole and then silence, or as if it were all. */
async function truncate(cut: boolean, reply: Reply, response: ServerResponse): Promise<void> {
  const body = await wholeBody(reply);
  if (!cut) {
    const half = body.subarray(0, Math.floor(body.length / 2));
    await sendReply({ ...reply, body: half }, response, false);
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

function toRequest(message: IncomingMessage, bytes: Buffer, signal: AbortSignal): Request {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  // Clients that put an address with a slash at its end before a path send two; Salesforce does not mind.
  const path = (mark < 0 ? target : target.slice(0, mark)).replace(/^\/+/, '/');
  const headerBytes = message.rawHeaders.reduce(
    (sum, text) => sum + Buffer.byteLength(text) + 2,
    target.length,
  );
  return {
    method: message.method ?? 'GET',
    target,
    path,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    headers: message.headers,
    headerBytes,
    body: bytes.toString('utf8'),
    bytes,
    signal,
  };
}

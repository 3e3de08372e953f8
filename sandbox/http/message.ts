import type { IncomingHttpHeaders } from 'node:http';

/** A request as the sandbox's servers see it, body read whole. */
export interface Request {
  method: string;
  /** Address as sent, path and query, still encoded. */
  target: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Bytes of the request line's address and all headers together. */
  headerBytes: number;
  body: string;
  /** Aborts when the client has gone or the server is stopping. */
  signal: AbortSignal;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export type Handler = (request: Request) => Reply | Promise<Reply>;

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** The body as JSON; `undefined` when it is none. */
export function parseJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return undefined;
  }
}

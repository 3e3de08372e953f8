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
  /** The body as text, after any content encoding has been undone. */
  body: string;
  /** The same as bytes, for uploads that are no text. */
  bytes: Buffer;
  /** Aborts when the client has gone or the server is stopping. */
  signal: AbortSignal;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** A text, bytes, or parts that are written one after the other as the client takes them. */
  body?: string | Buffer | AsyncIterable<string>;
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

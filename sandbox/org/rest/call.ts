import { z } from 'zod';
import { jsonParserError, OrgException } from '../errors';

/** One REST call below `/services/data/vNN.N/`, from HTTP or from inside a composite request. */
export interface RestCall {
  method: string;
  /** Decoded parts of the path, e.g. `['sobjects', 'Order', '801…']`. */
  segments: readonly string[];
  query: URLSearchParams;
  body: unknown;
  /** Header names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** `62.0` */
  version: string;
  /** What came instead of JSON: CSV, or a form with files. */
  upload?: Upload;
}

export interface Upload {
  contentType: string;
  bytes: Buffer;
}

export interface RestReply {
  status: number;
  /** `undefined` for no body at all. */
  body: unknown;
  headers: Record<string, string>;
  /** What is answered instead of JSON. */
  stream?: { contentType: string; parts: AsyncIterable<string> };
}

export const reply = (status: number, body?: unknown, headers: Record<string, string> = {}): RestReply => ({
  status,
  body,
  headers,
});

/** Recorded answers name the methods in the order of the alphabet, and HEAD wherever there is a GET. */
export function methodNotAllowed(call: RestCall, allowed: readonly string[]): OrgException {
  const all = new Set(allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed);
  const names = [...all].sort();
  return new OrgException(
    405,
    [
      {
        errorCode: 'METHOD_NOT_ALLOWED',
        message: `HTTP Method '${call.method}' not allowed. Allowed are ${names.join(',')}`,
      },
    ],
    { Allow: names.join(', ') },
  );
}

/** For what can only be read. */
export function readOnlyResource(call: RestCall): void {
  if (call.method !== 'GET') throw methodNotAllowed(call, ['GET']);
}

const recordSchema = z.record(z.string(), z.unknown());

/** A request body that must be one record. */
export function recordBody(body: unknown): Readonly<Record<string, unknown>> {
  const parsed = recordSchema.safeParse(body);
  if (!parsed.success || Array.isArray(body)) {
    throw jsonParserError('The HTTP entity body is required, but this request has no entity body.');
  }
  return parsed.data;
}

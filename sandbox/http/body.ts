import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createGzip, gunzip, gzip } from 'node:zlib';
import type { Reply } from './message';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** What arrived: the bytes, or why they cannot be had. */
export type ReadBody = { kind: 'bytes'; bytes: Buffer } | { kind: 'tooLarge' } | { kind: 'unreadable' };

/** The whole body, unpacked when it came gzipped. One that is too large is read to the end all the same. */
export async function readBody(message: IncomingMessage, limit: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
  }
  if (size > limit) return { kind: 'tooLarge' };
  const bytes = Buffer.concat(chunks);
  const encoding = message.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return { kind: 'bytes', bytes };
  if (encoding !== 'gzip') return { kind: 'unreadable' };
  try {
    return { kind: 'bytes', bytes: await expand(bytes, { maxOutputLength: limit }) };
  } catch (error) {
    const tooLong = error instanceof RangeError;
    return { kind: tooLong ? 'tooLarge' : 'unreadable' };
  }
}

/** Smaller answers are not worth packing; Salesforce too leaves them plain. */
const smallestPacked = 2048;

/** Sends an answer, gzipped if the client can read that, and parts no faster than it takes them. */
export async function sendReply(reply: Reply, response: ServerResponse, gzipped: boolean): Promise<void> {
  const { body = '' } = reply;
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    const plain = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    const packed = gzipped && plain.length >= smallestPacked;
    const bytes = packed ? await compress(plain, fast) : plain;
    const headers: Record<string, string> = { ...reply.headers };
    if (packed) headers['content-encoding'] = 'gzip';
    if (reply.status !== 204) headers['content-length'] = String(bytes.length);
    response.writeHead(reply.status, headers);
    response.end(bytes);
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, ...(gzipped ? { 'content-encoding': 'gzip' } : {}) });
  const parts = Readable.from(body);
  await (gzipped ? pipeline(parts, createGzip(fast), response) : pipeline(parts, response));
}

/** An answer as bytes, for faults that send a part of it. */
export async function wholeBody(reply: Reply): Promise<Buffer> {
  const { body = '' } = reply;
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (Buffer.isBuffer(body)) return body;
  const parts: string[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.from(parts.join(''), 'utf8');
}

export const takesGzip = (message: IncomingMessage): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(message.headers['accept-encoding'] ?? ''));

const fast = { level: constants.Z_BEST_SPEED };

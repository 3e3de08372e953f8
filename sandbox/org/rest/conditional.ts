import { createHash } from 'node:crypto';
import { refuse } from '../errors';
import { type RestCall, type RestReply, reply } from './call';

/** What a resource was when the request came. */
export interface Validators {
  /** Milliseconds; whole seconds are compared. */
  modified: number;
  /** Without quotes; `null` where the resource has none. */
  tag: string | null;
}

/**
 * Answers in the place of the resource when a condition of the request's headers says so: 304 for a reader
 * that has it already, 412 for a writer whose copy is old; `null` to go on (REST API guide, "Conditional
 * Request Headers").
 */
export function unmet(call: RestCall, { modified, tag }: Validators): RestReply | null {
  const reads = call.method === 'GET';
  const headers = validatorHeaders({ modified, tag });
  const seconds = Math.floor(modified / 1000) * 1000;
  if (tag !== null) {
    const match = call.headers['if-match'];
    if (match !== undefined && !tagsOf(match).some((entry) => entry === tag || entry === '*')) {
      return reply(412, undefined, headers);
    }
    const noneMatch = call.headers['if-none-match'];
    if (noneMatch !== undefined && tagsOf(noneMatch).some((entry) => entry === tag || entry === '*')) {
      return reply(reads ? 304 : 412, undefined, headers);
    }
  }
  const unmodified = dateOf(call, 'if-unmodified-since');
  if (unmodified !== null && seconds > unmodified) return reply(412, undefined, headers);
  const since = dateOf(call, 'if-modified-since');
  if (since !== null && seconds <= since) return reply(reads ? 304 : 412, undefined, headers);
  return null;
}

export function validatorHeaders({ modified, tag }: Validators): Record<string, string> {
  const lastModified = new Date(modified).toUTCString();
  return tag === null
    ? { 'Last-Modified': lastModified }
    : { ETag: `"${tag}"`, 'Last-Modified': lastModified };
}

/** A hash of what a record says. */
export const contentTag = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64');

/** The same for what describes objects, in eight characters. */
export const shortTag = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);

/** A server that packs its answers writes so behind the tag; with or without it names the same content. */
const tagsOf = (header: string): string[] =>
  header.split(',').map((entry) =>
    entry
      .trim()
      .replace(/^"|"$/g, '')
      .replace(/-+gzip$/, ''),
  );

/** A reader's wrong date is passed over, a writer's is refused. */
function dateOf(call: RestCall, name: 'if-modified-since' | 'if-unmodified-since'): number | null {
  const text = call.headers[name];
  if (text === undefined) return null;
  const instant = Date.parse(text);
  if (!Number.isNaN(instant)) return instant;
  if (call.method === 'GET') return null;
  throw refuse(400, 'INVALID_HEADER', `The value of the header ${name} is no date: ${text}`);
}

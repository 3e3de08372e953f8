import { z } from 'zod';
import { jsonParserError, type OrgError, OrgException, refuse } from '../errors';
import type { RestCall, RestReply } from './call';
import { type Answers, badReferenceId, resolveReferences } from './references';

export const subrequestSchema = z.object({
  method: z.string().transform((method) => method.toUpperCase()),
  url: z.string(),
  referenceId: z.string(),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).optional(),
});
export type Subrequest = z.infer<typeof subrequestSchema>;

export interface SubrequestResult {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string | null;
}

/** Headers that a subrequest takes from the request around it, and may not bring itself. */
const inheritedHeaders = /^(?:accept|authorization|content-type)$/i;

/**
 * What is wrong with a list of subrequests before any is carried out: a reference id with other characters
 * than letters, digits and `_` (refused since v52), one that is there twice, or a header that is the outer
 * request's to give (REST API guide, "Composite Subrequest Result" and "Composite Request Body").
 */
export function checkSubrequests(subrequests: readonly Subrequest[], version: string): void {
  const seen = new Set<string>();
  for (const { referenceId, httpHeaders = {} } of subrequests) {
    if (Number(version) >= 52 && !/^[A-Za-z0-9]\w*$/.test(referenceId)) {
      throw jsonParserError(badReferenceId(referenceId));
    }
    if (seen.has(referenceId)) {
      throw refuse(400, 'INVALID_INPUT', 'Duplicate ReferenceId provided in the request.');
    }
    seen.add(referenceId);
    const header = Object.keys(httpHeaders).find((name) => inheritedHeaders.test(name));
    if (header !== undefined) {
      throw refuse(400, 'INVALID_INPUT', `The header ${header} can not be specified in a subrequest.`);
    }
  }
}

/** A subrequest as a call of its own, with its references resolved. */
export function toCall(subrequest: Subrequest, answers: Answers, version?: string): RestCall {
  const url = String(resolveReferences(subrequest.url, answers, version));
  const match = /^\/services\/data\/v(\d+\.\d)\/([^?]*)(?:\?(.*))?$/.exec(url);
  if (!match) {
    throw new OrgException(400, [
      { errorCode: 'INVALID_URL', message: `The URL is not valid for a subrequest: ${subrequest.url}` },
    ]);
  }
  const headers = Object.entries(subrequest.httpHeaders ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    method: subrequest.method,
    segments: (match[2] ?? '')
      .split('/')
      .filter((part) => part !== '')
      .map(decode),
    query: new URLSearchParams(match[3] ?? ''),
    body: resolveReferences(subrequest.body, answers, version),
    headers: Object.fromEntries(headers),
    version: match[1] ?? '',
  };
}

export function toResult(reply: RestReply, referenceId: string): SubrequestResult {
  return {
    body: reply.body === undefined ? null : reply.body,
    httpHeaders: reply.headers,
    httpStatusCode: reply.status,
    referenceId,
  };
}

export function failure(
  errors: readonly OrgError[],
  status: number,
  referenceId: string | null,
): SubrequestResult {
  return { body: errors, httpHeaders: {}, httpStatusCode: status, referenceId };
}

/** Body of a composite request; a wrong one is refused as the JSON reader would. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw jsonParserError(
    `${issue?.message ?? 'Unexpected content'} at ${issue?.path.join('.') ?? 'the body'}`,
  );
}

/** A part of a path, decoded; what cannot be decoded is taken as it stands. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

import { z } from 'zod';
import { jsonParserError, type OrgError, OrgException } from '../errors';
import type { RestCall, RestReply } from './call';
import { type Answers, resolveReferences } from './references';

export const subrequestSchema = z.object({
  method: z.string().transform((method) => method.toUpperCase()),
  url: z.string(),
  referenceId: z.string().regex(/^\w+$/),
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

/** A subrequest as a call of its own, with its references resolved. */
export function toCall(subrequest: Subrequest, answers: Answers): RestCall {
  const url = String(resolveReferences(subrequest.url, answers));
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
    body: resolveReferences(subrequest.body, answers),
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

import { z } from 'zod';
import type { OrgCore } from '../core';
import { OrgException, refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { parseBody, toCall } from './subrequest';

/** Subrequests of one batch, and the first version that they may be of (REST API guide, "Composite Batch"). */
const mostSubrequests = 25;
const firstVersion = 34;

const batchSchema = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(
    z.object({
      method: z.string().transform((method) => method.toUpperCase()),
      url: z.string(),
      richInput: z.unknown().optional(),
    }),
  ),
});

/** POST composite/batch: up to 25 calls that know nothing of each other; what one has saved stays. */
export function batch(org: OrgCore, call: RestCall, execute: (call: RestCall) => RestReply): RestReply {
  if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
  const { haltOnError, batchRequests } = parseBody(batchSchema, call.body);
  if (batchRequests.length > mostSubrequests) {
    throw refuse(
      400,
      'LIMIT_EXCEEDED',
      `Limit of ${mostSubrequests} reached for number of Subrequests in the request`,
    );
  }
  // The batch itself is counted already; each of its calls counts like any other.
  org.apiCalls += Math.max(0, batchRequests.length - 1);
  let halted = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    if (halted) return { statusCode: 412, result: [haltedError] };
    const result = run(org, call, { method, url, body: richInput }, execute);
    if (result.statusCode >= 400) halted = haltOnError;
    return result;
  });
  return reply(200, { hasErrors: results.some((result) => result.statusCode >= 400), results });
}

const haltedError = {
  errorCode: 'BATCH_PROCESSING_HALTED',
  message: 'Batch processing halted per request',
};

function run(
  org: OrgCore,
  outer: RestCall,
  request: { method: string; url: string; body: unknown },
  execute: (call: RestCall) => RestReply,
): { statusCode: number; result: unknown } {
  // Addresses may leave out the beginning: `v62.0/sobjects/Account/001…`.
  const url = /^\/?services\/data\//.test(request.url)
    ? `/${request.url.replace(/^\//, '')}`
    : `/services/data/${request.url.replace(/^\//, '')}`;
  try {
    const call = toCall({ ...request, url, referenceId: 'batch' }, new Map());
    if (call.segments[0] === 'composite') {
      throw refuse(400, 'INVALID_URL', 'A batch cannot hold composite requests');
    }
    if (Number(call.version) > Number(outer.version) || Number(call.version) < firstVersion) {
      throw refuse(
        400,
        'INVALID_URL',
        `The version of a subrequest must be between v${firstVersion}.0 and v${outer.version}`,
      );
    }
    const answer = org.db.atomic(() => execute(call));
    return { statusCode: answer.status, result: answer.body === undefined ? null : answer.body };
  } catch (error) {
    if (!(error instanceof OrgException)) throw error;
    return { statusCode: error.status, result: error.errors };
  }
}

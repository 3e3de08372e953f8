import { z } from 'zod';
import type { OrgCore } from '../core';
import { OrgException, processingHalted, refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import {
  checkSubrequests,
  failure,
  parseBody,
  type Subrequest,
  type SubrequestResult,
  subrequestSchema,
  toCall,
  toResult,
} from './subrequest';

/** Limits of composite (research/salesforce.md 2.3). */
const mostSubrequests = 25;
const mostCollections = 5;

const compositeSchema = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().default(true),
  compositeRequest: z.array(subrequestSchema),
});

class RollBack extends Error {}

/** POST composite: up to 25 calls as one, optionally as one transaction; always HTTP 200. */
export function composite(org: OrgCore, call: RestCall, execute: (call: RestCall) => RestReply): RestReply {
  if (call.method !== 'POST') throw methodNotAllowed(call, ['POST']);
  const { allOrNone, compositeRequest } = parseBody(compositeSchema, call.body);
  checkLimits(compositeRequest);
  checkSubrequests(compositeRequest, call.version);
  const run = (stop: boolean): boolean => runAll(org, call.version, compositeRequest, execute, results, stop);
  const results: SubrequestResult[] = [];
  if (!allOrNone) {
    run(false);
    return reply(200, { compositeResponse: results });
  }
  try {
    org.db.atomic(() => {
      if (!run(true)) throw new RollBack();
    });
    return reply(200, { compositeResponse: results });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    return reply(200, {
      compositeResponse: compositeRequest.map((_entry, index) =>
        rolledBack(results[index], compositeRequest[index]),
      ),
    });
  }
}

/** True when every subrequest succeeded; those after a failure are left out where all would be undone anyway. */
function runAll(
  org: OrgCore,
  version: string,
  subrequests: readonly Subrequest[],
  execute: (call: RestCall) => RestReply,
  results: SubrequestResult[],
  stopAtFailure: boolean,
): boolean {
  const answers = new Map<string, unknown>();
  let good = true;
  for (const subrequest of subrequests) {
    if (stopAtFailure && !good) break;
    try {
      const call = toCall(subrequest, answers, version);
      if (call.segments[0] === 'composite' && call.segments[1] !== 'sobjects') {
        throw refuse(400, 'INVALID_URL', 'A composite request cannot hold another one');
      }
      const answer = org.db.atomic(() => execute(call));
      answers.set(subrequest.referenceId, answer.body);
      results.push(toResult(answer, subrequest.referenceId));
      if (isFailure(answer.status) || hasFailedRecord(call, answer.body)) good = false;
    } catch (error) {
      if (!(error instanceof OrgException)) throw error;
      results.push(failure(error.errors, error.status, subrequest.referenceId));
      good = false;
    }
  }
  return good;
}

/** 304 tells that nothing has changed, which is no failure; 300 is one. */
const isFailure = (status: number): boolean => status >= 300 && status !== 304;

/** A collection answers 200 even when some of its records failed; that fails the composite all the same. */
function hasFailedRecord(call: RestCall, body: unknown): boolean {
  return (
    call.segments[0] === 'composite' &&
    Array.isArray(body) &&
    body.some(
      (result: unknown) =>
        typeof result === 'object' && result !== null && 'success' in result && result.success === false,
    )
  );
}

/**
 * What a rolled-back composite tells: the failure where it happened, "halted" elsewhere. A collection keeps
 * its own 200 and its successes, although nothing of it was saved (research 2.4, the trap of Case 4).
 */
function rolledBack(
  result: SubrequestResult | undefined,
  subrequest: Subrequest | undefined,
): SubrequestResult {
  const referenceId = subrequest?.referenceId ?? null;
  const collection = subrequest !== undefined && /\/composite\/sobjects/.test(subrequest.url);
  if (result && (isFailure(result.httpStatusCode) || collection)) return result;
  return failure([processingHalted], 400, referenceId);
}

function checkLimits(subrequests: readonly Subrequest[]): void {
  if (subrequests.length > mostSubrequests) {
    throw refuse(
      400,
      'LIMIT_EXCEEDED',
      `Limit of ${mostSubrequests} reached for number of Subrequests in the request`,
    );
  }
  const heavy = subrequests.filter((entry) =>
    /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(entry.url),
  );
  if (heavy.length > mostCollections) {
    throw refuse(
      400,
      'LIMIT_EXCEEDED',
      `Limit of ${mostCollections} reached for number of query and collection Subrequests`,
    );
  }
}

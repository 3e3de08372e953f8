import { type Problem, type ProblemCode, problem } from '../../contract/problem';
import type { NetFailure } from '../net/failure';
import { errorCodes, passingStatuses } from './errorCodes';
import type { OrgError, OrgFailure } from './failure';

/**
 * What is certain about a call that failed: the org never saw it, saw and refused it, or may have carried
 * it out. Only the last needs a look-up.
 */
export type Certainty = 'neverSent' | 'refused' | 'maybe';

export interface Verdict {
  problem: Problem;
  certainty: Certainty;
  retryAfterMs?: number;
}

/** The 24-hour window of the daily limit slides, so calls come back bit by bit. */
const dailyPauseMs = 30 * 60_000;
const concurrentPauseMs = 15_000;

/**
 * Says what a failed call means. Pure; the table behind it is `errorCodes`. A read that fails is never the
 * order's fault and leaves nothing in doubt.
 */
export function classify(failure: OrgFailure, call: 'read' | 'write'): Verdict {
  const verdict = classifyWrite(failure);
  return call === 'write' ? verdict : { ...verdict, problem: asRead(verdict.problem) };
}

function asRead(told: Problem): Problem {
  const more = told.detail === undefined ? {} : { detail: told.detail };
  if (told.code === 'org.answerLost') return problem('org.unreachable', told.params, more);
  return told.class === 'data' ? problem('org.badAnswer', told.params, more) : told;
}

function classifyWrite(failure: OrgFailure): Verdict {
  switch (failure.kind) {
    case 'noSession':
      return { problem: failure.problem, certainty: 'neverSent', ...pause(failure.retryAfterMs) };
    case 'badAnswer':
      return { problem: problem('org.badAnswer', {}, { detail: failure.why }), certainty: 'maybe' };
    case 'http':
      return classifyHttp(failure);
    default:
      return classifyNet(failure);
  }
}

/** The problem of one error that the org told, whatever the call. */
export function problemOf(error: OrgError, fallback: ProblemCode = 'order.refused', line?: number): Problem {
  const code = codeOf(error) ?? fallback;
  const params = {
    message: error.message,
    value: error.code,
    ...(error.fields.length === 0 ? {} : { field: error.fields.join(', ') }),
  };
  return problem(code, params, {
    detail: `${error.code}: ${error.message}`,
    ...(line === undefined ? {} : { line }),
  });
}

/** How long to wait after a quota problem, where the class alone would not say. */
export function pauseFor(code: ProblemCode): number | null {
  if (code === 'org.dailyLimit') return dailyPauseMs;
  return code === 'org.concurrentLimit' ? concurrentPauseMs : null;
}

function codeOf(error: OrgError): ProblemCode | null {
  // A trigger that meets a lock reports it inside its own error.
  if (error.message.includes('UNABLE_TO_LOCK_ROW')) return 'org.recordLocked';
  if (error.code === 'REQUEST_LIMIT_EXCEEDED')
    return /concurrent/i.test(error.message) ? 'org.concurrentLimit' : 'org.dailyLimit';
  return errorCodes[error.code] ?? null;
}

function classifyHttp(failure: Extract<OrgFailure, { kind: 'http' }>): Verdict {
  const [first] = failure.errors;
  if (first === undefined) return classifyStatus(failure.status, failure.title, failure.retryAfterMs);
  const told = tooManyAtOnce(failure.status, problemOf(first, 'org.badAnswer'));
  // 5xx with JSON is still a server that broke off: what it had done by then is not known.
  const certainty = failure.status >= 500 ? 'maybe' : 'refused';
  // A server that breaks off says nothing about the order, whatever code it finds for it.
  const passing = passingStatuses.has(failure.status) && (codeOf(first) === null || told.class === 'data');
  const reason = passing ? problem('org.unavailable', {}, { detail: told.detail ?? '' }) : told;
  return { problem: reason, certainty, ...pause(failure.retryAfterMs ?? pauseFor(reason.code)) };
}

/** The day's calls are refused with 403 and by name; what 429 refuses goes by in a moment (RFC 6585, 4). */
function tooManyAtOnce(status: number, told: Problem): Problem {
  if (status !== 429 || told.code !== 'org.dailyLimit' || /total ?requests/i.test(told.detail ?? ''))
    return told;
  return problem('org.concurrentLimit', told.params, { detail: told.detail ?? '' });
}

function classifyStatus(status: number, title: string | null, retryAfterMs: number | null): Verdict {
  const detail = title === null ? `HTTP ${status}` : `HTTP ${status}: ${title}`;
  const of = (code: ProblemCode, certainty: Certainty): Verdict => ({
    problem: problem(code, {}, { detail }),
    certainty,
    ...pause(retryAfterMs),
  });
  if (status === 401) return of('org.sessionRefused', 'refused');
  if (status === 403) return of('org.noAccess', 'refused');
  if (status === 410) return of('org.apiVersion', 'refused');
  // A gateway that gave up waiting had passed the request on.
  if (status >= 500 || status === 408) return of('org.unavailable', 'maybe');
  if (passingStatuses.has(status)) return of('org.unavailable', 'refused');
  return of('org.badAnswer', 'refused');
}

function classifyNet(failure: NetFailure): Verdict {
  switch (failure.kind) {
    case 'notConnected':
      return {
        problem: problem('org.unreachable', { value: failure.why }, { detail: failure.code }),
        certainty: 'neverSent',
      };
    case 'broken':
      return { problem: problem('org.answerLost', {}, { detail: failure.code }), certainty: 'maybe' };
    case 'timeout':
      return {
        problem: problem('org.timeout', { value: Math.round(failure.afterMs / 1000) }),
        certainty: 'maybe',
      };
    case 'aborted':
      return { problem: problem('org.answerLost', {}, { detail: 'called off' }), certainty: 'maybe' };
    case 'redirect':
      return {
        problem: problem('org.wrongAddress', failure.host === null ? {} : { host: failure.host }, {
          detail: failure.status === 0 ? 'redirect' : `HTTP ${failure.status}`,
        }),
        certainty: 'refused',
      };
    case 'tooLarge':
      return {
        problem: problem('org.badAnswer', {}, { detail: `answer over ${failure.limitBytes} bytes` }),
        certainty: 'maybe',
      };
  }
}

const pause = (ms: number | null): { retryAfterMs?: number } => (ms === null ? {} : { retryAfterMs: ms });

import type { ExportState, ExportStatus, OrderAction } from '../../../contract/export';
import { type Problem, problem } from '../../../contract/problem';

/** What can happen to an order's export. Instants are milliseconds since 1970, UTC. */
export type ExportEvent =
  | { type: 'sendStarted'; at: number }
  | { type: 'written'; at: number; orgId: string; orgNumber: string | null }
  /** The order was looked up by its key and is in the org, whole. */
  | { type: 'found'; at: number; orgId: string; orgNumber: string | null }
  /** The order was looked up by its key and is not in the org: it may be sent (again) at `nextTryAt`. */
  | { type: 'absent'; at: number; nextTryAt: number }
  | { type: 'answerLost'; at: number; nextTryAt: number; problem: Problem }
  | { type: 'refused'; at: number; problems: Problem[] }
  /** Certainly not written, and it is this order's own matter: it is tried again by itself. */
  | { type: 'notSent'; at: number; nextTryAt: number; problem: Problem }
  /** Certainly not written, and the whole queue waits: the order goes back as it came. */
  | { type: 'postponed'; at: number }
  /** The program died while the order was being sent. */
  | { type: 'interrupted'; at: number; problem: Problem }
  | { type: 'sendRequested'; at: number }
  | { type: 'held'; at: number; reason: string }
  | { type: 'released'; at: number }
  | { type: 'dismissed'; at: number; reason: string }
  | { type: 'restored'; at: number };

/** Where each event can happen. */
const possibleFrom: Record<ExportEvent['type'], readonly ExportState[]> = {
  sendStarted: ['pending', 'retrying'],
  written: ['sending'],
  found: ['sending', 'unknown'],
  absent: ['unknown'],
  answerLost: ['sending', 'unknown'],
  refused: ['sending', 'unknown'],
  notSent: ['sending'],
  postponed: ['sending'],
  interrupted: ['sending'],
  sendRequested: ['pending', 'retrying', 'unknown', 'failed', 'held'],
  held: ['pending', 'retrying', 'failed'],
  released: ['held'],
  dismissed: ['pending', 'retrying', 'failed', 'held'],
  restored: ['dismissed'],
};

/**
 * The outbox's rule book: where an order goes from `status` when `event` happens, or null when it cannot
 * happen there. Pure. The promise it keeps: an order leaves the queue only as `exported` (the org said
 * so), `failed`, `held` or `dismissed` (a person sees why), and nothing that may be in the org is ever
 * sent, held or dismissed before it has been looked up (design, Orders 2).
 */
export function transition(status: ExportStatus, event: ExportEvent): ExportStatus | null {
  if (!possibleFrom[event.type].includes(status.state)) return null;
  const tries = triesOf(status);
  switch (event.type) {
    case 'sendStarted':
      return { state: 'sending', since: event.at, tries: tries + 1 };
    case 'written':
    case 'found':
      return { state: 'exported', orgId: event.orgId, orgNumber: event.orgNumber, exportedAt: event.at };
    case 'absent':
      return { state: 'retrying', tries, nextTryAt: event.nextTryAt, problem: problemOf(status) };
    case 'answerLost':
      return inDoubt(status, event.at, event.nextTryAt, event.problem);
    case 'interrupted':
      return inDoubt(status, event.at, event.at, event.problem);
    case 'refused':
      return { state: 'failed', problems: event.problems, since: event.at };
    case 'notSent':
      return { state: 'retrying', tries, nextTryAt: event.nextTryAt, problem: event.problem };
    case 'sendRequested':
      return status.state === 'retrying' || status.state === 'unknown'
        ? { ...status, nextTryAt: event.at }
        : { state: 'pending' };
    case 'held':
      return { state: 'held', reason: event.reason, since: event.at };
    case 'dismissed':
      return { state: 'dismissed', reason: event.reason, since: event.at };
    case 'postponed':
    case 'released':
    case 'restored':
      return { state: 'pending' };
  }
}

/** What a person may do to an order in this state. */
export function actionsFor(status: ExportStatus): OrderAction[] {
  switch (status.state) {
    case 'pending':
    case 'retrying':
    case 'failed':
      return ['sendNow', 'hold', 'dismiss'];
    case 'held':
      return ['sendNow', 'release', 'dismiss'];
    case 'unknown':
      return ['sendNow'];
    case 'dismissed':
      return ['restore'];
    case 'sending':
    case 'exported':
      return [];
  }
}

/** When the exporter should look at the order next; null when only a person or the org can move it. */
export function dueAt(status: ExportStatus): number | null {
  switch (status.state) {
    case 'pending':
      return 0;
    case 'retrying':
    case 'unknown':
      return status.nextTryAt;
    default:
      return null;
  }
}

function triesOf(status: ExportStatus): number {
  return status.state === 'sending' || status.state === 'retrying' || status.state === 'unknown'
    ? status.tries
    : 0;
}

function problemOf(status: ExportStatus): Problem {
  return status.state === 'unknown' ? status.problem : problem('org.answerLost');
}

function inDoubt(status: ExportStatus, at: number, nextTryAt: number, reason: Problem): ExportStatus {
  const since = status.state === 'sending' || status.state === 'unknown' ? status.since : at;
  return { state: 'unknown', since, tries: triesOf(status), nextTryAt, problem: reason };
}

import type { ExportState, ExportStatus, HoldReason, OrderAction } from '../../../contract/export';
import { type Problem, problem } from '../../../contract/problem';

/** The order as the org has it. */
export interface OrgRecord {
  orgId: string;
  orgNumber: string | null;
}

/** What can happen to an order's export. Instants are milliseconds since 1970, UTC. */
export type ExportEvent =
  | { type: 'sendStarted'; at: number }
  | ({ type: 'written'; at: number; buyerMade: boolean } & OrgRecord)
  /** The order was looked up by its key and is in the org, whole. */
  | ({ type: 'found'; at: number } & OrgRecord)
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
  /** A rule says that this order does not go by itself. */
  | { type: 'heldByRule'; at: number; rule: HoldReason }
  /** The rules have changed: what a rule held is judged anew. */
  | { type: 'rulesChanged'; at: number }
  | { type: 'released'; at: number }
  | { type: 'dismissed'; at: number; reason: string }
  | { type: 'restored'; at: number }
  /** The store has changed the order before it was in the org: what failed for its contents may work now. */
  | { type: 'edited'; at: number }
  /** The store has cancelled the order before it was in the org. */
  | { type: 'cancelled'; at: number }
  /** The order is about to be taken back out of the org; it is looked at again at `nextTryAt` at the latest. */
  | { type: 'undoStarted'; at: number; nextTryAt: number }
  | { type: 'undone'; at: number }
  /** The org kept the order: it stays exported. */
  | ({ type: 'undoFailed'; at: number } & OrgRecord);

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
  heldByRule: ['pending', 'retrying'],
  rulesChanged: ['held'],
  released: ['held'],
  dismissed: ['pending', 'retrying', 'failed', 'held'],
  restored: ['dismissed'],
  edited: ['pending', 'retrying', 'failed', 'held', 'dismissed'],
  cancelled: ['pending', 'retrying', 'failed', 'held', 'dismissed'],
  undoStarted: ['exported'],
  undone: ['unknown'],
  undoFailed: ['unknown'],
};

/**
 * The outbox's rule book: where an order goes from `status` when `event` happens, or null when it cannot
 * happen there. Pure. The promise it keeps: an order leaves the queue only as `exported` (the org said
 * so), `failed`, `held` or `dismissed` (a person sees why), and nothing that may be in the org is ever
 * sent, held, dismissed or replaced before it has been looked up (design, Orders 2).
 */
export function transition(status: ExportStatus, event: ExportEvent): ExportStatus | null {
  if (!possibleFrom[event.type].includes(status.state)) return null;
  const tries = triesOf(status);
  switch (event.type) {
    case 'sendStarted':
      return { state: 'sending', since: event.at, tries: tries + 1 };
    case 'written':
      return exported(event, event.buyerMade);
    case 'found':
      return exported(event, buyerWasMade(status));
    case 'absent':
      return isUndoing(status)
        ? takenBack(event.at)
        : { state: 'retrying', tries, nextTryAt: event.nextTryAt, problem: problemOf(status) };
    case 'answerLost':
      return inDoubt(status, event.at, event.nextTryAt, event.problem);
    case 'interrupted':
      return inDoubt(status, event.at, event.at, event.problem);
    case 'refused':
      return { state: 'failed', problems: event.problems, since: event.at };
    case 'notSent':
      return { state: 'retrying', tries, nextTryAt: event.nextTryAt, problem: event.problem };
    case 'sendRequested':
      return sendRequested(status, event.at);
    case 'held':
      return { state: 'held', reason: event.reason, rule: null, since: event.at };
    case 'heldByRule':
      return { state: 'held', reason: '', rule: event.rule, since: event.at };
    case 'rulesChanged':
      return isHeldByRule(status) ? { state: 'pending' } : null;
    case 'dismissed':
      return { state: 'dismissed', reason: event.reason, since: event.at };
    case 'edited':
      return edited(status);
    case 'cancelled':
      return status.state === 'dismissed'
        ? status
        : { state: 'held', reason: '', rule: { code: 'cancelledInStore', params: {} }, since: event.at };
    case 'undoStarted':
      return undoStarted(status, event.at, event.nextTryAt);
    case 'undoFailed':
      return isUndoing(status) ? exported(event, buyerWasMade(status)) : null;
    case 'undone':
      return isUndoing(status) ? takenBack(event.at) : null;
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
    case 'exported':
      return ['undo'];
    case 'sending':
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

/** Whether the order's contents may be replaced: nothing of it is, or may be, in the org. */
export const isOutOfOrg = (status: ExportStatus): boolean =>
  status.state !== 'sending' && status.state !== 'unknown' && status.state !== 'exported';

const exported = (
  { orgId, orgNumber, at }: OrgRecord & { at: number },
  buyerMade: boolean,
): ExportStatus => ({
  state: 'exported',
  orgId,
  orgNumber,
  exportedAt: at,
  buyerMade,
});

const buyerWasMade = (status: ExportStatus): boolean =>
  status.state === 'unknown' && (status.undoing?.buyerMade ?? false);

/** What a rule held for its contents is judged anew; a person's word, and an undo, stand. */
const isHeldByRule = (status: ExportStatus): boolean =>
  status.state === 'held' &&
  status.rule !== null &&
  status.rule.code !== 'undone' &&
  status.rule.code !== 'cancelledInStore';

function sendRequested(status: ExportStatus, at: number): ExportStatus {
  if (status.state === 'unknown' && status.undoing !== null) return status;
  return status.state === 'retrying' || status.state === 'unknown'
    ? { ...status, nextTryAt: at }
    : { state: 'pending' };
}

function edited(status: ExportStatus): ExportStatus {
  if (status.state === 'failed') return { state: 'pending' };
  const revived = status.state === 'held' && status.rule?.code === 'cancelledInStore';
  return revived || isHeldByRule(status) ? { state: 'pending' } : status;
}

function undoStarted(status: ExportStatus, at: number, nextTryAt: number): ExportStatus | null {
  if (status.state !== 'exported') return null;
  const { orgId, orgNumber, buyerMade } = status;
  const undoing = { orgId, orgNumber, buyerMade };
  return { state: 'unknown', since: at, tries: 0, nextTryAt, problem: problem('org.answerLost'), undoing };
}

const isUndoing = (status: ExportStatus): boolean => status.state === 'unknown' && status.undoing !== null;

const takenBack = (at: number): ExportStatus => ({
  state: 'held',
  reason: '',
  rule: { code: 'undone', params: {} },
  since: at,
});

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
  const undoing = status.state === 'unknown' ? status.undoing : null;
  return { state: 'unknown', since, tries: triesOf(status), nextTryAt, problem: reason, undoing };
}

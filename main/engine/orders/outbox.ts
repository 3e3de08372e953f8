import type { Attempt, Difference, ExportStatus, HoldReason } from '../../../contract/export';
import type { Order } from '../../../contract/order';
import type { Problem } from '../../../contract/problem';
import type { FeedItem, SentLine } from '../ports';
import type { ExportEvent } from './state';

/** Where an order came from. The feed's cursor moves in the same transaction that keeps its orders. */
export type Source = { kind: 'store'; feed: string; cursor: string } | { kind: 'file'; fileName: string };

export interface TakenIn {
  /** Orders that are new, in the order they came. */
  added: { id: number; number: string | null; readable: boolean }[];
  /** Orders known before that the store has edited or cancelled since. */
  changed: { id: number; number: string; inOrg: boolean }[];
  /** Orders that were known, and are as they were. */
  known: number;
}

/** An order of the queue as the exporter works on it. */
export interface QueuedOrder {
  id: number;
  number: string;
  order: Order;
  status: ExportStatus;
  /** Set once, when the order is first sent; the same for ever after. */
  exportKey: string | null;
  identifier: string | null;
  /** The lines that the org was sent, the last time. */
  sent: SentLine[] | null;
  /** A person asked for it. */
  urgent: boolean;
  /** A person let it go although a rule held it. */
  exempt: boolean;
  fromStore: boolean;
}

/** An exported order with what the store has made of it since. */
export interface ExportedOrder extends QueuedOrder {
  status: Extract<ExportStatus, { state: 'exported' }>;
  exportKey: string;
  identifier: string;
  change: { kind: 'edited' | 'cancelled'; order: Order; differences: Difference[] } | null;
}

/** How often an order has been tried without getting anywhere. */
export const triesOf = ({ status }: Pick<QueuedOrder, 'status'>): number =>
  status.state === 'retrying' || status.state === 'unknown' ? status.tries : 0;

export type AttemptOutcome = Exclude<Attempt['outcome'], 'running'>;

/** Fixed in the outbox before anything leaves: under which key, and which lines. */
export interface Departure {
  id: number;
  exportKey: string;
  identifier: string;
  lines: readonly SentLine[];
}

/** The end of an attempt, and where it moves its order. */
export interface Ending {
  id: number;
  attemptId: number;
  event: ExportEvent;
  outcome: AttemptOutcome;
  problems: readonly Problem[];
}

/**
 * The orders on their way into the org. Every method that writes is one transaction, with the entries of the
 * log that tell of it, and has reached the disk when it resolves. Moves go through `transition`; a move that is
 * not possible changes nothing.
 */
export interface Outbox {
  takeIn(items: readonly FeedItem[], source: Source, at: number): Promise<TakenIn>;
  cursor(feed: string): Promise<string | null>;
  knownNumbers(numbers: readonly string[]): Promise<Set<string>>;

  /** Orders due now: in doubt first, then what people asked for, then in order of arrival. */
  due(now: number, options: { urgentOnly: boolean; limit: number }): Promise<QueuedOrder[]>;
  /** The next instant at which `due` would have more, or null. */
  nextDueAt(now: number, options: { urgentOnly: boolean }): Promise<number | null>;

  /**
   * Starts attempts to send, or to look up what may have been sent by another desktop, and fixes the export keys.
   * Attempts by order; absent: no longer possible.
   */
  beginSends(
    departures: readonly Departure[],
    at: number,
    kind?: 'send' | 'lookUp',
  ): Promise<Map<number, number>>;
  /** Starts looks for orders in doubt. Attempts by order; absent: no longer in doubt. */
  beginLookUps(ids: readonly number[], at: number): Promise<Map<number, number>>;
  /** Ends attempts and moves their orders. New states by order; absent: the move was not possible. */
  finish(endings: readonly Ending[]): Promise<Map<number, ExportStatus>>;

  /** Orders that a rule says wait for a person. */
  holdByRule(holds: readonly { id: number; rule: HoldReason }[], at: number): Promise<number[]>;
  /** The rules have changed: whatever a rule held is judged anew. */
  judgeAnew(at: number): Promise<number[]>;

  /** A person's move on many orders; answers with the ids it was possible for. */
  act(ids: readonly number[], event: ExportEvent): Promise<number[]>;
  /** The ids of all orders in these states. */
  idsIn(states: readonly ExportStatus['state'][]): Promise<number[]>;

  /** After a crash: ends what was running and puts what was being sent in doubt. */
  recover(event: Extract<ExportEvent, { type: 'interrupted' }>): Promise<number>;

  /** Null when the order is not in the org. */
  exported(id: number): Promise<ExportedOrder | null>;
  /** Starts taking an order back out of the org. Null: it is not in the org. */
  beginUndo(id: number, at: number, nextTryAt: number): Promise<number | null>;
  /** Starts sending the store's change of an exported order. Null: it is not in the org. */
  beginAmend(id: number, at: number): Promise<number | null>;
  /** Ends it. When it was sent, the order's contents are the changed ones from now on. */
  finishAmend(
    id: number,
    attemptId: number,
    end: {
      outcome: 'amended' | 'refused' | 'notSent' | 'answerLost';
      problems: readonly Problem[];
      /** What was sent: the order as the store had it, and its lines as the org was to have them. */
      order: Order;
      lines: readonly SentLine[];
      at: number;
    },
  ): Promise<void>;
  /** A person has seen what the store changed and leaves the org as it is. */
  markSeen(ids: readonly number[], at: number): Promise<number[]>;

  /** Exported orders of the store's that the store has not been told about. */
  unmarked(limit: number): Promise<{ id: number; number: string; orgId: string; orgNumber: string | null }[]>;
  marked(id: number): Promise<void>;
}

import type { Attempt, ExportStatus } from '../../../contract/export';
import type { Order } from '../../../contract/order';
import type { Problem } from '../../../contract/problem';
import type { FeedItem } from '../ports';
import type { ExportEvent } from './state';

/** Where an order came from. The feed's cursor moves in the same transaction that keeps its orders. */
export type Source = { kind: 'store'; feed: string; cursor: string } | { kind: 'file'; fileName: string };

export interface TakenIn {
  /** Orders that are new, in the order they came. */
  added: { id: number; number: string | null; readable: boolean }[];
  /** Orders whose number was there already. */
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
  /** A person asked for it. */
  urgent: boolean;
  fromStore: boolean;
}

export type AttemptOutcome = Exclude<Attempt['outcome'], 'running'>;

/**
 * The orders on their way into the org. Every method that writes is one transaction that has reached the
 * disk when it resolves. Moves go through `transition`; a move that is not possible changes nothing.
 */
export interface Outbox {
  takeIn(items: readonly FeedItem[], source: Source, at: number): Promise<TakenIn>;
  cursor(feed: string): Promise<string | null>;
  knownNumbers(numbers: readonly string[]): Promise<Set<string>>;

  /** Orders due now: in doubt first, then what people asked for, then in order of arrival. */
  due(now: number, options: { urgentOnly: boolean; limit: number }): Promise<QueuedOrder[]>;
  /** The next instant at which `due` would have more, or null. */
  nextDueAt(now: number, options: { urgentOnly: boolean }): Promise<number | null>;

  /** Starts an attempt to send and fixes the export key before anything leaves. Null: no longer possible. */
  beginSend(id: number, key: { exportKey: string; identifier: string }, at: number): Promise<number | null>;
  /** Starts a look for an order in doubt. Null: it is no longer in doubt. */
  beginLookUp(id: number, at: number): Promise<number | null>;
  /** Ends an attempt and moves the order. Null when the move is not possible. */
  finish(
    id: number,
    attemptId: number,
    event: ExportEvent,
    outcome: AttemptOutcome,
    problems: readonly Problem[],
  ): Promise<ExportStatus | null>;

  /** A person's move on many orders; answers with the ids it was possible for. */
  act(ids: readonly number[], event: ExportEvent): Promise<number[]>;
  /** The ids of all orders in these states. */
  idsIn(states: readonly ExportStatus['state'][]): Promise<number[]>;

  /** After a crash: ends what was running and puts what was being sent in doubt. */
  recover(event: Extract<ExportEvent, { type: 'interrupted' }>): Promise<number>;

  /** Exported orders of the store's that the store has not been told about. */
  unmarked(limit: number): Promise<{ id: number; number: string; orgId: string; orgNumber: string | null }[]>;
  marked(id: number): Promise<void>;
}

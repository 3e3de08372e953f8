import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import type { Attempt, ExportStatus } from '../../../contract/export';
import type { Problem } from '../../../contract/problem';
import type { AttemptOutcome } from '../../engine/orders/outbox';
import { dueAt, type ExportEvent, isOutOfOrg, transition } from '../../engine/orders/state';
import { idRow, json, statusRow } from '../rows';
import { changeSchema, replaceBody } from './contents';

export interface Moved {
  number: string;
  status: ExportStatus;
  urgent: boolean;
}

/** Moves the order by the rule book; null, and nothing written, when the rule book says no. */
export function move(db: DatabaseSyncInstance, id: number, event: ExportEvent): Moved | null {
  const before = readStatus(db, id);
  if (before === null) return null;
  const status = transition(before.status, event);
  if (status === null) return null;
  const settled = dueAt(status) === null && status.state !== 'sending';
  const urgent = before.urgent && !settled;
  // An order that comes back out of the org is told to the store again when it is in once more.
  const unmark = event.type === 'undone' || before.status.state === 'unknown' ? ', marked = 0' : '';
  db.prepare(`UPDATE orders SET state = ?, status = ?, due_at = ?, urgent = ? ${unmark} WHERE id = ?`).run(
    status.state,
    JSON.stringify(status),
    dueAt(status),
    urgent ? 1 : 0,
    id,
  );
  if (isOutOfOrg(status)) takeUpChange(db, id, event.at);
  return { number: before.number, status, urgent };
}

/** What the store changed while the order might have been in the org counts as soon as it is certain not to be. */
function takeUpChange(db: DatabaseSyncInstance, id: number, at: number): void {
  const row = db.prepare('SELECT change FROM orders WHERE id = ? AND change IS NOT NULL').get(id);
  if (row === undefined) return;
  const { change } = z.object({ change: json(changeSchema) }).parse(row);
  replaceBody(db, id, change.order);
  if (change.kind === 'cancelled') move(db, id, { type: 'cancelled', at });
}

export function readStatus(db: DatabaseSyncInstance, id: number): Moved | null {
  const row = db.prepare('SELECT number, status, urgent FROM orders WHERE id = ?').get(id);
  if (row === undefined) return null;
  const columns = statusRow.extend({ number: z.string().nullable() }).parse(row);
  return { number: columns.number ?? '?', status: columns.status, urgent: columns.urgent === 1 };
}

/** An order that could not be read can be dismissed, held and brought back, but never sent. */
export function isPossible(db: DatabaseSyncInstance, id: number, event: ExportEvent): boolean {
  if (event.type === 'dismissed') return true;
  return db.prepare('SELECT id FROM orders WHERE id = ? AND body IS NOT NULL').get(id) !== undefined;
}

export function startAttempt(
  db: DatabaseSyncInstance,
  orderId: number,
  kind: Attempt['kind'],
  urgent: boolean,
  at: number,
): number {
  const row = db
    .prepare(
      `INSERT INTO attempts (order_id, kind, trigger, started_at, outcome)
       VALUES (?, ?, ?, ?, 'running') RETURNING id`,
    )
    .get(orderId, kind, urgent ? 'person' : 'automatic', at);
  return idRow.parse(row).id;
}

export function endAttempt(
  db: DatabaseSyncInstance,
  attemptId: number,
  at: number,
  outcome: AttemptOutcome,
  problems: readonly Problem[],
): void {
  db.prepare('UPDATE attempts SET finished_at = ?, outcome = ?, problems = ? WHERE id = ?').run(
    at,
    outcome,
    JSON.stringify(problems),
    attemptId,
  );
}

import { z } from 'zod';
import { differencesOf } from '../../engine/orders/differences';
import type { ExportedOrder, Outbox } from '../../engine/orders/outbox';
import type { Database } from '../database';
import { insertEntry, type Telling } from '../logEntries';
import { json } from '../rows';
import { changeSchema, keepChange, replaceBody, type StoredChange } from './contents';
import { endAttempt, move, readStatus, startAttempt } from './moves';
import { queuedColumns, queuedRow, sentText } from './queue';

/** What happens to orders that are in the org: taken back out, or made what the store says now. */
export function changes(
  database: Database,
  telling: Telling,
): Pick<Outbox, 'exported' | 'beginUndo' | 'beginAmend' | 'finishAmend' | 'markSeen'> {
  return {
    exported: (id) =>
      database.transaction((db) => {
        const row = db.prepare(`SELECT ${queuedColumns}, change FROM orders WHERE id = ?`).get(id);
        return row === undefined ? null : readExported(row);
      }),

    beginUndo: (id, at, nextTryAt) =>
      database.transaction((db) =>
        move(db, id, { type: 'undoStarted', at, nextTryAt }) === null
          ? null
          : startAttempt(db, id, 'undo', true, at),
      ),

    beginAmend: (id, at) =>
      database.transaction((db) =>
        readStatus(db, id)?.status.state === 'exported' ? startAttempt(db, id, 'amend', true, at) : null,
      ),

    finishAmend: (id, attemptId, { outcome, problems, order, lines, at }) =>
      telling((note) =>
        database.transaction((db) => {
          endAttempt(db, attemptId, at, outcome, problems);
          const change = readChange(db.prepare('SELECT change FROM orders WHERE id = ?').get(id));
          if (outcome === 'amended') {
            replaceBody(db, id, order);
            db.prepare('UPDATE orders SET sent = ? WHERE id = ?').run(sentText(lines), id);
            // The store has changed it once more meanwhile.
            if (change !== null && change.order.revision !== order.revision) keepChange(db, id, change);
          }
          note(
            insertEntry(db, {
              at,
              level: outcome === 'amended' ? 'info' : 'error',
              event: outcome === 'amended' ? 'order.changeSent' : 'order.changeFailed',
              params: { number: readStatus(db, id)?.number ?? '?' },
              problem: problems[0] ?? null,
              orderId: id,
            }),
          );
        }),
      ),

    markSeen: (ids, at) =>
      telling((note) =>
        database.transaction((db) =>
          ids.filter((id) => {
            const change = readChange(db.prepare('SELECT change FROM orders WHERE id = ?').get(id));
            if (change === null || change.seen) return false;
            keepChange(db, id, { ...change, seen: true });
            note(
              insertEntry(db, {
                at,
                level: 'info',
                event: 'order.changeSeen',
                params: { number: readStatus(db, id)?.number ?? '?' },
                problem: null,
                orderId: id,
              }),
            );
            return true;
          }),
        ),
      ),
  };
}

const changeRow = z.object({ change: json(changeSchema).nullable() });

const readChange = (row: unknown): StoredChange | null =>
  row === undefined ? null : changeRow.parse(row).change;

function readExported(row: unknown): ExportedOrder | null {
  const order = queuedRow.parse(row);
  const change = readChange(row);
  const { status, exportKey, identifier } = order;
  if (status.state !== 'exported' || exportKey === null || identifier === null) return null;
  return {
    ...order,
    status,
    exportKey,
    identifier,
    change:
      change === null
        ? null
        : { kind: change.kind, order: change.order, differences: differencesOf(order.order, change.order) },
  };
}

import { z } from 'zod';
import type { LogEntry } from '../../../contract/status';
import { tellOutcome } from '../../engine/orders/journalEntries';
import type { Outbox } from '../../engine/orders/outbox';
import type { Database } from '../database';
import { insertEntry } from '../logEntries';
import { idRow, statusRow } from '../rows';
import { changes } from './changes';
import { endAttempt, isPossible, move, readStatus, startAttempt } from './moves';
import { queue, sentText } from './queue';
import { takeIn } from './takeIn';

/** So many rows go in before a long move lets the event loop breathe. */
const rowsAtOnce = 50;

/**
 * The outbox in SQLite. Every move reads, judges and writes in one transaction with its attempt and its entry in
 * the log; `onRecorded` hears of entries.
 */
export function createOutbox(database: Database, onRecorded: (entries: readonly LogEntry[]) => void): Outbox {
  /** Tells of the entries once they are on disk. */
  async function telling<T>(work: (note: (entry: LogEntry) => void) => Promise<T>): Promise<T> {
    const entries: LogEntry[] = [];
    const result = await work((entry) => entries.push(entry));
    if (entries.length > 0) onRecorded(entries);
    return result;
  }

  return {
    ...queue(database),
    ...changes(database, telling),

    takeIn: (items, source, at) =>
      telling((note) =>
        database.longTransaction((db, pause) => takeIn(db, items, { source, at, pause, note })),
      ),

    beginSends: (departures, at, kind = 'send') =>
      database.transaction((db) => {
        const fixKey = db.prepare(
          'UPDATE orders SET export_key = ?, identifier = ? WHERE id = ? AND export_key IS NULL',
        );
        const noteLines = db.prepare('UPDATE orders SET sent = ? WHERE id = ?');
        return startAll(departures, (departure) => {
          const moved = move(db, departure.id, { type: 'sendStarted', at });
          if (moved === null) return null;
          fixKey.run(departure.exportKey, departure.identifier, departure.id);
          if (departure.lines.length > 0) noteLines.run(sentText(departure.lines), departure.id);
          return startAttempt(db, departure.id, kind, moved.urgent, at);
        });
      }),

    beginLookUps: (ids, at) =>
      database.transaction((db) =>
        startAll(
          ids.map((id) => ({ id })),
          ({ id }) => {
            const row = readStatus(db, id);
            return row?.status.state === 'unknown' ? startAttempt(db, id, 'lookUp', row.urgent, at) : null;
          },
        ),
      ),

    finish: (endings) =>
      telling((note) =>
        database.transaction((db) => {
          const states: Awaited<ReturnType<Outbox['finish']>> = new Map();
          for (const ending of endings) {
            endAttempt(db, ending.attemptId, ending.event.at, ending.outcome, ending.problems);
            const moved = move(db, ending.id, ending.event);
            if (moved === null) continue;
            states.set(ending.id, moved.status);
            const entry = tellOutcome({ id: ending.id, number: moved.number }, moved.status, ending.event);
            if (entry !== null) note(insertEntry(db, entry));
          }
          return states;
        }),
      ),

    holdByRule: (holds, at) =>
      telling((note) =>
        database.transaction((db) =>
          holds.flatMap(({ id, rule }) => {
            const moved = move(db, id, { type: 'heldByRule', at, rule });
            if (moved === null) return [];
            note(
              insertEntry(db, {
                at,
                level: 'info',
                event: 'order.heldByRule',
                params: { number: moved.number, rule: rule.code, ...rule.params },
                problem: null,
                orderId: id,
              }),
            );
            return [id];
          }),
        ),
      ),

    judgeAnew: (at) =>
      telling((note) =>
        database.transaction((db) => {
          const held = db.prepare("SELECT id FROM orders WHERE state = 'held'").all();
          const moved = held
            .map((row) => idRow.parse(row).id)
            .filter((id) => move(db, id, { type: 'rulesChanged', at }) !== null);
          if (moved.length > 0)
            note(
              insertEntry(db, {
                at,
                level: 'info',
                event: 'orders.judgedAnew',
                params: { count: moved.length },
                problem: null,
                orderId: null,
              }),
            );
          return moved;
        }),
      ),

    act: (ids, event) =>
      database.longTransaction(async (db, pause) => {
        const accepted: number[] = [];
        const makeUrgent = db.prepare('UPDATE orders SET urgent = 1 WHERE id = ?');
        const exempt = db.prepare('UPDATE orders SET exempt = 1 WHERE id = ?');
        for (const [index, id] of ids.entries()) {
          if (index > 0 && index % rowsAtOnce === 0) await pause();
          if (!isPossible(db, id, event) || move(db, id, event) === null) continue;
          if (event.type === 'sendRequested') makeUrgent.run(id);
          if (event.type === 'released') exempt.run(id);
          accepted.push(id);
        }
        return accepted;
      }),

    idsIn: (states) =>
      database.transaction((db) =>
        states.flatMap((state) =>
          db
            .prepare('SELECT id FROM orders WHERE state = ? AND body IS NOT NULL')
            .all(state)
            .map((row) => idRow.parse(row).id),
        ),
      ),

    recover: (event) =>
      database.transaction((db) => {
        const ids = db.prepare("SELECT id FROM orders WHERE state = 'sending'").all();
        for (const row of ids) move(db, idRow.parse(row).id, event);
        db.prepare(
          "UPDATE attempts SET finished_at = ?, outcome = 'interrupted' WHERE finished_at IS NULL",
        ).run(event.at);
        return ids.length;
      }),

    unmarked: (limit) =>
      database.transaction((db) =>
        db
          .prepare(
            `SELECT id, number, status, urgent FROM orders
             WHERE state = 'exported' AND source = 'store' AND marked = 0 ORDER BY id LIMIT ?`,
          )
          .all(limit)
          .flatMap((row) => {
            const { id, number } = z.object({ id: z.number(), number: z.string() }).parse(row);
            const { status } = statusRow.parse(row);
            return status.state === 'exported'
              ? [{ id, number, orgId: status.orgId, orgNumber: status.orgNumber }]
              : [];
          }),
      ),

    marked: (id) =>
      database.transaction((db) => {
        db.prepare('UPDATE orders SET marked = 1 WHERE id = ?').run(id);
      }),
  };
}

function startAll<Item extends { id: number }>(
  items: readonly Item[],
  start: (item: Item) => number | null,
): Map<number, number> {
  const started = new Map<number, number>();
  for (const item of items) {
    const attemptId = start(item);
    if (attemptId !== null) started.set(item.id, attemptId);
  }
  return started;
}

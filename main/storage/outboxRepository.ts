import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import type { ExportStatus } from '../../contract/export';
import { problem } from '../../contract/problem';
import { longestWaitMs } from '../engine/orders/backoff';
import type { Outbox, QueuedOrder, Source } from '../engine/orders/outbox';
import { buyerName } from '../engine/orders/prepare';
import { dueAt, type ExportEvent, transition } from '../engine/orders/state';
import type { FeedItem } from '../engine/ports';
import type { Database } from './database';
import { fold, idRow, queuedColumns, queuedRow, statusRow } from './rows';

/** So many rows go in before a long import lets the event loop breathe. */
const rowsAtOnce = 50;

/** The outbox in SQLite. Every move reads, judges and writes in one transaction with its attempt. */
export function createOutbox(database: Database): Outbox {
  return {
    takeIn: (items, source, at) =>
      database.longTransaction(async (db, pause) => {
        const added: { id: number; number: string | null; readable: boolean }[] = [];
        const insert = db.prepare(insertOrder);
        for (const [index, item] of items.entries()) {
          if (index > 0 && index % rowsAtOnce === 0) await pause();
          const row = insert.get(orderValues(item, source, at));
          if (row !== undefined)
            added.push({ id: idRow.parse(row).id, number: numberOf(item), readable: item.kind === 'order' });
        }
        if (source.kind === 'store')
          db.prepare(
            'INSERT INTO feeds (feed, cursor) VALUES (?, ?) ON CONFLICT (feed) DO UPDATE SET cursor = excluded.cursor',
          ).run(source.feed, source.cursor);
        return { added, known: items.length - added.length };
      }),

    cursor: (feed) =>
      database.transaction((db) => {
        const row = db.prepare('SELECT cursor FROM feeds WHERE feed = ?').get(feed);
        return row === undefined ? null : z.object({ cursor: z.string() }).parse(row).cursor;
      }),

    knownNumbers: (numbers) =>
      database.transaction((db) => {
        const find = db.prepare('SELECT id FROM orders WHERE number = ?');
        return new Set(numbers.filter((number) => find.get(number) !== undefined));
      }),

    due: (now, { urgentOnly, limit }) =>
      database.transaction((db) =>
        db
          .prepare(
            `SELECT ${queuedColumns} FROM orders WHERE (due_at <= ? OR due_at > ?) AND body IS NOT NULL ${onlyUrgent(urgentOnly)}
             ORDER BY state = 'unknown' DESC, urgent DESC, id LIMIT ?`,
          )
          .all(now, now + longestWaitMs, limit)
          .map(readQueued),
      ),

    nextDueAt: (now, { urgentOnly }) =>
      database.transaction((db) => {
        const row = db
          .prepare(
            `SELECT min(due_at) AS due FROM orders WHERE due_at > ? AND body IS NOT NULL ${onlyUrgent(urgentOnly)}`,
          )
          .get(now);
        return z.object({ due: z.number().nullable() }).parse(row).due;
      }),

    beginSend: (id, { exportKey, identifier }, at) =>
      database.transaction((db) => {
        const urgent = move(db, id, { type: 'sendStarted', at });
        if (urgent === null) return null;
        db.prepare(
          'UPDATE orders SET export_key = ?, identifier = ? WHERE id = ? AND export_key IS NULL',
        ).run(exportKey, identifier, id);
        return startAttempt(db, id, 'send', urgent.urgent, at);
      }),

    beginLookUp: (id, at) =>
      database.transaction((db) => {
        const row = readStatus(db, id);
        return row?.status.state === 'unknown' ? startAttempt(db, id, 'lookUp', row.urgent, at) : null;
      }),

    finish: (id, attemptId, event, outcome, problems) =>
      database.transaction((db) => {
        db.prepare('UPDATE attempts SET finished_at = ?, outcome = ?, problems = ? WHERE id = ?').run(
          event.at,
          outcome,
          JSON.stringify(problems),
          attemptId,
        );
        return move(db, id, event)?.status ?? null;
      }),

    act: (ids, event) =>
      database.longTransaction(async (db, pause) => {
        const accepted: number[] = [];
        const makeUrgent = db.prepare('UPDATE orders SET urgent = 1 WHERE id = ?');
        for (const [index, id] of ids.entries()) {
          if (index > 0 && index % rowsAtOnce === 0) await pause();
          if (!isPossible(db, id, event) || move(db, id, event) === null) continue;
          if (event.type === 'sendRequested') makeUrgent.run(id);
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
            `SELECT id, number, status FROM orders
             WHERE state = 'exported' AND source = 'store' AND marked = 0 ORDER BY id LIMIT ?`,
          )
          .all(limit)
          .flatMap((row) => {
            const { id, number } = z.object({ id: z.number(), number: z.string() }).parse(row);
            const { status } = statusRow.pick({ status: true }).parse(row);
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

const insertOrder = `
  INSERT INTO orders (number, source, file_name, raw, body, buyer_name, line_count, total, currency,
                      confirmed_at, received_at, search, state, status, due_at)
  VALUES (:number, :source, :file, :raw, :body, :buyer, :lines, :total, :currency,
          :confirmedAt, :at, :search, :state, :status, :dueAt)
  ON CONFLICT (number) DO NOTHING RETURNING id`;

function orderValues(item: FeedItem, source: Source, at: number) {
  const order = item.kind === 'order' ? item.order : null;
  const status: ExportStatus =
    item.kind === 'order'
      ? { state: 'pending' }
      : {
          state: 'failed',
          since: at,
          problems: [problem('order.unreadable', {}, { detail: item.detail })],
        };
  const number = numberOf(item);
  const buyer = order === null ? '' : buyerName(order.buyer) || order.buyer.taxId;
  return {
    number,
    source: source.kind,
    file: source.kind === 'file' ? source.fileName : null,
    // What was read is kept in `body`; the original is kept only where it could not be read.
    raw: item.kind === 'unreadable' ? item.raw : null,
    body: order === null ? null : JSON.stringify(order),
    buyer,
    lines: order?.lines.length ?? 0,
    total: order?.totals.total ?? null,
    currency: order?.currency ?? null,
    confirmedAt: order?.confirmedAt ?? null,
    at,
    search: fold(`${number ?? ''} ${buyer} ${order?.buyer.taxId ?? ''}`),
    state: status.state,
    status: JSON.stringify(status),
    dueAt: dueAt(status),
  };
}

const numberOf = (item: FeedItem): string | null => (item.kind === 'order' ? item.order.number : item.number);

const onlyUrgent = (urgentOnly: boolean): string =>
  urgentOnly ? "AND (urgent = 1 OR state = 'unknown')" : '';

function readQueued(row: unknown): QueuedOrder {
  const columns = queuedRow.parse(row);
  return {
    id: columns.id,
    number: columns.number,
    order: columns.body,
    status: columns.status,
    exportKey: columns.export_key,
    identifier: columns.identifier,
    urgent: columns.urgent === 1,
    fromStore: columns.source === 'store',
  };
}

function readStatus(db: DatabaseSyncInstance, id: number): { status: ExportStatus; urgent: boolean } | null {
  const row = db.prepare('SELECT status, urgent FROM orders WHERE id = ?').get(id);
  if (row === undefined) return null;
  const columns = statusRow.parse(row);
  return { status: columns.status, urgent: columns.urgent === 1 };
}

/** An order that could not be read can be dismissed, held and brought back, but never sent. */
function isPossible(db: DatabaseSyncInstance, id: number, event: ExportEvent): boolean {
  if (event.type === 'dismissed') return true;
  return db.prepare('SELECT id FROM orders WHERE id = ? AND body IS NOT NULL').get(id) !== undefined;
}

/** Moves the order by the rule book; null, and nothing written, when the rule book says no. */
function move(
  db: DatabaseSyncInstance,
  id: number,
  event: ExportEvent,
): { status: ExportStatus; urgent: boolean } | null {
  const before = readStatus(db, id);
  if (before === null) return null;
  const status = transition(before.status, event);
  if (status === null) return null;
  const settled = dueAt(status) === null && status.state !== 'sending';
  const urgent = before.urgent && !settled;
  db.prepare('UPDATE orders SET state = ?, status = ?, due_at = ?, urgent = ? WHERE id = ?').run(
    status.state,
    JSON.stringify(status),
    dueAt(status),
    urgent ? 1 : 0,
    id,
  );
  return { status, urgent };
}

function startAttempt(
  db: DatabaseSyncInstance,
  orderId: number,
  kind: 'send' | 'lookUp',
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

import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import type { ExportStatus } from '../../../contract/export';
import type { Order } from '../../../contract/order';
import { orderSchema } from '../../../contract/order';
import { problem } from '../../../contract/problem';
import type { LogEntry } from '../../../contract/status';
import { tellChanged, tellReceived } from '../../engine/orders/journalEntries';
import type { Source, TakenIn } from '../../engine/orders/outbox';
import { dueAt, isOutOfOrg } from '../../engine/orders/state';
import type { FeedItem } from '../../engine/ports';
import { insertEntry } from '../logEntries';
import { json, statusRow } from '../rows';
import { bodyColumns, changeSchema, keepChange, replaceBody } from './contents';
import { move } from './moves';

/** So many rows go in before a long import lets the event loop breathe. */
const rowsAtOnce = 50;

export interface Arrival {
  source: Source;
  at: number;
  pause: () => Promise<void>;
  /** Hears of each entry written to the log. */
  note: (entry: LogEntry) => void;
}

/** Keeps orders and, for a feed, its cursor, inside the caller's transaction. */
export async function takeIn(
  db: DatabaseSyncInstance,
  items: readonly FeedItem[],
  arrival: Arrival,
): Promise<TakenIn> {
  const taken: TakenIn = { added: [], changed: [], known: 0 };
  const insert = db.prepare(insertOrder);
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % rowsAtOnce === 0) await arrival.pause();
    const row = insert.get(orderValues(item, arrival));
    if (row !== undefined) noteAdded(db, taken, item, row, arrival);
    else if (!noteChanged(db, taken, item, arrival)) taken.known += 1;
  }
  if (arrival.source.kind === 'store')
    db.prepare(
      'INSERT INTO feeds (feed, cursor) VALUES (?, ?) ON CONFLICT (feed) DO UPDATE SET cursor = excluded.cursor',
    ).run(arrival.source.feed, arrival.source.cursor);
  return taken;
}

const insertOrder = `
  INSERT INTO orders (number, source, file_name, raw, body, buyer_name, line_count, total, currency,
                      confirmed_at, received_at, search, state, status, due_at)
  VALUES (:number, :source, :file, :raw, :body, :buyer, :lines, :total, :currency,
          :confirmedAt, :at, :search, :state, :status, :dueAt)
  ON CONFLICT (number) DO NOTHING RETURNING id, state`;

function orderValues(item: FeedItem, { source, at }: Arrival) {
  const order = item.kind === 'order' ? item.order : null;
  const status = firstStatus(item, at);
  const number = numberOf(item);
  return {
    ...bodyColumns(order, number),
    number,
    source: source.kind,
    file: source.kind === 'file' ? source.fileName : null,
    // What was read is kept in `body`; the original is kept only where it could not be read.
    raw: item.kind === 'unreadable' ? item.raw : null,
    at,
    state: status.state,
    status: JSON.stringify(status),
    dueAt: dueAt(status),
  };
}

function firstStatus(item: FeedItem, at: number): ExportStatus {
  if (item.kind === 'unreadable') return { state: 'failed', since: at, problems: [unreadable(item)] };
  return item.order.status === 'cancelled'
    ? { state: 'held', reason: '', rule: { code: 'cancelledInStore', params: {} }, since: at }
    : { state: 'pending' };
}

function noteAdded(
  db: DatabaseSyncInstance,
  taken: TakenIn,
  item: FeedItem,
  row: unknown,
  arrival: Arrival,
): void {
  const { id } = z.object({ id: z.number() }).parse(row);
  const number = numberOf(item);
  taken.added.push({ id, number, readable: item.kind === 'order' });
  if (arrival.source.kind === 'file') return;
  const reason = item.kind === 'unreadable' ? unreadable(item) : null;
  arrival.note(insertEntry(db, tellReceived({ id, number }, reason, arrival.at)));
}

const knownRow = statusRow.extend({
  id: z.number(),
  source: z.enum(['store', 'file']),
  body: json(orderSchema).nullable(),
  change: json(changeSchema).nullable(),
});

/** True when the store has edited or cancelled an order that was known. Files never change an order. */
function noteChanged(db: DatabaseSyncInstance, taken: TakenIn, item: FeedItem, arrival: Arrival): boolean {
  if (item.kind !== 'order' || arrival.source.kind !== 'store') return false;
  const { order } = item;
  const row = db
    .prepare('SELECT id, source, status, urgent, body, change FROM orders WHERE number = ?')
    .get(order.number);
  const known = knownRow.parse(row);
  if (known.source !== 'store') return false;
  if (!isNews(order, known.change?.order ?? known.body)) return false;
  const kind = order.status === 'cancelled' ? 'cancelled' : 'edited';
  const inOrg = !isOutOfOrg(known.status);
  if (inOrg) keepChange(db, known.id, { kind, at: arrival.at, seen: false, order });
  else {
    replaceBody(db, known.id, order);
    move(db, known.id, { type: kind, at: arrival.at });
  }
  taken.changed.push({ id: known.id, number: order.number, inOrg });
  const entry = tellChanged({ id: known.id, number: order.number }, { kind, inOrg }, arrival.at);
  arrival.note(insertEntry(db, entry));
  return true;
}

/** A page read twice brings nothing new, and neither does an older revision that comes late. */
function isNews(order: Order, known: Order | null): boolean {
  if (known === null) return true;
  if (order.revision < known.revision) return false;
  return canonical(order) !== canonical(known);
}

/** Parsing puts the fields in the schema's order. */
const canonical = (order: Order): string => JSON.stringify(orderSchema.parse(order));

const unreadable = (item: Extract<FeedItem, { kind: 'unreadable' }>) =>
  problem('order.unreadable', {}, { detail: item.detail });

const numberOf = (item: FeedItem): string | null => (item.kind === 'order' ? item.order.number : item.number);

import { z } from 'zod';
import {
  attemptSchema,
  exportStates,
  exportStatusSchema,
  type OrderChange,
  type OrderDetail,
  type OrderRow,
} from '../../contract/export';
import { type Order, orderSchema } from '../../contract/order';
import { problemSchema } from '../../contract/problem';
import type { OrderBook, OrderQuery } from '../engine/orders/book';
import { differencesOf } from '../engine/orders/differences';
import { actionsFor } from '../engine/orders/state';
import type { Database } from './database';
import { changeSchema, type StoredChange } from './outbox/contents';
import { containing, countRow, json, orderColumns, readOrderRow } from './rows';

const sortings: Record<OrderQuery['sort'], string> = {
  newest: 'received_at DESC, id DESC',
  oldest: 'received_at, id',
  number: 'number COLLATE NOCASE, id',
  buyer: 'buyer_name COLLATE NOCASE, id',
  total: 'CAST(total AS REAL) DESC, id',
};

const unseen = "change IS NOT NULL AND change ->> '$.seen' = 0";

export function createOrderBook(database: Database): OrderBook {
  return {
    list: (query) =>
      database.read((db) => {
        const { where, values } = filter(query);
        const count = db.prepare(`SELECT count(*) AS count FROM orders ${where}`).get(...values);
        const rows = db
          .prepare(
            `SELECT ${orderColumns} FROM orders ${where} ORDER BY ${sortings[query.sort]} LIMIT ? OFFSET ?`,
          )
          .all(...values, query.limit, query.offset);
        return { rows: rows.map(readOrderRow), total: countRow.parse(count).count };
      }),

    counts: () =>
      database.read((db) => {
        const counts = Object.fromEntries(exportStates.map((state) => [state, 0]));
        for (const row of db.prepare('SELECT state, count(*) AS count FROM orders GROUP BY state').all()) {
          const { state, count } = stateCountRow.parse(row);
          counts[state] = count;
        }
        return stateCounts.parse(counts);
      }),

    changed: () =>
      database.read(
        (db) =>
          countRow.parse(db.prepare(`SELECT count(*) AS count FROM orders WHERE ${unseen}`).get()).count,
      ),

    get: (id) =>
      database.read((db) => {
        const row = db
          .prepare(`SELECT ${orderColumns}, export_key, file_name, body, raw FROM orders WHERE id = ?`)
          .get(id);
        if (row === undefined) return null;
        const attempts = db.prepare('SELECT * FROM attempts WHERE order_id = ? ORDER BY id').all(id);
        const list = readOrderRow(row);
        const more = detailRow.parse(row);
        return {
          ...list,
          exportKey: more.export_key,
          fileName: more.file_name,
          order: more.body,
          raw: more.raw,
          attempts: attempts.map(readAttempt),
          difference: differenceOf(more.body, more.change),
          actions: more.body === null ? unreadableActions(list) : actionsFor(list.status),
        };
      }),
  };
}

const stateCountRow = z.object({ state: z.enum(exportStates), count: z.number() });
const stateCounts = z.record(z.enum(exportStates), z.number());

const detailRow = z.object({
  export_key: z.string().nullable(),
  file_name: z.string().nullable(),
  body: json(orderSchema).nullable(),
  raw: z.string().nullable(),
  change: json(changeSchema).nullable(),
  status: json(exportStatusSchema),
});

function differenceOf(order: Order | null, change: StoredChange | null): OrderChange | null {
  if (order === null || change === null) return null;
  const { kind, at, seen } = change;
  return { kind, at, seen, differences: differencesOf(order, change.order) };
}

const attemptRow = z.object({
  id: z.number(),
  kind: z.string(),
  trigger: z.string(),
  started_at: z.number(),
  finished_at: z.number().nullable(),
  outcome: z.string(),
  problems: json(z.array(problemSchema)),
});

function readAttempt(row: unknown) {
  const columns = attemptRow.parse(row);
  return attemptSchema.parse({
    ...columns,
    startedAt: columns.started_at,
    finishedAt: columns.finished_at,
  });
}

function unreadableActions(row: OrderRow): OrderDetail['actions'] {
  return row.status.state === 'failed' ? ['dismiss'] : [];
}

function filter(query: Pick<OrderQuery, 'states' | 'search' | 'changed'>): {
  where: string;
  values: string[];
} {
  const conditions: string[] = [];
  const values: string[] = [];
  if (query.states.length > 0) {
    conditions.push(`state IN (${query.states.map(() => '?').join(', ')})`);
    values.push(...query.states);
  }
  if (query.changed) conditions.push(unseen);
  if (query.search.trim() !== '') {
    conditions.push("search LIKE ? ESCAPE '\\'");
    values.push(containing(query.search.trim()));
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}

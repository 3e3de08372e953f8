import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import { decimalSchema } from '../../../contract/decimal';
import { exportStatusSchema } from '../../../contract/export';
import { orderSchema } from '../../../contract/order';
import { problem } from '../../../contract/problem';
import { longestWaitMs } from '../../engine/orders/backoff';
import type { Outbox, QueuedOrder } from '../../engine/orders/outbox';
import type { SentLine } from '../../engine/ports';
import type { Database } from '../database';
import { json } from '../rows';

/** What is asked of the queue. */
export function queue(database: Database): Pick<Outbox, 'cursor' | 'knownNumbers' | 'due' | 'nextDueAt'> {
  return {
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
          .flatMap((row) => readOrPutAside(db, row, now)),
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
  };
}

export const queuedColumns = 'id, number, source, body, status, export_key, identifier, sent, urgent, exempt';

const sentLineSchema = z.object({ key: z.string(), quantity: decimalSchema, unitPrice: decimalSchema });

export const queuedRow = z
  .object({
    id: z.number(),
    number: z.string(),
    source: z.enum(['store', 'file']),
    body: json(orderSchema),
    status: json(exportStatusSchema),
    export_key: z.string().nullable(),
    identifier: z.string().nullable(),
    sent: json(z.array(sentLineSchema)).nullable(),
    urgent: z.number(),
    exempt: z.number(),
  })
  .transform(
    (columns): QueuedOrder => ({
      id: columns.id,
      number: columns.number,
      order: columns.body,
      status: columns.status,
      exportKey: columns.export_key,
      identifier: columns.identifier,
      sent: columns.sent,
      urgent: columns.urgent === 1,
      exempt: columns.exempt === 1,
      fromStore: columns.source === 'store',
    }),
  );

const onlyUrgent = (urgentOnly: boolean): string =>
  urgentOnly ? "AND (urgent = 1 OR state = 'unknown')" : '';

/** A row that this program cannot read fails by itself, where it can be seen; it must not stop the queue. */
function readOrPutAside(db: DatabaseSyncInstance, row: unknown, now: number): QueuedOrder[] {
  const parsed = queuedRow.safeParse(row);
  if (parsed.success) return [parsed.data];
  const { id } = z.object({ id: z.number() }).parse(row);
  const detail = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  const status = {
    state: 'failed',
    since: now,
    problems: [problem('order.unreadable', {}, { detail })],
  };
  db.prepare("UPDATE orders SET state = 'failed', status = ?, due_at = NULL, urgent = 0 WHERE id = ?").run(
    JSON.stringify(status),
    id,
  );
  return [];
}

/** What is kept of the lines that were sent. */
export const sentText = (lines: readonly SentLine[]): string =>
  JSON.stringify(lines.map(({ key, quantity, unitPrice }) => ({ key, quantity, unitPrice })));

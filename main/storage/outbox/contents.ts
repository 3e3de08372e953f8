import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import { type Order, orderSchema } from '../../../contract/order';
import { buyerName } from '../../engine/orders/prepare';
import { fold } from '../rows';

/** What the store has made of an order since it was sent, as kept in the `change` column. */
export const changeSchema = z.object({
  kind: z.enum(['edited', 'cancelled']),
  at: z.number(),
  seen: z.boolean(),
  order: orderSchema,
});
export type StoredChange = z.infer<typeof changeSchema>;

/** The columns that repeat what the order itself says, for lists and searches. */
export function bodyColumns(order: Order | null, number: string | null) {
  const buyer = order === null ? '' : buyerName(order.buyer) || order.buyer.taxId;
  return {
    body: order === null ? null : JSON.stringify(order),
    buyer,
    lines: order?.lines.length ?? 0,
    total: order?.totals.total ?? null,
    currency: order?.currency ?? null,
    confirmedAt: order?.confirmedAt ?? null,
    search: fold(`${number ?? ''} ${buyer} ${order?.buyer.taxId ?? ''}`),
  };
}

/** The order's contents are these from now on; a change that was waiting is taken up with it. */
export function replaceBody(db: DatabaseSyncInstance, id: number, order: Order): void {
  db.prepare(
    `UPDATE orders SET body = :body, raw = NULL, buyer_name = :buyer, line_count = :lines, total = :total,
       currency = :currency, confirmed_at = :confirmedAt, search = :search, change = NULL WHERE id = :id`,
  ).run({ ...bodyColumns(order, order.number), id });
}

/** Notes what the store has changed of an order that is in the org. */
export function keepChange(db: DatabaseSyncInstance, id: number, change: StoredChange): void {
  db.prepare('UPDATE orders SET change = ? WHERE id = ?').run(JSON.stringify(change), id);
}

import { z } from 'zod';
import { ok, type Result } from '../../../contract/problem';
import type { FoundOrder } from '../../engine/ports';
import { columns } from '../columns';
import { fromJsonNumber } from '../exactNumber';
import type { Profile } from '../profile';
import { type Caller, queryChunks } from '../query';
import { chunkForList, soqlList } from '../soql';

/**
 * The orders that carry these export keys. Lines are counted by a query of their own: a subquery of lines
 * comes in pages inside each row, and the first page alone would make a long order look cut off. Rows of a
 * grouped query cannot be paged, but there are never more than the keys of one address.
 */
export async function findOrders(
  session: Caller,
  profile: Profile,
  exportKeys: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, FoundOrder>>> {
  const { object, exportKey, number, total } = profile.order;
  const { select, row } = columns({
    id: { path: 'Id', as: z.string() },
    key: { path: exportKey, as: z.string() },
    number: { path: number, as: z.string().nullable() },
    total: { path: total, as: z.number().nullable() },
  });
  const asked = new Set(exportKeys.filter((key) => key !== ''));
  const orders = await queryChunks(
    session,
    chunkForList([...asked]),
    (keys) => `SELECT ${select} FROM ${object} WHERE ${exportKey} IN ${soqlList(keys)}`,
    row,
    signal,
  );
  if (!orders.ok) return orders;
  const ours = orders.value.filter((order) => asked.has(order.key));
  const ids = ours.map((order) => order.id);
  const counts = await countLines(session, profile, ids, signal);
  if (!counts.ok) return counts;
  return ok(
    new Map(
      ours.map((order) => [
        order.key,
        {
          orgId: order.id,
          orgNumber: order.number,
          lineCount: counts.value.get(order.id) ?? 0,
          total: order.total === null ? null : fromJsonNumber(order.total),
        },
      ]),
    ),
  );
}

/** How many lines each order has; an order without lines is absent. */
export async function countLines(
  session: Caller,
  profile: Profile,
  orderIds: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, number>>> {
  const { object, order } = profile.line;
  const { row } = columns({
    orderId: { path: order, as: z.string() },
    // The name SOQL gives the first aggregate of a query.
    count: { path: 'expr0', as: z.number().int() },
  });
  const rows = await queryChunks(
    session,
    chunkForList(orderIds),
    (ids) => `SELECT ${order}, COUNT(Id) FROM ${object} WHERE ${order} IN ${soqlList(ids)} GROUP BY ${order}`,
    row,
    signal,
  );
  return rows.ok ? ok(new Map(rows.value.map(({ orderId, count }) => [orderId, count]))) : rows;
}

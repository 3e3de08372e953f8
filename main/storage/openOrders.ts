import { setImmediate } from 'node:timers/promises';
import Big from 'big.js';
import { z } from 'zod';
import { type Decimal, decimalSchema } from '../../contract/decimal';
import type { OpenOrders } from '../engine/catalog/ports';
import type { Database } from './database';

const lineRow = z.object({ id: z.number(), sku: z.string(), quantity: decimalSchema });
const idRow = z.object({ id: z.number() });

/** Orders looked at in one go: a few milliseconds. */
const ordersAtOnce = 100;

/** What confirmed orders that the org has not got will take of the stock; called off and dismissed ones take nothing. */
export function createOpenOrders(database: Database): OpenOrders {
  return {
    async units() {
      const sums = new Map<string, Big>();
      for (let after = 0; ; ) {
        const ids = database
          .read((db) =>
            db
              .prepare(
                `SELECT id FROM orders WHERE state NOT IN ('exported', 'dismissed') AND body IS NOT NULL
                 AND id > ? ORDER BY id LIMIT ${ordersAtOnce}`,
              )
              .all(after),
          )
          .map((row) => idRow.parse(row).id);
        const last = ids.at(-1);
        if (last === undefined) break;
        for (const { sku, quantity } of linesOf(database, after, last))
          sums.set(sku, (sums.get(sku) ?? new Big(0)).plus(quantity));
        after = last;
        await setImmediate();
      }
      return new Map<string, Decimal>(
        [...sums].map(([sku, units]) => [sku, decimalSchema.parse(units.toFixed())]),
      );
    },
  };
}

const linesOf = (database: Database, after: number, to: number) =>
  database
    .read((db) =>
      db
        .prepare(
          `SELECT orders.id, line.value ->> 'sku' AS sku, line.value ->> 'quantity' AS quantity
           FROM orders, json_each(orders.body, '$.lines') AS line
           WHERE state NOT IN ('exported', 'dismissed') AND body IS NOT NULL AND orders.id > ? AND orders.id <= ?`,
        )
        .all(after, to),
    )
    .map((row) => lineRow.parse(row));

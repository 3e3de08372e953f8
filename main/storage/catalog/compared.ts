import { z } from 'zod';
import { comparedSchema } from '../../../contract/catalogSides';
import type { ComparedBook } from '../../engine/catalog/sides/ports';
import { json } from '../rows';
import type { CatalogDatabase } from './database';

const prices = z.object({
  kind: z.literal('prices'),
  priceBookId: z.string(),
  currency: z.string().nullable(),
});
const stock = z.object({ kind: z.literal('stock'), warehouses: z.array(z.string()).nullable() });
const bodySchema = comparedSchema.extend({
  sources: z.object({ prices, lists: z.array(z.object({ list: z.string(), source: prices })), stock }),
  rules: z.string(),
});
const row = z.object({ body: json(bodySchema) });
const settledRow = z.object({ settled: z.number() });

/** What the targets on disk were made of, kept beside them. */
export function createComparedBook({ db }: CatalogDatabase): ComparedBook {
  const get = db.prepare('SELECT body FROM compared');
  const set = db.prepare('INSERT OR REPLACE INTO compared VALUES (1, ?)');
  const drop = db.prepare('DELETE FROM compared');
  const settled = db.prepare(
    `SELECT NOT EXISTS (SELECT 1 FROM touched_skus) AND NOT EXISTS (SELECT 1 FROM touched_products)
       AND EXISTS (SELECT 1 FROM aims WHERE place IS NULL) AS settled`,
  );

  return {
    async get() {
      const found = get.get();
      return found === undefined ? null : row.parse(found).body;
    },
    async set(compared) {
      if (compared === null) drop.run();
      else set.run(JSON.stringify(compared));
    },
    isSettled: async () => settledRow.parse(settled.get()).settled === 1,
  };
}

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChangeFilter } from '../../../contract/catalog';
import { decimalSchema } from '../../../contract/decimal';
import { createSummary } from '../../../main/engine/catalog/summary';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { someRun } from '../../support/runs';

let catalog: CatalogDatabase;
beforeAll(() => {
  catalog = openCatalogDatabase(':memory:', (error) => expect.fail(String(error)));
});
afterAll(() => catalog.close());

const value = (text: string) => decimalSchema.parse(text);
const stocks = ['-7', '-0.5', '0', '0.25', '1', '90'].map(value);
const prices = ['0', '0.5', '10', '12.5'].map(value);
const changeOf = (values: typeof stocks) =>
  fc.option(
    fc
      .record({ old: fc.option(fc.constantFrom(...values)), new: fc.constantFrom(...values) })
      .filter((change) => change.old !== change.new),
  );
const anyOrder = { sort: 'sku', descending: false, search: '', offset: 0, limit: 1 } as const;
const changes = fc
  .record({
    stock: changeOf(stocks),
    price: changeOf(prices),
    lists: changeOf(prices).map((change) => (change === null ? [] : [{ list: 'vip', ...change }])),
  })
  .filter(({ stock, price, lists }) => stock !== null || price !== null || lists.length > 0);

it('every filter finds as many rows as the plan has counted', async () => {
  const runs = createRunBook(catalog);
  await fc.assert(
    fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 30 }), async (all) => {
      const summary = createSummary();
      const id = await runs.create(someRun());
      for (const [at, change] of all.entries()) {
        const sku = `S-${at}`;
        const lists = Object.fromEntries(
          change.lists.flatMap(({ list, old }) => (old === null ? [] : [[list, old]])),
        );
        const store = { sku, name: sku, stock: change.stock?.old ?? null, price: null, lists };
        const sides = { sku, store, target: null, similar: null, repeated: false, unreadable: [] };
        summary.add(sides, { status: 'differs', change, notes: [] });
      }
      await runs.addRows(
        id,
        all.map((change, at) => ({ sku: `S-${at}`, name: '', state: 'pending', ...change })),
      );
      const counted = summary.get();
      const chips: Partial<Record<ChangeFilter, number>> = {
        ...{ all: counted.changes, stock: counted.stock, price: counted.prices },
        ...{ toZero: counted.toZero, fromZero: counted.fromZero },
        ...{ priceUp: counted.priceUp, priceDown: counted.priceDown },
      };
      const found: typeof chips = {};
      for (const filter of ['all', 'stock', 'price', 'toZero', 'fromZero', 'priceUp', 'priceDown'] as const)
        found[filter] = (await runs.rows(id, { ...anyOrder, filter })).total;
      expect(found).toEqual(chips);
    }),
    { numRuns: 60 },
  );
});

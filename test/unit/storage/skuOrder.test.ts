import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NewRow } from '../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { bySku } from '../../../main/storage/catalog/skuOrder';
import { someRun } from '../../support/runs';

let catalog: CatalogDatabase;
beforeAll(() => {
  catalog = openCatalogDatabase(':memory:', (error) => expect.fail(String(error)));
});
afterAll(() => catalog.close());

/** Of every length in UTF-8, and on both sides of the surrogates. */
const letters = ['-', '0', 'b', 'ñ', 'ק', '퟿', '\ue000', 'Ａ', '\uffff', '𐀀', '🧉', '\u{10ffff}'];
const skus = fc.uniqueArray(
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((some) => some.join('')),
  { minLength: 1, maxLength: 12 },
);
const row = (sku: string): NewRow => ({
  ...{ sku, name: '', state: 'pending', stock: null, price: null, lists: [] },
});

it('SKUs are ordered as the database orders them', () => {
  const sorted = catalog.db.prepare('SELECT value FROM json_each(?) ORDER BY value');
  fc.assert(
    fc.property(skus, (some) => {
      const found = sorted.all(JSON.stringify(some)).map((one) => Object.values(one ?? {})[0]);
      expect([...some].sort(bySku)).toEqual(found);
    }),
  );
});

it('a product of a run is found by its SKU, whatever the letters of its neighbours', async () => {
  const runs = createRunBook(catalog);
  await fc.assert(
    fc.asyncProperty(skus, async (some) => {
      const id = await runs.create(someRun());
      await runs.addRows(id, some.map(row));
      for (const sku of some) {
        expect((await runs.history(sku, 1)).map((found) => found.row.sku)).toEqual([sku]);
        await runs.supersede(id, sku, row(sku));
      }
      expect(await runs.countRows(id)).toMatchObject({ pending: 0, superseded: some.length });
    }),
    { numRuns: 50 },
  );
});

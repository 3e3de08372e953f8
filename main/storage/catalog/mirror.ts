import { z } from 'zod';
import type { StoreProduct } from '../../engine/catalog/compare';
import type { Mirror, Source } from '../../engine/catalog/ports';
import { countRow } from '../rows';
import { decimalAt, decimalOrNullAt, numberAt, textAt } from './columns';
import { createComparison } from './comparison';
import { breathe, type CatalogDatabase, type PassSizes, stretchRows, usualPass } from './database';
import { createIntakes } from './intakes';
import { createItemRules } from './itemRules';
import { createLateIndexes } from './lateIndexes';
import { listsText, readLists } from './listsText';
import { createLooks } from './looks';
import { createNearMisses, looseOf } from './loose';
import { createPass } from './pass';
import { createStoreSearch } from './search';
import { createSources } from './sources';
import { storeStockText } from './storeStock';
import { createTargets } from './targets';
import { createTurns } from './turns';

/** The mirror in SQLite. */
export function createMirror(catalog: CatalogDatabase, sizes: PassSizes = usualPass): Mirror {
  const { db } = catalog;
  const inTurn = createTurns();
  const sources = createSources(catalog);
  const indexes = createLateIndexes(catalog);
  const intakes = createIntakes(catalog, sources, indexes);
  const comparison = createComparison(catalog);
  const looks = createLooks(catalog, comparison, sizes);
  const targets = createTargets(catalog, sources, looks, indexes, inTurn, sizes);
  const pass = createPass(catalog, targets, looks, comparison, sizes);
  const itemRules = createItemRules(catalog, inTurn);
  const similar = createNearMisses(catalog);
  const search = createStoreSearch(catalog);
  const repeated = db.prepare('SELECT repeated FROM store WHERE sku = ?');
  const storeProduct = db.prepare('SELECT sku, name, stock, price, lists FROM store WHERE sku = ?');
  const putStore = db.prepare(
    `INSERT INTO store (sku, loose, name, stock, price, lists) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (sku) DO UPDATE SET
       name = excluded.name, stock = excluded.stock, price = excluded.price, lists = excluded.lists`,
  );
  const countStretch = db.prepare(
    `SELECT count(*) AS count, max(sku) AS last
     FROM (SELECT sku FROM store WHERE sku > ? ORDER BY sku LIMIT ${4 * stretchRows})`,
  );
  const emptyOfStore = db.prepare(`SELECT count(*) AS count FROM store WHERE NOT (stock > '0')`);
  const dropStore = db.prepare('DELETE FROM store WHERE sku = ?');

  function find(sku: string): StoreProduct | null {
    const row = storeProduct.get(sku);
    return row === undefined ? null : productOf(row);
  }

  return {
    stateOf: async (source) => sources.state(source),
    intakeProducts: async (full) => intakes.products(full),
    intakePrices: async (source, full) => intakes.prices(source, full),
    intakeStock: async (source, full) => intakes.stock(source, full),
    intakeStore: async (full) => intakes.store(full),

    async hasRows(source: Source) {
      const ours = source.kind === 'prices' || source.kind === 'stock';
      const where = ours ? `WHERE source = ${sources.idOf(source)}` : '';
      return db.prepare(`SELECT 1 FROM ${source.kind} ${where} LIMIT 1`).get() !== undefined;
    },

    aim: targets.aim,
    setOpenUnits: targets.setOpenUnits,
    thinkOver: targets.thinkOver,
    async compareStore(after, limit) {
      await breathe();
      return comparison.store(after, limit, 'all');
    },
    async compareOrgAlone(after, limit) {
      await breathe();
      return comparison.orgAlone(after, limit);
    },
    worthALook: pass.worthALook,
    async storeStock() {
      let products = 0;
      for (let after = ''; ; await breathe()) {
        const { count, last } = stretchRow.parse(countStretch.get(after));
        products += count;
        if (last === null) break;
        after = last;
      }
      return { products, inStock: products - countRow.parse(emptyOfStore.get()).count };
    },

    async storeProducts(skus) {
      const found = new Map<string, StoreProduct>();
      for (const sku of skus) {
        const product = find(sku);
        if (product !== null) found.set(sku, product);
      }
      return found;
    },

    async noteStore(sku, product) {
      catalog.step(() => {
        if (product === null) dropStore.run(sku);
        else {
          const { name, stock, price, lists } = product;
          putStore.run(sku, looseOf(sku), name, storeStockText(stock), price, listsText(lists));
        }
      });
    },

    searchStore: search,
    similarTo: async (sku, side) => similar(sku, side),
    async isRepeated(sku) {
      const row = repeated.get(sku);
      return row !== undefined && numberAt(row, 'repeated') !== 0;
    },

    itemRule: async (sku) => itemRules.get(sku),
    setItemRule: async (sku, rule) => itemRules.set(sku, rule),
  };
}

const stretchRow = z.object({ count: z.number(), last: z.string().nullable() });

const productOf = (row: unknown): StoreProduct => ({
  sku: textAt(row, 'sku'),
  name: textAt(row, 'name'),
  stock: decimalAt(row, 'stock'),
  price: decimalOrNullAt(row, 'price'),
  lists: readLists(textAt(row, 'lists')),
});

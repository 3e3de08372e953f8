import type { Mirror, Source } from '../../engine/catalog/ports';
import type { InStore } from '../../engine/catalog/unreadable';
import { decimalOrNullAt, number, numberAt, textAt } from './columns';
import { createComparison } from './comparison';
import { breathe, type CatalogDatabase, type PassSizes, usualPass } from './database';
import { isRepeated, lastingFlaws, unreadableBy } from './flaws';
import { createIntakes } from './intakes';
import { createItemRules } from './itemRules';
import { createLateIndexes } from './lateIndexes';
import { listsText, readLists } from './listsText';
import { createLooks } from './looks';
import { createNearMisses, looseOf } from './loose';
import { createPass } from './pass';
import { asText } from './pieces';
import { createStoreSearch } from './search';
import { createUnreadable, settingAside } from './setAside';
import { createSources } from './sources';
import { readStoreStock, storeStockText } from './storeStock';
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
  const unreadable = createUnreadable(catalog);
  const flaws = db.prepare('SELECT flaws FROM store WHERE sku = ?');
  const storeProduct = db.prepare('SELECT sku, name, stock, price, lists, flaws FROM store WHERE sku = ?');
  const putStore = db.prepare(
    `INSERT INTO store (sku, loose, name, stock, price, lists) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (sku) DO UPDATE SET
       name = excluded.name, stock = excluded.stock, price = excluded.price, lists = excluded.lists,
       flaws = ${lastingFlaws}`,
  );
  const dropStore = db.prepare('DELETE FROM store WHERE sku = ?');

  function find(sku: string): InStore {
    const row = storeProduct.get(sku);
    return row === undefined ? { kind: 'none' } : inStoreOf(row);
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
      const [[all, empty] = []] = await catalog.hand().read(countStore, []);
      return { products: number(all), inStock: number(all) - number(empty) };
    },

    async storeProducts(skus) {
      return new Map(skus.map((sku) => [sku, find(sku)]));
    },

    async noteStore(sku, found) {
      if (found.kind === 'unreadable')
        return catalog.hand().write([settingAside([{ ...found.product, sku }], null)]);
      catalog.step(() => {
        if (found.kind === 'none') dropStore.run(sku);
        else {
          const { name, stock, price, lists } = found.product;
          putStore.run(sku, looseOf(sku), name, storeStockText(stock), price, listsText(lists));
        }
      });
    },

    unreadableSkus: async (limit) => unreadable.skus(limit),
    nameless: async (limit) => unreadable.nameless(limit),

    searchStore: search,
    similarTo: async (sku, side) => similar(sku, side),
    async isRepeated(sku) {
      const row = flaws.get(sku);
      return row !== undefined && isRepeated(numberAt(row, 'flaws'));
    },

    itemRule: async (sku) => itemRules.get(sku),
    setItemRule: async (sku, rule) => itemRules.set(sku, rule),
  };
}

/** Without a condition SQLite counts by the page: a few milliseconds for half a million. */
const countStore = asText(
  `SELECT (SELECT count(*) FROM store), (SELECT count(*) FROM store WHERE NOT (stock > '0'))`,
  2,
);

function inStoreOf(row: unknown): InStore {
  const sku = textAt(row, 'sku');
  const name = textAt(row, 'name');
  const notes = unreadableBy(numberAt(row, 'flaws'));
  if (notes.length > 0) return { kind: 'unreadable', product: { sku, told: name, notes } };
  const stock = readStoreStock(textAt(row, 'stock'));
  const [price, lists] = [decimalOrNullAt(row, 'price'), readLists(textAt(row, 'lists'))];
  return { kind: 'product', product: { sku, name, stock, price, lists } };
}

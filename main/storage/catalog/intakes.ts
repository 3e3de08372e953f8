import type { StoreProduct } from '../../engine/catalog/compare';
import type { Intake, PriceRow, ProductRow, Source, StockRow } from '../../engine/catalog/ports';
import { breathe, type CatalogDatabase } from './database';
import { KeySet } from './keySet';
import type { LateIndexes } from './lateIndexes';
import { listsText } from './listsText';
import { looseOf } from './loose';
import { createMany, type Value } from './many';
import type { Sources } from './sources';
import { storeStockText } from './storeStock';
import { keyOf, sweep, type Table } from './sweep';

interface Kind<Row> {
  table: Table;
  key: (row: Row) => string;
  /** Adds the columns of a row; a list for each row would be felt. */
  add: (values: Value[], row: Row, source: number) => unknown;
  put: (values: readonly Value[], full: boolean) => void;
  isGone: (row: Row) => boolean;
  drop: (row: Row, source: number) => unknown;
  /** The same key again, where that says something; null where it cannot be. */
  again: ((row: Row) => unknown) | null;
}

/** Readings on their way into the mirror's tables. Rows that are as they were are not written. */
export function createIntakes(catalog: CatalogDatabase, sources: Sources, indexes: LateIndexes) {
  const { db } = catalog;

  function open<Row>(source: Source, full: boolean, kind: Kind<Row>): Intake<Row> {
    const id = sources.idOf(source);
    const seen = full ? new KeySet() : null;
    const lostBefore = catalog.lost();
    return {
      async take(rows) {
        // Among changes, a key comes again on a later page when it has changed meanwhile; on one page it is there twice.
        const brought = seen ?? (kind.again === null ? null : new KeySet());
        // Changes lie all over the tables: gathered, their pages would be many to keep at once.
        const write = full ? catalog.gather : catalog.step;
        write(() => {
          const values: Value[] = [];
          const repeated: Row[] = [];
          for (const row of rows) {
            if (kind.isGone(row)) kind.drop(row, id);
            else if (brought === null || brought.add(kind.key(row))) kind.add(values, row, id);
            else repeated.push(row);
          }
          kind.put(values, full);
          for (const row of repeated) kind.again?.(row);
        });
        await catalog.room();
        await breathe();
      },
      async finish(end) {
        if (seen !== null) await sweep(catalog, kind.table, id, seen);
        catalog.step(() => {
          // Rows of this reading may have gone with another's, which the mark must not pass over.
          if (catalog.lost() !== lostBefore) throw new Error('what was read has been lost');
          sources.end(source, full, end);
        });
      },
    };
  }

  const dropProduct = db.prepare('DELETE FROM products WHERE id = ?');
  const dropPrice = db.prepare('DELETE FROM prices WHERE source = ? AND product = ?');
  const dropStock = db.prepare('DELETE FROM stock WHERE source = ? AND product = ? AND id = ?');
  const putStore = (further: string, unless: string) =>
    createMany(db, {
      into: 'store',
      columns: 7,
      onConflict: `ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock, price = excluded.price,
           lists = excluded.lists ${further}
         WHERE name <> excluded.name OR stock <> excluded.stock OR price IS NOT excluded.price
           OR lists <> excluded.lists ${unless}`,
    });
  // That a SKU is no longer there twice, only a whole reading can tell.
  const putStoreWhole = putStore(', repeated = 0', 'OR repeated <> 0');
  const putStoreChange = putStore('', '');
  const repeat = db.prepare('UPDATE store SET repeated = 1 WHERE sku = ?');

  const products: Kind<ProductRow> = {
    table: 'products',
    key: ({ id }) => id,
    add: (values, { id, sku, active, company }) =>
      values.push(id, sku, looseOf(sku), active ? 1 : 0, company),
    put: createMany(db, {
      into: 'products',
      columns: 5,
      onConflict: `ON CONFLICT (id) DO UPDATE SET
          sku = excluded.sku, loose = excluded.loose, active = excluded.active, company = excluded.company
        WHERE sku <> excluded.sku OR active <> excluded.active OR company IS NOT excluded.company`,
    }),
    isGone: ({ gone }) => gone,
    drop: ({ id }) => dropProduct.run(id),
    again: null,
  };
  const prices: Kind<PriceRow> = {
    table: 'prices',
    key: ({ product }) => product,
    add: (values, { product, price, active }, source) => values.push(source, product, price, active ? 1 : 0),
    put: createMany(db, {
      into: 'prices',
      columns: 4,
      onConflict: `ON CONFLICT (source, product) DO UPDATE SET price = excluded.price, active = excluded.active
        WHERE price IS NOT excluded.price OR active <> excluded.active`,
    }),
    isGone: ({ gone }) => gone,
    drop: ({ product }, source) => dropPrice.run(source, product),
    again: null,
  };
  const stock: Kind<StockRow> = {
    table: 'stock',
    // With its product: a row that has gone over to another one must not keep the old one in stock.
    key: ({ product, id }) => keyOf([product, id]),
    add: (values, { id, product, quantity }, source) => values.push(source, product, id, quantity),
    put: createMany(db, {
      into: 'stock',
      columns: 4,
      onConflict: `ON CONFLICT (source, product, id) DO UPDATE SET quantity = excluded.quantity
        WHERE quantity IS NOT excluded.quantity`,
    }),
    isGone: ({ gone }) => gone,
    drop: ({ product, id }, source) => dropStock.run(source, product, id),
    again: null,
  };
  const store: Kind<StoreProduct> = {
    table: 'store',
    key: ({ sku }) => sku,
    add: (values, { sku, name, stock: units, price, lists }) =>
      values.push(sku, looseOf(sku), name, storeStockText(units), price, listsText(lists), 0),
    put: (values, full) => (full ? putStoreWhole : putStoreChange)(values),
    isGone: () => false,
    drop: () => undefined,
    // The first entry counts; which of them would be written to, nobody knows.
    again: ({ sku }) => repeat.run(sku),
  };

  return {
    products(full: boolean) {
      if (full) indexes.leaveOutWhileEmpty('products');
      return open({ kind: 'products' }, full, products);
    },
    prices: (source: Source, full: boolean) => open(source, full, prices),
    stock: (source: Source, full: boolean) => open(source, full, stock),
    store(full: boolean) {
      if (full) indexes.leaveOutWhileEmpty('store');
      return open({ kind: 'store' }, full, store);
    },
  };
}

import type { StoreProduct } from '../../engine/catalog/compare';
import type { Intake, PriceRow, ProductRow, Source, StockRow } from '../../engine/catalog/ports';
import { breathe, type CatalogDatabase } from './database';
import { KeySet } from './keySet';
import { listsText } from './listsText';
import { looseOf } from './loose';
import type { Sources } from './sources';
import { sweep, type Table } from './sweep';

interface Kind<Row> {
  table: Table;
  key: (row: Row) => string;
  put: (row: Row, source: number, full: boolean) => void;
  /** The same key again, where that says something; null where it cannot be. */
  again: ((row: Row) => void) | null;
}

/** Readings on their way into the mirror's tables. Rows that are as they were are not written. */
export function createIntakes(catalog: CatalogDatabase, sources: Sources) {
  const { db } = catalog;

  function open<Row>(source: Source, full: boolean, kind: Kind<Row>): Intake<Row> {
    const id = sources.idOf(source);
    const seen = full ? new KeySet() : null;
    return {
      async take(rows) {
        // Among changes, a key comes again on a later page when it has changed meanwhile; on one page it is there twice.
        const brought = seen ?? (kind.again === null ? null : new KeySet());
        catalog.step(() => {
          for (const row of rows) {
            if (brought === null || brought.add(kind.key(row))) kind.put(row, id, full);
            else kind.again?.(row);
          }
        });
        await breathe();
      },
      async finish(end) {
        if (seen !== null) await sweep(catalog, kind.table, id, seen);
        sources.end(source, full, end);
      },
    };
  }

  const putProduct = db.prepare(
    `INSERT INTO products VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
       sku = excluded.sku, loose = excluded.loose, active = excluded.active, company = excluded.company
     WHERE sku <> excluded.sku OR active <> excluded.active OR company IS NOT excluded.company`,
  );
  const dropProduct = db.prepare('DELETE FROM products WHERE id = ?');
  const putPrice = db.prepare(
    `INSERT INTO prices VALUES (?, ?, ?, ?) ON CONFLICT (source, product) DO UPDATE SET
       price = excluded.price, active = excluded.active
     WHERE price IS NOT excluded.price OR active <> excluded.active`,
  );
  const dropPrice = db.prepare('DELETE FROM prices WHERE source = ? AND product = ?');
  const putStock = db.prepare(
    `INSERT INTO stock VALUES (?, ?, ?, ?) ON CONFLICT (source, product, id) DO UPDATE SET
       quantity = excluded.quantity
     WHERE quantity IS NOT excluded.quantity`,
  );
  const dropStock = db.prepare('DELETE FROM stock WHERE source = ? AND product = ? AND id = ?');
  const putStore = (further: string, unless: string) =>
    db.prepare(
      `INSERT INTO store (sku, loose, name, stock, price, lists) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock, price = excluded.price,
         lists = excluded.lists ${further}
       WHERE name <> excluded.name OR stock <> excluded.stock OR price IS NOT excluded.price
         OR lists <> excluded.lists ${unless}`,
    );
  // That a SKU is no longer there twice, only a whole reading can tell.
  const putStoreWhole = putStore(', repeated = 0', 'OR repeated <> 0');
  const putStoreChange = putStore('', '');
  const repeat = db.prepare('UPDATE store SET repeated = 1 WHERE sku = ?');

  const products: Kind<ProductRow> = {
    table: 'products',
    key: ({ id }) => id,
    put({ id, sku, active, company, gone }) {
      if (gone) dropProduct.run(id);
      else putProduct.run(id, sku, looseOf(sku), active ? 1 : 0, company);
    },
    again: null,
  };
  const prices: Kind<PriceRow> = {
    table: 'prices',
    key: ({ product }) => product,
    put({ product, price, active, gone }, source) {
      if (gone) dropPrice.run(source, product);
      else putPrice.run(source, product, price, active ? 1 : 0);
    },
    again: null,
  };
  const stock: Kind<StockRow> = {
    table: 'stock',
    key: ({ id }) => id,
    put({ id, product, quantity, gone }, source) {
      if (gone) dropStock.run(source, product, id);
      else putStock.run(source, product, id, quantity);
    },
    again: null,
  };
  const store: Kind<StoreProduct> = {
    table: 'store',
    key: ({ sku }) => sku,
    put({ sku, name, stock: units, price, lists }, _source, full) {
      const put = full ? putStoreWhole : putStoreChange;
      put.run(sku, looseOf(sku), name, units, price, listsText(lists));
    },
    // The first entry counts; which of them would be written to, nobody knows.
    again: ({ sku }) => {
      repeat.run(sku);
    },
  };

  return {
    products: (full: boolean) => open({ kind: 'products' }, full, products),
    prices: (source: Source, full: boolean) => open(source, full, prices),
    stock: (source: Source, full: boolean) => open(source, full, stock),
    store: (full: boolean) => open({ kind: 'store' }, full, store),
  };
}

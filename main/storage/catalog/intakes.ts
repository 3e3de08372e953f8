import type { StoreProduct } from '../../engine/catalog/compare';
import type { Intake, PriceRow, ProductRow, Source, StockRow, StoreIntake } from '../../engine/catalog/ports';
import type { UnreadableProduct } from '../../engine/catalog/unreadable';
import { later } from '../../engine/later';
import { breathe, type CatalogDatabase } from './database';
import { isUnreadableSql, lastingFlaws, repeatedSql } from './flaws';
import { KeySet } from './keySet';
import type { LateIndexes } from './lateIndexes';
import { listsText } from './listsText';
import { looseOf } from './loose';
import { type InsertSql, inserting, insertSql, type Piece, type Row as Values } from './pieces';
import { keepingNameless, settingAside } from './setAside';
import type { Sources } from './sources';
import { storeStockText } from './storeStock';
import { isEmpty, keyOf, sweep, type Table } from './sweep';

interface Statement<Row> {
  sql: string;
  values: (row: Row, source: number) => Values;
}

interface Kind<Row> {
  table: Table;
  key: (row: Row) => string;
  values: Statement<Row>['values'];
  put: { whole: InsertSql; change: InsertSql };
  /** Takes out what is gone; null where nobody tells. */
  drop: Statement<Row> | null;
  isGone: (row: Row) => boolean;
  /** The same key again, where that says something; null where it cannot be. */
  again: Statement<Row> | null;
  /** Takes the rows of a change out of where they were under another key; null where they cannot move. */
  leaving: ((rows: readonly Row[], source: number) => Piece) | null;
}

/** So many rows are soon written here; beyond them a thread is worth its start. */
const fewRows = 20_000;

/** Rows of a whole reading that make one transaction: enough for it to cost little, and soon over. */
const rowsOfWrite = 1_000;

/** A reading that can also be given what is made of its rows already. */
interface OpenIntake<Row> extends Intake<Row> {
  /** `make` gets the keys that a whole reading has brought. */
  add(rows: number, make: (seen: KeySet | null) => Piece[]): Promise<void>;
}

/** Readings on their way into the mirror's tables. Rows that are as they were are not written. */
export function createIntakes(catalog: CatalogDatabase, sources: Sources, indexes: LateIndexes) {
  function open<Row>(source: Source, full: boolean, kind: Kind<Row>): OpenIntake<Row> {
    const id = sources.idOf(source);
    const put = full ? kind.put.whole : kind.put.change;
    // Where there was nothing, nothing can be gone; only the store's keys have to be told from each other even so.
    const isFirst = kind.again === null && isEmpty(catalog, kind.table, id);
    const seen = full && !isFirst ? new KeySet() : null;
    let pieces: Piece[] = [];
    let gathered = 0;
    let written: Promise<void> = Promise.resolve();
    let taken = 0;
    const hand = () => (full ? catalog.hand(taken > fewRows) : catalog.hand());

    /** Has what has come written. Rows may be taken meanwhile, but no more than once over. */
    async function flush(): Promise<void> {
      const ready = pieces;
      pieces = [];
      gathered = 0;
      await written;
      written = later(hand().write(ready));
    }

    function piecesOf(rows: readonly Row[]): Piece[] {
      // Among changes, a key comes again on a later page when it has changed meanwhile; on one page it is there twice.
      const brought = seen ?? (kind.again === null ? null : new KeySet());
      const kept: Row[] = [];
      const gone: Row[] = [];
      const repeated: Row[] = [];
      for (const row of rows) {
        if (kind.isGone(row)) gone.push(row);
        else if (brought === null || brought.add(kind.key(row))) kept.push(row);
        else repeated.push(row);
      }
      return [
        ...oneByOne(kind.drop, gone),
        ...(full || kind.leaving === null ? [] : [kind.leaving(kept, id)]),
        inserting(
          put,
          kept.map((row) => kind.values(row, id)),
        ),
        ...oneByOne(kind.again, repeated),
      ];
    }

    const oneByOne = (statement: Statement<Row> | null, rows: readonly Row[]): Piece[] =>
      statement === null ? [] : [{ sql: statement.sql, each: rows.map((row) => statement.values(row, id)) }];

    async function add(rows: number, make: (seen: KeySet | null) => Piece[]): Promise<void> {
      pieces.push(...make(seen));
      gathered += rows;
      taken += rows;
      if (!full || gathered >= rowsOfWrite) await flush();
      await catalog.room();
      await breathe();
    }

    return {
      add,
      take: (rows) => add(rows.length, () => piecesOf(rows)),
      async finish(end) {
        if (seen !== null) {
          await flush();
          await written;
          await sweep(catalog, kind.table, id, seen);
        }
        pieces.push(...sources.ending(source, full, end));
        await flush();
        await written;
      },
    };
  }

  return {
    products(full: boolean) {
      if (full) indexes.leaveOutWhileEmpty('products');
      return open({ kind: 'products' }, full, products);
    },
    prices: (source: Source, full: boolean) => open(source, full, prices),
    stock: (source: Source, full: boolean) => open(source, full, stock),
    store(full: boolean): StoreIntake {
      if (full) indexes.leaveOutWhileEmpty('store');
      const intake = open({ kind: 'store' }, full, store);
      const nameless: UnreadableProduct[] = [];
      return {
        take: intake.take,
        async setAside(products) {
          nameless.push(...products.filter(({ sku }) => sku === null));
          await intake.add(products.length, (seen) => [settingAside(products, seen)]);
        },
        async finish(end) {
          await intake.add(nameless.length, () => keepingNameless(nameless, full));
          await intake.finish(end);
        },
      };
    },
  };
}

const alike = (sql: InsertSql) => ({ whole: sql, change: sql });

const products: Kind<ProductRow> = {
  table: 'products',
  key: ({ id }) => id,
  values: ({ id, sku, active, company }) => [id, sku, looseOf(sku), active ? 1 : 0, company],
  put: alike(
    insertSql({
      into: 'products',
      columns: 5,
      onConflict: `ON CONFLICT (id) DO UPDATE SET
          sku = excluded.sku, loose = excluded.loose, active = excluded.active, company = excluded.company
        WHERE sku <> excluded.sku OR active <> excluded.active OR company IS NOT excluded.company`,
    }),
  ),
  drop: {
    sql: 'DELETE FROM products WHERE id = ?',
    values: ({ id }) => [id],
  },
  isGone: ({ gone }) => gone,
  again: null,
  leaving: null,
};

const prices: Kind<PriceRow> = {
  table: 'prices',
  key: ({ product }) => product,
  values: ({ product, price, active }, source) => [source, product, price, active ? 1 : 0],
  put: alike(
    insertSql({
      into: 'prices',
      columns: 4,
      onConflict: `ON CONFLICT (source, product) DO UPDATE SET price = excluded.price, active = excluded.active
        WHERE price IS NOT excluded.price OR active <> excluded.active`,
    }),
  ),
  drop: {
    sql: 'DELETE FROM prices WHERE source = ? AND product = ?',
    values: ({ product }, source) => [source, product],
  },
  isGone: ({ gone }) => gone,
  again: null,
  leaving: null,
};

const stock: Kind<StockRow> = {
  table: 'stock',
  // With its product: a row that has gone over to another one must not keep the old one in stock.
  key: ({ product, id }) => keyOf([product, id]),
  values: ({ id, product, quantity }, source) => [source, product, id, quantity],
  put: alike(
    insertSql({
      into: 'stock',
      columns: 4,
      onConflict: `ON CONFLICT (source, product, id) DO UPDATE SET quantity = excluded.quantity
        WHERE quantity IS NOT excluded.quantity`,
    }),
  ),
  drop: {
    sql: 'DELETE FROM stock WHERE source = ? AND product = ? AND id = ?',
    values: ({ product, id }, source) => [source, product, id],
  },
  isGone: ({ gone }) => gone,
  again: null,
  leaving: (rows, source) => ({
    sql: leaveProduct,
    each: rows.length === 0 ? [] : [[source, JSON.stringify(rows.map(({ product, id }) => [product, id]))]],
  }),
};

/**
 * Of rows that are not there under their product, whatever is there under another one. Stock in objects of the org's own
 * can be given to another product; only for rows that are new is there anything to search for.
 */
const leaveProduct = `WITH fresh AS MATERIALIZED (
    SELECT j.value ->> 1 AS id FROM json_each(?2) j WHERE NOT EXISTS (
      SELECT 1 FROM stock k WHERE k.source = ?1 AND k.product = j.value ->> 0 AND k.id = j.value ->> 1))
  DELETE FROM stock WHERE (source, product, id) IN (
    SELECT s.source, s.product, s.id FROM (SELECT 1 FROM fresh LIMIT 1) CROSS JOIN stock s
    WHERE s.source = ?1 AND s.id IN (SELECT id FROM fresh))`;

const putStore = (further: string, unless: string) =>
  insertSql({
    into: 'store',
    columns: 7,
    onConflict: `ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock, price = excluded.price,
         lists = excluded.lists ${further}
       WHERE name <> excluded.name OR stock <> excluded.stock OR price IS NOT excluded.price
         OR lists <> excluded.lists ${unless}`,
  });

const store: Kind<StoreProduct> = {
  table: 'store',
  key: ({ sku }) => sku,
  values: ({ sku, name, stock: units, price, lists }) => [
    sku,
    looseOf(sku),
    name,
    storeStockText(units),
    price,
    listsText(lists),
    0,
  ],
  put: {
    // That a SKU is no longer there twice, only a whole reading can tell.
    whole: putStore(', flaws = 0', 'OR flaws <> 0'),
    change: putStore(`, flaws = ${lastingFlaws}`, `OR ${isUnreadableSql}`),
  },
  drop: null,
  isGone: () => false,
  // The first entry counts; which of them would be written to, nobody knows.
  again: {
    sql: `UPDATE store SET flaws = ${repeatedSql} WHERE sku = ?`,
    values: ({ sku }) => [sku],
  },
  leaving: null,
};

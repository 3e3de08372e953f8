import type { SideFilter, SidesFilter, SidesQuery } from '../../../contract/catalogSides';
import type { SideEntry, SideList } from '../../engine/catalog/sides/ports';
import { biggestMove } from '../../engine/catalog/summary';
import { countRow, fold } from '../rows';
import { numberAt, textAt } from './columns';
import { breathe, type CatalogDatabase } from './database';
import { createMany } from './many';
import type { Value } from './pieces';

const conditions: Record<SideFilter, string> = {
  all: 'true',
  differs: 'stock = 1 OR price = 1',
  stock: 'stock = 1',
  price: 'price = 1',
  storeOnly: `status = 'storeOnly'`,
  orgOnly: `status = 'orgOnly'`,
  similar: `status = 'similar'`,
  duplicate: `instr(notes, '"duplicateInOrg"') > 0 OR instr(notes, '"duplicateInStore"') > 0`,
  leftAlone: `status = 'leftAlone'`,
  equal: `status = 'equal'`,
};
const keys: Record<SidesQuery['sort'], string> = {
  sku: 'sku',
  name: 'name',
  stock: 'stock_by',
  price: 'price_by',
};

/** Rows that are put into their order in one go: names come from everywhere, which takes longer than numbers. */
const orderedAtOnce = 1_000;

/** Rows that are looked through for a page of a report; most filters let few of them through. */
const windowsOfLimit = 4;

/**
 * All SKUs of both sides with what they are filtered and sorted by, in temporary tables that end with the program. A
 * filter's order is laid down once, in stretches, so that any place of a list of 500,000 is found at once.
 */
export function createSideList(catalog: CatalogDatabase): SideList {
  const { db } = catalog;
  db.exec(
    `CREATE TEMP TABLE sides (sku TEXT PRIMARY KEY, name TEXT, status TEXT, notes TEXT, stock INTEGER, price INTEGER,
       stock_by REAL, price_by REAL) WITHOUT ROWID;
     CREATE TEMP TABLE sides_order (key, sku TEXT, PRIMARY KEY (key, sku)) WITHOUT ROWID;`,
  );
  // A product that comes into the store while the list is laid down may be met twice.
  const addSides = createMany(db, { into: 'sides', columns: 8, onConflict: 'ON CONFLICT (sku) DO NOTHING' });
  const addPlaces = createMany(db, { into: 'sides_order', columns: 2 });
  let ordered: { key: string; total: number } | null = null;

  /** The rows of a filter among so many after a SKU; `next` is null at the end. */
  function stretch({ filter, note, search }: SidesFilter, key: string, rowsAtOnce: number) {
    const wanted = fold(search.trim());
    const end = db.prepare(`SELECT sku FROM sides WHERE sku > ? ORDER BY sku LIMIT 1 OFFSET ${rowsAtOnce}`);
    const noted = note === null ? 'true' : `instr(notes, '"${note}"') > 0`;
    const candidates = db.prepare(
      `SELECT sku, name, ${key} AS key FROM sides
       WHERE sku > ? AND sku <= ? AND (${conditions[filter]}) AND ${noted} ORDER BY sku`,
    );
    return (from: string) => {
      const last = end.get(from);
      const next = last === undefined ? null : textAt(last, 'sku');
      const rows = candidates
        .all(from, next ?? highest)
        .filter((row) => wanted === '' || foldedText(row).includes(wanted));
      return { rows, next };
    };
  }

  async function order(query: SidesQuery): Promise<number> {
    db.exec('DELETE FROM sides_order');
    const { sort } = query;
    const isNumber = sort === 'stock' || sort === 'price';
    const keyOf = (row: unknown) => {
      if (isNumber) return numberAt(row, 'key');
      return sort === 'name' ? fold(textAt(row, 'key')) : textAt(row, 'key');
    };
    const read = stretch(query, keys[sort], orderedAtOnce);
    for (let from: string | null = ''; from !== null; ) {
      const { rows, next }: ReturnType<typeof read> = read(from);
      const places = rows.map((row) => [keyOf(row), textAt(row, 'sku')]);
      catalog.step(() => addPlaces(places));
      await breathe();
      from = next;
    }
    return countRow.parse(db.prepare('SELECT count(*) AS count FROM sides_order').get()).count;
  }

  return {
    async clear() {
      ordered = null;
      db.exec('DELETE FROM sides; DELETE FROM sides_order;');
    },

    async add(entries) {
      const rows = entries.map(valuesOf);
      catalog.step(() => addSides(rows));
      await breathe();
    },

    async page(query) {
      const { filter, note, search, sort } = query;
      const key = JSON.stringify([filter, note, search, sort]);
      if (ordered?.key !== key) {
        ordered = null;
        ordered = { total: await order(query), key };
      }
      const direction = query.descending ? 'DESC' : 'ASC';
      const skus = db
        .prepare(`SELECT sku FROM sides_order ORDER BY key ${direction}, sku ${direction} LIMIT ? OFFSET ?`)
        .all(query.limit, query.offset)
        .map((row) => textAt(row, 'sku'));
      return { skus, total: ordered.total };
    },

    async after(sku, filter, limit) {
      const read = stretch(filter, 'sku', limit * windowsOfLimit);
      for (let from: string | null = sku; from !== null; ) {
        await breathe();
        const { rows, next }: ReturnType<typeof read> = read(from);
        if (rows.length > 0 || next === null) return rows.slice(0, limit).map((row) => textAt(row, 'sku'));
        from = next;
      }
      return [];
    },
  };
}

function valuesOf({ sku, name, status, change, notes }: SideEntry): Value[] {
  const stock = change?.stock ?? null;
  const stockBy = stock === null ? 0 : Number(stock.new) - Number(stock.old ?? 0);
  const isPriceChanged = change !== null && (change.price !== null || change.lists.length > 0);
  const priceBy = change === null ? 0 : (biggestMove(change)?.percent ?? 0);
  return [
    ...[sku, name, status, notes.length === 0 ? '' : JSON.stringify(notes)],
    ...[stock === null ? 0 : 1, isPriceChanged ? 1 : 0, stockBy, priceBy],
  ];
}

/** Comes after every SKU. */
const highest = '\u{10ffff}';

const foldedText = (row: unknown): string => fold(`${textAt(row, 'sku')} ${textAt(row, 'name')}`);

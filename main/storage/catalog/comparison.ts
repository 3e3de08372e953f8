import { z } from 'zod';
import { type CatalogNote, catalogNotes } from '../../../contract/catalog';
import { type BothSides, hasStock, type StoreProduct } from '../../engine/catalog/compare';
import type { ComparedPart } from '../../engine/catalog/ports';
import type { Target } from '../../engine/catalog/target';
import { json } from '../rows';
import { decimalAt, decimalOrNullAt, numberAt, numberOrNullAt, textAt, textOrNullAt } from './columns';
import type { CatalogDatabase } from './database';
import { readLists } from './listsText';
import { createNearMisses } from './loose';

const notesSchema = json(z.array(z.enum(catalogNotes)));

const targetSelect = `t.sku AS target_sku, t.stock AS target_stock, t.price AS target_price,
  t.lists AS target_lists, t.notes AS target_notes`;

/** Of these products there is something to say; all others are as they should be. */
const worthALook = `(t.sku IS NULL OR t.stock <> s.stock OR (t.price IS NOT NULL AND t.price IS NOT s.price)
  OR (t.lists <> '{}' AND t.lists <> s.lists) OR t.notes <> '[]' OR s.repeated <> 0)`;

/** Store and targets side by side, a stretch of SKUs at a time. */
export function createComparison(catalog: CatalogDatabase) {
  const { db } = catalog;
  const storeEnd = db.prepare('SELECT sku FROM store WHERE sku > ? ORDER BY sku LIMIT 1 OFFSET ?');
  const pairs = (all: boolean) =>
    db.prepare(
      `SELECT s.sku, s.name, s.stock, s.price, s.lists, s.repeated, ${targetSelect}
       FROM store s LEFT JOIN targets t ON t.sku = s.sku
       WHERE s.sku > ? AND s.sku <= ? ${all ? '' : `AND ${worthALook}`} ORDER BY s.sku`,
    );
  const worthPairs = pairs(false);
  const allPairs = pairs(true);
  const counts = db.prepare(
    `SELECT count(*) AS total, sum(stock > '0') AS inStock FROM store WHERE sku > ? AND sku <= ?`,
  );
  const targetEnd = db.prepare('SELECT sku FROM targets WHERE sku > ? ORDER BY sku LIMIT 1 OFFSET ?');
  const alone = db.prepare(
    `SELECT ${targetSelect} FROM targets t LEFT JOIN store s ON s.sku = t.sku
     WHERE t.sku > ? AND t.sku <= ? AND s.sku IS NULL ORDER BY t.sku`,
  );
  const near = createNearMisses(catalog);

  function pairOf(row: unknown): BothSides {
    const target = targetOf(row);
    const store = readStoreRow(row);
    const { sku } = store;
    const similar = target === null ? near(sku, 'org') : null;
    return { sku, store, target, similar, repeated: numberAt(row, 'repeated') !== 0 };
  }

  return {
    /** With `all`, the equal ones are among the rows too. */
    store(after: string, limit: number, all = false): ComparedPart {
      const end = storeEnd.get(after, limit - 1);
      const next = end === undefined ? null : textAt(end, 'sku');
      const to = next ?? highest;
      const rows = (all ? allPairs : worthPairs).all(after, to).map(pairOf);
      const counted = counts.get(after, to);
      const total = numberAt(counted, 'total');
      const inStock = numberOrNullAt(counted, 'inStock') ?? 0;
      const shownInStock = rows.filter(({ store }) => store !== null && hasStock(store.stock)).length;
      return { rows, equal: total - rows.length, equalInStock: inStock - shownInStock, next };
    },

    orgAlone(after: string, limit: number): ComparedPart {
      const end = targetEnd.get(after, limit - 1);
      const next = end === undefined ? null : textAt(end, 'sku');
      const rows = alone.all(after, next ?? highest).map((row): BothSides => {
        const sku = textAt(row, 'target_sku');
        return { sku, store: null, target: targetOf(row), similar: near(sku, 'store'), repeated: false };
      });
      return { rows, equal: 0, equalInStock: 0, next };
    },
  };
}

/** Comes after every SKU. */
const highest = '\u{10ffff}';

export const readStoreRow = (row: unknown): StoreProduct => ({
  sku: textAt(row, 'sku'),
  name: textAt(row, 'name'),
  stock: decimalAt(row, 'stock'),
  price: decimalOrNullAt(row, 'price'),
  lists: readLists(textAt(row, 'lists')),
});

function targetOf(row: unknown): Target | null {
  const sku = textOrNullAt(row, 'target_sku');
  if (sku === null) return null;
  return {
    sku,
    stock: decimalOrNullAt(row, 'target_stock'),
    price: decimalOrNullAt(row, 'target_price'),
    lists: readLists(textAt(row, 'target_lists')),
    notes: readNotes(textAt(row, 'target_notes')),
  };
}

const readNotes = (text: string): CatalogNote[] => (text === '[]' ? [] : notesSchema.parse(text));

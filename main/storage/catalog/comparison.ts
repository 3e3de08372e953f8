import { z } from 'zod';
import { type CatalogNote, catalogNotes } from '../../../contract/catalog';
import type { BothSides, StoreProduct } from '../../engine/catalog/compare';
import type { ComparedPart } from '../../engine/catalog/ports';
import type { Target } from '../../engine/catalog/target';
import { countRow, json } from '../rows';
import { decimalOrNull, rowsAsLists, text, textAt } from './columns';
import type { CatalogDatabase, Hand } from './database';
import { isBlank, readLists } from './listsText';
import { createNearMisses } from './loose';
import { asText } from './pieces';
import { readStoreStock } from './storeStock';

const notesSchema = json(z.array(z.enum(catalogNotes)));

const storeSelect = 's.repeated, s.sku, s.name, s.stock, s.price, s.lists';
const targetSelect = 't.sku, t.stock, t.price, t.lists, t.notes';
export const pairSelect = `${storeSelect}, ${targetSelect}`;
/** How many columns of `pairSelect` are the store's, and how many there are. */
const storeColumns = 6;
const targetColumns = 5;
export const pairColumns = storeColumns + targetColumns;

/**
 * Of these products there is something to say; all others are as they should be. The store may have lists that no price
 * book feeds: with the wanted prices put into its own nothing changes then.
 */
export const isWorthALook = `(t.sku IS NULL OR t.stock <> s.stock OR (t.price IS NOT NULL AND t.price IS NOT s.price)
  OR (t.lists <> '{}' AND t.lists <> s.lists AND json_patch(s.lists, t.lists) <> json(s.lists))
  OR t.notes <> '[]' OR s.repeated <> 0)`;

/** `passed`: so many products of the store were gone over for the rows. */
export interface ComparedStretch extends ComparedPart {
  passed: number;
}

/** Store and targets side by side, a stretch of SKUs at a time. */
export function createComparison(catalog: CatalogDatabase) {
  const { db } = catalog;
  const storeEnd = db.prepare('SELECT sku FROM store WHERE sku > ? ORDER BY sku LIMIT 1 OFFSET ?');
  const pairs = (all: boolean) =>
    rowsAsLists(
      db,
      asText(
        `SELECT ${pairSelect}
         FROM store s LEFT JOIN targets t ON t.sku = s.sku
         WHERE s.sku > ? AND s.sku <= ? ${all ? '' : `AND ${isWorthALook}`} ORDER BY s.sku`,
        pairColumns,
      ),
    );
  const worthPairs = pairs(false);
  const allPairs = pairs(true);
  const count = db.prepare('SELECT count(*) AS count FROM store WHERE sku > ? AND sku <= ?');
  const targetEnd = db.prepare('SELECT sku FROM targets WHERE sku > ? ORDER BY sku LIMIT 1 OFFSET ?');
  // Two sorted lists taken from each other: more than twice as fast as looking each SKU up.
  const alone = rowsAsLists(
    db,
    asText(
      `SELECT ${targetSelect} FROM targets t WHERE t.sku IN (
         SELECT sku FROM targets WHERE sku > ? AND sku <= ?
         EXCEPT SELECT sku FROM store WHERE sku > ? AND sku <= ?)
       ORDER BY t.sku`,
      targetColumns,
    ),
  );
  const pair = rowsAsLists(
    db,
    asText(
      `SELECT ${pairSelect} FROM store s LEFT JOIN targets t ON t.sku = s.sku WHERE s.sku = ?`,
      pairColumns,
    ),
  );
  const target = rowsAsLists(
    db,
    asText(`SELECT ${targetSelect} FROM targets t WHERE t.sku = ?`, targetColumns),
  );
  const storeAfter = asText(
    `SELECT ${storeSelect} FROM store s WHERE s.sku > ? AND s.sku <= ? ORDER BY s.sku LIMIT ?`,
    storeColumns,
  );
  const near = createNearMisses(catalog);

  const besideOf = (product: StoreProduct, target: Target | null, repeated: unknown): BothSides => ({
    sku: product.sku,
    store: product,
    target,
    similar: target === null ? near(product.sku, 'org') : null,
    repeated: repeated !== 0,
  });

  const pairOf = ([repeated, code, name, stock, price, lists, ...wanted]: readonly unknown[]): BothSides =>
    besideOf(productOf(code, name, stock, price, readLists(text(lists))), targetOf(wanted), repeated);

  const orgAloneOf = (sku: string, target: Target | null): BothSides => ({
    sku,
    store: null,
    target,
    similar: near(sku, 'store'),
    repeated: false,
  });

  const aloneOf = (sku: string, wanted: readonly unknown[] | undefined): BothSides =>
    orgAloneOf(sku, wanted === undefined ? null : targetOf(wanted));

  /** Null where there is nothing to say: `isWorthALook` in other words. */
  function lookAt(
    [repeated, code, name, stock, price, lists]: readonly unknown[],
    target: Target | null,
  ): BothSides | null {
    const own = target === null || isBlank(target.lists) ? {} : readLists(text(lists));
    if (
      target !== null &&
      repeated === 0 &&
      target.notes.length === 0 &&
      (target.stock === null || target.stock === stock) &&
      (target.price === null || target.price === price) &&
      hasAll(own, target.lists)
    )
      return null;
    return besideOf(productOf(code, name, stock, price, own), target, repeated);
  }

  return {
    store(after: string, limit: number, which: 'all' | 'worthALook' = 'worthALook'): ComparedStretch {
      const end = storeEnd.get(after, limit - 1);
      const next = end === undefined ? null : textAt(end, 'sku');
      const to = next ?? highest;
      const rows = (which === 'all' ? allPairs : worthPairs)(after, to).map(pairOf);
      const passed = which === 'all' ? rows.length : countRow.parse(count.get(after, to)).count;
      return { rows, passed, next };
    },

    orgAlone(after: string, limit: number): ComparedStretch {
      const end = targetEnd.get(after, limit - 1);
      const next = end === undefined ? null : textAt(end, 'sku');
      const to = next ?? highest;
      const rows = alone(after, to, after, to).map((values) => aloneOf(text(values[0]), values));
      return { rows, passed: 0, next };
    },

    /** Products of the store after a SKU and up to another, the last where that is null. */
    productsOfStore: (hand: Hand, after: string, to: string | null, limit: number): Promise<unknown[][]> =>
      hand.read(storeAfter, [after, to ?? highest, limit]),

    /** Those products beside targets that are at hand, which are taken out of the list. */
    beside(products: readonly (readonly unknown[])[], targets: Map<string, Target>): BothSides[] {
      const rows: BothSides[] = [];
      for (const product of products) {
        const sku = text(product[1]);
        const looked = lookAt(product, targets.get(sku) ?? null);
        if (looked !== null) rows.push(looked);
        targets.delete(sku);
      }
      return rows;
    },

    skuOf: (product: readonly unknown[]): string => text(product[1]),
    orgAloneOf,

    one(sku: string): BothSides {
      const [row] = pair(sku);
      return row === undefined ? aloneOf(sku, target(sku)[0]) : pairOf(row);
    },

    /** A SKU with the columns of `pairSelect`, those of the store being null where only the org has it. */
    sidesOf: (sku: string, pair: readonly unknown[]): BothSides =>
      pair[1] === null ? aloneOf(sku, pair.slice(storeColumns)) : pairOf(pair),
  };
}

export type Comparison = ReturnType<typeof createComparison>;

/** Comes after every SKU. */
const highest = '\u{10ffff}';

function hasAll(own: StoreProduct['lists'], wanted: Target['lists']): boolean {
  for (const list in wanted) if (own[list] !== wanted[list]) return false;
  return true;
}

const productOf = (
  code: unknown,
  name: unknown,
  stock: unknown,
  price: unknown,
  lists: StoreProduct['lists'],
): StoreProduct => ({
  sku: text(code),
  name: text(name),
  stock: readStoreStock(text(stock)),
  price: decimalOrNull(price),
  lists,
});

function targetOf([sku, stock, price, lists, notes]: readonly unknown[]): Target | null {
  if (sku === null) return null;
  return {
    sku: text(sku),
    stock: decimalOrNull(stock),
    price: decimalOrNull(price),
    lists: readLists(text(lists)),
    notes: readNotes(text(notes)),
  };
}

const readNotes = (text: string): CatalogNote[] => (text === '[]' ? [] : notesSchema.parse(text));

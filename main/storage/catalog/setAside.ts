import { z } from 'zod';
import { unreadableNotes } from '../../../contract/catalog';
import type { UnreadableProduct } from '../../engine/catalog/unreadable';
import { countRow, json } from '../rows';
import { textAt } from './columns';
import type { CatalogDatabase } from './database';
import { flawsOf, isUnreadableSql, lastingFlaws } from './flaws';
import type { KeySet } from './keySet';
import { looseOf } from './loose';
import type { Piece, Row } from './pieces';

/**
 * What sets products of the store aside that cannot be read: they stay in the mirror, so that nobody takes them for
 * missing, with blank values. `brought`: the SKUs of a whole reading, null of one of changes.
 */
export function settingAside(products: readonly UnreadableProduct[], brought: KeySet | null): Piece {
  const rows: Row[] = [];
  for (const { sku, told, notes } of products) {
    if (sku === null) continue;
    const again = brought !== null && !brought.add(sku);
    rows.push([sku, looseOf(sku), told, flawsOf(notes, again), brought === null ? 1 : 0]);
  }
  return { sql: putAside, each: rows };
}

/** Those whose SKU cannot be read are kept beside the mirror; a whole reading has brought all there are. */
export function keepingNameless(products: readonly UnreadableProduct[], whole: boolean): Piece[] {
  const rows = products.map(({ told, notes }): Row => [told, JSON.stringify(notes)]);
  return whole
    ? [
        { sql: dropNameless, each: [[0]] },
        { sql: putNameless, each: rows },
      ]
    : [{ sql: putNewNameless, each: rows }];
}

const flawsAfter = `iif(?5 = 1, (${lastingFlaws}), 0) | excluded.flaws`;
const putAside = `INSERT INTO store (sku, loose, name, stock, price, lists, flaws) VALUES (?1, ?2, ?3, '', NULL, '{}', ?4)
   ON CONFLICT (sku) DO UPDATE SET
     name = iif(excluded.name = '', store.name, excluded.name), stock = '', price = NULL, lists = '{}',
     flaws = ${flawsAfter}
   WHERE store.flaws <> (${flawsAfter}) OR stock <> '' OR price IS NOT NULL OR lists <> '{}'
     OR (excluded.name <> '' AND store.name <> excluded.name)`;
const dropNameless = 'DELETE FROM store_nameless WHERE id > ?';
const putNameless = 'INSERT INTO store_nameless (told, notes) VALUES (?, ?)';
// What changes are brought of may have been brought before.
const putNewNameless = `INSERT INTO store_nameless (told, notes) SELECT ?1, ?2
   WHERE NOT EXISTS (SELECT 1 FROM store_nameless WHERE told = ?1)`;

const namelessRow = z.object({ told: z.string(), notes: json(z.array(z.enum(unreadableNotes))) });

/** Which products of the store cannot be read. */
export function createUnreadable({ db }: CatalogDatabase) {
  const skus = db.prepare(`SELECT sku FROM store WHERE ${isUnreadableSql} ORDER BY sku LIMIT ?`);
  const count = db.prepare('SELECT count(*) AS count FROM store_nameless');
  const first = db.prepare('SELECT told, notes FROM store_nameless ORDER BY id LIMIT ?');

  return {
    skus: (limit: number): string[] => skus.all(limit).map((row) => textAt(row, 'sku')),
    nameless: (limit: number): { count: number; first: UnreadableProduct[] } => ({
      count: countRow.parse(count.get()).count,
      first: first.all(limit).map((row) => ({ sku: null, ...namelessRow.parse(row) })),
    }),
  };
}

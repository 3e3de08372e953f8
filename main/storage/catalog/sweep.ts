import { z } from 'zod';
import { countRow } from '../rows';
import { breathe, type CatalogDatabase, stretchRows } from './database';
import type { KeySet } from './keySet';

/** A table of the mirror with the columns that order it, by which a reading tells its rows too. */
const tables = {
  products: { order: 'id', bySource: false },
  prices: { order: 'product', bySource: true },
  stock: { order: 'product, id', bySource: true },
  store: { order: 'sku', bySource: false },
} as const;
export type Table = keyof typeof tables;

const row = z.record(z.string(), z.string());

/** What a reading tells a row by: its columns in their order. */
export const keyOf = (columns: readonly string[]): string => columns.join(' ');

/** Whether a source has no rows, so that a whole reading can leave none of them out. */
export function isEmpty({ db }: CatalogDatabase, table: Table, source: number): boolean {
  const where = tables[table].bySource ? `WHERE source = ${source}` : '';
  return db.prepare(`SELECT 1 FROM ${table} ${where} LIMIT 1`).get() === undefined;
}

/** Takes out what a whole reading has not brought, a stretch at a time. */
export async function sweep(
  catalog: CatalogDatabase,
  table: Table,
  source: number,
  seen: KeySet,
): Promise<void> {
  const { db } = catalog;
  const { order, bySource } = tables[table];
  const where = bySource ? `source = ${source} AND` : '';
  const count = db.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${where} true`).get();
  // Nothing is gone on most days: everything that is there was brought, and nothing was brought that is not there.
  if (countRow.parse(count).count === seen.size) return;
  const columns = order.split(', ');
  const marks = columns.map(() => '?').join(', ');
  const stretch = db.prepare(
    `SELECT ${order} FROM ${table} WHERE ${where} (${order}) > (${marks}) ORDER BY ${order} LIMIT ${stretchRows}`,
  );
  const drop = db.prepare(`DELETE FROM ${table} WHERE ${where} (${order}) = (${marks})`);
  let after = columns.map(() => '');
  for (;;) {
    const rows = stretch.all(...after).map((found) => row.parse(found));
    const last = rows.at(-1);
    if (last === undefined) return;
    const valuesOf = (one: Record<string, string>) => columns.map((column) => one[column] ?? '');
    catalog.step(() => {
      for (const one of rows) if (!seen.has(keyOf(valuesOf(one)))) drop.run(...valuesOf(one));
    });
    after = valuesOf(last);
    await breathe();
  }
}

import { z } from 'zod';
import type { ChangeFilter, RunRow } from '../../../contract/catalog';
import type { RowQuery } from '../../engine/catalog/ports';
import { countRow, fold } from '../rows';
import { numberAt, textAt } from './columns';
import { breathe, type CatalogDatabase, stretchRows } from './database';
import { readRunRow, rowColumns } from './runRows';

const conditions: Record<ChangeFilter, string> = {
  all: 'true',
  stock: 'stock_new IS NOT NULL',
  price: `(price_new IS NOT NULL OR lists <> '[]')`,
  toZero: `stock_new = '0'`,
  fromZero: `stock_old = '0' AND stock_new IS NOT NULL`,
  priceUp: 'price_by > 0',
  priceDown: 'price_by < 0',
  refused: `state = 'refused'`,
  drifted: `state = 'drifted'`,
};
const keys: Record<RowQuery['sort'], string> = {
  sku: 'sku',
  name: 'name',
  stock: 'stock_by',
  price: 'price_by',
};
const placeRow = z.object({ sku: z.string(), drift: z.number() });
const keyRow = z.object({ key: z.union([z.string(), z.number()]) });

/** Rows change their state while a run is applied, so a list is laid down anew after so long. */
const keepMs = 5_000;

/**
 * A run's rows, filtered and sorted. Their order is laid down once for a filter, in stretches that leave the event loop
 * its turn, so that any place of a list of 500,000 is found at once.
 */
export function createRowViews(catalog: CatalogDatabase) {
  const { db } = catalog;
  db.exec(
    'CREATE TEMP TABLE row_view (key, sku TEXT, drift INTEGER, PRIMARY KEY (key, sku, drift)) WITHOUT ROWID',
  );
  const insert = db.prepare('INSERT INTO row_view VALUES (?, ?, ?)');
  const rowAt = db.prepare(`SELECT ${rowColumns} FROM run_rows WHERE run = ? AND sku = ? AND drift = ?`);
  let current: { key: string; at: number; total: number } | null = null;
  let building: Promise<unknown> = Promise.resolve();

  async function build(run: number, query: RowQuery): Promise<number> {
    db.exec('DELETE FROM row_view');
    const wanted = fold(query.search.trim());
    const end = db.prepare(
      `SELECT sku FROM run_rows WHERE run = ? AND sku > ? ORDER BY sku LIMIT 1 OFFSET ${stretchRows}`,
    );
    const candidates = db.prepare(
      `SELECT sku, drift, name, ${keys[query.sort]} AS key FROM run_rows
       WHERE run = ? AND sku > ? AND sku <= ? AND ${conditions[query.filter]}`,
    );
    for (let from = ''; ; ) {
      const stretchEnd = end.get(run, from);
      const to = stretchEnd === undefined ? highest : textAt(stretchEnd, 'sku');
      catalog.step(() => {
        for (const row of candidates.all(run, from, to)) {
          const sku = textAt(row, 'sku');
          if (wanted === '' || fold(`${sku} ${textAt(row, 'name')}`).includes(wanted))
            insert.run(keyRow.parse(row).key, sku, numberAt(row, 'drift'));
        }
      });
      await breathe();
      if (stretchEnd === undefined) break;
      from = to;
    }
    return countRow.parse(db.prepare('SELECT count(*) AS count FROM row_view').get()).count;
  }

  async function viewed(run: number, query: RowQuery): Promise<{ rows: RunRow[]; total: number }> {
    const { filter, sort, search } = query;
    const key = JSON.stringify([run, filter, sort, search]);
    if (current?.key !== key || performance.now() - current.at > keepMs) {
      current = null;
      current = { total: await build(run, query), key, at: performance.now() };
    }
    const direction = query.descending ? 'DESC' : 'ASC';
    const places = db
      .prepare(
        `SELECT sku, drift FROM row_view ORDER BY key ${direction}, sku ${direction}, drift LIMIT ? OFFSET ?`,
      )
      .all(query.limit, query.offset);
    const rows = places.flatMap((place) => {
      const { sku, drift } = placeRow.parse(place);
      const row = rowAt.get(run, sku, drift);
      // A plan that is being taken away may still be looked at.
      return row === undefined ? [] : [readRunRow(row)];
    });
    return { rows, total: current.total };
  }

  return {
    /** One list is laid down at a time: the next caller waits for it. */
    async rows(run: number, query: RowQuery): Promise<{ rows: RunRow[]; total: number }> {
      const answer = building.then(() => viewed(run, query));
      building = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** Comes after every SKU. */
const highest = '\u{10ffff}';

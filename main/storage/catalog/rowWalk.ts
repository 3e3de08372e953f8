import type { RunRow } from '../../../contract/catalog';
import type { RowFilter } from '../../engine/catalog/ports';
import { fold } from '../rows';
import { textAt } from './columns';
import { breathe, type CatalogDatabase } from './database';
import { conditions } from './rowViews';
import { readRunRow, rowColumns } from './runRows';

/** Rows looked at in one go. */
const stretch = 500;

/** A run's rows from the first SKU to the last, however many there are; what changes meanwhile is seen or not. */
export function createRowWalk({ db }: CatalogDatabase) {
  const windowEnd = db.prepare(
    `SELECT sku FROM run_rows WHERE run = ? AND sku > ? ORDER BY sku LIMIT 1 OFFSET ${stretch - 1}`,
  );

  return async function* walk(run: number, { filter, search }: RowFilter): AsyncGenerator<RunRow> {
    const wanted = fold(search.trim());
    const rows = db.prepare(
      `SELECT ${rowColumns} FROM run_rows WHERE run = ? AND sku > ? AND sku <= ? AND ${conditions[filter]}
       ORDER BY sku, drift`,
    );
    for (let from = ''; ; ) {
      const end = windowEnd.get(run, from);
      const to = end === undefined ? highest : textAt(end, 'sku');
      for (const row of rows.all(run, from, to).map(readRunRow))
        if (wanted === '' || fold(`${row.sku} ${row.name}`).includes(wanted)) yield row;
      if (end === undefined) return;
      from = to;
      await breathe();
    }
  };
}

/** Comes after every SKU. */
const highest = '\u{10ffff}';

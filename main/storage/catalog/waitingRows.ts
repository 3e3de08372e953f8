import type { RunRow } from '../../../contract/catalog';
import type { WaitingRows } from '../../engine/catalog/ports';
import { rowsAsLists, text } from './columns';
import { breathe, type CatalogDatabase } from './database';
import { asText } from './pieces';
import { letterOf, readRow } from './runRows';

/** Rows that are laid down in one go: some milliseconds. */
const rowsAtOnce = 2_000;

/**
 * Waiting rows of a run by their SKUs, many at a time and in any order. They are laid down in a table of their own first:
 * the parts of a run are in the order of its SKUs, a file is in the store's, and each part would be opened for each SKU.
 */
export function createWaitingRows({ db }: CatalogDatabase): (run: number) => WaitingRows {
  let last = 0;

  /** A database of its own, which goes at once when it is let go of: dropping a large table takes its time. */
  function open(place: string): void {
    db.exec(`ATTACH '' AS ${place}`);
    db.exec(`PRAGMA ${place}.journal_mode = OFF; PRAGMA ${place}.synchronous = OFF;`);
    db.exec(`CREATE TABLE ${place}.rows (sku TEXT PRIMARY KEY, cells TEXT NOT NULL) WITHOUT ROWID`);
  }

  async function layDown(run: number, place: string) {
    const end = rowsAsLists(
      db,
      asText('SELECT coalesce(max(start + size), 0) FROM run_parts WHERE run = ?', 1),
    );
    const add = db.prepare(
      `INSERT OR REPLACE INTO ${place}.rows
       SELECT j.value ->> 0, j.value FROM run_parts p JOIN run_states s ON s.part = p.id, json_each(p.rows) j
       WHERE p.run = ? AND p.start >= ? AND p.start < ? AND substr(s.states, j.key + 1, 1) = '${letterOf('pending')}'`,
    );
    const rows = Number(end(run)[0]?.[0]);
    for (let from = 0; from < rows; from += rowsAtOnce) {
      add.run(run, from, from + rowsAtOnce);
      await breathe();
    }
    return rowsAsLists(
      db,
      asText(`SELECT w.cells FROM json_each(?) k CROSS JOIN ${place}.rows w ON w.sku = k.value`, 1),
    );
  }

  return (run) => {
    last += 1;
    const place = `waiting_${last}`;
    let found: ReturnType<typeof layDown> | null = null;

    return {
      async of(skus) {
        if (found === null) {
          open(place);
          found = layDown(run, place);
        }
        return (await found)(JSON.stringify(skus)).map(([cells]) => waitingRow(text(cells)));
      },
      close() {
        if (found !== null) db.exec(`DETACH ${place}`);
      },
    };
  };
}

function waitingRow(cells: string): RunRow {
  const { place: _, ...row } = readRow(JSON.parse(cells), 0, letterOf('pending'), null);
  return row;
}

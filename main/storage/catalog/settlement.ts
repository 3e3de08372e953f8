import { z } from 'zod';
import type { RowState, RunRow } from '../../../contract/catalog';
import type { RunBook } from '../../engine/catalog/ports';
import { breathe, type CatalogDatabase } from './database';
import { listsText, readLists } from './listsText';
import { readRunRow, rowColumns } from './runRows';

/** Rows are looked through in windows, so that few among many are found without a long stretch of work. */
const windows = { firstRows: 400, growth: 4, mostRows: 20_000 };

const endRow = z.object({ sku: z.string() });

/** Waiting rows on their way into the store, and what became of them; the mirror takes over what the store has taken. */
export function createSettlement(catalog: CatalogDatabase): Pick<RunBook, 'rowsIn' | 'settle' | 'supersede'> {
  const { db } = catalog;
  const windowEnd = db.prepare(
    `SELECT sku FROM run_rows WHERE run = ? AND sku > ? ORDER BY sku LIMIT 1 OFFSET ?`,
  );
  const inState = db.prepare(
    `SELECT ${rowColumns} FROM run_rows WHERE run = ? AND sku > ? AND sku <= ? AND state = ? ORDER BY sku LIMIT ?`,
  );
  const refuse = db.prepare(
    `UPDATE run_rows SET state = 'refused', refusal = ? WHERE run = ? AND sku = ? AND state = 'pending'`,
  );
  const apply = db.prepare(
    `UPDATE run_rows SET state = 'applied' WHERE run = ? AND sku >= ? AND sku <= ? AND state = 'pending'`,
  );
  const supersede = db.prepare(
    `UPDATE run_rows SET state = 'superseded' WHERE run = ? AND sku = ? AND state = 'pending'`,
  );
  const mirrorValues = db.prepare(
    `UPDATE store SET stock = coalesce(r.stock_new, stock), price = coalesce(r.price_new, price)
     FROM run_rows r WHERE r.run = ? AND r.sku >= ? AND r.sku <= ? AND r.state = 'applied' AND store.sku = r.sku`,
  );
  const listsOf = db.prepare('SELECT lists FROM store WHERE sku = ?');
  const mirrorLists = db.prepare('UPDATE store SET lists = ? WHERE sku = ?');

  function move(id: number, to: RowState, count: number): void {
    if (count > 0)
      db.exec(`UPDATE runs SET pending = pending - ${count}, ${to} = ${to} + ${count} WHERE id = ${id}`);
  }

  function noteLists({ sku, lists }: RunRow): void {
    const row = listsOf.get(sku);
    if (row === undefined) return;
    const before = readLists(z.object({ lists: z.string() }).parse(row).lists);
    const after = Object.fromEntries(lists.map((change) => [change.list, change.new]));
    mirrorLists.run(listsText({ ...before, ...after }), sku);
  }

  return {
    async rowsIn(id, state, after, limit) {
      let rowsOfWindow = windows.firstRows;
      for (let from = after; ; ) {
        const end = windowEnd.get(id, from, rowsOfWindow);
        const to = end === undefined ? highest : endRow.parse(end).sku;
        const rows = inState.all(id, from, to, state, limit);
        if (rows.length > 0 || end === undefined) return rows.map(readRunRow);
        from = to;
        rowsOfWindow = Math.min(windows.mostRows, rowsOfWindow * windows.growth);
        await breathe();
      }
    },

    async settle(id, rows, refusals) {
      const [first] = rows;
      const last = rows.at(-1);
      if (first === undefined || last === undefined) return;
      catalog.step(() => {
        let refused = 0;
        for (const [sku, refusal] of refusals)
          refused += Number(refuse.run(JSON.stringify(refusal), id, sku).changes);
        const applied = Number(apply.run(id, first.sku, last.sku).changes);
        move(id, 'refused', refused);
        move(id, 'applied', applied);
        mirrorValues.run(id, first.sku, last.sku);
        for (const row of rows) if (row.lists.length > 0 && !refusals.has(row.sku)) noteLists(row);
      });
    },

    async supersede(id, sku) {
      catalog.step(() => move(id, 'superseded', Number(supersede.run(id, sku).changes)));
    },
  };
}

/** Comes after every SKU. */
const highest = '\u{10ffff}';

import type { RowState, RunRow } from '../../../contract/catalog';
import type { PlacedRow, RunBook } from '../../engine/catalog/ports';
import { textAt } from './columns';
import { breathe, type CatalogDatabase } from './database';
import { listsText, readLists } from './listsText';
import type { Parts } from './parts';

/** Waiting rows on their way into the store, and what became of them; the mirror takes over what the store has taken. */
export function createSettlement(
  catalog: CatalogDatabase,
  parts: Parts,
): Pick<RunBook, 'rowsIn' | 'settle' | 'supersede'> {
  const { db } = catalog;
  const mirrorValues = db.prepare(
    `UPDATE store SET stock = coalesce(v.value ->> 1, stock), price = coalesce(v.value ->> 2, price)
     FROM json_each(?) v WHERE store.sku = v.value ->> 0`,
  );
  const listsOf = db.prepare('SELECT lists FROM store WHERE sku = ?');
  const mirrorLists = db.prepare('UPDATE store SET lists = ? WHERE sku = ?');

  function count(id: number, to: RowState, moved: number): void {
    if (moved > 0)
      db.exec(`UPDATE runs SET pending = pending - ${moved}, ${to} = ${to} + ${moved} WHERE id = ${id}`);
  }

  function noteInMirror(rows: readonly RunRow[]): void {
    mirrorValues.run(
      JSON.stringify(rows.map(({ sku, stock, price }) => [sku, stock?.new ?? null, price?.new ?? null])),
    );
    for (const row of rows) if (row.lists.length > 0) noteLists(row);
  }

  function noteLists({ sku, lists }: RunRow): void {
    const row = listsOf.get(sku);
    if (row === undefined) return;
    const before = readLists(textAt(row, 'lists'));
    const after = Object.fromEntries(lists.map((change) => [change.list, change.new]));
    mirrorLists.run(listsText({ ...before, ...after }), sku);
  }

  return {
    async rowsIn(id, state, from, limit) {
      const rows: PlacedRow[] = [];
      for (let place = from; ; ) {
        const part = parts.next(id, place, state);
        if (part === null) return { rows, next: null };
        for (const row of part.rows) {
          if (row.state !== state || row.place < place) continue;
          rows.push(row);
          if (rows.length === limit) return { rows, next: row.place + 1 };
        }
        place = part.start + part.rows.length;
        await breathe();
      }
    },

    async settle(id, rows, refusals) {
      catalog.step(() => {
        const moved = parts.move(id, rows, ({ sku }) => {
          const refusal = refusals.get(sku) ?? null;
          return { to: refusal === null ? 'applied' : 'refused', refusal };
        });
        const applied = moved.filter(({ sku }) => !refusals.has(sku));
        count(id, 'refused', moved.length - applied.length);
        count(id, 'applied', applied.length);
        noteInMirror(applied);
      });
    },

    async supersede(id, sku) {
      catalog.step(() => {
        const rows = parts.ofSku(id, sku).filter(({ state }) => state === 'pending');
        const moved = parts.move(id, rows, () => ({ to: 'superseded', refusal: null }));
        count(id, 'superseded', moved.length);
      });
    },
  };
}

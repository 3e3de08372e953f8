import type { RunRow } from '../../../contract/catalog';
import { beyond } from '../../engine/catalog/ownUpdates';
import type { PlacedRow, RunBook } from '../../engine/catalog/ports';
import { breathe, type CatalogDatabase } from './database';
import { listsText } from './listsText';
import type { Parts } from './parts';
import type { Piece } from './pieces';
import { createTurns } from './turns';

/**
 * Waiting rows on their way into the store, and what became of them. The mirror takes over what the store has taken, and
 * lets go of what the store says it does not have: nothing else tells of a product that is gone before all are read anew.
 */
export function createSettlement(
  catalog: CatalogDatabase,
  parts: Parts,
): Pick<RunBook, 'rowsIn' | 'settle' | 'supersede'> {
  /** Each goes by the states that the one before has left. */
  const inTurn = createTurns();

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

    settle: (id, rows, refusals) =>
      inTurn(async () => {
        const { moved, pieces } = parts.moving(id, rows, ({ sku }) => {
          const refusal = refusals.get(sku) ?? null;
          return { to: refusal === null ? 'applied' : 'refused', refusal };
        });
        const applied = moved.filter(({ sku }) => !refusals.has(sku));
        const gone = moved.filter(({ sku }) => refusals.get(sku)?.code === 'unknown_sku');
        await catalog
          .hand()
          .write([
            ...pieces,
            { sql: countSettled, each: [[moved.length, applied.length, id]] },
            ...notingInMirror(applied),
            { sql: dropFromMirror, each: gone.map(({ sku }) => [sku]) },
          ]);
      }),

    supersede: (id, sku, written) =>
      inTurn(async () => {
        const over: PlacedRow[] = [];
        const cut: Piece[] = [];
        for (const row of parts.ofSku(id, sku)) {
          if (row.state !== 'pending') continue;
          const left = beyond(row, written);
          if (left === null) over.push(row);
          else cut.push(parts.changing(id, row.place, { ...row, ...left, state: 'pending' }));
        }
        const { moved, pieces } = parts.moving(id, over, () => ({ to: 'superseded', refusal: null }));
        await catalog.hand().write([...pieces, ...cut, { sql: countSuperseded, each: [[moved.length, id]] }]);
      }),
  };
}

const countSettled = `UPDATE runs SET pending = pending - ?1, applied = applied + ?2, refused = refused + ?1 - ?2 WHERE id = ?3`;
const countSuperseded = 'UPDATE runs SET pending = pending - ?1, superseded = superseded + ?1 WHERE id = ?2';

/** What has the mirror take over the values that the store has taken. */
const notingInMirror = (rows: readonly RunRow[]): Piece[] => [
  {
    sql: mirrorValues,
    each: [
      [JSON.stringify(rows.map(({ sku, stock, price }) => [sku, stock?.new ?? null, price?.new ?? null]))],
    ],
  },
  {
    sql: mirrorLists,
    each: rows
      .filter(({ lists }) => lists.length > 0)
      .map(({ sku, lists }) => [
        listsText(Object.fromEntries(lists.map((change) => [change.list, change.new]))),
        sku,
      ]),
  },
];

const dropFromMirror = 'DELETE FROM store WHERE sku = ?';
const mirrorValues = `UPDATE store SET stock = coalesce(v.value ->> 1, stock), price = coalesce(v.value ->> 2, price)
   FROM json_each(?) v WHERE store.sku = v.value ->> 0`;
/** In the order of their names, as `listsText` writes them. */
const mirrorLists = `UPDATE store SET lists = (
     SELECT json_group_object(key, value ORDER BY key) FROM json_each(json_patch(lists, ?))
   ) WHERE sku = ?`;

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Places, Run, RunState } from '../../../../contract/catalog';
import { decimalSchema } from '../../../../contract/decimal';
import { problem } from '../../../../contract/problem';
import { doubtLeft, inDoubtOf, writtenSince } from '../../../../main/engine/catalog/doubt';
import { newRun } from '../../../../main/engine/catalog/newRun';
import type { NewRow, RunBook } from '../../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../../main/storage/catalog/database';
import { createRunBook } from '../../../../main/storage/catalog/runs';
import { unusedStore } from '../../../support/unusedStore';
import { createVirtualClock } from '../../../support/virtualClock';

let database: CatalogDatabase;
let runs: RunBook;
beforeEach(() => {
  database = openCatalogDatabase(':memory:', () => undefined);
  runs = createRunBook(database);
});
afterEach(() => database.close());

const store = { ...unusedStore, mostItems: 5 };
const stock = { old: decimalSchema.parse('1'), new: decimalSchema.parse('2') };
const row = (sku: string): NewRow => ({ sku, name: 'Taza', stock, price: null, lists: [], state: 'pending' });
const skuAt = (place: number): string => String(place).padStart(4, '0');

/** A run that stands, with so many rows, of which those at some places were written. */
async function standing(
  status: RunState,
  rows: number,
  wasWritten: (place: number) => boolean,
): Promise<Run> {
  const choice = { warehouse: '', companies: [], part: 'both', reading: 'auto' } as const;
  const who = { clock: createVirtualClock(), who: 'Lucía' };
  const begun = { ...newRun(who, { ...choice, companies: [] }, 'all', 'person'), status };
  const id = await runs.create(begun);
  await runs.addRows(
    id,
    Array.from({ length: rows }, (_row, place) => row(skuAt(place))),
  );
  const { rows: all } = await runs.rowsIn(id, 'pending', 0, rows);
  await runs.settle(
    id,
    all.filter(({ place }) => wasWritten(place)),
    new Map(),
  );
  return { id, ...begun };
}

const counts = { applied: 0, refused: 0, left: 0 };
const cancelled = (unsure: number, unsureRows?: Places[]): RunState => ({
  state: 'cancelled',
  ...counts,
  unsure,
  ...(unsureRows === undefined ? {} : { unsureRows }),
});

describe('rows in doubt', () => {
  it('are those that still wait at the places that were on their way, each counted once', async () => {
    const places = fc.tuple(fc.nat(700), fc.nat(500)).map(([from, size]): Places => [from, from + size]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(places, { maxLength: 5 }),
        fc.integer({ min: 2, max: 9 }),
        async (all, nth) => {
          const run = await standing(cancelled(0), 650, (place) => place % nth === 0);
          const within = (places: readonly Places[]) =>
            Array.from({ length: 650 }, (_row, place) => place).filter(
              (place) => place % nth !== 0 && places.some(([from, to]) => place >= from && place < to),
            );
          const { unsure, unsureRows } = await doubtLeft({ runs }, run.id, all);
          expect(unsure).toBe(within(all).length);
          expect(within(unsureRows)).toEqual(within(all));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are none where none was told, and among the first that wait where a run from before did not note them', async () => {
    const find = async (status: RunState) =>
      inDoubtOf({ runs, store }, await standing(status, 60, (place) => place % 2 === 0));
    expect(await find(cancelled(0))).toEqual([]);
    expect(await find({ state: 'done', ...counts })).toEqual([]);
    expect(await find(cancelled(3, [[7, 12]]))).toEqual([[7, 12]]);
    // Four batches of five.
    expect(await find(cancelled(50))).toEqual([[1, 40]]);
  });
});

describe('what a later run has written', () => {
  it('is what it says, and what it may have; what it never sent is not', async () => {
    const first = await standing(cancelled(9, [[0, 9]]), 9, () => false);
    await standing(cancelled(2, [[4, 6]]), 9, (place) => place < 2);
    const asked = ['0000', '0001', '0003', '0004', '0005', '0008'];
    expect(await writtenSince({ runs, store }, first.id, asked)).toEqual(
      new Set(['0000', '0001', '0004', '0005']),
    );
    expect(await writtenSince({ runs, store }, first.id, [])).toEqual(new Set());
  });

  it('may be all that one sent which failed', async () => {
    const first = await standing(cancelled(1, [[0, 1]]), 1, () => false);
    await standing({ state: 'failed', problem: problem('store.unreachable') }, 1, () => false);
    expect(await writtenSince({ runs, store }, first.id, ['0000'])).toEqual(new Set(['0000']));
  });
});

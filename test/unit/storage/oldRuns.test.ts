import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createOldRuns } from '../../../main/storage/catalog/oldRuns';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { someRun } from '../../support/runs';

const everything = {
  filter: 'all',
  sort: 'sku',
  descending: false,
  search: '',
  offset: 0,
  limit: 1,
} as const;
const allRows = { filter: 'all', search: '' } as const;
const never = new AbortController().signal;
const done = { state: 'done', applied: 3, refused: 0, left: 0 } as const;

let folder: string;
let catalog: CatalogDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  catalog = open();
});
afterEach(async () => {
  await catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

/** In the thread that writes, as with a large catalogue, or here. */
const open = (threadsAbove?: number) =>
  openCatalogDatabase(join(folder, 'catalog.db'), (error) => expect.fail(String(error)), threadsAbove);

const stock = { old: null, new: decimalSchema.parse('1') };
const row = (at: number) => ({ sku: `S-${at}`, name: '', stock, price: null, lists: [] });
const rows = Array.from({ length: 2_500 }, (_unused, at) => ({ ...row(at), state: 'pending' as const }));

async function twoRuns() {
  const runs = createRunBook(catalog);
  const ids = [await runs.create(someRun({ status: done })), await runs.create(someRun({ status: done }))];
  for (const id of ids) await runs.addRows(id, rows);
  const [gone = 0, kept = 0] = ids;
  return { runs, gone, kept };
}

const partsLeft = () => Number(Object.values(Object(countParts()))[0]);
const countParts = () => catalog.db.prepare('SELECT count(*) FROM run_parts').get();

describe('a run that is removed', () => {
  it('goes with all its rows, however many, and no other does', async () => {
    const { runs, gone, kept } = await twoRuns();
    expect((await runs.rows(gone, everything)).rows).toHaveLength(1);
    await runs.remove(gone);
    expect(await runs.get(gone)).toBeNull();
    // The list that was laid down for the window a moment ago is of rows that are gone.
    expect((await runs.rows(gone, everything)).rows).toEqual([]);
    expect((await runs.rows(kept, everything)).total).toBe(2_500);
    expect((await runs.list(0, 10)).runs.map(({ id }) => id)).toEqual([kept]);
    expect(partsLeft()).toBe(13);
  });

  it.each([0, undefined])('is out of sight before its rows are gone (threads above %s)', async (above) => {
    await catalog.close();
    catalog = open(above);
    const { runs, gone, kept } = await twoRuns();
    expect(await runs.hide([gone])).toBe(1);
    expect(partsLeft()).toBe(26);
    expect(await runs.get(gone)).toBeNull();
    expect(await runs.list(0, 10)).toMatchObject({ runs: [{ id: kept }], total: 1 });
    expect((await runs.history('S-1', 10)).map(({ run }) => run.id)).toEqual([kept]);
    // Whoever still holds it cannot bring it back.
    await runs.save({ ...someRun({ status: done }), id: gone });
    expect(await runs.get(gone)).toBeNull();
    await runs.clear(never);
    expect(partsLeft()).toBe(13);
    expect(catalog.db.prepare('SELECT id FROM runs').all()).toMatchObject([{ id: kept }]);
  });

  it('leaves in small steps, and goes on with what was cut off after a restart', async () => {
    const { runs, gone } = await twoRuns();
    await runs.hide([gone]);
    const stopped = new AbortController();
    const room = async () => stopped.abort();
    const cutOff = createOldRuns({ ...catalog, room }, () => false);
    await cutOff.clear(stopped.signal);
    expect(partsLeft()).toBe(16);
    await catalog.close();
    catalog = open();
    await createRunBook(catalog).clear(never);
    expect(partsLeft()).toBe(13);
  });

  it('stays while its rows are being read out, and is not taken for one without rows after', async () => {
    const { runs, gone } = await twoRuns();
    const late = runs.walk(gone, allRows);
    let read = 0;
    for await (const _row of runs.walk(gone, allRows)) {
      if (read === 0) expect(await runs.hide([gone])).toBe(0);
      read += 1;
    }
    expect(read).toBe(2_500);
    expect(await runs.hide([gone])).toBe(1);
    await expect(late[Symbol.asyncIterator]().next()).rejects.toThrow('is gone');
  });
});

it('traces tell of every run in sight, the newest first, whatever it was', async () => {
  const runs = createRunBook(catalog);
  const status = { state: 'cancelled', applied: 0, refused: 0, left: 5, unsure: 4 } as const;
  const saved = { state: 'saved', applied: 0, refused: 0, left: 5, file: 'a.csv', savedAt: 70 } as const;
  for (let at = 0; at < 205; at += 1) await runs.create(someRun({ status: done, startedAt: at }));
  await runs.create(someRun({ status, kind: 'undo', of: 3, startedAt: 50, finishedAt: 60, undoneBy: 9 }));
  await runs.create(someRun({ status: saved, trigger: 'schedule', startedAt: 65 }));
  await runs.hide([1]);
  const found = [];
  for await (const some of runs.traces()) found.push(...some);
  expect(found).toHaveLength(206);
  expect(found.slice(0, 3)).toEqual([
    {
      ...{ id: 207, kind: 'all', trigger: 'schedule', of: null, undoneBy: null },
      ...{ state: 'saved', at: 70, written: 0 },
    },
    {
      ...{ id: 206, kind: 'undo', trigger: 'person', of: 3, undoneBy: 9 },
      ...{ state: 'cancelled', at: 60, written: 4 },
    },
    {
      ...{ id: 205, kind: 'all', trigger: 'person', of: null, undoneBy: null },
      ...{ state: 'done', at: 204, written: 0 },
    },
  ]);
  expect(found.at(-1)?.id).toBe(2);
});

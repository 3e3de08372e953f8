import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeFilter, RunState } from '../../../contract/catalog';
import { decimalSchema } from '../../../contract/decimal';
import type { NewRow, Refusals, RowQuery } from '../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { someRun } from '../../support/runs';

let catalog: CatalogDatabase;
beforeEach(() => {
  catalog = openCatalogDatabase(':memory:', (error) => expect.fail(String(error)));
});
afterEach(() => catalog.close());

const value = (text: string) => decimalSchema.parse(text);
const row = (sku: string, change: Partial<NewRow> = {}): NewRow => ({
  ...{ sku, name: sku, state: 'pending', price: null, lists: [] },
  stock: { old: null, new: value('3') },
  ...change,
});
const query = (filter: ChangeFilter): RowQuery => ({
  ...{ filter, sort: 'sku', descending: false, search: '', offset: 0, limit: 100 },
});
const applying: RunState = {
  ...{ state: 'applying', applied: 0, refused: 0, left: 3, rate: null, secondsLeft: null, waiting: null },
  stopping: null,
};
const no = (sku: string): Refusals => new Map([[sku, { code: 'locked', message: '' }]]);

describe('a filtered list', () => {
  it.each<RunState>([
    { state: 'done', applied: 0, refused: 3, left: 0 },
    { state: 'paused', applied: 0, refused: 2, left: 1, unsure: 0, problem: null },
    { state: 'cancelled', applied: 0, refused: 2, left: 1, unsure: 0 },
  ])('is true as soon as its run is $state, however new the list is', async (end) => {
    const runs = createRunBook(catalog);
    const run = someRun({ status: applying });
    const id = await runs.create(run);
    await runs.addRows(id, [row('A'), row('B'), row('C')]);
    const { rows } = await runs.rowsIn(id, 'pending', 0, 3);
    const refused = async () => (await runs.rows(id, query('refused'))).rows.map(({ sku }) => sku);

    await runs.settle(id, rows.slice(0, 1), no('A'));
    expect(await refused()).toEqual(['A']);
    await runs.settle(id, rows.slice(1, 2), no('B'));
    await runs.save({ ...run, id, status: end });
    expect(await refused()).toEqual(['A', 'B']);
  });

  it('of a run that nothing is written of is true at every moment', async () => {
    const runs = createRunBook(catalog);
    const id = await runs.create(someRun({ status: { state: 'planned', stops: [] } }));
    await runs.addRows(id, [row('A'), row('B')]);
    expect((await runs.rows(id, query('drifted'))).total).toBe(0);
    await runs.addRows(id, [row('C', { state: 'drifted' })]);
    expect((await runs.rows(id, query('drifted'))).total).toBe(1);
  });
});

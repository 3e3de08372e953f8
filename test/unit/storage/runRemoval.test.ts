import { expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { openCatalogDatabase } from '../../../main/storage/catalog/database';
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

it('a run goes with all its rows, however many, and no other does', async () => {
  const runs = createRunBook(openCatalogDatabase(':memory:', (error) => expect.fail(String(error))));
  const stock = { old: null, new: decimalSchema.parse('1') };
  const row = (at: number) => ({ sku: `S-${at}`, name: '', stock, price: null, lists: [] });
  const rows = Array.from({ length: 2_500 }, (_unused, at) => ({ ...row(at), state: 'pending' as const }));
  const [kept, gone] = [await runs.create(someRun()), await runs.create(someRun())];
  for (const id of [kept, gone]) await runs.addRows(id, rows);
  expect((await runs.rows(gone, everything)).rows).toHaveLength(1);
  await runs.remove(gone);
  expect(await runs.get(gone)).toBeNull();
  // The list that was laid down for the window a moment ago is of rows that are gone.
  expect((await runs.rows(gone, everything)).rows).toEqual([]);
  expect((await runs.rows(kept, everything)).total).toBe(2_500);
  expect((await runs.list(0, 10)).runs.map(({ id }) => id)).toEqual([kept]);
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import type { NewRow } from '../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../main/storage/catalog/database';
import { createRunBook } from '../../../main/storage/catalog/runs';
import { someRun } from '../../support/runs';

let catalog: CatalogDatabase;
beforeEach(() => {
  catalog = openCatalogDatabase(':memory:', (error) => expect.fail(String(error)));
});
afterEach(() => catalog.close());

const value = (text: string) => decimalSchema.parse(text);
const row = (sku: string, stock: string, state: NewRow['state'] = 'pending'): NewRow => ({
  ...{ sku, name: `Producto ${sku}`, state },
  stock: { old: null, new: value(stock) },
  price: null,
  lists: [{ list: 'interior', old: value('1'), new: value('2') }],
});
const skuOf = (at: number) => `S-${String(at).padStart(5, '0')}`;

it('rows that wait are found by their SKUs, in whatever order they are asked for', async () => {
  const runs = createRunBook(catalog);
  const [other, id] = [await runs.create(someRun()), await runs.create(someRun())];
  await runs.addRows(other, [row(skuOf(7), '99')]);
  const many = Array.from({ length: 4_500 }, (_, at) => row(skuOf(at), String(at)));
  await runs.addRows(id, many);
  await runs.addRows(id, [row('00123', '5', 'drifted'), row('00123', '6'), row('ñandú "x"', '8')]);
  const { rows } = await runs.rowsIn(id, 'pending', 0, 3);
  await runs.settle(id, rows, new Map([[skuOf(1), { code: 'locked', message: '' }]]));

  const waiting = runs.waitingRows(id);
  const asked = [4_499, 3, 2_000, 7, 0, 1].map(skuOf);
  const found = await waiting.of([...asked, '123', '00123', 'ñandú "x"', 'S-00003 ']);
  expect(found.map(({ sku, stock }) => [sku, stock?.new])).toEqual([
    ...[4_499, 3, 2_000, 7].map((at) => [skuOf(at), String(at)]),
    ['00123', '6'],
    ['ñandú "x"', '8'],
  ]);
  expect(found[0]).toEqual({ ...many[4_499], refusal: null });
  expect(await waiting.of([])).toEqual([]);
  waiting.close();
});

it('two files can be saved at a time, and nothing of them is left', async () => {
  const runs = createRunBook(catalog);
  const id = await runs.create(someRun());
  await runs.addRows(id, [row('A', '1')]);
  const before = catalog.db.prepare('PRAGMA database_list').all();
  const [one, two, unused] = [runs.waitingRows(id), runs.waitingRows(id), runs.waitingRows(id)];
  expect(await one.of(['A'])).toEqual(await two.of(['A']));
  one.close();
  expect(await two.of(['A'])).toHaveLength(1);
  two.close();
  unused.close();
  expect(catalog.db.prepare('PRAGMA database_list').all()).toEqual(before);
});

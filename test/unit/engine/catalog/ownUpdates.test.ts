import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ProductChange } from '../../../../contract/catalog';
import { decimalSchema } from '../../../../contract/decimal';
import { failed, ok, problem } from '../../../../contract/problem';
import { type AlongsideRun, applyRows } from '../../../../main/engine/catalog/applier';
import { newRun } from '../../../../main/engine/catalog/newRun';
import { beyond, createOwnUpdates } from '../../../../main/engine/catalog/ownUpdates';
import type { CatalogStore, RunBook, StoreWrite, WriteResult } from '../../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../../main/storage/catalog/database';
import { createRunBook } from '../../../../main/storage/catalog/runs';
import { createVirtualClock } from '../../../support/virtualClock';

const change = { old: decimalSchema.parse('1'), new: decimalSchema.parse('2') };
const nothing: ProductChange = { stock: null, price: null, lists: [] };

let database: CatalogDatabase;
let runs: RunBook;
beforeEach(() => {
  database = openCatalogDatabase(':memory:', () => undefined);
  runs = createRunBook(database);
});
afterEach(() => database.close());

type Answer = typeof lost | null;
const lost = failed(problem('store.unreachable', { host: 'tienda' }));

/** A run of one row with stock and price, written into a store that asks how it is to answer. */
async function begin(answerTo: (items: readonly StoreWrite[]) => Promise<Answer>) {
  const clock = createVirtualClock();
  const own = createOwnUpdates();
  const written: StoreWrite[][] = [];
  const unused = async () => failed(problem('app.unexpected'));
  const store: CatalogStore = {
    mostItems: 10,
    priceLists: unused,
    currency: unused,
    read: unused,
    product: unused,
    async write(items) {
      written.push([...items]);
      const results: WriteResult[] = items.map(() => ({ kind: 'written' }));
      return (await answerTo(items)) ?? ok(results);
    },
  };
  const choice = { warehouse: '', companies: [], part: 'both', reading: 'auto' } as const;
  const run = await runs.create(
    newRun({ clock, who: 'Lucía' }, { ...choice, companies: [] }, 'all', 'person'),
  );
  await runs.addRows(run, [
    { sku: 'A', name: 'Taza', stock: change, price: change, lists: [], state: 'pending' },
  ]);
  const stop = new AbortController();
  const beside: AlongsideRun = {
    leftAlone: own.writtenBeside(run),
    held: own.held,
    onWay: new Set(),
    inDoubt: new Set(),
  };
  const write = async () => {
    let over = false;
    const deps = { store, runs, clock, random: () => 0.5 };
    const listener = { onRows: () => undefined, onWaiting: () => undefined };
    const ending = applyRows(deps, run, beside, listener, stop.signal).finally(() => {
      over = true;
    });
    while (!over) await clock.advance();
    return ending;
  };
  return { own, run, stop, write, written };
}

it('has a run wait for a product that is being updated by itself, and write it where that comes to nothing', async () => {
  const { own, write, written } = await begin(async () => null);
  let end = (): void => undefined;
  const updated = own.hold('A', () => new Promise<void>((resolve) => (end = resolve)));
  const running = write();
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([]);
  end();
  await updated;
  expect(await running).toMatchObject({ kind: 'done' });
  expect(written).toEqual([[{ sku: 'A', stock: '2', price: '2' }]]);
});

it('has a run stop while it waits for a product', async () => {
  const { own, stop, write, written } = await begin(async () => null);
  void own.hold('A', () => new Promise<void>(() => undefined));
  const running = write();
  stop.abort();
  expect(await running).toEqual({ kind: 'stopped' });
  expect(written).toEqual([]);
});

it('takes what was written by itself out of rows that are in memory already', async () => {
  const { own, run, write, written } = await begin(async () => {
    if (written.length > 1) return null;
    own.note(run, 'A', { ...nothing, price: change });
    await runs.supersede(run, 'A', { ...nothing, price: change });
    return lost;
  });
  expect(await write()).toMatchObject({ kind: 'done' });
  expect(written[1]).toEqual([{ sku: 'A', stock: '2' }]);
  const { rows } = await runs.rowsIn(run, 'applied', 0, 10);
  expect(rows).toMatchObject([{ sku: 'A', stock: change, price: null }]);
});

it('does one thing after the other with a product', async () => {
  const own = createOwnUpdates();
  const done: string[] = [];
  const first = own.hold('A', async () => {
    expect(own.held(['B', 'A'])).not.toBeNull();
    await new Promise((resolve) => setImmediate(resolve));
    done.push('first');
    throw new Error('came to nothing');
  });
  const second = own.hold('A', async () => void done.push('second'));
  await expect(first).rejects.toThrow('came to nothing');
  await second;
  expect(done).toEqual(['first', 'second']);
  await expect.poll(() => own.held(['A'])).toBeNull();
});

it('knows what a change has beyond another, list by list', () => {
  const lists = [
    { list: 'vip', ...change },
    { list: 'web', ...change },
  ];
  const all: ProductChange = { stock: change, price: change, lists };
  expect(beyond(all, nothing)).toEqual(all);
  expect(beyond(all, all)).toBeNull();
  expect(beyond(all, { stock: change, price: null, lists: lists.slice(0, 1) })).toEqual({
    stock: null,
    price: change,
    lists: lists.slice(1),
  });
});

it('adds up what a product’s own updates have written, and forgets it with the run', () => {
  const own = createOwnUpdates();
  const lists = [{ list: 'vip', ...change }];
  own.note(1, 'A', { ...nothing, stock: change, lists });
  own.note(1, 'A', { ...nothing, price: change, lists });
  expect(own.writtenBeside(1).get('A')).toEqual({ stock: change, price: change, lists });
  expect(own.writtenBeside(2).size).toBe(0);
});

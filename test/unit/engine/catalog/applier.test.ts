import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Places } from '../../../../contract/catalog';
import { decimalSchema } from '../../../../contract/decimal';
import { failed, ok, type Problem, problem } from '../../../../contract/problem';
import { applyRows } from '../../../../main/engine/catalog/applier';
import { newRun } from '../../../../main/engine/catalog/newRun';
import type { CatalogStore, RunBook } from '../../../../main/engine/catalog/ports';
import { type CatalogDatabase, openCatalogDatabase } from '../../../../main/storage/catalog/database';
import { createRunBook } from '../../../../main/storage/catalog/runs';
import { unusedStore } from '../../../support/unusedStore';
import { createVirtualClock } from '../../../support/virtualClock';

const choice = { warehouse: '', companies: [], part: 'both', reading: 'auto' } as const;

let database: CatalogDatabase;
let runs: RunBook;
beforeEach(() => {
  database = openCatalogDatabase(':memory:', () => undefined);
  runs = createRunBook(database);
});
afterEach(() => database.close());

/** Writes one row into a store that gives these answers first; tells when it was asked, and how it ended. */
async function write(answers: readonly Problem[], stopAfter = Number.POSITIVE_INFINITY) {
  const clock = createVirtualClock();
  const askedAt: number[] = [];
  const stop = new AbortController();
  const store: CatalogStore = {
    ...unusedStore,
    async write(items) {
      askedAt.push(clock.now());
      const answer = answers[askedAt.length - 1];
      if (askedAt.length === stopAfter) stop.abort();
      return answer === undefined ? ok(items.map(() => ({ kind: 'written' }))) : failed(answer);
    },
  };
  const run = await runs.create(
    newRun({ clock, who: 'Lucía' }, { ...choice, companies: [] }, 'all', 'person'),
  );
  const stock = { old: decimalSchema.parse('1'), new: decimalSchema.parse('2') };
  await runs.addRows(run, [{ sku: 'A', name: 'Taza', stock, price: null, lists: [], state: 'pending' }]);
  let over = false;
  const inDoubt = new Set<Places>();
  const ending = applyRows(
    { store, runs, clock, random: () => 0.5 },
    run,
    { leftAlone: new Map(), held: () => null, onWay: new Set(), inDoubt },
    { onRows: () => undefined, onWaiting: () => undefined },
    stop.signal,
  ).finally(() => {
    over = true;
  });
  while (!over) await clock.advance();
  return {
    end: await ending,
    inDoubt: [...inDoubt],
    waits: askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0)),
  };
}

describe('a store that wants time', () => {
  it('gets all that it asks for, however long', async () => {
    const { end, inDoubt, waits } = await write([problem('store.rateLimited', { value: 300 })]);
    expect({ end, inDoubt }).toEqual({ end: { kind: 'done' }, inDoubt: [] });
    expect(waits).toEqual([300_000]);
  });

  it('is asked less and less often, and never less than once a minute', async () => {
    const { waits } = await write(Array.from({ length: 12 }, () => problem('store.unavailable')));
    expect(waits.at(0)).toBeLessThan(5_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  });

  it('is not asked for ever for an answer that makes sense', async () => {
    const { end, inDoubt, waits } = await write(Array.from({ length: 99 }, () => problem('store.badAnswer')));
    expect(end).toMatchObject({ kind: 'blocked', problem: { code: 'store.badAnswer' } });
    expect(inDoubt).toEqual([[0, 1]]);
    expect(waits).toHaveLength(4);
  });
});

describe('a run that is stopped', () => {
  it.each<[string, Problem, Places[]]>([
    ['the answer was lost', problem('store.unreachable', { host: 'tienda' }), [[0, 1]]],
    ['the store was in trouble', problem('store.unavailable', { host: 'tienda' }), [[0, 1]]],
    ['there was no line at all', problem('store.unreachable', { host: 'tienda', value: 'refused' }), []],
    ['the store asked for time', problem('store.rateLimited', { value: 10 }), []],
  ])('says what may have been written: %s', async (_why, answer, inDoubt) => {
    expect(await write([answer], 1)).toMatchObject({ end: { kind: 'stopped' }, inDoubt });
  });
});

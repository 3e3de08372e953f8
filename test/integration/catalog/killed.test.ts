import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import type { DeskPlaces } from '../../support/catalogDesk/desk';
import { expectNothingHalfTold } from '../../support/catalogTruth/account';
import { differences, expectedValues, storeValues, type Values } from '../../support/catalogTruth/oracle';
import { plainWorld } from '../../support/catalogTruth/plainWorld';

const deskProcess = fileURLToPath(new URL('../../support/catalogDesk/process.ts', import.meta.url));
const products = 900;

let work: CatalogAtWork;
let before: Map<string, Values>;
let wanted: Map<string, Values>;
beforeEach(async () => {
  // With threads, which die half-way too.
  work = await startCatalog({ content: { products, buyers: 2, stockEverywhere: true } }, { threadsAbove: 0 });
  before = storeValues(work.sandbox);
  wanted = expectedValues(work.sandbox, plainWorld);
});
afterEach(() => work.stop());

/** Products that are no longer as they were. */
const written = () => differences(storeValues(work.sandbox), before).length;

/** Lets a desk of its own begin, or go on, and kills it as soon as the store has so many new values. */
async function killedAt(places: DeskPlaces, rows: number, ...only: string[]): Promise<void> {
  const desk: ChildProcess = fork(deskProcess, [JSON.stringify(places), ...only], {
    execArgv: ['--import', 'tsx'],
  });
  const closed = once(desk, 'close');
  try {
    await expect.poll(written, { timeout: 20_000, interval: 5 }).toBeGreaterThan(rows);
  } finally {
    desk.kill('SIGKILL');
    await closed;
  }
}

describe('a program that is killed while it writes', () => {
  it('goes on where it was, as often as it is killed, and everything can be undone', async () => {
    // Batches take effect one after the other, and their answers come late: there is always one that nobody heard of.
    work.sandbox.faults.add({
      target: 'store',
      kind: 'delay',
      path: '/products/batch$',
      phase: 'after',
      ms: 150,
    });
    await work.whileClosed(async (places) => {
      await killedAt(places, 0);
      await killedAt(places, Math.min(written(), 850));
    });
    work.sandbox.faults.clear();
    const run = await work.until('done');
    expect(run.status).toMatchObject({ refused: 0, left: 0 });
    await expectNothingHalfTold(work, run);
    expect(differences(storeValues(work.sandbox), wanted)).toEqual([]);
    expect(await work.update({ reading: 'full' })).toMatchObject({ summary: { changes: 0 } });

    await work.catalog.updates.undo(run.id);
    await work.until('done');
    expect(differences(storeValues(work.sandbox), before)).toEqual([]);
  });

  it('says that a product may have been written by itself, which can be undone', async () => {
    const plan = await work.update();
    const {
      rows: [row],
    } = await work.catalog.runs.rowsIn(plan.id, 'pending', 0, 1);
    if (row === undefined) throw new Error('nothing to change');
    work.sandbox.faults.add({
      target: 'store',
      kind: 'delay',
      path: '/products/batch$',
      phase: 'after',
      ms: 1500,
    });
    await work.whileClosed((places) => killedAt(places, 0, row.sku));
    work.sandbox.faults.clear();
    const {
      runs: [product],
    } = await work.catalog.runs.list(0, 1);
    expect(product).toMatchObject({ kind: 'product', status: { state: 'cancelled', left: 1, unsure: 1 } });
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.productUnsure', params: { sku: row.sku } });
    // The plan that still waits has nothing to write over it.
    expect(await work.catalog.runs.countRows(plan.id)).toMatchObject({ superseded: 1 });
    await work.catalog.updates.cancel(plan.id);

    expect(await work.catalog.updates.undo(product?.id ?? 0)).toMatchObject({ ok: true });
    expect((await work.until('done')).status).toMatchObject({ applied: 1 });
    expect(differences(storeValues(work.sandbox), before)).toEqual([]);
  });

  it('is asked to stop between two batches, and goes on', async () => {
    const plan = await work.update();
    work.sandbox.faults.add({ target: 'store', kind: 'delay', path: '/products/batch$', ms: 30 });
    await work.catalog.updates.agree(plan.id);
    await expect.poll(written).toBeGreaterThan(0);
    await work.restart();
    await expectNothingHalfTold(work, await work.until('done'));
    expect(differences(storeValues(work.sandbox), wanted)).toEqual([]);
  });
});

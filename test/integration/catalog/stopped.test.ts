import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Run, type RunStop, runStops } from '../../../contract/catalog';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import type { DeskPlaces } from '../../support/catalogDesk/desk';
import { expectNothingHalfTold, rowsOf } from '../../support/catalogTruth/account';
import { differences, expectedValues, storeValues, type Values } from '../../support/catalogTruth/oracle';
import { plainWorld } from '../../support/catalogTruth/plainWorld';

const deskProcess = fileURLToPath(new URL('../../support/catalogDesk/process.ts', import.meta.url));
const noGuard = { toZeroPercent: null, priceMovePercent: null, missingPercent: null };
const stands = { pause: 'paused', cancel: 'cancelled' } as const;
/** Four batches of two hundred. */
const mostOnWay = 800;

/** A line that keeps back what the store answers to batches. */
function keepingBack() {
  let isOpen = true;
  let letThrough: (() => void) | null = null;
  let opened = Promise.resolve();
  const line = {
    /** Answers kept back so far. */
    kept: 0,
    close() {
      isOpen = false;
      opened = new Promise((resolve) => {
        letThrough = resolve;
      });
    },
    open() {
      isOpen = true;
      letThrough?.();
    },
    async fetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
      const response = await fetch(input, init);
      if (isOpen || !String(input).endsWith('/products/batch')) return response;
      const { status } = response;
      const body = await response.text();
      line.kept += 1;
      await opened;
      return new Response(body, { status, headers: { 'content-type': 'application/json' } });
    },
  };
  return line;
}

let work: CatalogAtWork;
let line: ReturnType<typeof keepingBack>;
let before: Map<string, Values>;
beforeEach(async () => {
  line = keepingBack();
  work = await startCatalog(
    { content: { products: 1_200, buyers: 2, stockEverywhere: true } },
    { fetch: line.fetch },
  );
  work.setRules({ guard: noGuard });
  before = storeValues(work.sandbox);
});
afterEach(() => work.stop());

const written = () => differences(storeValues(work.sandbox), before).length;
const status = () => work.catalog.updates.current()?.status;

/** Batches take effect, and are answered late. */
const slowStore = () =>
  work.sandbox.faults.add({
    target: 'store',
    kind: 'delay',
    path: '/products/batch$',
    ms: 1_500,
    phase: 'after',
  });

const lostAnswers = (phase: 'before' | 'after', nth: number) =>
  work.sandbox.faults.add({ target: 'store', kind: 'drop', path: '/products/batch$', phase, nth });

/** The SKUs whose values are others. */
const changed = (is: Map<string, Values>, was: Map<string, Values>) =>
  new Set(differences(is, was).map((told) => told.slice(0, told.indexOf(': '))));

/** An update of which the first batches are on their way, until the line is opened. */
async function begunWriting(): Promise<Run> {
  const plan = await work.update();
  line.close();
  await work.catalog.updates.agree(plan.id);
  await expect.poll(() => line.kept).toBe(4);
  return plan;
}

/** The program ends in an orderly way, for which it waits for the store, and begins anew. */
async function restart(meanwhile?: () => void): Promise<void> {
  const restarted = work.restart(meanwhile);
  line.open();
  await restarted;
}

/** Batches that have reached a store in trouble. */
const batches = () => Math.max(0, ...work.sandbox.faults.report().map(({ seen }) => seen));

const unsureOf = ({ status: at }: Run) =>
  at.state === 'paused' || at.state === 'cancelled' ? (at.unsure ?? 0) : Number.NaN;

/** Nothing was written but what the run says, or says that it may have been. */
async function expectStopped(run: Run): Promise<void> {
  await expectNothingHalfTold(work, run, true);
  expect(unsureOf(run)).toBeLessThanOrEqual(mostOnWay);
  const applied = 'applied' in run.status ? run.status.applied : 0;
  expect(written()).toBeGreaterThanOrEqual(applied);
  expect(written()).toBeLessThanOrEqual(applied + unsureOf(run));
}

describe.each(runStops)('a %s that waits for what is on its way', (stop) => {
  it('is told at once, and stands when the program is ended meanwhile', async () => {
    const plan = await begunWriting();
    const answer = work.catalog.updates[stop](plan.id);
    const onDisk = async () => (await work.catalog.runs.get(plan.id))?.status;
    await expect.poll(onDisk, { interval: 5 }).toMatchObject({ state: 'applying', stopping: stop });
    expect(status()).toMatchObject({ state: 'applying', stopping: stop });
    await restart();
    expect(await answer).toEqual({ ok: true, value: undefined });
    const run = await work.until(stands[stop]);
    expect(run.status).toMatchObject({ applied: mostOnWay, unsure: 0 });
    await expectStopped(run);
  });

  it('stands when the program is killed meanwhile', async () => {
    // They take effect although nobody waits for the answer any more.
    slowStore();
    await work.whileClosed((places) => killedAfter(stop, places));
    const run = await work.until(stands[stop]);
    await expectStopped(run);
    work.sandbox.faults.clear();
    if (stop === 'pause') {
      await work.catalog.updates.resume(run.id);
      await work.until('done');
      expect(differences(storeValues(work.sandbox), expectedValues(work.sandbox, plainWorld))).toEqual([]);
    }
    await work.catalog.updates.undo(run.id);
    await work.until('done');
    expect(written()).toBe(0);
  });
});

/** Lets a desk of its own begin, tells it to stop, and kills it once it has taken that down. */
async function killedAfter(stop: RunStop, places: DeskPlaces): Promise<void> {
  const desk = fork(deskProcess, [JSON.stringify(places)], { execArgv: ['--import', 'tsx'] });
  const closed = once(desk, 'close');
  const file = new DatabaseSync(places.databasePath, { readOnly: true });
  const decided = file.prepare(
    `SELECT coalesce(body ->> '$.status.stopping', state) AS told FROM runs ORDER BY id DESC LIMIT 1`,
  );
  try {
    await expect.poll(written, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
    desk.send(stop);
    await expect
      .poll(() => decided.get(), { timeout: 20_000, interval: 5 })
      .toMatchObject({ told: expect.stringMatching(new RegExp(`${stop}|${stands[stop]}`)) });
  } finally {
    desk.kill('SIGKILL');
    await closed;
    file.close();
  }
}

describe('what a person decides while an update is written', () => {
  it('can become a cancel after a pause, but no pause after a cancel', async () => {
    const { id } = await begunWriting();
    const { updates } = work.catalog;
    const answers = [updates.pause(id), updates.cancel(id), updates.pause(id)];
    await expect.poll(status, { interval: 5 }).toMatchObject({ stopping: 'cancel' });
    line.open();
    expect((await Promise.all(answers)).map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(status()).toMatchObject({ state: 'cancelled', applied: mostOnWay, unsure: 0 });
  });

  it('counts although the program ends a moment before', async () => {
    const { id } = await begunWriting();
    const { updates } = work.catalog;
    const ended = work.restart();
    const cancelled = updates.cancel(id);
    line.open();
    await Promise.all([cancelled, ended]);
    expect(status()).toMatchObject({ state: 'cancelled', applied: mostOnWay, unsure: 0 });
  });

  it('is to go on where nothing was decided', async () => {
    await begunWriting();
    await restart();
    expect(await work.until('done')).toMatchObject({ status: { refused: 0, left: 0 } });
  });
});

describe('a cancel after a start', () => {
  it('knows of nothing in doubt where the program had ended in an orderly way', async () => {
    await begunWriting();
    await restart(() => {
      work.sandbox.faults.clear();
      work.sandbox.faults.add({ target: 'store', kind: 'status', path: '/products/batch$', status: 429 });
    });
    const { id } = await work.until('applying');
    await work.catalog.updates.cancel(id);
    expect(status()).toMatchObject({ state: 'cancelled', applied: mostOnWay, unsure: 0 });
  });

  it('has no more in doubt than was on its way where it had been killed', async () => {
    slowStore();
    await work.whileClosed(async (places) => {
      const desk = fork(deskProcess, [JSON.stringify(places)], { execArgv: ['--import', 'tsx'] });
      const closed = once(desk, 'close');
      await expect.poll(batches, { timeout: 20_000 }).toBeGreaterThan(0);
      desk.kill('SIGKILL');
      await closed;
      work.sandbox.faults.clear();
      work.sandbox.faults.add({ target: 'store', kind: 'status', path: '/products/batch$', status: 429 });
    });
    const { id } = await work.until('applying');
    await work.catalog.updates.cancel(id);
    const run = await work.until('cancelled');
    expect(unsureOf(run)).toBeGreaterThan(0);
    await expectStopped(run);
  });
});

describe('undoing a cancelled update', () => {
  it('leaves alone what it never sent, and another update has written', async () => {
    const first = await begunWriting();
    const cancelled = work.catalog.updates.cancel(first.id);
    line.open();
    await cancelled;
    const never = (await rowsOf(work, first.id)).filter(({ state }) => state === 'pending');
    expect(never.length).toBeGreaterThan(0);
    await work.update({}, true);
    const afterSecond = storeValues(work.sandbox);

    await work.catalog.updates.undo(first.id);
    const undo = await work.until('done');
    expect(undo.summary?.changes).toBe(mostOnWay);
    const back = changed(storeValues(work.sandbox), afterSecond);
    expect(back.size).toBe(mostOnWay);
    expect(never.filter(({ sku }) => back.has(sku))).toEqual([]);
  });

  it('puts back only what may have been written, and not what a later update has written since', async () => {
    // The first batch takes effect and its answer is lost; the others never reach the store.
    lostAnswers('after', 1);
    for (let nth = 2; nth < 1_000; nth += 1) lostAnswers('before', nth);
    const plan = await work.update();
    await work.catalog.updates.agree(plan.id);
    await expect.poll(batches).toBeGreaterThan(4);
    await expect.poll(written).toBe(200);
    await work.catalog.updates.cancel(plan.id);
    const cancelled = await work.until('cancelled');
    await expectStopped(cancelled);
    work.sandbox.faults.clear();
    const taken = storeValues(work.sandbox);
    await work.update({}, true);
    const afterSecond = storeValues(work.sandbox);
    expect(differences(afterSecond, taken).length).toBeGreaterThan(0);

    await work.catalog.updates.undo(plan.id);
    const undo = await work.until('done');
    expect(undo.summary?.changes).toBe(200);
    expect(changed(storeValues(work.sandbox), afterSecond)).toEqual(changed(taken, before));
  });
});

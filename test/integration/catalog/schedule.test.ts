import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../contract/catalog';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

/*
 * Updates by schedule over HTTP, by the sandbox's clock: hours pass at once, and the clock can be set back.
 */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const noGuard = { toZeroPercent: null, priceMovePercent: null };
let work: CatalogAtWork;

beforeEach(async () => {
  work = await startCatalog();
  // Well within an hour, so that none ends while a test looks away.
  passTo(5);
});
afterEach(() => work.stop());

/** Moves the clock to so many minutes after the full hour, this one or the next. */
function passTo(minutes: number): void {
  const { clock } = work.sandbox;
  const into = clock.now() % hourMs;
  clock.advance((minutes * minuteMs - into + hourMs) % hourMs);
}

async function switchOn(changes: object = {}, guard: object = noGuard): Promise<void> {
  work.setRules({ guard, schedule: { on: true, everyMinutes: 60, ...changes } });
  await heard('schedule.on');
}

/** Waits until the log has said this so many times. */
async function heard(event: string, times = 1): Promise<void> {
  await expect.poll(() => said(event), { timeout: 15_000 }).toBe(times);
}
const said = (event: string): number => work.log.filter((entry) => entry.event === event).length;

/** Long enough for the schedule to look at the clock several times. */
const looks = () => new Promise((resolve) => setTimeout(resolve, 300));

/** The price in the org becomes this; one product then has something to update. */
function changePrice(price: number, at = 0): void {
  const { org, world } = work.sandbox;
  const [entry] = org.query(
    `SELECT Id FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${world.products[at]?.sku}' AND Pricebook2.Name = 'Lista Mayorista AMBA'`,
  );
  org.core.records.update(org.core.table('PricebookEntry'), String(entry?.['Id']), {
    UnitPrice: price * 100,
  });
}

const priceInStore = (at = 0) =>
  work.sandbox.store.core.catalogue.product(work.sandbox.world.products[at]?.sku ?? '')?.price;

const runs = async (): Promise<Run[]> => (await work.catalog.runs.list(0, 100)).runs;
const bySchedule = async () => (await runs()).filter(({ trigger }) => trigger === 'schedule');
const health = () => work.healths.at(-1);
const refuseBatches = (status: number, times: number) =>
  work.sandbox.faults.add({ target: 'store', kind: 'status', path: '/products/batch$', status, times });
/** A reading that fails so often gives up for this time. */
const triesOfScope = 4;
const refuseReading = (status: number, times: number) =>
  work.sandbox.faults.add({ target: 'store', kind: 'status', path: '/v1/store$', status, times });

/** Waits until it is known when the slot's reading is made once more; null when it has been given up. */
async function nextTry(): Promise<number | null> {
  let at = 0;
  await expect
    .poll(
      async () => {
        at = (await work.catalog.scheduler.view()).nextAt ?? 0;
        return said('schedule.failed') > 0 || (at % hourMs !== 0 && at > work.sandbox.clock.now());
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  return said('schedule.failed') > 0 ? null : at;
}

describe('a schedule', () => {
  it('begins with the next slot when it is switched on, and takes the settings’ choice', async () => {
    await switchOn();
    await looks();
    expect(await runs()).toEqual([]);
    const { nextAt } = await work.catalog.scheduler.view();
    expect(nextAt).toBe(Math.ceil(work.sandbox.clock.now() / hourMs) * hourMs);

    passTo(0);
    await heard('schedule.updated');
    const [run] = await runs();
    expect(run).toMatchObject({
      trigger: 'schedule',
      warehouse: 'Depósito Avellaneda',
      choice: { part: 'both', reading: 'auto' },
      status: { state: 'done', left: 0 },
    });
    expect(await work.catalog.scheduler.view()).toMatchObject({
      nextAt: (nextAt ?? 0) + hourMs,
      waitsFor: null,
      last: { run: { id: run?.id } },
    });
  });

  it('makes one update after a sleep over many slots', async () => {
    await switchOn();
    work.sandbox.clock.advance(7 * hourMs);
    await heard('schedule.updated');
    changePrice(1111);
    await looks();
    expect(said('schedule.updated')).toBe(1);
    expect(priceInStore()).not.toBe('1111.00');
  });

  it('makes one update a slot, however often the program begins anew', async () => {
    await switchOn();
    passTo(2);
    await heard('schedule.updated');
    for (const price of [1111, 2222]) {
      changePrice(price);
      await work.restart();
      await looks();
    }
    expect(said('schedule.updated')).toBe(1);
    passTo(0);
    await heard('schedule.updated', 2);
    expect(priceInStore()).toBe('2222.00');
  });

  it('catches up with the slot that began while the program was not running', async () => {
    await switchOn();
    await work.restart(() => passTo(0));
    await heard('schedule.updated');
  });

  it('makes none again in a slot that the clock goes back to', async () => {
    await switchOn();
    passTo(0);
    await heard('schedule.updated');
    changePrice(1111);
    work.sandbox.clock.advance(-minuteMs);
    await looks();
    work.sandbox.clock.advance(2 * minuteMs);
    await looks();
    expect(said('schedule.updated')).toBe(1);
    work.sandbox.clock.advance(hourMs);
    await heard('schedule.updated', 2);
  });

  it('leaves no trace where there was nothing to change, but says when it looked', async () => {
    await work.update({}, true);
    await switchOn();
    const before = work.log.length;
    passTo(0);
    await expect
      .poll(async () => (await work.catalog.scheduler.view()).last)
      .toMatchObject({ run: null, at: expect.any(Number) });
    expect(await runs()).toHaveLength(1);
    expect(work.catalog.updates.current()).toMatchObject({ trigger: 'person' });
    expect(work.log).toHaveLength(before);
  });

  it('goes by changed settings at once', async () => {
    await switchOn();
    await switchOn({ everyMinutes: 15 });
    await heard('schedule.on', 2);
    expect((await work.catalog.scheduler.view()).nextAt).toBe(
      Math.ceil(work.sandbox.clock.now() / (15 * minuteMs)) * 15 * minuteMs,
    );
    work.setRules({ guard: noGuard });
    await heard('schedule.off');
    expect((await work.catalog.scheduler.view()).nextAt).toBeNull();
    work.sandbox.clock.advance(2 * hourMs);
    await looks();
    expect(await runs()).toEqual([]);
  });
});

describe('a schedule of stock or prices alone', () => {
  it.each([
    ['stock', 'prices'],
    ['prices', 'stock'],
  ] as const)('writes %s and leaves the rest as it is', async (part, other) => {
    await switchOn({ part });
    expect(await work.catalog.scheduler.view()).toMatchObject({ part });
    passTo(0);
    await heard('schedule.updated');
    const [run] = await runs();
    expect(run).toMatchObject({ choice: { part }, status: { state: 'done' }, summary: { [other]: 0 } });
    expect(run?.summary?.[part]).toBeGreaterThan(0);

    const rest = await work.update();
    expect(rest.summary).toMatchObject({ [part]: 0 });
    expect(rest.summary?.[other]).toBeGreaterThan(0);
  });

  it('needs the price book for prices alone', async () => {
    const lists = [{ priceBook: 'Lista que no existe', list: 'interior' }];
    work.setRules({ guard: noGuard, prices: { lists }, schedule: { on: true, part: 'stock' } });
    await heard('schedule.on');
    passTo(0);
    await heard('schedule.updated');

    work.setRules({ guard: noGuard, prices: { lists }, schedule: { on: true, part: 'prices' } });
    await heard('schedule.on', 2);
    passTo(0);
    await heard('schedule.failed');
    expect(work.log.at(-1)).toMatchObject({ event: 'schedule.failed', params: { part: 'prices' } });
    await expect.poll(health).toMatchObject({ matter: { kind: 'failed', part: 'prices' } });
  });
});

describe('a dry run', () => {
  it('makes the plan and leaves it to a person', async () => {
    await switchOn({ dryRun: true });
    const before = priceInStore();
    passTo(0);
    await heard('schedule.planned');
    const [run] = await runs();
    expect(run?.status).toEqual({ state: 'planned', stops: [] });
    expect(priceInStore()).toBe(before);
    await expect.poll(health).toMatchObject({ state: 'needsPerson', matter: { kind: 'planned' } });
    await work.catalog.updates.agree(run?.id ?? 0);
    await heard('schedule.updated');
    await expect.poll(health).toEqual({ state: 'well' });
  });

  it('renews the plan that nobody took up, and keeps one', async () => {
    await switchOn({ dryRun: true });
    passTo(0);
    await heard('schedule.planned');
    changePrice(1111);
    work.sandbox.clock.advance(hourMs + minuteMs);
    await heard('schedule.planned', 2);
    expect(await bySchedule()).toHaveLength(1);
    const [run] = await runs();
    const { rows } = await work.catalog.runs.rows(run?.id ?? 0, {
      filter: 'all',
      sort: 'sku',
      descending: false,
      search: work.sandbox.world.products[0]?.sku ?? '',
      offset: 0,
      limit: 1,
    });
    expect(rows[0]?.price?.new).toBe('1111');
  });
});

describe('what stands in the way', () => {
  it('an update by hand is waited for within the slot', async () => {
    await work.update({}, true);
    changePrice(1111);
    await switchOn();
    refuseBatches(503, 999);
    await work.catalog.updates.begin(work.choice(), { applyAtOnce: true, trigger: 'person' });
    await work.until('applying');
    passTo(0);
    await expect.poll(async () => (await work.catalog.scheduler.view()).waitsFor).toBe('atWork');
    changePrice(2222, 1);
    work.sandbox.faults.clear();
    await heard('schedule.updated');
    expect(priceInStore(0)).toBe('1111.00');
    expect(priceInStore(1)).toBe('2222.00');
    expect(said('catalog.updated')).toBe(2);
  });

  it('a plan that a person has just made is left alone, for an hour', async () => {
    await switchOn();
    passTo(50);
    const plan = await work.update();
    passTo(5);
    await looks();
    expect(await work.catalog.scheduler.view()).toMatchObject({ waitsFor: 'plan' });
    expect(work.catalog.updates.current()).toMatchObject({ id: plan.id, status: { state: 'planned' } });

    work.sandbox.clock.advance(hourMs);
    await heard('schedule.updated');
    expect(said('schedule.passed')).toBe(1);
    expect(said('schedule.gaveWay')).toBe(1);
    expect(await work.catalog.runs.get(plan.id)).toMatchObject({ status: { state: 'cancelled' } });
  });

  it('a pause by hand holds up the schedule, and is told when it is forgotten', async () => {
    const plan = await work.update();
    refuseBatches(503, 999);
    await work.catalog.updates.agree(plan.id);
    await work.until('applying');
    await work.catalog.updates.pause(plan.id);
    work.sandbox.faults.clear();
    await switchOn();
    passTo(0);
    await looks();
    expect(await work.catalog.scheduler.view()).toMatchObject({ waitsFor: 'paused' });
    for (let slots = 0; slots < 3; slots += 1) {
      work.sandbox.clock.advance(hourMs);
      await looks();
    }
    expect(said('schedule.blocked')).toBe(1);
    expect(health()).toMatchObject({ state: 'needsPerson', matter: { kind: 'blocked' } });

    await work.catalog.updates.resume(plan.id);
    await heard('catalog.updated');
    await expect.poll(health).toEqual({ state: 'well' });
  });

  it('two that begin at the same moment are one', async () => {
    const options = { applyAtOnce: true, trigger: 'person' } as const;
    const both = await Promise.all([
      work.catalog.updates.begin(work.choice(), options),
      work.catalog.updates.begin(work.choice(), options),
    ]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    await work.until('done');
    expect(await runs()).toHaveLength(1);
  });
});

describe('trouble', () => {
  it('a plan that the guard stops is told, renewed, and over as soon as the org is right again', async () => {
    await work.update({}, true);
    changePrice(1);
    await switchOn({}, { priceMovePercent: '50' });
    passTo(0);
    await heard('schedule.stopped');
    await expect
      .poll(health)
      .toMatchObject({ matter: { kind: 'stopped', count: 1, stops: [{ code: 'priceMove' }] } });
    work.sandbox.clock.advance(hourMs + minuteMs);
    await heard('schedule.stopped', 2);
    expect(await bySchedule()).toHaveLength(1);
    expect(priceInStore()).not.toBe('1.00');

    changePrice(Number(priceInStore()));
    work.sandbox.clock.advance(hourMs + minuteMs);
    await expect.poll(health, { timeout: 15_000 }).toEqual({ state: 'well' });
  });

  it('that passes is not told: the reading is made once more within the slot', async () => {
    await switchOn();
    refuseReading(503, triesOfScope);
    passTo(0);
    await expect
      .poll(async () => (await work.catalog.scheduler.view()).nextAt)
      .toSatisfy((at: number) => at % hourMs !== 0);
    expect(await runs()).toEqual([]);
    work.sandbox.clock.advance(minuteMs);
    await heard('schedule.updated');
    expect(said('schedule.failed')).toBe(0);
    expect(work.healths.some(({ state }) => state === 'needsPerson')).toBe(false);
  });

  it('that passes is over at once when the computer is awake again or the network back', async () => {
    await switchOn();
    refuseReading(503, triesOfScope);
    passTo(0);
    await expect
      .poll(async () => (await work.catalog.scheduler.view()).nextAt)
      .toSatisfy((at: number) => at % hourMs !== 0);
    const failedAt = work.sandbox.clock.now();
    work.catalog.scheduler.tryNow();
    await heard('schedule.updated');
    expect(work.sandbox.clock.now() - failedAt).toBeLessThan(minuteMs);
  });

  it('that lasts is told, once a slot, and tried again at the next', async () => {
    await switchOn();
    refuseReading(503, 999);
    passTo(0);
    for (let at = await nextTry(); at !== null; at = await nextTry())
      work.sandbox.clock.advance(at - work.sandbox.clock.now());
    expect(said('schedule.failed')).toBe(1);
    await expect
      .poll(health)
      .toMatchObject({ matter: { kind: 'failed', problem: { code: 'store.unavailable' } } });
    expect(await bySchedule()).toHaveLength(1);

    work.sandbox.faults.clear();
    passTo(0);
    await heard('schedule.updated');
    await expect.poll(health).toEqual({ state: 'well' });
  });

  it('is over as well when there turns out to be nothing to change', async () => {
    await work.update({}, true);
    await switchOn();
    refuseReading(401, 1);
    passTo(0);
    await heard('schedule.failed');
    passTo(5);
    passTo(0);
    await heard('schedule.updated');
    expect(work.catalog.updates.current()).toMatchObject({ status: { state: 'done', applied: 0 } });
    await expect.poll(health).toEqual({ state: 'well' });
  });

  it('that is mended lets the next slot do what a halt has left', async () => {
    await switchOn();
    refuseBatches(401, 1);
    passTo(0);
    await heard('schedule.held');
    await expect
      .poll(health)
      .toMatchObject({ matter: { kind: 'held', problem: { code: 'store.tokenRefused' } } });
    const [held] = await runs();
    passTo(5);
    passTo(0);
    await heard('schedule.updated');
    expect(await work.catalog.runs.get(held?.id ?? 0)).toMatchObject({ status: { state: 'cancelled' } });
    expect(await work.update()).toMatchObject({ status: { state: 'done', applied: 0 } });
  });

  it('with single products is told', async () => {
    work.sandbox.store.setSwitches({
      productFlaws: { writeRefused: [work.sandbox.world.products[0]?.sku ?? ''] },
    });
    await switchOn();
    passTo(0);
    await heard('schedule.updated');
    await expect
      .poll(health)
      .toEqual({ state: 'needsPerson', matter: { kind: 'refused', part: 'both', count: 1 } });
  });
});

describe('the end of the program', () => {
  it('in the middle of reading leaves the slot to the next start', async () => {
    await switchOn();
    work.sandbox.faults.add({ target: 'store', kind: 'delay', path: '/v1/store$', ms: 5_000, times: 1 });
    passTo(0);
    await work.until('reading');
    await work.restart(() => work.sandbox.faults.clear());
    expect(await bySchedule().then((list) => list.map(({ status }) => status.state))).not.toContain('failed');
    await heard('schedule.updated');
    expect(await bySchedule()).toHaveLength(1);
  });

  it('in the middle of writing has the same update go on', async () => {
    await switchOn();
    refuseBatches(503, 999);
    passTo(0);
    await work.until('applying');
    await work.restart();
    work.sandbox.faults.clear();
    await heard('schedule.updated');
    expect(await bySchedule()).toHaveLength(1);
  });
});

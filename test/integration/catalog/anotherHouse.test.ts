import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemRuleSchema } from '../../../contract/catalogRules';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { type CatalogAtWork, placesOf, startCatalog } from '../../support/catalogAtWork';
import { storeValues } from '../../support/catalogTruth/oracle';

const products = 300;
const content = { products, buyers: 2, stockEverywhere: true };
const hours = 3_600_000;

let work: CatalogAtWork;
/** Another store and another org, with the same SKUs and other values. */
let other: Sandbox;
beforeEach(async () => {
  work = await startCatalog({ content, seed: 7 });
  other = await startSandbox({ content, seed: 7 });
  // Read long after everything was made: what readings of changes bring has changed since.
  for (const { clock } of [work.sandbox, other]) clock.advance(3 * hours);
});
afterEach(async () => {
  await work.stop();
  await other.stop();
});

const there = () => placesOf(other, '');
const updates = () => work.catalog.updates;

function setStock({ store }: Sandbox, stock: string): void {
  const all = store.core.catalogue.products('', products * 2);
  store.core.putProducts(all.map((product) => ({ ...product, stock })));
}

const stockOf = (sandbox: Sandbox): Set<string> =>
  new Set(sandbox.store.core.catalogue.products('', products * 2).map(({ stock }) => stock));

/** A run of which some batches are written; the rest waits for the store. */
async function cutOffWhileWriting(): Promise<number> {
  const plan = await work.update();
  work.sandbox.faults.add({
    target: 'store',
    kind: 'status',
    path: '/products/batch$',
    status: 503,
    nth: 2,
    times: 99,
  });
  await updates().agree(plan.id);
  await expect
    .poll(() => updates().current()?.status)
    .toMatchObject({ state: 'applying', waiting: { problem: { code: 'store.unavailable' } } });
  return plan.id;
}

describe('another store', () => {
  it('is read whole, and gets all that differs', async () => {
    await work.update({}, true);
    await work.moveTo({ store: there().store });
    expect(await work.catalog.mirror.searchStore('', 5)).toEqual([]);
    const run = await work.update({}, true);
    expect(run).toMatchObject({ full: true, status: { state: 'done', refused: 0, left: 0 } });
    expect(run.summary?.changes).toBeGreaterThan(products / 2);
    expect(storeValues(other)).toEqual(storeValues(work.sandbox));
    // From then on, what has changed is enough.
    expect(await work.update()).toMatchObject({ full: false, summary: { changes: 0 } });
  });

  it.each(['store', 'org'] as const)('never gets a plan that waited for another %s', async (side) => {
    const plan = await work.update();
    setStock(other, '7777');
    const before = storeValues(other);
    await work.moveTo(side === 'store' ? { store: there().store } : { org: there().org });
    const code = side === 'store' ? 'catalog.otherStore' : 'catalog.otherOrg';
    expect(updates().current()).toMatchObject({
      id: plan.id,
      status: { state: 'cancelled', applied: 0, problem: { code } },
      elsewhere: side,
    });
    expect(await updates().agree(plan.id)).toMatchObject({ problem: { code: 'catalog.notPlanned' } });
    expect(storeValues(other)).toEqual(before);
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.cancelled', problem: { code } });
  });

  it('gets nothing of an update that was being written, nor of one that was paused', async () => {
    const id = await cutOffWhileWriting();
    await work.moveTo({ store: there().store });
    const ended = updates().current();
    expect(ended).toMatchObject({
      id,
      status: { state: 'cancelled', applied: 200, problem: { code: 'catalog.otherStore' } },
    });
    setStock(other, '7777');
    await updates().atRest();
    expect([...stockOf(other)]).toEqual(['7777']);

    await work.moveTo({ store: placesOf(work.sandbox, '').store });
    work.sandbox.faults.clear();
    setStock(work.sandbox, '5555');
    const again = await cutOffWhileWriting();
    await updates().pause(again);
    await work.moveTo({ store: there().store });
    expect(updates().current()).toMatchObject({ id: again, status: { state: 'cancelled', applied: 200 } });
    expect(await updates().resume(again)).toMatchObject({ problem: { code: 'catalog.notPlanned' } });
    expect([...stockOf(other)]).toEqual(['7777']);
  });

  it('can have nothing undone that was written into the one before, even when that is back', async () => {
    const run = await work.update({}, true);
    await work.moveTo({ store: there().store });
    const refused = { ok: false, problem: { code: 'catalog.otherStore' } };
    expect(await updates().undo(run.id)).toMatchObject(refused);
    const { runs, total } = await work.catalog.runs.list(0, 10);
    expect(total).toBe(1);
    expect(runs[0]).toMatchObject({ id: run.id, elsewhere: 'store', status: { state: 'done' } });
    const [sku = ''] = storeValues(work.sandbox).keys();
    for (const { run: old } of await work.catalog.runs.history(sku, 5)) expect(old.elsewhere).toBe('store');

    await work.moveTo({ store: placesOf(work.sandbox, '').store });
    expect(await updates().undo(run.id)).toMatchObject(refused);
    expect(await work.update()).toMatchObject({ full: true, elsewhere: null });
  });

  it('shows no comparison before both sides have been read', async () => {
    await work.compareSides();
    expect((await work.catalog.sides.view()).compared).not.toBeNull();
    await work.moveTo({ store: there().store });
    expect((await work.catalog.sides.view()).compared).toBeNull();
    await work.compareSides();
    const plan = await work.update();
    expect(plan.summary?.changes).toBeGreaterThan(products / 2);
  });

  it('leaves what people have set for single products', async () => {
    const rule = itemRuleSchema.parse({ excluded: true });
    await work.catalog.mirror.setItemRule('A-1', rule);
    await work.moveTo({ store: there().store, org: there().org });
    expect(await work.catalog.mirror.itemRule('A-1')).toEqual(rule);
  });
});

describe('another org', () => {
  it.each([0, 20_000])('is read whole, with threads above %i products', async (threadsAbove) => {
    await work.stop();
    work = await startCatalog({ content, seed: 7 }, { threadsAbove });
    await work.update({}, true);
    const third = await startSandbox({ content, seed: 8 });
    await work.moveTo({ org: placesOf(third, '').org });
    const { full, summary } = await work.update();
    expect(full).toBe(true);
    expect(summary?.changes).toBeGreaterThan(0);
    expect((await work.update({ reading: 'full' })).summary).toEqual(summary);
    await third.stop();
  });

  it('lets what was written into the same store be undone, but not be repeated', async () => {
    const before = storeValues(work.sandbox);
    const run = await work.update({}, true);
    await work.moveTo({ org: there().org });
    expect(await updates().undo(run.id)).toMatchObject({ ok: true });
    await work.until('done');
    expect(storeValues(work.sandbox)).toEqual(before);
  });

  it('is one behind the same address for another user, and the same for another password', async () => {
    const plan = await work.update();
    const { org } = placesOf(work.sandbox, '');
    await work.moveTo({ org: { ...org, password: 'another', clientId: 'another' } });
    expect(updates().current()).toMatchObject({ id: plan.id, status: { state: 'planned' }, elsewhere: null });
    await work.moveTo({ org: { ...org, username: 'another@acme.example' } });
    expect(updates().current()).toMatchObject({ status: { state: 'cancelled' }, elsewhere: 'org' });
  });

  it('is not the present one, where a file does not say yet whose it is', async () => {
    const plan = await work.update();
    await work.whileClosed(async ({ databasePath }) => {
      const file = new DatabaseSync(databasePath);
      file.exec('DELETE FROM house');
      file.close();
    });
    expect(updates().current()).toMatchObject({ id: plan.id, status: { state: 'planned' } });
    await work.moveTo({ org: there().org });
    expect(updates().current()).toMatchObject({ status: { state: 'cancelled' } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalCodes } from '../../../contract/catalog';
import type { FaultInput } from '../../../sandbox/http/fault';
import { type CatalogInTrouble, startCatalogInTrouble } from '../../support/catalogInTrouble';
import { expectNothingHalfTold, rowsOf } from '../../support/catalogTruth/account';
import { storeValues } from '../../support/catalogTruth/oracle';

let work: CatalogInTrouble['work'];
let line: CatalogInTrouble['line'];
let expectWell: CatalogInTrouble['expectWell'];
beforeEach(async () => {
  ({ work, line, expectWell } = await startCatalogInTrouble());
});
afterEach(() => work.stop());

describe('the store in trouble half-way through writing', () => {
  const batch = (fault: object): FaultInput =>
    ({ target: 'store', path: '/products/batch$', ...fault }) as FaultInput;

  it('is given the time it asks for', async () => {
    work.sandbox.faults.add(
      batch({ kind: 'status', status: 429, headers: { 'retry-after': '2' }, times: 3 }),
    );
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    await expectNothingHalfTold(work, run);
  });

  it('can be paused in an outage, with nothing half told, and goes on', async () => {
    const plan = await work.update();
    // The first batch gets through.
    for (let nth = 2; nth < 40; nth += 1)
      work.sandbox.faults.add(batch({ kind: 'status', status: 503, nth }));
    await work.catalog.updates.agree(plan.id);
    await expect
      .poll(() => work.catalog.updates.current()?.status)
      .toMatchObject({
        state: 'applying',
        applied: 200,
        waiting: { problem: { code: 'store.unavailable' } },
      });
    await work.catalog.updates.pause(plan.id);
    const paused = await work.until('paused');
    expect(paused.status).toMatchObject({ applied: 200, refused: 0, problem: null });
    await expectNothingHalfTold(work, paused);
    work.sandbox.faults.clear();
    await work.catalog.updates.resume(plan.id);
    await expectNothingHalfTold(work, await work.until('done'));
    await expectWell();
  });

  it('is done when a pause comes while the last batches are on their way', async () => {
    work.sandbox.faults.add(batch({ kind: 'delay', ms: 300 }));
    let sent = 0;
    line.tamper({
      path: /products\/batch$/,
      body(items) {
        sent += 1;
        return items;
      },
    });
    const plan = await work.update();
    await work.catalog.updates.agree(plan.id);
    await expect.poll(() => sent).toBe(Math.ceil((plan.summary?.changes ?? 0) / 200));
    await work.catalog.updates.pause(plan.id);
    expect(work.catalog.updates.current()?.status).toMatchObject({ state: 'done', refused: 0, left: 0 });
  });

  it('keeps what was written before the token was refused', async () => {
    work.sandbox.faults.add(batch({ kind: 'status', status: 401, nth: 2 }));
    const plan = await work.update();
    await work.catalog.updates.agree(plan.id);
    const paused = await work.until('paused');
    expect(paused.status).toMatchObject({ problem: { code: 'store.tokenRefused' } });
    await expectNothingHalfTold(work, paused);
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.held', problem: { code: 'store.tokenRefused' } });
    await work.catalog.updates.resume(plan.id);
    await expectNothingHalfTold(work, await work.until('done'));
  });

  it('is asked again when an answer is lost, makes no sense, or leaves a product out', async () => {
    work.sandbox.faults.add(batch({ kind: 'drop', phase: 'after', nth: 1 }));
    work.sandbox.faults.add(batch({ kind: 'truncate', phase: 'after', cut: false, nth: 2 }));
    work.sandbox.faults.add(batch({ kind: 'status', status: 200, body: '<html></html>', nth: 3 }));
    let answers = 0;
    line.tamper({
      path: /\/products\/batch$/,
      answer: ({ results }) => ({
        results: answers++ === 0 && Array.isArray(results) ? results.slice(1) : results,
      }),
    });
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    await expectNothingHalfTold(work, run);
  });

  it.each<[string, () => void]>([
    [
      'never tells of one product',
      () =>
        line.tamper({
          path: /\/products\/batch$/,
          answer: ({ results }) => ({ results: Array.isArray(results) ? results.slice(1) : [] }),
        }),
    ],
    [
      'answers every batch with a page',
      () => work.sandbox.faults.add(batch({ kind: 'status', status: 200, body: '<html></html>' })),
    ],
    [
      'will not have the batches at all',
      () =>
        work.sandbox.faults.add(
          batch({ kind: 'status', status: 422, body: '{"error":{"code":"invalid_body","message":"no"}}' }),
        ),
    ],
  ])('pauses for a person when it %s', async (_what, strike) => {
    strike();
    const plan = await work.update();
    await work.catalog.updates.agree(plan.id);
    const paused = await work.until('paused');
    expect(paused.status).toMatchObject({ problem: { code: 'store.badAnswer' } });
    await expectNothingHalfTold(work, paused, true);
    line.stop();
    work.sandbox.faults.clear();
    await work.catalog.updates.resume(plan.id);
    await expectNothingHalfTold(work, await work.until('done'));
    await expectWell();
  });

  it('has each of its refusals kept by the product, told in both languages, and tried again', async () => {
    const plan = await work.update();
    const skus = (await rowsOf(work, plan.id)).slice(0, refusalCodes.length + 1).map(({ sku }) => sku);
    const codes = [...refusalCodes, 'quite_new'];
    const refused = (item: unknown) => skus.indexOf(String(Reflect.get(Object(item), 'sku')));
    line.tamper({
      path: /\/products\/batch$/,
      body: ({ items }) => ({ items: Array.isArray(items) ? items.filter((item) => refused(item) < 0) : [] }),
      answer: ({ results }, { items }) => ({
        results: [
          ...(Array.isArray(results) ? results : []),
          ...(Array.isArray(items) ? items : [])
            .filter((item) => refused(item) >= 0)
            .map((item) => ({
              sku: skus[refused(item)],
              status: 'refused',
              code: codes[refused(item)],
              message: 'Porque no.',
            })),
        ],
      }),
    });
    await work.catalog.updates.agree(plan.id);
    const run = await work.until('done');
    expect(run.status).toMatchObject({ refused: skus.length, left: 0 });
    await expectNothingHalfTold(work, run);
    const rows = (await rowsOf(work, plan.id)).filter(({ state }) => state === 'refused');
    expect(rows.map(({ refusal }) => refusal?.code)).toEqual([...refusalCodes, 'other']);
    line.stop();
    await work.catalog.updates.retry(run.id);
    const retried = await work.until('done');
    expect(retried).toMatchObject({ kind: 'retry', status: { applied: skus.length, refused: 0 } });
    await expectNothingHalfTold(work, retried);
    await expectWell();
  });

  it('gets back what was written without an answer, when the run is cancelled and undone', async () => {
    const before = storeValues(work.sandbox);
    work.sandbox.faults.add(batch({ kind: 'drop', phase: 'after' }));
    const plan = await work.update();
    await work.catalog.updates.agree(plan.id);
    await expect
      .poll(() => work.catalog.updates.current()?.status)
      .toMatchObject({ waiting: { nextTryAt: expect.any(Number) } });
    await work.catalog.updates.cancel(plan.id);
    const cancelled = await work.until('cancelled');
    expect(cancelled.status).toMatchObject({ applied: 0, unsure: cancelled.summary?.changes });
    expect(storeValues(work.sandbox)).not.toEqual(before);
    await expectNothingHalfTold(work, cancelled, true);
    work.sandbox.faults.clear();
    expect((await work.catalog.updates.undo(plan.id)).ok).toBe(true);
    await work.until('done');
    expect(storeValues(work.sandbox)).toEqual(before);
  });
});

describe('a run that breaks off for a reason that nobody expected', () => {
  it('has nothing more on its way when it is told as failed', async () => {
    const plan = await work.update();
    const { runs } = work.catalog;
    const settle = runs.settle;
    runs.settle = async (...args) => {
      runs.settle = settle;
      await settle(...args);
      throw new Error('the disk is full');
    };
    work.sandbox.faults.add({ target: 'store', kind: 'delay', path: '/products/batch$', ms: 200, nth: 3 });
    await work.catalog.updates.agree(plan.id);
    await work.until('failed');
    const left = storeValues(work.sandbox);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(storeValues(work.sandbox)).toEqual(left);
    await expectWell();
  });
});

describe('a way back', () => {
  it('is gone again, not forward, when what the store refused of it is retried', async () => {
    const before = storeValues(work.sandbox);
    const run = await work.update({}, true);
    const skus = (await rowsOf(work, run.id)).slice(0, 3).map(({ sku }) => sku);
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: skus } });
    await work.catalog.updates.undo(run.id);
    const undo = await work.until('done');
    expect(undo).toMatchObject({ kind: 'undo', status: { refused: 3 } });
    work.sandbox.store.setSwitches({ productFlaws: {} });
    expect((await work.catalog.updates.retry(undo.id)).ok).toBe(true);
    expect(await work.until('done')).toMatchObject({
      kind: 'undo',
      of: run.id,
      status: { applied: 3, refused: 0 },
    });
    expect(storeValues(work.sandbox)).toEqual(before);
  });

  it('that would leave much of the shop without stock waits for a person', async () => {
    const { core } = work.sandbox.store;
    core.putProducts(core.catalogue.products('', 1_000).map((product) => ({ ...product, stock: '0' })));
    const before = storeValues(work.sandbox);
    const run = await work.update({}, true);
    work.setRules({ guard: { toZeroPercent: '20', priceMovePercent: '1', missingPercent: '1' } });
    await work.catalog.updates.undo(run.id);
    const plan = await work.until('planned');
    expect(plan.status).toMatchObject({ stops: [{ code: 'toZero', params: { limit: '20' } }] });
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.stopped' });
    await work.catalog.updates.agree(plan.id);
    await work.until('done');
    expect(storeValues(work.sandbox)).toEqual(before);
    expect(await work.catalog.runs.get(run.id)).toMatchObject({ undoneBy: plan.id });
  });
});

describe('trying again what was refused', () => {
  it('waits for a person where the plan looks wrong by now', async () => {
    const plan = await work.update();
    const row = (await rowsOf(work, plan.id)).find(({ price }) => price !== null);
    if (row === undefined) throw new Error('no price changes');
    const { sku } = row;
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: [sku] } });
    await work.catalog.updates.agree(plan.id);
    const run = await work.until('done');
    const { core } = work.sandbox.org;
    const [entry] = work.sandbox.org.query(
      `SELECT Id FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${sku}' AND Pricebook2.Name = 'Lista Mayorista AMBA'`,
    );
    core.records.update(core.table('PricebookEntry'), String(entry?.['Id']), { UnitPrice: 99_999_999 });
    work.setRules({ guard: { toZeroPercent: null } });
    await work.catalog.updates.retry(run.id);
    expect(await work.until('planned')).toMatchObject({
      kind: 'retry',
      status: { stops: [{ code: 'priceMove', params: { sku } }] },
    });
  });
});

describe('a product looked after by a person while a run is at work', () => {
  it('is noted as written where it was, so that undoing the run puts it back', async () => {
    const before = storeValues(work.sandbox);
    const plan = await work.update();
    const [row] = await rowsOf(work, plan.id);
    if (row === undefined) throw new Error('nothing to change');
    // Written, and not answered yet, when the person comes.
    work.sandbox.faults.add({
      target: 'store',
      kind: 'delay',
      path: '/products/batch$',
      phase: 'after',
      ms: 200,
      times: 3,
    });
    await work.catalog.updates.agree(plan.id);
    await expect.poll(() => storeValues(work.sandbox).get(row.sku)).not.toEqual(before.get(row.sku));
    const scope = { warehouse: 'Depósito Avellaneda', companies: [] };
    const { signal } = new AbortController();
    const outcome = await work.catalog.oneProduct.update(
      { sku: row.sku, scope, part: 'both', shown: row },
      signal,
    );
    // What the person was shown has been written meanwhile: there is nothing more to do.
    expect(outcome).toMatchObject({ ok: true, value: { kind: 'changed' } });
    const run = await work.until('done');
    await expectNothingHalfTold(work, run);
    await work.catalog.updates.undo(run.id);
    await work.until('done');
    expect(storeValues(work.sandbox)).toEqual(before);
  });

  it('is noted as written where only the answer was lost, and can be taken back', async () => {
    const before = storeValues(work.sandbox);
    const [row] = await rowsOf(work, (await work.update()).id);
    if (row === undefined) throw new Error('nothing to change');
    work.sandbox.faults.add({
      target: 'store',
      kind: 'drop',
      path: '/products/batch$',
      phase: 'after',
      times: 1,
    });
    const scope = { warehouse: 'Depósito Avellaneda', companies: [] };
    const { signal } = new AbortController();
    const wanted = { sku: row.sku, scope, part: 'both', shown: row } as const;
    const outcome = await work.catalog.oneProduct.update(wanted, signal);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        kind: 'written',
        sides: { history: [{ run: { status: { state: 'done', applied: 1 } } }, {}] },
      },
    });
    const [written] = outcome.ok ? outcome.value.sides.history : [];
    await work.catalog.updates.undo(written?.run.id ?? 0);
    await work.until('done');
    expect(storeValues(work.sandbox)).toEqual(before);
  });

  it('is told as written perhaps where the store cannot be asked either, and can be taken back', async () => {
    const before = storeValues(work.sandbox);
    const plan = await work.update();
    const [row] = await rowsOf(work, plan.id);
    if (row === undefined) throw new Error('nothing to change');
    work.sandbox.faults.add({
      target: 'store',
      kind: 'drop',
      path: '/products/batch$',
      phase: 'after',
      times: 1,
    });
    // The look before it is well answered, the one after it is not.
    work.sandbox.faults.add({ target: 'store', kind: 'status', path: '/products/[^b]', status: 503, nth: 2 });
    const scope = { warehouse: 'Depósito Avellaneda', companies: [] };
    const { signal } = new AbortController();
    const wanted = { sku: row.sku, scope, part: 'both', shown: row } as const;
    expect(await work.catalog.oneProduct.update(wanted, signal)).toMatchObject({
      ok: false,
      problem: { code: 'catalog.mayBeWritten', params: { sku: row.sku } },
    });
    expect(storeValues(work.sandbox)).not.toEqual(before);
    const {
      runs: [written],
    } = await work.catalog.runs.list(0, 1);
    expect(written).toMatchObject({ kind: 'product', status: { state: 'cancelled', left: 1, unsure: 1 } });
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.productUnsure', params: { sku: row.sku } });
    expect(await work.catalog.runs.countRows(plan.id)).toMatchObject({ superseded: 1 });

    work.sandbox.faults.clear();
    await work.catalog.updates.undo(written?.id ?? 0);
    await work.until('done');
    expect(storeValues(work.sandbox)).toEqual(before);
  });

  it('is told as not written where it was not', async () => {
    const before = storeValues(work.sandbox);
    const [row] = await rowsOf(work, (await work.update()).id);
    if (row === undefined) throw new Error('nothing to change');
    work.sandbox.faults.add({ target: 'store', kind: 'drop', path: '/products/batch$', times: 1 });
    const scope = { warehouse: 'Depósito Avellaneda', companies: [] };
    const { signal } = new AbortController();
    const wanted = { sku: row.sku, scope, part: 'both', shown: row } as const;
    expect(await work.catalog.oneProduct.update(wanted, signal)).toMatchObject({
      ok: false,
      problem: { code: 'store.unreachable' },
    });
    expect(storeValues(work.sandbox)).toEqual(before);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SidesQuery } from '../../../contract/catalogSides';
import type { StoreSwitches } from '../../../sandbox/store/switches';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import { expectTold, rowsOf } from '../../support/catalogTruth/account';
import { storeValues } from '../../support/catalogTruth/oracle';
import { everySide } from '../../support/everySide';
import { createTamperedFetch, type TamperedFetch } from '../../support/tamperedFetch';

const { signal } = new AbortController();
const scope = { warehouse: 'Depósito Avellaneda', companies: [] };

let work: CatalogAtWork;
let line: TamperedFetch;
beforeEach(async () => {
  line = createTamperedFetch();
  work = await startCatalog({}, { fetch: line.fetch });
});
afterEach(() => work.stop());

const skuAt = (index: number) => work.sandbox.world.products[index]?.sku ?? '';
const flaw = (productFlaws: StoreSwitches['productFlaws']) =>
  work.sandbox.store.setSwitches({ productFlaws });
const inStore = (sku: string) => work.sandbox.store.core.catalogue.product(sku);

/** The store has changed these products, so that a reading of changes brings them. */
function stamp(...skus: string[]): void {
  work.sandbox.clock.advance(60_000);
  for (const sku of skus) {
    const product = inStore(sku);
    if (product !== null) work.sandbox.store.core.putProducts([product]);
  }
}

const sides = (query: Partial<SidesQuery> = {}) => work.catalog.sides.page({ ...everySide, ...query });

async function look(sku: string) {
  const found = await work.catalog.oneProduct.look(sku, scope, signal);
  if (!found.ok) throw new Error(found.problem.code);
  return found.value;
}

describe('a product of the store that cannot be read', () => {
  it('is set aside alone, told with why, and never written to', async () => {
    const [word, number, whole] = [skuAt(3), skuAt(7), skuAt(9)];
    flaw({ stockText: [word, whole], priceAsNumber: [number, whole] });
    const before = storeValues(work.sandbox);
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    expect(run.summary).toMatchObject({
      compared: 60,
      storeOnly: 3,
      orgOnly: 0,
      notes: { storeStockInvalid: 2, storePriceInvalid: 2 },
      unreadable: {
        count: 3,
        first: expect.arrayContaining([
          { sku: word, told: inStore(word)?.name, notes: ['storeStockInvalid'] },
          { sku: number, told: inStore(number)?.name, notes: ['storePriceInvalid'] },
          { sku: whole, told: inStore(whole)?.name, notes: ['storeStockInvalid', 'storePriceInvalid'] },
        ]),
      },
    });
    expect(work.log.at(-1)).toMatchObject({
      level: 'warning',
      event: 'catalog.updated',
      params: { unreadable: 3 },
    });
    const written = (await rowsOf(work, run.id)).map(({ sku }) => sku);
    for (const sku of [word, number, whole]) expect(written).not.toContain(sku);
    const after = storeValues(work.sandbox);
    expect(after).not.toEqual(before);
    for (const sku of [word, number, whole]) expect(after.get(sku)).toEqual(before.get(sku));
  });

  it('is shown in the comparison as what it is, not as missing in the store', async () => {
    const sku = skuAt(3);
    flaw({ stockText: [sku] });
    await work.compareSides();
    const { summary } = await sides();
    expect(summary).toMatchObject({
      inStore: 63,
      statuses: { unreadable: 1, orgOnly: 0 },
      notes: { storeStockInvalid: 1 },
      nameless: { count: 0 },
    });
    expect(await sides({ filter: 'unreadable' })).toMatchObject({
      total: 1,
      rows: [
        {
          sku,
          status: 'unreadable',
          name: inStore(sku)?.name,
          store: { stock: null, price: null },
          change: null,
          notes: ['storeStockInvalid'],
        },
      ],
    });
    expect((await sides({ note: 'storeStockInvalid' })).rows.map((row) => row.sku)).toEqual([sku]);
  });

  it('loses what was known of it when it changes, and is as any other when it can be read again', async () => {
    await work.update({}, true);
    const sku = skuAt(3);
    flaw({ stockText: [sku] });
    stamp(sku);
    const broken = await work.update();
    expect(broken).toMatchObject({
      full: false,
      status: { state: 'done' },
      summary: { changes: 0, orgOnly: 0, unreadable: { count: 1, first: [{ sku }] } },
    });
    flaw({});
    const product = inStore(sku);
    if (product === null) throw new Error('no product');
    work.sandbox.store.core.putProducts([{ ...product, stock: '987654' }]);
    stamp(sku);
    const mended = await work.update({}, true);
    expect(mended).toMatchObject({
      full: false,
      status: { state: 'done', applied: 1 },
      summary: { unreadable: { count: 0 } },
    });
    expect(Number(inStore(sku)?.stock)).not.toBe(987654);
  });

  it('is asked for once more, since a store that was mended need not call that a change', async () => {
    const sku = skuAt(3);
    flaw({ stockText: [sku] });
    await work.update({}, true);
    flaw({});
    work.sandbox.clock.advance(3_600_000);
    const run = await work.update({}, true);
    expect(run).toMatchObject({ full: false, summary: { unreadable: { count: 0 } } });
    expect((await work.update()).summary).toMatchObject({ changes: 0, unreadable: { count: 0 } });
  });

  it('is left alone where the store has it twice, once well and once not', async () => {
    const sku = skuAt(3);
    flaw({ duplicated: [sku] });
    line.tamper({
      path: /\/v1\/products$/,
      answer: (page) => {
        const products: unknown[] = Array.isArray(page['products']) ? page['products'] : [];
        let met = 0;
        return {
          ...page,
          products: products.map((one) =>
            Reflect.get(Object(one), 'sku') === sku && met++ === 0 ? { ...Object(one), stock: 5 } : one,
          ),
        };
      },
    });
    const before = inStore(sku);
    const run = await work.update({}, true);
    expect(run.summary).toMatchObject({ unreadable: { count: 1, first: [{ sku }] } });
    expect(inStore(sku)).toEqual(before);
  });

  it('is told by what the store sent where its SKU cannot be read, until it can', async () => {
    const sku = skuAt(3);
    flaw({ skuNull: [sku] });
    const run = await work.update();
    expect(run.summary?.unreadable).toMatchObject({
      count: 1,
      first: [{ sku: null, told: inStore(sku)?.name, notes: ['storeSkuInvalid'] }],
    });
    await work.compareSides({ reading: 'full' });
    expect((await sides()).summary.nameless).toMatchObject({ count: 1 });
    flaw({});
    await work.compareSides({ reading: 'full' });
    expect((await sides()).summary).toMatchObject({ nameless: { count: 0 }, statuses: { orgOnly: 0 } });
  });

  it('is not taken for another product when its SKU comes as a number', async () => {
    const sku = '7790001';
    const { core } = work.sandbox.org;
    core.records.insert(core.table('Product2'), { Name: sku, StockKeepingUnit: sku, IsActive: 1 });
    const item = { sku, name: sku, stock: '1', price: '1.00', prices: {}, active: true };
    work.sandbox.store.core.putProducts([item]);
    line.tamper({
      path: /\/v1\/products$/,
      answer: (page) => ({
        ...page,
        products: (Array.isArray(page['products']) ? page['products'] : []).map((one: unknown) =>
          Reflect.get(Object(one), 'sku') === sku ? { ...Object(one), sku: Number(sku) } : one,
        ),
      }),
    });
    const run = await work.update();
    expect(run.summary).toMatchObject({
      orgOnly: 0,
      unreadable: { count: 1, first: [{ sku, notes: ['storeSkuInvalid'] }] },
    });
  });
});

describe('one product that cannot be read', () => {
  it('is shown so, and nothing can be written to it', async () => {
    const sku = skuAt(3);
    const { change } = (await look(sku)).comparison;
    if (change === null) throw new Error('nothing to change');
    const before = inStore(sku);
    flaw({ stockText: [sku] });
    expect(await look(sku)).toMatchObject({
      store: { stock: null, price: null, name: before?.name },
      comparison: { change: null, notes: expect.arrayContaining(['storeStockInvalid']) },
    });
    const wanted = { sku, scope, part: 'both', shown: change } as const;
    expect(await work.catalog.oneProduct.update(wanted, signal)).toMatchObject({
      ok: true,
      value: { kind: 'changed' },
    });
    expect(inStore(sku)).toEqual(before);
  });
});

describe('undo and retry', () => {
  it.each([
    ['few products, asked for one by one', 30],
    ['many, the catalogue read anew', 60],
  ])('leave it as it is: %s', async (_what, products) => {
    await work.stop();
    work = await startCatalog({ content: { products, buyers: 2, stockEverywhere: true } });
    const before = storeValues(work.sandbox);
    const run = await work.update({}, true);
    const [row] = await rowsOf(work, run.id);
    if (row === undefined) throw new Error('nothing was changed');
    const written = inStore(row.sku);
    flaw({ stockText: [row.sku] });
    expect((await work.catalog.updates.undo(run.id)).ok).toBe(true);
    const undone = await work.until('done', 'planned');
    expect(undone).toMatchObject({
      kind: 'undo',
      status: { refused: 0 },
      summary: { unreadable: { count: 1, first: [{ sku: row.sku }] } },
    });
    expect(inStore(row.sku)).toEqual(written);
    const after = storeValues(work.sandbox);
    for (const [sku, values] of before) if (sku !== row.sku) expect(after.get(sku)).toEqual(values);
  });

  it('does not write it when what the store refused is tried again', async () => {
    const sku = skuAt(3);
    flaw({ writeRefused: [sku] });
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'done', refused: 1 });
    const before = inStore(sku);
    flaw({ stockText: [sku] });
    stamp(sku);
    await work.catalog.updates.retry(run.id);
    const retried = await work.until('done');
    expect(retried).toMatchObject({
      kind: 'retry',
      status: { applied: 0 },
      summary: { unreadable: { count: 1 } },
    });
    expect(inStore(sku)).toMatchObject({ stock: before?.stock, price: before?.price });
  });
});

describe('very much that cannot be read', () => {
  it('ends the reading: a page of which more than half is something else', async () => {
    const half = work.sandbox.world.products.slice(0, 40).map(({ sku }) => sku);
    const before = storeValues(work.sandbox);
    flaw({ priceAsNumber: half });
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'failed', problem: { code: 'store.badAnswer' } });
    if (run.status.state === 'failed') {
      expectTold(run.status.problem);
      expect(run.status.problem.detail).toContain(half[0]);
    }
    expect(storeValues(work.sandbox)).toEqual(before);
    flaw({});
    expect((await work.update({}, true)).summary).toMatchObject({ unreadable: { count: 0 }, orgOnly: 0 });
  });

  it('does not: a change of a single product that is all there is of the page', async () => {
    await work.update({}, true);
    flaw({ stockText: [skuAt(1)] });
    stamp(skuAt(1));
    expect(await work.update()).toMatchObject({ full: false, summary: { unreadable: { count: 1 } } });
  });

  it('does not: many changes that are all wrong, as after an import gone wrong', async () => {
    await work.update({}, true);
    const skus = work.sandbox.world.products.slice(0, 30).map(({ sku }) => sku);
    flaw({ stockText: skus });
    stamp(...skus);
    expect(await work.update()).toMatchObject({
      full: false,
      summary: { changes: 0, unreadable: { count: 30 } },
    });
  });
});

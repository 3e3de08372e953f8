import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateChoice } from '../../../contract/catalog';
import type { ProblemCode } from '../../../contract/problem';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import { rowsOf } from '../../support/catalogTruth/account';
import { everySide } from '../../support/everySide';
import { createTamperedFetch, type TamperedFetch } from '../../support/tamperedFetch';

const { signal } = new AbortController();
const scope = { warehouse: 'Depósito Avellaneda', companies: [] };

let work: CatalogAtWork;
let line: TamperedFetch;
/** What the org was asked for, row by row of a source. */
let asked: string[];
beforeEach(async () => {
  line = createTamperedFetch();
  asked = [];
  line.tamper({ path: /\/query(All)?$/, address: (url) => asked.push(url.searchParams.get('q') ?? '') });
  work = await startCatalog({}, { fetch: line.fetch });
});
afterEach(() => work.stop());

function change(object: string, name: string | null, values: Record<string, string | number | null>): void {
  const { core } = work.sandbox.org;
  for (const row of core.db.all(`SELECT * FROM "${object}" WHERE "IsDeleted" = 0`))
    if (name === null || row['Name'] === name)
      core.records.update({ name: object }, String(row['Id']), values);
}

const askedOf = (object: string) => asked.filter((soql) => soql.includes(` FROM ${object}`));
const inStore = (sku: string) => work.sandbox.store.core.catalogue.product(sku);
const page = () => work.catalog.sides.page(everySide);

describe('an update of stock alone', () => {
  it.each<[string, Partial<UpdateChoice>, () => void]>([
    [
      'whose warehouse has a price book that is switched off',
      {},
      () => change('Pricebook2', 'Lista Mayorista AMBA', { IsActive: 0 }),
    ],
    [
      'of an org without any price book',
      { warehouse: '' },
      () => {
        change('Pricebook2', null, { IsActive: 0, IsDeleted: 1 });
        change('PricebookEntry', null, { IsDeleted: 1 });
      },
    ],
    [
      'with a list that the store does not have',
      {},
      () =>
        work.setRules({
          prices: { lists: [{ priceBook: 'Lista Textil', list: 'oro' }] },
          guard: { toZeroPercent: null, priceMovePercent: null },
        }),
    ],
  ])('needs no prices: %s', async (_what, choice, strike) => {
    strike();
    const run = await work.update({ ...choice, part: 'stock' }, true);
    expect(run).toMatchObject({ priceBook: null, status: { state: 'done', refused: 0 } });
    const rows = await rowsOf(work, run.id);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ price, lists }) => price === null && lists.length === 0)).toBe(true);
    expect(askedOf('PricebookEntry')).toEqual([]);
    expect(run.summary?.notes).not.toHaveProperty('noPrice');
    // With prices, it is still told.
    expect((await work.update(choice, true)).status).toMatchObject({ state: 'failed' });
  });

  it('shows no progress of prices', async () => {
    const begun = await work.catalog.updates.begin(work.choice({ part: 'stock' }), {
      applyAtOnce: false,
      trigger: 'person',
    });
    expect(begun).toMatchObject({
      value: { status: { reading: { prices: null, stock: { rows: 0 }, products: {}, store: {} } } },
    });
    await work.until('planned');
  });

  it('still needs the warehouse and the companies that it names', async () => {
    const noPlace = await work.update({ warehouse: 'Otro', part: 'stock' });
    expect(noPlace.status).toMatchObject({ state: 'failed', problem: { code: 'org.warehouseMissing' } });
    const nobody = await work.update({ companies: ['Nadie'], part: 'stock' });
    expect(nobody.status).toMatchObject({ state: 'failed', problem: { code: 'org.companyMissing' } });
  });

  it('leaves what is known of prices for the comparison, as old as it is', async () => {
    await work.update({}, true);
    const before = await work.catalog.sides.view();
    const prices = (await page()).rows.map(({ wanted }) => wanted?.price);
    expect(prices.some((price) => price != null)).toBe(true);
    work.sandbox.clock.advance(3_600_000);
    await work.update({ part: 'stock' }, true);
    const after = await work.catalog.sides.view();
    expect(after.compared).toEqual(before.compared);
    expect((await page()).rows.map(({ wanted }) => wanted?.price)).toEqual(prices);
  });

  it('says nothing of prices to the comparison where it was the first', async () => {
    await work.update({ part: 'stock' }, true);
    expect((await work.catalog.sides.view()).compared).toBeNull();
    await work.compareSides();
    expect((await work.catalog.sides.view()).compared).toMatchObject({ priceBook: 'Lista Mayorista AMBA' });
    const run = await work.update();
    expect(run.summary).toMatchObject({ stock: 0 });
    expect(run.summary?.prices).toBeGreaterThan(0);
  });
});

describe('an update of prices alone', () => {
  it('reads no stock, and stops for none', async () => {
    change('ProductItem', null, { IsDeleted: 1 });
    const run = await work.update({ part: 'prices' }, true);
    expect(run).toMatchObject({
      priceBook: 'Lista Mayorista AMBA',
      status: { state: 'done', refused: 0 },
    });
    expect(askedOf('ProductItem')).toEqual([]);
    expect(askedOf('PricebookEntry')).not.toEqual([]);
    expect(run.summary?.notes).not.toHaveProperty('noStockRow');
  });

  it('still needs the warehouse that it names, which decides the price book', async () => {
    const run = await work.update({ warehouse: 'Otro', part: 'prices' });
    expect(run.status).toMatchObject({ state: 'failed', problem: { code: 'org.warehouseMissing' } });
  });
});

describe('one product without its price book', () => {
  it('is shown with what there is and why the rest is missing, and its stock can be updated', async () => {
    change('Pricebook2', 'Lista Mayorista AMBA', { IsActive: 0 });
    const code: ProblemCode = 'org.priceBookMissing';
    for (const { sku } of work.sandbox.world.products) {
      const sides = await work.catalog.oneProduct.look(sku, scope, signal);
      if (!sides.ok) throw new Error(sides.problem.code);
      expect(sides.value).toMatchObject({ scope: { prices: null, lacks: [{ code }] } });
      expect(sides.value.comparison.notes).not.toContain('noPrice');
      const { change: shown } = sides.value.comparison;
      if (shown === null) continue;
      const before = inStore(sku);
      const wanted = { sku, scope, part: 'stock', shown } as const;
      const outcome = await work.catalog.oneProduct.update(wanted, signal);
      expect(outcome).toMatchObject({ ok: true, value: { kind: 'written' } });
      expect(inStore(sku)).toMatchObject({ stock: shown.stock?.new, price: before?.price });
      return;
    }
    throw new Error('nothing to change');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SideRow, SidesChoice, SidesQuery } from '../../../contract/catalogSides';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import { everySide } from '../../support/everySide';

let work: CatalogAtWork;
beforeEach(async () => {
  work = await startCatalog();
});
afterEach(() => work.stop());

const warehouse = 'Depósito Avellaneda';
const page = (query: Partial<SidesQuery> = {}) => work.catalog.sides.page({ ...everySide, ...query });
const skusOf = async (query: Partial<SidesQuery>) => (await page(query)).rows.map(({ sku }) => sku);
async function rowOf(sku: string): Promise<SideRow> {
  const row = (await page()).rows.find((one) => one.sku === sku);
  if (row === undefined) throw new Error(`no row for ${sku}`);
  return row;
}

const storeProduct = (sku: string) => work.sandbox.store.core.catalogue.product(sku);
const skuAt = (index: number) => work.sandbox.world.products[index]?.sku ?? '';
const core = () => work.sandbox.org.core;

function idOf(sku: string): string {
  const [product] = work.sandbox.org.query(`SELECT Id FROM Product2 WHERE StockKeepingUnit = '${sku}'`);
  return String(product?.['Id']);
}
const renameInOrg = (sku: string, to: string) =>
  core().records.update(core().table('Product2'), idOf(sku), { StockKeepingUnit: to });
function setOrgStock(sku: string, units: number): void {
  const [row] = work.sandbox.org.query(
    `SELECT Id FROM ProductItem WHERE Product2Id = '${idOf(sku)}' AND Location.Name = '${warehouse}'`,
  );
  core().records.update(core().table('ProductItem'), String(row?.['Id']), { QuantityOnHand: units * 100 });
}
function setOrgPrice(sku: string, price: number): void {
  const [entry] = work.sandbox.org.query(
    `SELECT Id FROM PricebookEntry WHERE Product2Id = '${idOf(sku)}' AND Pricebook2.Name = 'Lista Mayorista AMBA'`,
  );
  core().records.update(core().table('PricebookEntry'), String(entry?.['Id']), { UnitPrice: price * 100 });
}
function changeInStore(sku: string, changes: { sku?: string; stock?: string; name?: string }): void {
  const product = storeProduct(sku);
  if (product === null) throw new Error(`the store has no ${sku}`);
  work.sandbox.store.core.putProducts([{ ...product, ...changes }]);
}

describe('both sides next to each other', () => {
  it('are empty until somebody reads them', async () => {
    expect(await work.catalog.sides.view()).toMatchObject({ compared: null, outdated: false });
    expect(await page()).toMatchObject({ rows: [], total: 0, summary: { inStore: 0, inOrg: 0 } });
  });

  it('show every SKU of both sides as it is there, without a plan and without writing', async () => {
    const before = work.sandbox.store.core.catalogue.products('', 100);
    await work.compareSides();
    const { rows, total, summary } = await page();
    // 60 of the org are in the store, which has 3 of its own.
    expect({ total, inStore: summary.inStore, inOrg: summary.inOrg }).toEqual({
      total: 63,
      inStore: 63,
      inOrg: 60,
    });
    const stock = new Map<string, number>();
    for (const row of work.sandbox.org.query(
      `SELECT Product2.StockKeepingUnit, QuantityOnHand FROM ProductItem WHERE Location.Name = '${warehouse}'`,
    ))
      stock.set(String(Object(row['Product2'])['StockKeepingUnit']), Number(row['QuantityOnHand']));
    const price = new Map<string, number>();
    for (const row of work.sandbox.org.query(
      `SELECT Product2.StockKeepingUnit, UnitPrice FROM PricebookEntry WHERE Pricebook2.Name = 'Lista Mayorista AMBA'`,
    ))
      price.set(String(Object(row['Product2'])['StockKeepingUnit']), Number(row['UnitPrice']));
    for (const row of rows) {
      const inStore = storeProduct(row.sku);
      expect(Number(row.store?.stock)).toBe(Number(inStore?.stock));
      expect(Number(row.store?.price)).toBe(Number(inStore?.price));
      expect(row.name).toBe(inStore?.name);
      if (!stock.has(row.sku)) {
        expect(row).toMatchObject({ status: 'storeOnly', org: null, wanted: null, notes: ['missingInOrg'] });
        continue;
      }
      expect(Number(row.org?.stock)).toBe(stock.get(row.sku));
      expect(Number(row.org?.price)).toBe(price.get(row.sku));
      const isEqual =
        Number(inStore?.stock) === stock.get(row.sku) && Number(inStore?.price) === price.get(row.sku);
      expect(row.status).toBe(isEqual ? 'equal' : 'differs');
    }
    expect(work.sandbox.store.core.catalogue.products('', 100)).toEqual(before);
    expect(await work.catalog.runs.list(0, 10)).toMatchObject({ total: 0 });
  });

  it('need no new reading after an update, and are equal then', async () => {
    await work.update({}, true);
    const { compared } = await work.catalog.sides.view();
    expect(compared).toMatchObject({
      scope: { warehouse, companies: [] },
      warehouse,
      priceBook: 'Lista Mayorista AMBA',
    });
    const { summary } = await page();
    expect(summary).toMatchObject({ differs: 0, statuses: { equal: 60, differs: 0, storeOnly: 3 } });
  });

  it('find every planted difference, and nothing else', async () => {
    await work.update({}, true);
    setOrgStock(skuAt(0), 4321);
    setOrgPrice(skuAt(1), 77.25);
    changeInStore(skuAt(2), { stock: '999' });
    await work.compareSides();
    expect(new Set(await skusOf({ filter: 'differs' }))).toEqual(new Set([skuAt(0), skuAt(1), skuAt(2)]));
    expect(new Set(await skusOf({ filter: 'stock' }))).toEqual(new Set([skuAt(0), skuAt(2)]));
    expect(await skusOf({ filter: 'price' })).toEqual([skuAt(1)]);
    expect((await page()).summary).toMatchObject({
      differs: 3,
      stock: 2,
      price: 1,
      statuses: { equal: 57, differs: 3, storeOnly: 3, orgOnly: 0, similar: 0, leftAlone: 0 },
    });
    expect(await rowOf(skuAt(0))).toMatchObject({ org: { stock: '4321' }, wanted: { stock: '4321' } });
    expect(await rowOf(skuAt(2))).toMatchObject({
      store: { stock: '999' },
      change: { stock: { old: '999' } },
    });
  });

  it('report near misses by name and guess none: case, blanks, leading zeros', async () => {
    await work.update({}, true);
    const [inCase, inBlanks, inZeros] = [skuAt(3), skuAt(4), skuAt(5)];
    changeInStore(inCase, { sku: 'ab-31' });
    renameInOrg(inCase, 'AB-31');
    renameInOrg(inBlanks, `${inBlanks} `);
    renameInOrg(inZeros, `00${inZeros}`);
    await work.compareSides({ reading: 'full' });
    expect(await rowOf('AB-31')).toMatchObject({ status: 'similar', similar: 'ab-31', store: null });
    expect(await rowOf('ab-31')).toMatchObject({
      status: 'similar',
      similar: 'AB-31',
      org: null,
      change: null,
    });
    expect(await rowOf(inZeros)).toMatchObject({ status: 'similar', similar: `00${inZeros}`, change: null });
    expect(await rowOf(`00${inZeros}`)).toMatchObject({ status: 'similar', similar: inZeros, change: null });
    expect(new Set(await skusOf({ filter: 'similar' }))).toEqual(
      new Set(['AB-31', 'ab-31', inBlanks, `${inBlanks} `, inZeros, `00${inZeros}`]),
    );
    // The store still has the product that was written otherwise there; the org has none of that name any more.
    expect(new Set(await skusOf({ filter: 'storeOnly' }))).toContain(inCase);
    expect(await skusOf({ note: 'similarInStore' })).toHaveLength(3);
  });

  it('report what one side lacks, what is there twice, and what no update touches', async () => {
    await work.update({}, true);
    const [lacking, twiceInOrg, twin, twiceInStore, switchedOff] = [6, 7, 8, 9, 10].map(skuAt);
    work.sandbox.store.setSwitches({
      productFlaws: { missing: [lacking ?? ''], duplicated: [twiceInStore ?? ''] },
    });
    renameInOrg(twin ?? '', twiceInOrg ?? '');
    core().records.update(core().table('Product2'), idOf(switchedOff ?? ''), { IsActive: 0 });
    await work.compareSides({ reading: 'full' });
    expect(await skusOf({ filter: 'orgOnly' })).toEqual([lacking]);
    expect(new Set(await skusOf({ filter: 'duplicate' }))).toEqual(new Set([twiceInOrg, twiceInStore]));
    expect(new Set(await skusOf({ filter: 'leftAlone' }))).toEqual(
      new Set([twiceInOrg, twiceInStore, switchedOff]),
    );
    expect(await skusOf({ note: 'inactive' })).toEqual([switchedOff]);
    expect(await rowOf(twiceInOrg ?? '')).toMatchObject({ org: { products: 2 }, change: null });
    const { summary } = await page();
    expect(summary).toMatchObject({ inStore: 62, inOrg: 59, duplicate: 2 });
    expect(summary.statuses).toMatchObject({ orgOnly: 1, storeOnly: 4, leftAlone: 3 });
  });

  it('show the store’s lists beside what they are to hold', async () => {
    work.setRules({ prices: { lists: [{ priceBook: 'Lista Mayorista Interior', list: 'interior' }] } });
    await work.compareSides();
    const [entry] = work.sandbox.org.query(
      `SELECT UnitPrice FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${skuAt(0)}' AND Pricebook2.Name = 'Lista Mayorista Interior'`,
    );
    const { lists } = await rowOf(skuAt(0));
    const interior = lists.find(({ list }) => list === 'interior');
    expect(Number(interior?.wanted)).toBe(Number(entry?.['UnitPrice']));
    const before = storeProduct(skuAt(0))?.prices['interior'];
    expect(interior?.store).toBe(before === undefined ? null : interior?.store);
  });
});

describe('the list of both sides', () => {
  it('is sorted by SKU, name and difference, either way, and paged without a gap', async () => {
    await work.compareSides();
    const all = await skusOf({});
    expect(all).toEqual([...all].sort());
    expect(await skusOf({ descending: true })).toEqual([...all].reverse());
    const pages = [
      await skusOf({ limit: 25 }),
      await skusOf({ offset: 25, limit: 25 }),
      await skusOf({ offset: 50 }),
    ];
    expect(pages.flat()).toEqual(all);
    const by = (await page({ sort: 'stock', descending: true })).rows.map(({ change }) =>
      change?.stock ? Number(change.stock.new) - Number(change.stock.old) : 0,
    );
    expect(by).toEqual([...by].sort((a, b) => b - a));
    expect(new Set(by).size).toBeGreaterThan(5);
    const names = (await page({ sort: 'name' })).rows.map(({ name }) =>
      name
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .toLowerCase(),
    );
    expect(names).toEqual([...names].sort());
  });

  it('is searched by SKU and name, whatever the case and the accents', async () => {
    changeInStore(skuAt(0), { name: 'Té de Ñandubay' });
    await work.compareSides();
    expect(await skusOf({ search: 'te de ñandubay' })).toEqual([skuAt(0)]);
    expect(await skusOf({ search: skuAt(1).toLowerCase() })).toEqual([skuAt(1)]);
    expect(await page({ search: 'no hay tal cosa' })).toMatchObject({ rows: [], total: 0 });
  });

  it('is gone through in stretches for a report, as the filter says', async () => {
    await work.compareSides();
    const reported: string[] = [];
    for await (const rows of work.catalog.sides.rows({ filter: 'differs', note: null, search: '' }))
      reported.push(...rows.map(({ sku }) => sku));
    expect(reported).toEqual(await skusOf({ filter: 'differs' }));
  });

  it('knows what an update by itself has changed', async () => {
    await work.compareSides();
    const row = (await page({ filter: 'stock' })).rows[0];
    if (!row?.change) throw new Error('nothing differs');
    const scope = { warehouse, companies: [] };
    const { signal } = new AbortController();
    await work.catalog.oneProduct.update({ sku: row.sku, scope, part: 'both', shown: row.change }, signal);
    expect(await rowOf(row.sku)).toMatchObject({ status: 'equal', change: null });
    expect(await skusOf({ filter: 'stock' })).not.toContain(row.sku);
  });
});

describe('a comparison', () => {
  it('takes only the products of the chosen companies, and says which', async () => {
    const [company] = work.sandbox.world.products.flatMap((product) => product.company);
    await work.compareSides({ companies: [company ?? ''] });
    const { compared } = await work.catalog.sides.view();
    expect(compared?.scope.companies).toEqual([company]);
    const others = await skusOf({ note: 'otherCompany' });
    const expected = work.sandbox.world.products.filter((product) => product.company !== company);
    expect(new Set(others)).toEqual(new Set(expected.map(({ sku }) => sku)));
  });

  it('survives a restart, and says that rules have changed since', async () => {
    await work.compareSides();
    const before = await page();
    await work.restart();
    expect(await page()).toEqual(before);
    expect(await work.catalog.sides.view()).toMatchObject({ outdated: false });
    work.setRules({ stock: { cap: '3' } });
    expect(await work.catalog.sides.view()).toMatchObject({ outdated: true });
    await work.compareSides();
    expect(await work.catalog.sides.view()).toMatchObject({ outdated: false });
    expect(Math.max(...(await page()).rows.map(({ wanted }) => Number(wanted?.stock ?? 0)))).toBe(3);
  });

  it('and an update wait for each other', async () => {
    work.sandbox.faults.add({ target: 'store', kind: 'delay', path: '/products', ms: 300, times: 9 });
    const choice: SidesChoice = { warehouse, companies: [], reading: 'full' };
    expect(work.catalog.comparisons.begin(choice)).toMatchObject({ ok: true });
    const busy = { ok: false, problem: { code: 'catalog.busy' } };
    expect(work.catalog.comparisons.begin(choice)).toMatchObject(busy);
    const options = { applyAtOnce: false, trigger: 'person' } as const;
    expect(await work.catalog.updates.begin(work.choice(), options)).toMatchObject(busy);
    await work.compared();
    work.sandbox.faults.clear();
    expect(await work.catalog.updates.begin(work.choice(), options)).toMatchObject({ ok: true });
    expect(work.catalog.comparisons.begin(choice)).toMatchObject(busy);
    await work.until('planned');
    // A plan that waits for a person stays as it is.
    expect(work.catalog.comparisons.begin(choice)).toMatchObject({ ok: true });
    const waiting = work.catalog.updates.current();
    expect(await work.catalog.updates.agree(waiting?.id ?? 0)).toMatchObject(busy);
    await work.compared();
    expect(work.catalog.updates.current()).toMatchObject({ id: waiting?.id, status: { state: 'planned' } });
    expect(await work.catalog.updates.agree(waiting?.id ?? 0)).toMatchObject({ ok: true });
    await work.until('done');
  });

  it('ends when it is called off, and leaves what was there before', async () => {
    await work.compareSides();
    const before = await page();
    work.sandbox.faults.add({ target: 'store', kind: 'delay', path: '/products', ms: 500, times: 9 });
    work.catalog.comparisons.begin({ warehouse, companies: [], reading: 'full' });
    await work.catalog.comparisons.cancel();
    expect(work.catalog.comparisons.current()).toEqual({ work: null, problem: null });
    expect(await page()).toEqual(before);
  });

  it.each([
    [{ warehouse: 'Depósito Lunar' }, 'org.warehouseMissing'],
    [{ companies: ['Nadie S.A.'] }, 'org.companyMissing'],
  ])('says what is wrong with the choice: %j', async (choice, code) => {
    await work.compareSides(choice);
    expect(work.catalog.comparisons.current().problem).toMatchObject({ code });
  });

  it('forgets why it failed when an update has read both sides since', async () => {
    await work.compareSides({ companies: ['Nadie S.A.'] });
    work.sandbox.clock.advance(60_000);
    await work.update();
    const { compared } = await work.catalog.sides.view();
    expect(work.catalog.comparisons.current(compared?.readAt ?? null).problem).toBeNull();
    work.sandbox.clock.advance(60_000);
    await work.compareSides({ companies: ['Nadie S.A.'] });
    const after = (await work.catalog.sides.view()).compared?.readAt ?? null;
    expect(work.catalog.comparisons.current(after).problem).toMatchObject({ code: 'org.companyMissing' });
  });

  it('says why a side could not be read, and ends with the program', async () => {
    work.sandbox.faults.add({ target: 'store', kind: 'status', path: '/products', status: 401, times: 9 });
    await work.compareSides();
    expect(work.catalog.comparisons.current().problem).toMatchObject({ code: 'store.tokenRefused' });
    work.sandbox.faults.clear();
    work.catalog.comparisons.begin({ warehouse, companies: [], reading: 'full' });
    await work.restart();
    expect(await work.catalog.sides.view()).toMatchObject({ compared: null });
  });
});

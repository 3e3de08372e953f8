import { afterEach, describe, expect, it } from 'vitest';
import type { UpdateChoice } from '../../../contract/catalog';
import type { ProblemCode } from '../../../contract/problem';
import type { SandboxOptions } from '../../../sandbox/options';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';
import { expectTold, rowsOf } from '../../support/catalogTruth/account';
import { createTamperedFetch } from '../../support/tamperedFetch';

const warehouse = 'Depósito Avellaneda';
const noLimits = { toZeroPercent: null, priceMovePercent: null, missingPercent: null };
const dollars = { name: 'Mayorista', country: 'UY', currency: 'USD', timeZone: 'America/Montevideo' };

let work: CatalogAtWork;
const line = createTamperedFetch();
afterEach(async () => {
  line.stop();
  await work.stop();
});

async function start(options: SandboxOptions = {}): Promise<void> {
  work = await startCatalog(
    { content: { products: 20, buyers: 2, stockEverywhere: true }, ...options },
    { fetch: line.fetch },
  );
  work.setRules({ guard: noLimits });
}

/** Changes all records of an object whose name, or whose SKU, is this. */
function change(object: string, name: string | null, values: Record<string, string | number | null>): void {
  const { core } = work.sandbox.org;
  for (const row of core.db.all(`SELECT * FROM "${object}" WHERE "IsDeleted" = 0`))
    if (name === null || row['Name'] === name || row['StockKeepingUnit'] === name)
      core.records.update({ name: object }, String(row['Id']), values);
}

/** A price book with one price for everything. */
function addBook(name: string, active: 0 | 1, price: number): void {
  const { core } = work.sandbox.org;
  const book = core.records.insert(core.table('Pricebook2'), { Name: name, IsActive: active });
  for (const { Id } of core.db.all('SELECT "Id" FROM "Product2" WHERE "IsDeleted" = 0'))
    core.records.insert(core.table('PricebookEntry'), {
      ...{ Pricebook2Id: book, Product2Id: Id ?? null, UnitPrice: price, IsActive: 1 },
    });
}

const firstSku = () => work.sandbox.world.products[0]?.sku ?? '';
const inStore = (sku: string) => work.sandbox.store.core.catalogue.product(sku);
const storeItem = (sku: string, more: object = {}) => ({
  sku,
  name: sku,
  stock: '1',
  price: '1.00',
  prices: {},
  active: true,
  ...more,
});

describe('what is chosen and is not there', () => {
  it.each<[string, ProblemCode, () => void, Partial<UpdateChoice>]>([
    [
      'a warehouse that was renamed',
      'org.warehouseMissing',
      () => change('Location', warehouse, { Name: 'Otro' }),
      {},
    ],
    ['a company without products', 'org.companyMissing', () => undefined, { companies: ['Nadie'] }],
    [
      'a company that differs in case',
      'org.companyMissing',
      () => undefined,
      { companies: ['SAN TELMO BAZAR'] },
    ],
    [
      'a price book that is switched off',
      'org.priceBookMissing',
      () => change('Pricebook2', 'Lista Mayorista AMBA', { IsActive: 0 }),
      {},
    ],
    [
      'the standard price book switched off',
      'org.priceBookMissing',
      () => change('Pricebook2', null, { IsActive: 0 }),
      { warehouse: '' },
    ],
    [
      'a price book of the table that is switched off',
      'org.priceBookMissing',
      () => {
        change('Pricebook2', 'Lista Textil', { IsActive: 0 });
        work.setRules({ prices: { lists: [{ priceBook: 'Lista Textil', list: 'interior' }] } });
      },
      {},
    ],
    [
      'a price book of the table that never was',
      'org.priceBookMissing',
      () => work.setRules({ prices: { lists: [{ priceBook: "Lista d'Oro", list: 'interior' }] } }),
      {},
    ],
    [
      'a price book of the table that is there twice',
      'org.priceBookAmbiguous',
      () => {
        addBook('Lista Doble', 1, 1);
        addBook('Lista Doble', 1, 2);
        work.setRules({ prices: { lists: [{ priceBook: 'Lista Doble', list: 'interior' }] } });
      },
      {},
    ],
    [
      'a list that the store does not have',
      'store.listMissing',
      () => work.setRules({ prices: { lists: [{ priceBook: 'Lista Textil', list: 'oro' }] } }),
      {},
    ],
  ])('is told by its name: %s', async (_what, code, strike, choice) => {
    await start();
    strike();
    const run = await work.update(choice, true);
    expect(run.status).toMatchObject({ state: 'failed', problem: { code } });
    if (run.status.state === 'failed') expectTold(run.status.problem);
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.failed', problem: { code } });
  });

  it('is no matter where price books of the same name are switched off, or differ in case', async () => {
    await start();
    for (const [active, price] of [
      [0, 1],
      [1, 222],
      [0, 3],
    ] as const)
      addBook('Lista Doble', active, price);
    addBook('LISTA DOBLE', 1, 4);
    work.setRules({
      guard: noLimits,
      prices: { lists: [{ priceBook: 'Lista Doble', list: 'interior' }] },
    });
    expect((await work.update({}, true)).status).toMatchObject({ state: 'done' });
    expect(inStore(firstSku())?.prices).toMatchObject({ interior: '2.22' });
  });

  it('a list that two price books feed holds up prices alone', async () => {
    await start();
    addBook('Lista A', 1, 1);
    addBook('Lista B', 1, 2);
    const lists = [
      { priceBook: 'Lista A', list: 'interior' },
      { priceBook: 'Lista B', list: 'interior' },
    ];
    work.setRules({ guard: noLimits, prices: { lists } });
    const problem = { code: 'store.listTwice', params: { name: 'Interior' } };
    for (const part of ['both', 'prices'] as const)
      expect((await work.update({ part }, true)).status).toMatchObject({ state: 'failed', problem });
    expect((await work.update({ part: 'stock' }, true)).status).toMatchObject({ state: 'done' });
    expect(inStore(firstSku())?.prices).not.toMatchObject({ interior: '2.00' });
  });

  it('is told with how many there are', async () => {
    await start();
    addBook('Lista Doble', 0, 1);
    addBook('Lista Doble', 1, 2);
    addBook('Lista Doble', 1, 3);
    work.setRules({ prices: { lists: [{ priceBook: 'Lista Doble', list: 'interior' }] } });
    expect((await work.update({}, true)).status).toMatchObject({
      problem: { code: 'org.priceBookAmbiguous', params: { priceBook: 'Lista Doble', found: 2 } },
    });
  });

  it('is no matter where a warehouse has no price book of its own: the standard prices go with it', async () => {
    await start();
    change('Location', warehouse, { Puente_Pricebook__c: null });
    const run = await work.update({}, true);
    expect(run).toMatchObject({ priceBook: 'Standard Price Book', status: { state: 'done' } });
  });
});

describe('currencies', () => {
  it.each([
    ['one', null],
    ['several', { corporate: 'ARS', others: [] }],
  ])('that the org has no prices in are told before anything is read: %s', async (_count, multicurrency) => {
    await start({ org: { multicurrency }, store: { profile: dollars } });
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({
      state: 'failed',
      problem: {
        code: 'store.currencyMismatch',
        params: { currency: 'USD', priceBook: 'Lista Mayorista AMBA' },
      },
    });
  });

  it('are the store’s where a price book has several', async () => {
    await start({
      org: { multicurrency: { corporate: 'ARS', others: [{ isoCode: 'USD', rate: 0.001 }] } },
      store: { profile: dollars },
    });
    const { core } = work.sandbox.org;
    for (const entry of core.db.all('SELECT * FROM "PricebookEntry"'))
      core.records.insert(core.table('PricebookEntry'), {
        Pricebook2Id: entry['Pricebook2Id'] ?? null,
        Product2Id: entry['Product2Id'] ?? null,
        UnitPrice: 777,
        IsActive: 1,
        CurrencyIsoCode: 'USD',
      });
    expect((await work.update({}, true)).status).toMatchObject({ state: 'done', refused: 0 });
    expect(inStore(firstSku())?.price).toBe('7.77');
  });
});

describe('nothing where something should be', () => {
  it.each<[string, string[], () => void]>([
    [
      'an org without a product',
      ['orgEmpty', 'noStockRows', 'noPrices'],
      () => {
        change('Product2', null, { IsDeleted: 1 });
        change('PricebookEntry', null, { IsDeleted: 1 });
        change('ProductItem', null, { IsDeleted: 1 });
      },
    ],
    ['an org without stock', ['noStockRows'], () => change('ProductItem', null, { IsDeleted: 1 })],
    ['a price book without prices', ['noPrices'], () => change('PricebookEntry', null, { IsDeleted: 1 })],
    ['a store without a product', ['storeEmpty'], () => work.sandbox.store.core.catalogue.clear()],
  ])('waits for a person: %s', async (_what, codes, strike) => {
    await start();
    strike();
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'planned' });
    if (run.status.state === 'planned') expect(run.status.stops.map(({ code }) => code)).toEqual(codes);
  });
});

describe('texts and numbers at their limits', () => {
  const odd = ['a'.repeat(255), '🧉-ñ-漢', `it's "so", 50%`, 'a/b?c#d&e=f', '..%2F..', '\\', 'x\ty'];

  it('come through as they are: SKUs and names', async () => {
    await start({ content: 'empty' });
    const { core } = work.sandbox.org;
    const standard = String(core.db.get('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')?.['Id']);
    for (const sku of odd) {
      const id = core.records.insert(core.table('Product2'), {
        Name: '🧉 “Mate”',
        StockKeepingUnit: sku,
        IsActive: 1,
      });
      core.records.insert(core.table('PricebookEntry'), {
        Pricebook2Id: standard,
        Product2Id: id,
        UnitPrice: 1234,
        IsActive: 1,
      });
    }
    work.sandbox.store.core.putProducts(odd.map((sku) => storeItem(sku, { name: '👩‍🔧 “Pinza”, 1/2"' })));
    const run = await work.update({ warehouse: '', part: 'prices' }, true);
    expect(run.status).toMatchObject({ state: 'done', applied: odd.length, refused: 0 });
    for (const sku of odd) expect(inStore(sku)?.price).toBe('12.34');
    expect((await rowsOf(work, run.id)).map(({ name }) => name)).toEqual(odd.map(() => '👩‍🔧 “Pinza”, 1/2"'));
  });

  it.each<[string, string, unknown]>([
    ['far too large', 'stockInvalid', 1e20],
    ['too fine to be kept', 'stockInvalid', 0.0000001],
    ['blank', 'stockInvalid', null],
  ])('leave the product alone, and the run at work: stock that is %s', async (_what, note, quantity) => {
    await start();
    const before = inStore(firstSku());
    const [item] = work.sandbox.org.query(
      `SELECT Id FROM ProductItem WHERE Product2.StockKeepingUnit = '${firstSku()}' AND Location.Name = '${warehouse}'`,
    );
    line.tamper({
      path: /\/query$/,
      answer: (page) => ({
        ...page,
        records: spoiled(page, String(item?.['Id']), { QuantityOnHand: quantity }),
      }),
    });
    const run = await work.update({ part: 'stock' }, true);
    expect(run).toMatchObject({ status: { state: 'done', refused: 0 }, summary: { notes: { [note]: 1 } } });
    expect(inStore(firstSku())?.stock).toBe(before?.stock);
  });

  it.each([-5, 1e20, null])('leave the price alone, and the run at work: a price of %s', async (price) => {
    await start();
    const before = inStore(firstSku());
    const [product] = work.sandbox.org.query(
      `SELECT Id FROM Product2 WHERE StockKeepingUnit = '${firstSku()}'`,
    );
    line.tamper({
      path: /\/query$/,
      answer: (page) => ({ ...page, records: spoiled(page, String(product?.['Id']), { UnitPrice: price }) }),
    });
    const run = await work.update({ part: 'prices' }, true);
    expect(run).toMatchObject({
      status: { state: 'done', refused: 0 },
      summary: { notes: { priceInvalid: 1 } },
    });
    expect(inStore(firstSku())?.price).toBe(before?.price);
  });

  /** The records of a page, those with this id or of this product with other values where they have them. */
  function spoiled(page: Record<string, unknown>, id: string, values: Record<string, unknown>): unknown[] {
    const records: unknown[] = Array.isArray(page['records']) ? page['records'] : [];
    return records.map((record) => {
      const one: Record<string, unknown> = { ...Object(record) };
      if (one['Id'] !== id && one['Product2Id'] !== id) return record;
      const meant = Object.entries(values).filter(([name]) => name in one);
      return { ...one, ...Object.fromEntries(meant) };
    });
  }

  it('end the run with what is wrong, where the store breaks its own contract', async () => {
    await start();
    const wrong = storeItem('TAZA-7', { stock: '100000000000000000000' });
    line.tamper({ path: /\/v1\/products$/, answer: (page) => ({ ...page, products: [wrong] }) });
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({
      state: 'failed',
      problem: { code: 'store.badAnswer', detail: expect.stringContaining('TAZA-7') },
    });
  });
});

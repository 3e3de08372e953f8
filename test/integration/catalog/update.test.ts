import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

let work: CatalogAtWork;
beforeEach(async () => {
  work = await startCatalog();
});
afterEach(() => work.stop());

const hourMs = 3_600_000;

/** What the org says of each SKU, asked past the program. */
function orgValues(warehouse = 'Depósito Avellaneda'): Map<string, { stock: string; price: string }> {
  const { org } = work.sandbox;
  const [place] = org.query(`SELECT Id, Puente_Pricebook__c FROM Location WHERE Name = '${warehouse}'`);
  const stock = org.query(
    `SELECT Product2.StockKeepingUnit, QuantityOnHand FROM ProductItem WHERE LocationId = '${String(place?.['Id'])}'`,
  );
  const prices = org.query(
    `SELECT Product2.StockKeepingUnit, UnitPrice FROM PricebookEntry WHERE Pricebook2Id = '${String(place?.['Puente_Pricebook__c'])}'`,
  );
  const skuOf = (row: Record<string, unknown>) => String(Object(row['Product2'])['StockKeepingUnit']);
  const values = new Map(
    prices.map((row) => [skuOf(row), { stock: '', price: Number(row['UnitPrice']).toFixed(2) }]),
  );
  for (const row of stock) {
    const value = values.get(skuOf(row));
    if (value !== undefined) value.stock = String(Number(row['QuantityOnHand']));
  }
  return values;
}

const storeProduct = (sku: string) => work.sandbox.store.core.catalogue.product(sku);
const skus = () => work.sandbox.world.products.map((product) => product.sku);
const first = () => skus()[0] ?? '';

function changePrice(sku: string, price: number): void {
  const { org } = work.sandbox;
  const [entry] = org.query(
    `SELECT Id FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${sku}' AND Pricebook2.Name = 'Lista Mayorista AMBA'`,
  );
  const { core } = org;
  core.records.update(core.table('PricebookEntry'), String(entry?.['Id']), { UnitPrice: price * 100 });
}

function expectStoreLikeOrg(): void {
  for (const [sku, { stock, price }] of orgValues())
    expect(storeProduct(sku)).toMatchObject({ sku, stock, price });
}

describe('Update All Products', () => {
  it('plans first, and writes nothing before a person agrees', async () => {
    const before = work.sandbox.store.core.catalogue.products('', 100);
    const run = await work.update();
    expect(run.status).toMatchObject({ state: 'planned', stops: [] });
    expect(run).toMatchObject({
      warehouse: 'Depósito Avellaneda',
      priceBook: 'Lista Mayorista AMBA',
      full: true,
    });
    expect(run.summary).toMatchObject({ compared: 63, storeOnly: 3, orgOnly: 0, notes: { missingInOrg: 3 } });
    expect(work.sandbox.store.core.catalogue.products('', 100)).toEqual(before);

    await work.catalog.updates.agree(run.id);
    const done = await work.until('done');
    expect(done.status).toMatchObject({ applied: run.summary?.changes, refused: 0, left: 0 });
    expectStoreLikeOrg();
    expect(work.log.at(-1)).toMatchObject({
      event: 'catalog.updated',
      params: { count: run.summary?.changes },
    });
  });

  it('tells the plan’s truth: every row is what the store has and what the org says', async () => {
    const run = await work.update();
    const truth = orgValues();
    const query = {
      filter: 'all',
      sort: 'sku',
      descending: false,
      search: '',
      offset: 0,
      limit: 500,
    } as const;
    const { rows, total } = await work.catalog.runs.rows(run.id, query);
    expect(total).toBe(run.summary?.changes);
    for (const row of rows) {
      const now = storeProduct(row.sku);
      const wanted = truth.get(row.sku);
      if (row.stock !== null) {
        expect(Number(row.stock.old)).toBe(Number(now?.stock));
        expect(Number(row.stock.new)).toBe(Number(wanted?.stock));
      }
      if (row.price !== null) {
        expect(Number(row.price.old)).toBe(Number(now?.price));
        expect(Number(row.price.new)).toBe(Number(wanted?.price));
      }
    }
    const named = new Set(rows.map((row) => row.sku));
    for (const [sku, wanted] of truth)
      if (!named.has(sku))
        expect(storeProduct(sku)).toMatchObject({ stock: wanted.stock, price: wanted.price });
  });

  it('reads only what changed, once everything was read', async () => {
    await work.update({}, true);
    work.sandbox.clock.advance(2 * hourMs);
    changePrice(first(), 4321.5);
    const run = await work.update({}, true);
    expect(run).toMatchObject({ full: false, status: { state: 'done', applied: 1 } });
    expect(storeProduct(first())).toMatchObject({ price: '4321.50' });
    work.sandbox.clock.advance(30 * hourMs);
    expect(await work.update({}, true)).toMatchObject({ full: true, status: { state: 'done', applied: 0 } });
  });

  it('finds what changed in the store as well', async () => {
    await work.update({}, true);
    work.sandbox.clock.advance(2 * hourMs);
    const product = storeProduct(first());
    if (product !== null) work.sandbox.store.core.putProducts([{ ...product, stock: '999' }]);
    const run = await work.update({}, true);
    expect(run).toMatchObject({ full: false, status: { applied: 1 } });
    expectStoreLikeOrg();
  });

  it('takes the sum of all warehouses and the standard prices where none is chosen', async () => {
    await work.update({ warehouse: '' }, true);
    const { org } = work.sandbox;
    const rows = org.query(
      `SELECT QuantityOnHand FROM ProductItem WHERE Product2.StockKeepingUnit = '${first()}'`,
    );
    const [entry] = org.query(
      `SELECT UnitPrice FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${first()}' AND Pricebook2.IsStandard = true`,
    );
    const sum = rows.reduce((total, row) => total + Number(row['QuantityOnHand']), 0);
    expect(storeProduct(first())).toMatchObject({
      stock: String(sum),
      price: Number(entry?.['UnitPrice']).toFixed(2),
    });
  });

  it('feeds the store’s price lists through the table', async () => {
    work.setRules({
      guard: { toZeroPercent: null, priceMovePercent: null },
      prices: { lists: [{ priceBook: 'Lista Mayorista Interior', list: 'interior' }] },
    });
    await work.update({}, true);
    const [entry] = work.sandbox.org.query(
      `SELECT UnitPrice FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${first()}' AND Pricebook2.Name = 'Lista Mayorista Interior'`,
    );
    expect(storeProduct(first())?.prices['interior']).toBe(Number(entry?.['UnitPrice']).toFixed(2));
    expect(await work.update()).toMatchObject({ status: { state: 'done', applied: 0 } });
  });

  it('counts off what open orders will take, and gives it back when they are exported', async () => {
    const stock = Number(orgValues().get(first())?.stock);
    work.openUnits.set(first(), decimalSchema.parse('2'));
    await work.update({}, true);
    expect(storeProduct(first())?.stock).toBe(String(Math.max(0, stock - 2)));
    work.openUnits.clear();
    await work.update({}, true);
    expect(storeProduct(first())?.stock).toBe(String(stock));
  });

  it('reports near misses and touches neither', async () => {
    const product = storeProduct(first());
    work.sandbox.store.setSwitches({ productFlaws: { blanksAround: [first()] } });
    const run = await work.update({}, true);
    expect(run.summary?.notes).toMatchObject({ similarInOrg: 1, similarInStore: 1 });
    expect(storeProduct(first())).toEqual(product);
  });

  it('leaves a SKU alone that the store gives out twice', async () => {
    const product = storeProduct(first());
    work.sandbox.store.setSwitches({ productFlaws: { duplicated: [first()] } });
    expect((await work.update({}, true)).summary?.notes).toMatchObject({ duplicateInStore: 1 });
    expect(storeProduct(first())).toEqual(product);
  });
});

describe('a plan that looks wrong', () => {
  it('waits for a person even where one click was to do', async () => {
    work.setRules({ guard: { toZeroPercent: '0' } });
    const run = await work.update({}, true);
    expect(run.status.state).toBe('planned');
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.stopped', level: 'warning' });
    await work.catalog.updates.cancel(run.id);
    expect((await work.until('cancelled')).status).toMatchObject({ applied: 0 });
  });

  it('stops at a warehouse without stock', async () => {
    const { core } = work.sandbox.org;
    core.records.insert(core.table('Location'), {
      Name: 'Depósito Vacío',
      LocationType: 'Warehouse',
      IsInventoryLocation: 1,
      ExternalReference: 'VAC',
    });
    const run = await work.update({ warehouse: 'Depósito Vacío' }, true);
    expect(run.status).toMatchObject({ state: 'planned', stops: [{ code: 'noStockRows' }] });
  });
});

describe('bad input', () => {
  it.each([
    [{ warehouse: 'Depósito Lunar' }, 'org.warehouseMissing'],
    [{ companies: ['San Telmo Bazar', 'Nadie S.A.'] }, 'org.companyMissing'],
  ])('is a state of its own: %j', async (changes, code) => {
    const run = await work.update(changes, true);
    expect(run.status).toMatchObject({ state: 'failed', problem: { code } });
  });

  it('is told for a price list that the store does not have', async () => {
    work.setRules({ prices: { lists: [{ priceBook: 'Lista Textil', list: 'oro' }] } });
    expect((await work.update()).status).toMatchObject({ problem: { code: 'store.listMissing' } });
  });

  it('is told for a price book that is gone', async () => {
    work.setRules({ prices: { lists: [{ priceBook: 'Lista Oro', list: 'interior' }] } });
    expect((await work.update()).status).toMatchObject({ problem: { code: 'org.priceBookMissing' } });
  });
});

describe('writing into the store', () => {
  it('collects what the store refuses, and tries just that again', async () => {
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: [first()] } });
    const run = await work.update({}, true);
    expect(run.status).toMatchObject({ state: 'done', refused: 1 });
    const {
      rows: [row],
    } = await work.catalog.runs.rowsIn(run.id, 'refused', 0, 10);
    expect(row).toMatchObject({ sku: first(), refusal: { code: 'locked' } });

    work.sandbox.store.setSwitches({ productFlaws: {} });
    await work.catalog.updates.retry(run.id);
    expect(await work.until('done')).toMatchObject({ kind: 'retry', of: run.id, status: { applied: 1 } });
    expectStoreLikeOrg();
  });

  it('counts what it tries again against the whole shop, whatever else differs by now', async () => {
    const run = await work.update();
    const toZero: string[] = [];
    for await (const { sku, stock } of work.catalog.runs.walk(run.id, { filter: 'toZero', search: '' }))
      if (stock !== null) toZero.push(sku);
    expect(toZero.length).toBeGreaterThan(1);
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: toZero } });
    await work.catalog.updates.agree(run.id);
    expect((await work.until('done')).status).toMatchObject({ refused: toZero.length });
    work.sandbox.store.setSwitches({ productFlaws: {} });
    const { core } = work.sandbox.store;
    const others = core.catalogue.products('', 1_000).filter(({ sku }) => !toZero.includes(sku));
    core.putProducts(others.map((product) => ({ ...product, stock: `${Number(product.stock) + 1}` })));

    // Below the limit of the whole, and all of what is tried again.
    work.setRules({ guard: { toZeroPercent: '20', priceMovePercent: null } });
    await work.catalog.updates.retry(run.id);
    const retried = await work.until('done', 'planned');
    expect(retried).toMatchObject({
      status: { state: 'done', applied: toZero.length },
      summary: {
        compared: others.length + toZero.length,
        inStock: others.length + toZero.length,
        equal: 0,
        changes: toZero.length,
        toZero: toZero.length,
      },
    });
  });

  it('writes a batch again whose answer was lost, and waits for a store in trouble', async () => {
    work.sandbox.faults.add({
      target: 'store',
      kind: 'drop',
      path: '/products/batch$',
      phase: 'after',
      times: 1,
    });
    work.sandbox.faults.add({
      target: 'store',
      kind: 'status',
      path: '/products/batch$',
      status: 503,
      times: 2,
    });
    expect((await work.update({}, true)).status).toMatchObject({ state: 'done', refused: 0, left: 0 });
    expectStoreLikeOrg();
  });

  it('pauses where the token is refused half-way, and goes on when it is mended', async () => {
    const run = await work.update();
    work.sandbox.faults.add({
      target: 'store',
      kind: 'status',
      path: '/products/batch$',
      status: 401,
      times: 1,
    });
    await work.catalog.updates.agree(run.id);
    expect((await work.until('paused')).status).toMatchObject({ problem: { code: 'store.tokenRefused' } });
    await work.catalog.updates.resume(run.id);
    expect((await work.until('done')).status).toMatchObject({ left: 0 });
    expectStoreLikeOrg();
  });

  it('goes on by itself after the program ended in the middle', async () => {
    const run = await work.update();
    work.sandbox.faults.add({
      target: 'store',
      kind: 'status',
      path: '/products/batch$',
      status: 503,
      times: 99,
    });
    await work.catalog.updates.agree(run.id);
    await work.until('applying');
    await work.restart();
    work.sandbox.faults.clear();
    expect(await work.until('done')).toMatchObject({ id: run.id, status: { left: 0 } });
    expectStoreLikeOrg();
  });
});

describe('undo', () => {
  it('puts the old values back where they have not changed since', async () => {
    const before = new Map(skus().map((sku) => [sku, storeProduct(sku)]));
    const run = await work.update({}, true);
    const changed = storeProduct(first());
    if (changed !== null) work.sandbox.store.core.putProducts([{ ...changed, stock: '777' }]);
    await work.catalog.updates.undo(run.id);
    const undone = await work.until('done');
    expect(undone).toMatchObject({ kind: 'undo', of: run.id });
    expect(storeProduct(first())?.stock).toBe('777');
    for (const sku of skus().slice(1))
      expect(storeProduct(sku)).toMatchObject({
        stock: before.get(sku)?.stock,
        price: before.get(sku)?.price,
      });
    expect(await work.catalog.runs.get(run.id)).toMatchObject({ undoneBy: undone.id });
    expect(await work.catalog.updates.undo(run.id)).toMatchObject({
      problem: { code: 'catalog.nothingToUndo' },
    });
    const {
      rows: [drifted],
    } = await work.catalog.runs.rowsIn(undone.id, 'drifted', 0, 5);
    expect(drifted).toMatchObject({ sku: first(), stock: { old: '777' } });
  });
});

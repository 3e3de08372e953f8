import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

let work: CatalogAtWork;
beforeEach(async () => {
  work = await startCatalog();
  await work.update({}, true);
  work.sandbox.clock.advance(2 * 3_600_000);
});
afterEach(() => work.stop());

const sku = () => work.sandbox.world.products[0]?.sku ?? '';

/** Changes a record of the product in the org. */
function change(table: string, where: string, fields: Record<string, number | string>): void {
  const { core, query } = work.sandbox.org;
  const [row] = query(`SELECT Id FROM ${table} WHERE ${where}`);
  core.records.update(core.table(table), String(row?.['Id']), fields);
}

describe('what changed since the last reading', () => {
  it('may be stock and price of one product', async () => {
    const product = `Product2.StockKeepingUnit = '${sku()}'`;
    change('PricebookEntry', `${product} AND Pricebook2.Name = 'Lista Mayorista AMBA'`, {
      UnitPrice: 432150,
    });
    change('ProductItem', `${product} AND Location.Name = 'Depósito Avellaneda'`, { QuantityOnHand: 1700 });
    expect(await work.update({}, true)).toMatchObject({ full: false, status: { state: 'done', applied: 1 } });
    const now = work.sandbox.store.core.catalogue.product(sku());
    expect(now).toMatchObject({ stock: '17', price: '4321.50' });
  });

  it('may be a product that was switched off, its SKU the same', async () => {
    change('Product2', `StockKeepingUnit = '${sku()}'`, { IsActive: 0 });
    const run = await work.update({}, true);
    expect(run).toMatchObject({
      full: false,
      status: { state: 'done' },
      summary: { notes: { inactive: 1 } },
    });
  });
});

describe('a product that was taken out of the store', () => {
  const catalogue = () => work.sandbox.store.core.catalogue;
  const changeStock = (quantity: number) =>
    change(
      'ProductItem',
      `Product2.StockKeepingUnit = '${sku()}' AND Location.Name = 'Depósito Avellaneda'`,
      { QuantityOnHand: quantity },
    );

  it('is refused once, and is then as a product of Salesforce alone, before everything is read anew', async () => {
    const before = (await work.update()).summary;
    if (before === null) throw new Error('no summary');
    catalogue().remove(sku());
    changeStock(4_200);
    const refused = await work.update({}, true);
    expect(refused).toMatchObject({ full: false, status: { state: 'done', applied: 0, refused: 1 } });
    expect(await work.catalog.runs.history(sku(), 1)).toMatchObject([
      { row: { state: 'refused', refusal: { code: 'unknown_sku' } } },
    ]);

    const gone = {
      status: { state: 'done', applied: 0, refused: 0 },
      summary: { changes: 0, compared: before.compared - 1, orgOnly: before.orgOnly + 1 },
    };
    expect(await work.update({}, true)).toMatchObject({ full: false, ...gone });
    changeStock(4_300);
    expect(await work.update({}, true)).toMatchObject({ full: false, ...gone });
    expect(await work.update({ reading: 'full' }, true)).toMatchObject({ full: true, ...gone });
  });

  it('leaves nothing to try again', async () => {
    catalogue().remove(sku());
    changeStock(4_200);
    const { id } = await work.update({}, true);
    await work.catalog.updates.retry(id);
    expect(await work.until('done', 'planned', 'failed')).toMatchObject({
      kind: 'retry',
      status: { state: 'done', applied: 0, refused: 0 },
      summary: { changes: 0, orgOnly: 1 },
    });
  });

  it('is written as any other once it is there again', async () => {
    const product = catalogue().product(sku());
    if (product === null) throw new Error('no product');
    catalogue().remove(sku());
    changeStock(4_200);
    await work.update({}, true);
    work.sandbox.clock.advance(3_600_000);
    work.sandbox.store.core.putProducts([product]);
    expect(await work.update({}, true)).toMatchObject({
      full: false,
      status: { state: 'done', applied: 1, refused: 0 },
    });
    expect(catalogue().product(sku())).toMatchObject({ stock: '42' });
  });

  it('has others that the store refuses stay where they are', async () => {
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: [sku()] } });
    changeStock(4_200);
    expect((await work.update({}, true)).status).toMatchObject({ refused: 1 });
    work.sandbox.store.setSwitches({ productFlaws: {} });
    expect((await work.update({}, true)).status).toMatchObject({ applied: 1, refused: 0 });
  });
});

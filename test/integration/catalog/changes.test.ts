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

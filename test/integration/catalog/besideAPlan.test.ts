import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run, RunRow } from '../../../contract/catalog';
import type { UpdatePart } from '../../../contract/catalogRules';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

const { signal } = new AbortController();
const scope = { warehouse: 'Depósito Avellaneda', companies: [] };

let work: CatalogAtWork;
let plan: Run;
/** A product whose stock and price the plan changes. */
let planned: RunRow;
beforeEach(async () => {
  work = await startCatalog();
  plan = await work.update();
  const both = (await rows()).find(({ stock, price }) => stock !== null && price !== null);
  if (both === undefined) throw new Error('no product changes in both');
  planned = both;
});
afterEach(() => work.stop());

async function rows(): Promise<RunRow[]> {
  const found: RunRow[] = [];
  for await (const row of work.catalog.runs.walk(plan.id, { filter: 'all', search: '' })) found.push(row);
  return found;
}

const rowNow = async () => (await rows()).find(({ sku }) => sku === planned.sku);
const inStore = () => {
  const product = work.sandbox.store.core.catalogue.product(planned.sku);
  return product && { stock: Number(product.stock), price: Number(product.price) };
};

const update = (part: UpdatePart = 'both') =>
  work.catalog.oneProduct.update({ sku: planned.sku, scope, part, shown: planned }, signal);

function setInOrg(quantity: number): void {
  const { core } = work.sandbox.org;
  const [item] = work.sandbox.org.query(
    `SELECT Id FROM ProductItem WHERE Product2.StockKeepingUnit = '${planned.sku}'
     AND Location.Name = 'Depósito Avellaneda'`,
  );
  core.records.update(core.table('ProductItem'), String(item?.['Id']), { QuantityOnHand: quantity });
}

function setPriceInStore(price: string): void {
  const { core } = work.sandbox.store;
  const product = core.catalogue.product(planned.sku);
  if (product === null || product === undefined) throw new Error('not there');
  core.putProducts([{ ...product, price }]);
}

async function apply(): Promise<Run> {
  await work.catalog.updates.agree(plan.id);
  return work.until('done');
}

const wanted = () => ({ stock: Number(planned.stock?.new), price: Number(planned.price?.new) });
const all = () => plan.summary?.changes ?? 0;

describe('an update of one product beside a plan that waits', () => {
  it('leaves the product to the plan where it has changed meanwhile and nothing was written', async () => {
    setInOrg(777_00);
    expect(await update()).toMatchObject({ ok: true, value: { kind: 'changed' } });
    expect(await rowNow()).toMatchObject({ state: 'pending' });
    expect((await apply()).status).toMatchObject({ applied: all(), left: 0 });
    expect(inStore()).toEqual(wanted());
  });

  it('leaves the product to the plan where the org cannot be asked', async () => {
    work.sandbox.faults.add({
      target: 'org',
      kind: 'status',
      path: '/services/data',
      status: 400,
      body: '[{"message":"no such field","errorCode":"INVALID_FIELD"}]',
    });
    expect(await update()).toMatchObject({ ok: false });
    work.sandbox.faults.clear();
    expect((await apply()).status).toMatchObject({ applied: all(), left: 0 });
    expect(inStore()).toEqual(wanted());
  });

  it('leaves the product to the plan where the store refuses it', async () => {
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: [planned.sku] } });
    expect(await update()).toMatchObject({ ok: true, value: { kind: 'refused' } });
    work.sandbox.store.setSwitches({ productFlaws: {} });
    expect((await apply()).status).toMatchObject({ applied: all(), left: 0 });
    expect(inStore()).toEqual(wanted());
  });

  it('takes from the plan what it has written, and nothing else', async () => {
    expect(await update('prices')).toMatchObject({ ok: true, value: { kind: 'written' } });
    expect(await rowNow()).toEqual({ ...planned, price: null, lists: [] });
    // Whatever the price is by now, the plan’s is older.
    setPriceInStore('4321.00');
    expect((await apply()).status).toMatchObject({ applied: all(), left: 0 });
    expect(await rowNow()).toMatchObject({ state: 'applied', stock: planned.stock, price: null });
    expect(inStore()).toEqual({ stock: wanted().stock, price: 4321 });
  });

  it('takes the whole product from the plan once both are written, one after the other', async () => {
    await update('prices');
    await update('stock');
    expect(await rowNow()).toMatchObject({ state: 'superseded', stock: planned.stock });
    setPriceInStore('4321.00');
    expect((await apply()).status).toMatchObject({ applied: all() - 1, left: 0 });
    expect(inStore()).toEqual({ stock: wanted().stock, price: 4321 });
  });

  it('takes it from the plan after the program has begun anew, too', async () => {
    await work.restart();
    await work.until('planned');
    expect(await update('prices')).toMatchObject({ ok: true, value: { kind: 'written' } });
    expect(await rowNow()).toMatchObject({ state: 'pending', stock: planned.stock, price: null });
  });
});

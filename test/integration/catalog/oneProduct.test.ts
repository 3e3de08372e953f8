import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductChange } from '../../../contract/catalog';
import { itemRuleSchema, type UpdatePart } from '../../../contract/catalogRules';
import { decimalSchema } from '../../../contract/decimal';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

const { signal } = new AbortController();
const scope = { warehouse: 'Depósito Avellaneda', companies: [] };

let work: CatalogAtWork;
beforeEach(async () => {
  work = await startCatalog();
});
afterEach(() => work.stop());

const storeProduct = (sku: string) => work.sandbox.store.core.catalogue.product(sku);
const skus = () => work.sandbox.world.products.map((product) => product.sku);

async function look(sku: string) {
  const sides = await work.catalog.oneProduct.look(sku, scope, signal);
  if (!sides.ok) throw new Error(sides.problem.code);
  return sides.value;
}

async function update(sku: string, shown: ProductChange, part: UpdatePart = 'both') {
  const outcome = await work.catalog.oneProduct.update({ sku, scope, part, shown }, signal);
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value;
}

/** A product that an update would change in stock and price. */
async function oneChanging() {
  for (const sku of skus()) {
    const { change } = (await look(sku)).comparison;
    if (change?.stock && change.price) return { sku, change };
  }
  throw new Error('no product changes');
}

describe('one product', () => {
  it('is found by a part of its SKU or name, the SKU itself first', async () => {
    const [wanted] = work.sandbox.world.products;
    if (wanted === undefined) throw new Error('no products');
    const bySku = await work.catalog.oneProduct.search(wanted.sku.toLowerCase(), signal);
    expect(bySku.found[0]).toMatchObject({ sku: wanted.sku });
    const byName = await work.catalog.oneProduct.search(wanted.name.slice(0, 8), signal);
    expect(byName.found.map(({ sku }) => sku)).toContain(wanted.sku);
    expect((await work.catalog.oneProduct.search('%_%', signal)).found).toEqual([]);
  });

  it('is found in the store’s own catalogue while the org is away', async () => {
    await work.update();
    const [wanted] = skus();
    work.sandbox.faults.add({ target: 'org', kind: 'status', path: '/query', status: 503, times: 99 });
    const { found, problem } = await work.catalog.oneProduct.search(wanted ?? '', signal);
    expect(found[0]?.sku).toBe(wanted);
    expect(problem).toMatchObject({ class: 'transient' });
  });

  it('is shown as both sides have it now, before anything was ever read', async () => {
    const { sku, change } = await oneChanging();
    const sides = await look(sku);
    expect(sides).toMatchObject({
      sku,
      scope: {
        warehouse: { name: 'Depósito Avellaneda' },
        prices: { priceBook: { name: 'Lista Mayorista AMBA' } },
      },
      store: { stock: storeProduct(sku)?.stock },
      similar: null,
      history: [],
    });
    expect(sides.target).toMatchObject({ stock: change.stock?.new, price: change.price?.new });
  });

  it('is written, kept as a run, and can be taken back', async () => {
    const { sku, change } = await oneChanging();
    const before = storeProduct(sku);
    const outcome = await update(sku, change);
    expect(outcome.kind).toBe('written');
    expect(outcome.sides.comparison.change).toBeNull();
    expect(outcome.sides.history[0]).toMatchObject({
      run: { kind: 'product', who: 'Lucía', status: { state: 'done', applied: 1 } },
      row: { sku, state: 'applied', stock: change.stock, price: change.price },
    });
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.product', params: { sku } });
    // The screen of all products shows nothing of it.
    expect(work.catalog.updates.current()).toBeNull();

    const undo = await work.catalog.updates.undo(outcome.sides.history[0]?.run.id ?? 0);
    expect(undo.ok).toBe(true);
    await work.until('done');
    expect(storeProduct(sku)).toMatchObject({ stock: before?.stock, price: before?.price });
  });

  it('has only its stock or only its price written', async () => {
    const { sku, change } = await oneChanging();
    const before = storeProduct(sku);
    await update(sku, change, 'stock');
    expect(Number(storeProduct(sku)?.stock)).toBe(Number(change.stock?.new));
    expect(storeProduct(sku)?.price).toBe(before?.price);
    const after = await update(sku, { ...change, stock: null }, 'prices');
    expect(after.kind).toBe('written');
    expect(Number(storeProduct(sku)?.price)).toBe(Number(change.price?.new));
  });

  it('is shown again when it is no longer what the person saw', async () => {
    const { sku, change } = await oneChanging();
    const before = storeProduct(sku);
    const stock = change.stock && { ...change.stock, new: decimalSchema.parse('7777') };
    const outcome = await update(sku, { ...change, stock });
    expect(outcome).toMatchObject({ kind: 'changed', sides: { comparison: { change } } });
    expect(storeProduct(sku)).toEqual(before);
  });

  it('is told to be unknown, and what it may be instead', async () => {
    const [sku = ''] = skus();
    const answer = await work.catalog.oneProduct.look(`${sku}-nada`, scope, signal);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'catalog.unknownSku' } });
    await work.update();
    expect(await look(` ${sku}`)).toMatchObject({ store: null, org: [], similar: sku });
  });

  it('follows a rule of its own, here and in the next plan', async () => {
    const { sku } = await oneChanging();
    await work.catalog.oneProduct.setRule(sku, itemRuleSchema.parse({ cap: '1' }));
    expect((await look(sku)).target?.stock).toBe('1');
    await work.catalog.oneProduct.setRule(sku, itemRuleSchema.parse({ excluded: true }));
    expect(await look(sku)).toMatchObject({ comparison: { change: null, notes: ['excluded'] } });
    const run = await work.update();
    expect(run.summary?.notes).toMatchObject({ excluded: 1 });
    await work.catalog.oneProduct.setRule(sku, null);
    expect((await work.update()).summary?.notes).not.toHaveProperty('excluded');
  });

  it('is left alone by a plan that was made before', async () => {
    const run = await work.update();
    const {
      rows: [product],
    } = await work.catalog.runs.rowsIn(run.id, 'pending', 0, 1);
    if (product === undefined) throw new Error('nothing to change');
    const { sku } = product;
    expect((await update(sku, product)).kind).toBe('written');
    const written = storeProduct(sku);
    expect(await work.catalog.runs.countRows(run.id)).toMatchObject({ superseded: 1 });
    await work.catalog.updates.agree(run.id);
    const done = await work.until('done');
    expect(done.status).toMatchObject({ applied: (run.summary?.changes ?? 0) - 1, left: 0 });
    expect(storeProduct(sku)).toEqual(written);
  });

  it('is left alone by a run at work, whose older value never comes last', async () => {
    const run = await work.update();
    const {
      rows: [product],
    } = await work.catalog.runs.rowsIn(run.id, 'pending', 0, 1);
    if (product === undefined) throw new Error('nothing to change');
    const { sku } = product;
    // The batch with the older value is on its way for a while.
    work.sandbox.faults.add({ target: 'store', kind: 'delay', path: '/products/batch$', ms: 300, times: 1 });
    await work.catalog.updates.agree(run.id);
    await work.until('applying');
    const { core } = work.sandbox.org;
    const [item] = work.sandbox.org.query(
      `SELECT Id FROM ProductItem WHERE Product2.StockKeepingUnit = '${sku}' AND Location.Name = 'Depósito Avellaneda'`,
    );
    core.records.update(core.table('ProductItem'), String(item?.['Id']), { QuantityOnHand: 4321_00 });
    const shown = (await look(sku)).comparison.change;
    if (shown === null) throw new Error('nothing to change');
    let outcome = await update(sku, shown);
    // Where the batch was quicker than the look, the person is shown the product again.
    const again = outcome.sides.comparison.change;
    if (outcome.kind === 'changed' && again !== null) outcome = await update(sku, again);
    expect(outcome.kind).toBe('written');
    await work.until('done');
    expect(storeProduct(sku)?.stock).toBe('4321');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPreset } from '../../../sandbox/http/presets';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

let work: CatalogAtWork;
beforeEach(async () => {
  work = await startCatalog();
  await work.compareSides();
});
afterEach(() => work.stop());

const products = () => work.sandbox.world.products;
const calls = () => work.sandbox.org.core.apiCalls;
const nameInOrg = (sku: string) =>
  work.sandbox.org.query(`SELECT Name FROM Product2 WHERE StockKeepingUnit = '${sku}'`)[0]?.['Name'];

describe('the org’s names of SKUs', () => {
  it('come in one call for all that are asked for, and are asked for once', async () => {
    const skus = products().map(({ sku }) => sku);
    const before = calls();
    const names = await work.catalog.orgNames.of(skus);
    expect(calls() - before).toBe(1);
    expect(names).toEqual(Object.fromEntries(skus.map((sku) => [sku, nameInOrg(sku)])));
    expect(await work.catalog.orgNames.of(skus.slice(0, 3))).toEqual(
      Object.fromEntries(skus.slice(0, 3).map((sku) => [sku, nameInOrg(sku)])),
    );
    expect(calls() - before).toBe(1);
  });

  it('are those of the very same SKU; what the org does not have has none, and is not asked for again', async () => {
    const [first = { sku: '' }] = products().filter(({ sku }) => sku.toLowerCase() !== sku);
    const asked = [first.sku.toLowerCase(), `${first.sku} `, "no'está"];
    const names = await work.catalog.orgNames.of(asked);
    expect(names).toEqual(Object.fromEntries(asked.map((sku) => [sku, ''])));
    const before = calls();
    await work.catalog.orgNames.of(asked);
    expect(calls()).toBe(before);
  });

  it('stay away while the org does, which is not asked over and over', async () => {
    const [one, two] = products().map(({ sku }) => sku);
    const known = await work.catalog.orgNames.of([one ?? '']);
    addPreset(work.sandbox.faults, 'org-503-json', { times: null });
    expect(await work.catalog.orgNames.of([one ?? '', two ?? ''])).toEqual(known);
    work.sandbox.faults.clear();
    expect(await work.catalog.orgNames.of([one ?? '', two ?? ''])).toEqual(known);
    work.sandbox.clock.advance(31_000);
    expect(Object.keys(await work.catalog.orgNames.of([one ?? '', two ?? '']))).toEqual([one, two]);
  });
});

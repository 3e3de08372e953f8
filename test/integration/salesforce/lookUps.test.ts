import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noSignal, type OrgAtWork, startOrgAtWork } from '../../support/sandboxOrg';

let at: OrgAtWork;
beforeEach(async () => {
  at = await startOrgAtWork();
});
afterEach(() => at.stop());

async function lookUp(...skus: string[]) {
  const found = await at.org.lookUpPrices(skus, noSignal);
  if (!found.ok) throw new Error(found.problem.code);
  return found.value;
}

const skuAt = (index: number): string => at.sandbox.world.products[index]?.sku ?? '';

describe('prices', () => {
  it('come from the standard price book when no warehouse is set', async () => {
    const { priceBook, currency, matches } = await lookUp(skuAt(0), 'not-there');
    expect(priceBook.name).toMatch(/standard/i);
    expect(currency).toBe('ARS');
    expect(matches.get('not-there')).toEqual({ kind: 'none' });
    const [entry] = at.rows(
      `SELECT Id FROM PricebookEntry WHERE Pricebook2.IsStandard = true AND Product2.StockKeepingUnit = '${skuAt(0)}'`,
    );
    expect(matches.get(skuAt(0))).toEqual({ kind: 'one', entryId: entry?.['Id'] });
  });

  it.each([
    ['name', 'Depósito Córdoba'],
    ['reference', 'COR'],
    ['name in another case', 'depósito córdoba'],
  ])('come from the warehouse’s own price book, by its %s', async (_name, warehouse) => {
    at.settings.warehouse = warehouse;
    expect((await lookUp(skuAt(0))).priceBook.name).toBe('Lista Mayorista Interior');
  });

  it('come from the standard price book when the warehouse names none', async () => {
    const { core } = at.sandbox.org;
    core.records.insert(core.table('Location'), { Name: 'Galpón 4' });
    at.settings.warehouse = 'Galpón 4';
    expect((await lookUp(skuAt(0))).priceBook.name).toMatch(/standard/i);
  });

  it('cannot be had from a warehouse that is not there, or is there twice', async () => {
    at.settings.warehouse = "Depósito de O'Higgins";
    expect(await at.org.lookUpPrices([skuAt(0)], noSignal)).toMatchObject({
      ok: false,
      problem: { code: 'org.warehouseMissing', params: { name: "Depósito de O'Higgins" } },
    });
    const { core } = at.sandbox.org;
    core.records.insert(core.table('Location'), { Name: 'Doble' });
    core.records.insert(core.table('Location'), { Name: 'Doble' });
    at.settings.warehouse = 'Doble';
    expect(await at.org.lookUpPrices([skuAt(0)], noSignal)).toMatchObject({
      problem: { code: 'org.warehouseAmbiguous', params: { name: 'Doble', found: 2 } },
    });
  });

  it('tell a SKU in another case, switched off, and twice in use', async () => {
    at.sandbox.org.addProducts([
      { sku: 'case-x', name: 'x', price: '1' },
      { sku: '00420', name: 'leading zeros', price: '1' },
      { sku: 'off', name: 'off', price: '1' },
      { sku: "O'H\\1", name: 'quote', price: '1' },
      { sku: 'twin', name: 'twin', price: '1' },
      { sku: 'twin-2', name: 'twin', price: '1' },
    ]);
    const { db } = at.sandbox.org.core;
    db.run(`UPDATE "Product2" SET "IsActive" = 0 WHERE "StockKeepingUnit" = 'off'`);
    db.run(`UPDATE "Product2" SET "StockKeepingUnit" = 'twin' WHERE "StockKeepingUnit" = 'twin-2'`);
    const { matches } = await lookUp('CASE-X', 'case-x', '420', '00420', 'off', "O'H\\1", 'twin');
    expect([...matches].map(([sku, match]) => [sku, match.kind])).toEqual([
      ['CASE-X', 'none'],
      ['case-x', 'one'],
      ['420', 'none'],
      ['00420', 'one'],
      ['off', 'inactive'],
      ["O'H\\1", 'one'],
      ['twin', 'many'],
    ]);
  });

  it('are found for thousands of SKUs in one go, in addresses the org takes', async () => {
    const items = Array.from({ length: 4_500 }, (_unused, index) => ({
      sku: `ÑANDÚ ${index}/${'x'.repeat(20)}`,
      name: `p${index}`,
      price: '10.50',
    }));
    at.sandbox.org.addProducts(items);
    const { matches } = await lookUp(...items.map((item) => item.sku));
    expect([...matches.values()].filter((match) => match.kind === 'one')).toHaveLength(4_500);
  });

  it('are remembered for a while; what was missing is asked for again', async () => {
    await lookUp(skuAt(0), 'new-one');
    const before = at.calls();
    await lookUp(skuAt(0));
    expect(at.calls()).toBe(before);
    at.sandbox.org.addProducts([{ sku: 'new-one', name: 'new', price: '1' }]);
    expect((await lookUp('new-one')).matches.get('new-one')?.kind).toBe('one');
    at.sandbox.org.core.db.run('UPDATE "PricebookEntry" SET "IsActive" = 0');
    expect((await lookUp(skuAt(0))).matches.get(skuAt(0))?.kind).toBe('one');
    at.sandbox.clock.advance(6 * 60_000);
    expect((await lookUp(skuAt(0))).matches.get(skuAt(0))?.kind).toBe('inactive');
  });
});

describe('buyers', () => {
  it('are found by the thousand, in addresses the org takes', async () => {
    const { core } = at.sandbox.org;
    core.db.atomic(() => {
      for (let index = 0; index < 4_100; index += 1)
        core.records.insert(core.table('Account'), { Name: `Buyer ${index}`, Puente_TaxId__c: `T${index}` });
    });
    const all = Array.from({ length: 4_100 }, (_unused, index) => `T${index}`);
    const found = await at.org.findBuyers(all, noSignal);
    expect(found.ok && [...found.value.values()].every((match) => match.kind === 'one')).toBe(true);
  });

  it('are found by tax ID', async () => {
    const [account] = at.rows('SELECT Id, Name, Puente_TaxId__c FROM Account LIMIT 1');
    const taxId = String(account?.['Puente_TaxId__c']);
    const found = await at.org.findBuyers([taxId, '27000000006'], noSignal);
    expect(found.ok && [...found.value]).toMatchObject([
      [taxId, { kind: 'one', id: account?.['Id'], name: account?.['Name'] }],
      ['27000000006', { kind: 'none' }],
    ]);
  });
});

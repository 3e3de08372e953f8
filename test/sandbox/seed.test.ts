import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { SeedFileError } from '../../sandbox/seed/file';

const folder = mkdtempSync(join(tmpdir(), 'puente-seed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const house = {
  priceBooks: ['Lista Sur'],
  warehouses: [
    { code: 'A', name: 'Depósito A', company: 'Una SA', priceBook: 'Lista Sur' },
    { code: 'B', name: 'Depósito B' },
  ],
  products: [
    {
      sku: '00012',
      name: 'Vaso',
      company: 'Una SA',
      price: '10.50',
      prices: { 'Lista Sur': '9.99' },
      stock: { A: '3', B: '2.5' },
    },
    { sku: '00013', name: 'Taza', price: '7' },
  ],
};

function fileWith(content: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('an org from a file', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ content: { file: fileWith(house) } });
  });
  afterAll(() => sandbox.stop());

  it('has its products, prices and stock', () => {
    expect(
      sandbox.org.query(
        'SELECT StockKeepingUnit, Puente_Company__c, (SELECT UnitPrice, Pricebook2.Name FROM PricebookEntries), (SELECT QuantityOnHand, Location.ExternalReference FROM ProductItems) FROM Product2',
      ),
    ).toMatchObject([
      {
        StockKeepingUnit: '00012',
        Puente_Company__c: 'Una SA',
        PricebookEntries: {
          records: [
            { UnitPrice: 10.5, Pricebook2: { Name: 'Standard Price Book' } },
            { UnitPrice: 9.99, Pricebook2: { Name: 'Lista Sur' } },
          ],
        },
        ProductItems: {
          records: [
            { QuantityOnHand: 3, Location: { ExternalReference: 'A' } },
            { QuantityOnHand: 2.5, Location: { ExternalReference: 'B' } },
          ],
        },
      },
      { StockKeepingUnit: '00013', Puente_Company__c: null, ProductItems: null },
    ]);
    expect(
      sandbox.org.query("SELECT Puente_Pricebook__r.Name FROM Location WHERE ExternalReference = 'A'"),
    ).toMatchObject([{ Puente_Pricebook__r: { Name: 'Lista Sur' } }]);
  });

  it('can take orders for them', () => {
    const [order] = sandbox.confirmOrders(1);
    expect(['00012', '00013']).toContain(order?.lines[0]?.sku);
    expect(sandbox.store.core.catalogue.count()).toBe(2);
  });
});

describe('a file that is no house', () => {
  it.each([
    ['{', 'JSON'],
    [{ products: [{ sku: 'A', name: 'A', price: '1,5' }] }, 'products.0.price: '],
    [{ products: [{ sku: 'A', name: 'A', price: '1', stock: { X: '1' } }] }, 'A: there is no warehouse "X"'],
    [
      { products: [{ sku: 'A', name: 'A', price: '1', prices: { X: '1' } }] },
      'A: there is no price book "X"',
    ],
    [
      {
        products: [
          { sku: 'A', name: 'A', price: '1' },
          { sku: 'A', name: 'B', price: '1' },
        ],
      },
      'A: this SKU is there twice',
    ],
  ])('%j is refused', async (content, sentence) => {
    const start = startSandbox({ content: { file: fileWith(content) } });
    await expect(start).rejects.toBeInstanceOf(SeedFileError);
    await expect(start).rejects.toThrow(sentence);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productQuerySchema } from '../../../contract/catalogProduct';
import type { ItemRule } from '../../../contract/catalogRules';
import { decimalSchema } from '../../../contract/decimal';
import type { ProductSides } from '../../../main/engine/catalog/productSides';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

const scope = { warehouse: '', companies: [] };
const { signal } = new AbortController();
const odd = [
  'a/b',
  'a?b=c',
  '100%',
  '50%25',
  'a#b',
  ' antes',
  'después ',
  'a b',
  '🧉',
  'ñ',
  `"it's"`,
  'a\\b',
  'a_b',
  'batch',
  'a'.repeat(255),
];

let work: CatalogAtWork;
let standard: string;
beforeAll(async () => {
  work = await startCatalog({ content: 'empty' });
  const { core } = work.sandbox.org;
  standard = String(core.db.get('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')?.['Id']);
  for (const sku of [...odd, 'solo-org', 'repetido', 'repetido']) addToOrg(sku);
  work.sandbox.store.core.putProducts(
    [...odd, 'repetido', 'solo-tienda', 'A-1 '].map((sku) => ({
      sku,
      name: sku,
      stock: '1',
      price: '1.00',
      prices: {},
      active: true,
    })),
  );
  addToOrg('A-1');
});
afterAll(() => work.stop());

function addToOrg(sku: string): void {
  const { core } = work.sandbox.org;
  const product = core.records.insert(core.table('Product2'), {
    Name: sku,
    StockKeepingUnit: sku,
    IsActive: 1,
  });
  core.records.insert(core.table('PricebookEntry'), {
    Pricebook2Id: standard,
    Product2Id: product,
    UnitPrice: 1234,
    IsActive: 1,
  });
}

async function look(sku: string): Promise<ProductSides> {
  const sides = await work.catalog.oneProduct.look(
    productQuerySchema.parse({ sku, scope }).sku,
    scope,
    signal,
  );
  if (!sides.ok) throw new Error(sides.problem.code);
  return sides.value;
}

const inStore = (sku: string) => work.sandbox.store.core.catalogue.product(sku);

describe('one product', () => {
  it.each(odd)('with the SKU %j is found, shown, ruled and updated as any other', async (sku) => {
    const { found } = await work.catalog.oneProduct.search(sku, signal);
    if (sku === sku.trim()) expect(found[0]?.sku).toBe(sku);
    const sides = await look(sku);
    expect(sides).toMatchObject({ sku, org: [{ name: sku }], store: { sku, price: '1' } });
    const { change } = sides.comparison;
    if (change === null) throw new Error('nothing to change');
    const outcome = await work.catalog.oneProduct.update({ sku, scope, part: 'both', shown: change }, signal);
    expect(outcome).toMatchObject({
      ok: true,
      value: { kind: 'written', sides: { history: [{ row: { sku } }] } },
    });
    expect(inStore(sku)?.price).toBe('12.34');
    const rule: ItemRule = { excluded: true, percent: null, buffer: null, cap: null, minimum: null };
    await work.catalog.oneProduct.setRule(sku, rule);
    expect((await look(sku)).comparison.notes).toEqual(['excluded']);
  });

  it('is told apart from the one with a blank, which is another', async () => {
    await work.update({ warehouse: '' });
    expect(await look('A-1 ')).toMatchObject({
      store: { sku: 'A-1 ' },
      org: [],
      similar: 'A-1',
      comparison: { change: null },
    });
    expect(await look('A-1')).toMatchObject({
      store: null,
      org: [{ name: 'A-1' }],
      similar: 'A-1 ',
      comparison: { change: null },
    });
  });

  it('is shown where one side alone has it, or has it twice, and left alone', async () => {
    expect(await look('solo-org')).toMatchObject({
      store: null,
      comparison: { change: null, notes: expect.arrayContaining(['missingInStore']) },
    });
    expect(await look('solo-tienda')).toMatchObject({
      org: [],
      comparison: { change: null, notes: ['missingInOrg'] },
    });
    expect(await look('repetido')).toMatchObject({
      org: [{}, {}],
      comparison: { change: null, notes: ['duplicateInOrg'] },
    });
    for (const sku of ['solo-tienda', 'repetido']) {
      const shown = {
        stock: { old: decimalSchema.parse('1'), new: decimalSchema.parse('5') },
        price: null,
        lists: [],
      };
      const outcome = await work.catalog.oneProduct.update({ sku, scope, part: 'both', shown }, signal);
      expect(outcome).toMatchObject({ ok: true, value: { kind: 'changed' } });
      expect(inStore(sku)?.price).toBe('1.00');
    }
  });

  it('that nobody has is told to be unknown', async () => {
    const answer = await work.catalog.oneProduct.look('..', scope, signal);
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'catalog.unknownSku', params: { sku: '..' } },
    });
    expect(productQuerySchema.safeParse({ sku: ' ', scope }).success).toBe(false);
  });
});

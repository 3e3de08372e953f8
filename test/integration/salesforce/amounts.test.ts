import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../contract/order';
import type { OrderRules } from '../../../contract/rules';
import { buyerKey, prepare, skusOf } from '../../../main/engine/orders/prepare';
import { makeLine, makeOrder } from '../../support/orders';
import { makeRules, makeTotals, serviceSkus } from '../../support/rules';
import { noSignal, type OrgAtWork, startOrgAtWork } from '../../support/sandboxOrg';
import { writeOne } from '../../support/units';

let at: OrgAtWork;
let skus: string[];
beforeAll(async () => {
  at = await startOrgAtWork();
  skus = at.sandbox.world.products.map((product) => product.sku);
  at.sandbox.org.addProducts(Object.values(serviceSkus).map((sku) => ({ sku, name: sku, price: '0' })));
});
afterAll(() => at.stop());

let numbers = 0;

/** Sends an order as the program does and reads back what the org made of it. */
async function send(changes: Record<string, unknown>, rules: OrderRules) {
  numbers += 1;
  const order = makeOrder(String(numbers), changes);
  const outcome = await write(order, rules);
  if (outcome.kind !== 'written') throw new Error(JSON.stringify(outcome));
  const [record] = at.rows(
    `SELECT Id, TotalAmount, Status, Puente_Discount__c, Puente_Shipping__c, Puente_Surcharge__c, Puente_Tax__c,
     Puente_StoreTotal__c, AccountId FROM Order WHERE Id = '${outcome.orgId}'`,
  );
  const lines = at.rows(
    `SELECT Quantity, UnitPrice, TotalPrice, Puente_LineKey__c, Product2.StockKeepingUnit FROM OrderItem
     WHERE OrderId = '${outcome.orgId}' ORDER BY Puente_LineKey__c`,
  );
  return { record, lines: lines.map((line) => `${line['Quantity']} × ${line['UnitPrice']}`) };
}

async function write(order: Order, rules: OrderRules) {
  const prices = await at.org.lookUpPrices(skusOf(order, rules), noSignal);
  const taxId = buyerKey(order.buyer) ?? '';
  const buyers = await at.org.findBuyers([taxId], noSignal);
  if (!prices.ok || !buyers.ok) throw new Error('look-ups');
  const prepared = prepare(order, {
    exportKey: `PAGINAWEB-${order.number}`,
    identifier: 'PAGINAWEB',
    prices: prices.value,
    buyer: buyers.value.get(taxId) ?? { kind: 'none' },
    rules,
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  return writeOne(at.org, prepared.unit);
}

const amounts = (record: Record<string, unknown> | undefined) => ({
  total: record?.['TotalAmount'],
  discount: record?.['Puente_Discount__c'],
  shipping: record?.['Puente_Shipping__c'],
  surcharge: record?.['Puente_Surcharge__c'],
  tax: record?.['Puente_Tax__c'],
  store: record?.['Puente_StoreTotal__c'],
});

/** Goods of 150.00 less 10 %, shipping 12.10, a surcharge of 5.00, and 31.92 of IVA on all of it. */
const charged = () => ({
  lines: [makeLine(1, skus[0] ?? '', '7', '10.00'), makeLine(2, skus[1] ?? '', '8', '10.00')],
  totals: makeTotals(
    '150.00',
    { discount: '15.01', shipping: '12.10', surcharge: '5.00', tax: '31.94' },
    '184.03',
  ),
});

describe('an order with discount, shipping, surcharge and IVA', () => {
  it('has its discount in the lines and the rest in fields', async () => {
    const { record, lines } = await send(charged(), makeRules({}));
    expect(amounts(record)).toEqual({
      total: 134.99,
      discount: null,
      shipping: 12.1,
      surcharge: 5,
      tax: 31.94,
      store: 184.03,
    });
    expect(lines).toEqual(['7 × 9', '1 × 8.99', '7 × 9']);
  });

  it('has all of it in lines, where it comes to the store’s total by itself', async () => {
    const rules = makeRules({
      amounts: { ...serviceSkus, discount: 'line', shipping: 'line', surcharge: 'line', tax: 'line' },
    });
    const { record, lines } = await send(charged(), rules);
    expect(amounts(record)).toMatchObject({ total: 184.03, discount: null, tax: null, store: 184.03 });
    expect(lines).toEqual(['7 × 10', '8 × 10', '1 × -15.01', '1 × 12.1', '1 × 5', '1 × 31.94']);
  });

  it('has all of it in fields', async () => {
    const { record } = await send(charged(), makeRules({ amounts: { discount: 'field' } }));
    expect(amounts(record)).toMatchObject({ total: 150, discount: 15.01, shipping: 12.1, tax: 31.94 });
  });

  it('lacks only what is left out', async () => {
    const rules = makeRules({ amounts: { shipping: 'leaveOut', surcharge: 'leaveOut', tax: 'leaveOut' } });
    const { record } = await send(charged(), rules);
    expect(amounts(record)).toEqual({
      total: 134.99,
      discount: null,
      shipping: null,
      surcharge: null,
      tax: null,
      store: 184.03,
    });
  });

  it('has the store’s IVA in its prices', async () => {
    const rules = makeRules({ amounts: { storePrices: 'net', orgPrices: 'gross' } });
    const { record } = await send(charged(), rules);
    expect(amounts(record)).toMatchObject({ total: 163.34, shipping: 14.64, surcharge: 6.05, tax: null });
  });

  it('has prices without the IVA that the store’s contain', async () => {
    const lines = [makeLine(1, skus[0] ?? '', '3', '12.10')];
    const rules = makeRules({ amounts: { storePrices: 'gross', orgPrices: 'net' } });
    const { record } = await send({ lines, totals: makeTotals('36.30', {}, '36.30') }, rules);
    expect(amounts(record)).toMatchObject({ total: 30, tax: 6.3, store: 36.3 });
  });
});

describe('an order that is activated, of a buyer who has moved', () => {
  const buyer = (changes: Record<string, unknown>) => ({
    ...makeOrder('0').buyer,
    taxId: '20-12345678-6',
    ...changes,
  });
  const account = () =>
    at.rows(
      "SELECT Name, Phone, BillingCity, Puente_VatStatus__c FROM Account WHERE Puente_TaxId__c = '20123456786'",
    )[0];

  it('changes only what differs, in the same call, and ends up active', async () => {
    const one = { lines: [makeLine(1, skus[0] ?? '', '2', '10.00')] };
    await send({ ...one, buyer: buyer({ phone: '11 5550-1000' }) }, makeRules({}));
    expect(account()).toMatchObject({ Phone: '11 5550-1000', BillingCity: null });

    const moved = buyer({
      businessName: 'Otro nombre',
      phone: null,
      vatStatus: 'monotributo',
      address: { street: 'Mitre 1', city: 'Lanús', province: '', postalCode: '', country: 'Argentina' },
    });
    await send({ ...one, buyer: moved }, makeRules({}));
    expect(account()).toMatchObject({ BillingCity: null });

    const rules = makeRules({
      buyerPolicy: 'createOrUpdate',
      activateAs: 'Activated',
      vatCodes: { monotributo: 'MT' },
    });
    const before = at.calls();
    const { record } = await send({ ...one, buyer: moved }, rules);
    expect(record).toMatchObject({ Status: 'Activated' });
    expect(account()).toEqual(
      expect.objectContaining({
        Name: 'Distribuidora El Sol SRL',
        Phone: '11 5550-1000',
        BillingCity: 'Lanús',
        Puente_VatStatus__c: 'MT',
      }),
    );
    // The buyer's look-up, the statuses once, and the order: prices are remembered.
    expect(at.calls() - before).toBeLessThanOrEqual(3);
  });

  it('is activated with its last lines when it is a long one', async () => {
    const lines = Array.from({ length: 720 }, (_unused, index) =>
      makeLine(index + 1, skus[index % skus.length] ?? '', '1', '1.00'),
    );
    const totals = makeTotals('720.00', { discount: '0.50' }, '719.50');
    const { record, lines: written } = await send({ lines, totals }, makeRules({ activateAs: 'Activated' }));
    expect(record).toMatchObject({ Status: 'Activated', TotalAmount: 719.5 });
    expect(written).toHaveLength(720);
  });

  it('is refused with the status’s name when the org has no such status', async () => {
    const order = makeOrder('9001', { lines: [makeLine(1, skus[0] ?? '', '2', '10.00')] });
    expect(await write(order, makeRules({ activateAs: 'Cerrado' }))).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'org.statusMissing', params: { value: 'Cerrado' } }],
    });
  });
});

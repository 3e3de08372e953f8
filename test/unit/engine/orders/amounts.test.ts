import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order';
import {
  type AmountRules,
  amountRulesSchema,
  chargeModes,
  discountModes,
  orgPriceKinds,
  storePriceKinds,
} from '../../../../contract/rules';
import { orgAmounts, partTotal } from '../../../../main/engine/orders/amounts';
import { lineTotal, toCents, toDecimal } from '../../../../main/engine/orders/money';
import { makeLine, makeOrder } from '../../../support/orders';
import { makeTotals, serviceSkus } from '../../../support/rules';

const rulesOf = (changes: Record<string, string>): AmountRules =>
  amountRulesSchema.parse({ ...serviceSkus, ...changes });

function amountsOf(order: Order, changes: Record<string, string> = {}) {
  const made = orgAmounts(order, rulesOf(changes));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.amounts;
}

const goodsOf = (order: Order, changes: Record<string, string> = {}) =>
  amountsOf(order, changes).lines.flatMap((line) =>
    line.kind === 'goods' ? [`${line.line.number}: ${line.quantity} × ${line.unitPrice}`] : [],
  );

/** 100.00 and 50.00 of goods, 10 % off, shipping 12.10, a surcharge of 5.00 and no IVA. */
const charged = makeOrder('1', {
  lines: [makeLine(1, 'A', '10', '10.00'), makeLine(2, 'B', '5', '10.00')],
  totals: makeTotals('150.00', { discount: '15.00', shipping: '12.10', surcharge: '5.00' }, '152.10'),
});

describe('what an order comes to in the org', () => {
  it('spreads a discount pro rata and keeps the charges in fields', () => {
    const { lines, fields, leftOut } = amountsOf(charged);
    expect(lines.map(({ quantity, unitPrice }) => `${quantity} × ${unitPrice}`)).toEqual(['10 × 9', '5 × 9']);
    expect(fields).toEqual([
      { charge: 'shipping', amount: '12.1' },
      { charge: 'surcharge', amount: '5' },
    ]);
    expect(leftOut).toEqual([]);
  });

  it('gives the cents that are over to the lines that lost most', () => {
    const order = makeOrder('1', {
      lines: [makeLine(1, 'A', '1', '1.00'), makeLine(2, 'B', '1', '1.00'), makeLine(3, 'C', '1', '1.00')],
      totals: makeTotals('3.00', { discount: '0.10' }, '2.90'),
    });
    expect(goodsOf(order)).toEqual(['1: 1 × 0.97', '2: 1 × 0.97', '3: 1 × 0.96']);
  });

  it('splits a line whose share has no price in cents', () => {
    const order = makeOrder('1', {
      lines: [makeLine(1, 'A', '7', '10.00')],
      totals: makeTotals('70.00', { discount: '0.05' }, '69.95'),
    });
    expect(goodsOf(order)).toEqual(['1: 5 × 9.99', '1: 2 × 10']);
  });

  it('makes lines of charges, the discount below zero', () => {
    const { lines, fields } = amountsOf(charged, { discount: 'line', shipping: 'line', surcharge: 'line' });
    expect(lines.flatMap((line) => (line.kind === 'charge' ? [[line.sku, line.unitPrice]] : []))).toEqual([
      ['SRV-DESCUENTO', '-15'],
      ['SRV-ENVIO', '12.1'],
      ['SRV-RECARGO', '5'],
    ]);
    expect(fields).toEqual([]);
  });

  it('tells what it leaves out', () => {
    const { leftOut } = amountsOf(charged, { shipping: 'leaveOut', surcharge: 'leaveOut' });
    expect(leftOut).toEqual([
      { kind: 'shipping', amount: '12.1' },
      { kind: 'surcharge', amount: '5' },
    ]);
  });

  it('takes IVA out of prices that contain it', () => {
    const order = makeOrder('1', {
      lines: [makeLine(1, 'A', '10', '12.10')],
      totals: makeTotals('121.00', { shipping: '12.10' }, '133.10'),
    });
    const { lines, fields } = amountsOf(order, { storePrices: 'gross', orgPrices: 'net' });
    expect(lines.map(({ unitPrice }) => unitPrice)).toEqual(['10']);
    expect(fields).toEqual([
      { charge: 'shipping', amount: '10' },
      { charge: 'tax', amount: '23.1' },
    ]);
  });

  it('puts the IVA that the store adds into the prices, with shipping or without', () => {
    const lines = [makeLine(1, 'A', '10', '10.00')];
    const gross = { storePrices: 'net', orgPrices: 'gross' };
    const withShipping = makeTotals('100.00', { shipping: '10.00', tax: '23.10' }, '133.10');
    expect(amountsOf(makeOrder('1', { lines, totals: withShipping }), gross)).toMatchObject({
      lines: [{ quantity: '10', unitPrice: '12.1' }],
      fields: [{ charge: 'shipping', amount: '12.1' }],
    });
    const without = makeTotals('100.00', { shipping: '10.00', tax: '21.00' }, '131.00');
    expect(amountsOf(makeOrder('1', { lines, totals: without }), gross)).toMatchObject({
      lines: [{ quantity: '10', unitPrice: '12.1' }],
      fields: [{ charge: 'shipping', amount: '10' }],
    });
  });

  it('says what the org has more where the store has no IVA in its total', () => {
    const order = makeOrder('1', {
      lines: [makeLine(1, 'A', '10', '10.00')],
      totals: makeTotals('100.00', {}, '100.00'),
    });
    expect(amountsOf(order, { storePrices: 'net', orgPrices: 'gross' })).toMatchObject({
      lines: [{ unitPrice: '12.1' }],
      leftOut: [{ kind: 'taxAdded', amount: '-21' }],
    });
  });

  it('refuses IVA that is not the rate’s', () => {
    const order = makeOrder('1', {
      lines: [makeLine(1, 'A', '10', '10.00')],
      totals: makeTotals('100.00', { tax: '10.50' }, '110.50'),
    });
    expect(orgAmounts(order, rulesOf({ storePrices: 'net', orgPrices: 'gross' }))).toMatchObject({
      ok: false,
      problems: [{ code: 'order.taxMismatch', params: { expected: '21', found: '10.50', rate: '21' } }],
    });
  });

  it.each([
    [
      'a total that does not add up',
      makeTotals('20.00', { shipping: '5.00' }, '24.00'),
      'order.totalMismatch',
    ],
    ['a charge below zero', makeTotals('20.00', { surcharge: '-5.00' }, '15.00'), 'order.chargeInvalid'],
    [
      'a charge with half a cent',
      makeTotals('20.00', { shipping: '0.005' }, '20.005'),
      'order.chargeInvalid',
    ],
    ['more discount than goods', makeTotals('20.00', { discount: '20.01' }, '-0.01'), 'order.chargeInvalid'],
  ])('refuses %s', (_what, totals, code) => {
    expect(orgAmounts(makeOrder('1', { totals }), rulesOf({}))).toMatchObject({
      ok: false,
      problems: [{ code }],
    });
  });

  it('lets whole quantities make up for the cents that a fraction cannot give', () => {
    const lines = [makeLine(1, 'CABLE', '300.5', '1.00', '300.50'), makeLine(2, 'B', '3', '10.00')];
    const order = makeOrder('1', { lines, totals: makeTotals('330.50', { discount: '33.05' }, '297.45') });
    const [cable] = amountsOf(order).lines;
    expect(cable).toMatchObject({ quantity: '300.5', unitPrice: '0.9' });
    const alone = makeOrder('1', {
      lines: lines.slice(0, 1),
      totals: makeTotals('300.50', { discount: '0.01' }, '300.49'),
    });
    expect(orgAmounts(alone, rulesOf({}))).toMatchObject({
      ok: false,
      problems: [{ code: 'order.amountNotExact', line: 1 }],
    });
  });
});

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => new Big(value).div(100));

const rulesArbitrary = fc
  .record({
    storePrices: fc.constantFrom(...storePriceKinds),
    orgPrices: fc.constantFrom(...orgPriceKinds),
    taxRatePercent: fc.constantFrom('0', '10.5', '21', '27'),
    discount: fc.constantFrom(...discountModes),
    shipping: fc.constantFrom(...chargeModes),
    surcharge: fc.constantFrom(...chargeModes),
    tax: fc.constantFrom(...chargeModes),
  })
  .map(rulesOf);

/** An order by the store's rule, whose IVA is the rate's on one of the bases that stores use. */
const orderArbitrary = (rate: string) =>
  fc
    .record({
      lines: fc.array(
        fc.record({
          quantity: fc.integer({ min: 1, max: 500 }),
          price: cents(5_000_000),
          discount: fc.constantFrom('0', '5', '12.5', '33.33', '100'),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      discountShare: fc.integer({ min: 0, max: 100 }),
      shipping: cents(500_000),
      surcharge: cents(100_000),
      taxed: fc.constantFrom('nothing', 'goods', 'all'),
    })
    .map(({ lines, discountShare, shipping, surcharge, taxed }) => {
      const made = lines.map((line, index) => {
        const quantity = toDecimal(new Big(line.quantity));
        const unitPrice = toDecimal(line.price);
        const discountPercent = toDecimal(new Big(line.discount));
        const total = lineTotal(quantity, unitPrice, discountPercent).toFixed(2);
        return { ...makeLine(index + 1, `SKU-${index + 1}`, quantity, unitPrice, total), discountPercent };
      });
      const sum = made.reduce((all, line) => all.plus(line.total), new Big(0));
      const discount = toCents(sum.times(discountShare).div(100));
      const goods = sum.minus(discount);
      const base = taxed === 'all' ? goods.plus(shipping).plus(surcharge) : goods;
      const tax = taxed === 'nothing' ? new Big(0) : toCents(base.times(rate).div(100));
      const amounts = { discount, shipping, surcharge, tax };
      const texts = Object.fromEntries(
        Object.entries(amounts).map(([name, value]) => [name, value.toFixed(2)]),
      );
      const total = goods.plus(shipping).plus(surcharge).plus(tax).toFixed(2);
      return makeOrder('1', { lines: made, totals: makeTotals(sum.toFixed(2), texts, total) });
    });

const cases = rulesArbitrary.chain((rules) =>
  orderArbitrary(rules.taxRatePercent).map((order) => ({ rules, order })),
);

describe('under any rules', () => {
  it('keeps quantities, makes no goods below zero, and ties out with the store’s total to the cent', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(cases, ({ rules, order }) => {
        const made = orgAmounts(order, rules);
        // Goods of a few cents can be lost in the rounding of a large shipping's IVA; that is told.
        if (!made.ok) {
          expect(new Big(order.totals.lines).minus(order.totals.discount).lte('0.05')).toBe(true);
          return;
        }
        const { lines, fields, leftOut } = made.amounts;
        let sum = new Big(0);
        for (const line of lines) {
          expect(line.unitPrice).toMatch(/^-?\d+(\.\d{1,2})?$/);
          const negative = new Big(line.unitPrice).lt(0);
          expect(negative && !(line.kind === 'charge' && line.charge === 'discount')).toBe(false);
          sum = sum.plus(partTotal(line.quantity, line.unitPrice));
        }
        for (const { charge, amount } of fields)
          sum = charge === 'discount' ? sum.minus(amount) : sum.plus(amount);
        for (const { amount } of leftOut) sum = sum.plus(amount);
        expect(sum.toFixed(2)).toBe(order.totals.total);
        for (const line of order.lines) {
          const parts = lines.filter((one) => one.kind === 'goods' && one.line === line);
          expect(parts.length).toBeLessThanOrEqual(2);
          const pieces = parts.reduce((all, part) => all.plus(part.quantity), new Big(0));
          expect(pieces.eq(line.quantity)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('moves a line’s share by less than a cent from its exact part', () => {
    fc.assert(
      fc.property(orderArbitrary('21'), (order) => {
        const made = orgAmounts(order, rulesOf({ discount: 'spread' }));
        if (!made.ok) throw new Error(JSON.stringify(made.problems));
        const whole = order.lines.reduce((all, line) => all.plus(line.total), new Big(0));
        fc.pre(whole.gt(0));
        const left = whole.minus(order.totals.discount);
        for (const line of order.lines) {
          const share = made.amounts.lines
            .filter((one) => one.kind === 'goods' && one.line === line)
            .reduce((all, part) => all.plus(partTotal(part.quantity, part.unitPrice)), new Big(0));
          expect(share.minus(left.times(line.total).div(whole)).abs().lt('0.01')).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

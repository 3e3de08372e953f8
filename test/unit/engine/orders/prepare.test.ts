import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderRules } from '../../../../contract/rules';
import { prepare, skusOf } from '../../../../main/engine/orders/prepare';
import type { BuyerMatch, PriceMatch } from '../../../../main/engine/ports';
import { makeLine, makeOrder } from '../../../support/orders';
import { makeRules, makeTotals, serviceSkus } from '../../../support/rules';

const charges = { discount: '1.00', shipping: '5.00', surcharge: '2.00', tax: '4.00' };
const order = makeOrder('1001', { totals: makeTotals('20.00', charges, '30.00') });
const lineRules = makeRules({
  amounts: { ...serviceSkus, discount: 'line', shipping: 'line', surcharge: 'line', tax: 'line' },
});
const known: BuyerMatch = { kind: 'one', id: '001', name: 'El Sol' };

function prepared(given: {
  order?: typeof order;
  rules?: OrderRules;
  buyer?: BuyerMatch;
  missing?: readonly string[];
}) {
  const { rules = makeRules({}), missing = [], buyer = known } = given;
  const asked = skusOf(given.order ?? order, rules);
  const match = (sku: string): PriceMatch =>
    missing.includes(sku) ? { kind: 'none' } : { kind: 'one', entryId: `01u-${sku}` };
  return prepare(given.order ?? order, {
    exportKey: 'PAGINAWEB-1001',
    identifier: 'PAGINAWEB',
    prices: {
      priceBook: { id: '01s', name: 'Lista general' },
      currency: null,
      matches: new Map(asked.map((sku) => [sku, match(sku)])),
    },
    buyer,
    rules,
  });
}

function unitOf(given: Parameters<typeof prepared>[0]) {
  const made = prepared(given);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return made.unit;
}

function problemsOf(given: Parameters<typeof prepared>[0]) {
  const made = prepared(given);
  return made.ok ? [] : made.problems.map(({ code, params }) => [code, params['sku'] ?? params['value']]);
}

describe('preparing an order', () => {
  it('spreads the discount and puts the other charges into fields by itself', () => {
    expect(unitOf({})).toMatchObject({
      lines: [{ key: 'PAGINAWEB-1001-1', quantity: '2', unitPrice: '9.5' }],
      header: { discount: null, shipping: '5', surcharge: '2', tax: '4' },
      total: '30.00',
      activateAs: null,
    });
  });

  it('makes lines of charges with keys of their own', () => {
    const { lines, header } = unitOf({ rules: lineRules });
    expect(lines.map(({ key, sku, entryId, unitPrice }) => [key, sku, entryId, unitPrice])).toEqual([
      ['PAGINAWEB-1001-1', 'A-1', '01u-A-1', '10'],
      ['PAGINAWEB-1001-discount', 'SRV-DESCUENTO', '01u-SRV-DESCUENTO', '-1'],
      ['PAGINAWEB-1001-shipping', 'SRV-ENVIO', '01u-SRV-ENVIO', '5'],
      ['PAGINAWEB-1001-surcharge', 'SRV-RECARGO', '01u-SRV-RECARGO', '2'],
      ['PAGINAWEB-1001-tax', 'SRV-IVA', '01u-SRV-IVA', '4'],
    ]);
    expect(header).toEqual({ discount: null, shipping: null, surcharge: null, tax: null });
  });

  it('asks for the prices of charges only where they go as lines', () => {
    expect(skusOf(order, makeRules({}))).toEqual(['A-1']);
    expect(skusOf(order, lineRules)).toEqual(['A-1', ...Object.values(serviceSkus)]);
  });

  it('names a charge’s product that the org does not have, together with everything else', () => {
    const bad = makeOrder('1001', {
      buyer: { ...order.buyer, taxId: '123' },
      totals: makeTotals('20.00', charges, '30.00'),
    });
    expect(problemsOf({ order: bad, rules: lineRules, missing: ['SRV-ENVIO', 'A-1'] })).toEqual([
      ['order.skuNotInPriceBook', 'A-1, SRV-ENVIO'],
      ['order.taxIdInvalid', '123'],
    ]);
  });

  it('does not miss a charge’s product in an order without that charge', () => {
    const plain = makeOrder('1001');
    expect(problemsOf({ order: plain, rules: lineRules, missing: Object.values(serviceSkus) })).toEqual([]);
  });

  it('keeps notes, numbers and discounts of lines on both halves of a split one', () => {
    const line = { ...makeLine(4, 'A-1', '7', '10.00'), note: 'rojo' };
    const split = makeOrder('1001', {
      lines: [line],
      totals: makeTotals('70.00', { discount: '0.05' }, '69.95'),
    });
    expect(unitOf({ order: split }).lines).toMatchObject([
      { key: 'PAGINAWEB-1001-4', quantity: '5', unitPrice: '9.99', note: 'rojo' },
      { key: 'PAGINAWEB-1001-4b', quantity: '2', unitPrice: '10', note: 'rojo' },
    ]);
  });

  it('gives the same unit with keys of their own each time, whatever the order', () => {
    const orders = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 9_999 })), {
        minLength: 1,
        maxLength: 20,
      })
      .map((pairs) => {
        const lines = pairs.map(([pieces, cents], index) =>
          makeLine(index + 1, `S-${index}`, String(pieces), (cents / 100).toFixed(2)),
        );
        const sum = pairs.reduce((all, [pieces, cents]) => all + pieces * cents, 0);
        const off = Math.floor(sum / 7);
        const text = (cents: number) => (cents / 100).toFixed(2);
        return makeOrder('1001', {
          lines: lines.map((line, index) => {
            const [pieces, cents] = pairs[index] ?? [0, 0];
            return { ...line, total: text(pieces * cents) };
          }),
          totals: makeTotals(
            text(sum),
            { discount: text(off), shipping: '3.33', surcharge: '1.00' },
            text(sum - off + 433),
          ),
        });
      });
    fc.assert(
      fc.property(orders, fc.constantFrom('spread', 'line'), (one, discount) => {
        const rules = makeRules({
          amounts: { ...serviceSkus, discount, shipping: 'line', surcharge: 'line' },
        });
        const unit = unitOf({ order: one, rules });
        expect(unitOf({ order: one, rules })).toEqual(unit);
        expect(new Set(unit.lines.map(({ key }) => key)).size).toBe(unit.lines.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the buyer of an order', () => {
  const facts = { vatText: 'RI', phone: '11 5550-1000', email: null, address: null };

  it('is made when the org does not know him, with its own word for the VAT status', () => {
    const rules = makeRules({ vatCodes: { 'responsable-inscripto': 'RI' } });
    expect(unitOf({ buyer: { kind: 'none' }, rules }).buyer).toMatchObject({
      kind: 'new',
      record: { taxId: '30712345671', vatStatus: 'responsable-inscripto', vatText: 'RI' },
    });
    const { buyer } = unitOf({ buyer: { kind: 'none' } });
    expect(buyer.kind === 'new' && 'vatText' in buyer.record).toBe(false);
  });

  it('must be there where the rules say so', () => {
    const rules = makeRules({ buyerPolicy: 'mustExist' });
    expect(problemsOf({ buyer: { kind: 'none' }, rules })).toEqual([['order.buyerUnknown', '30-71234567-1']]);
    expect(problemsOf({ rules })).toEqual([]);
  });

  it('is brought up to date only where the rules say so', () => {
    const buyer: BuyerMatch = { kind: 'one', id: '001', name: 'El Sol', known: facts };
    expect(unitOf({ buyer }).buyer).not.toHaveProperty('update');
    expect(unitOf({ buyer, rules: makeRules({ buyerPolicy: 'createOrUpdate' }) }).buyer).toMatchObject({
      kind: 'existing',
      id: '001',
      update: { known: facts, wanted: { name: 'Distribuidora El Sol SRL' } },
    });
  });

  it('with a DNI and no business name goes by the name of the contact', () => {
    const consumer = makeOrder('1001', {
      buyer: { ...order.buyer, businessName: null, taxId: '24.031.337', vatStatus: 'consumidor-final' },
    });
    expect(unitOf({ order: consumer, buyer: { kind: 'none' } }).buyer).toMatchObject({
      record: { name: 'Ana Pérez', taxId: '24031337', vatStatus: 'consumidor-final' },
    });
  });
});

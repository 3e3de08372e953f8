import Big from 'big.js';
import type { StoreOrder } from './order';
import type { OrderFlaw } from './switches';

/** The order as a store sends it that has got something wrong. */
export function spoilOrder(order: StoreOrder, flaw: OrderFlaw): unknown {
  return spoilers[flaw](order);
}

const spoilers: Readonly<Record<OrderFlaw, (order: StoreOrder) => unknown>> = {
  taxIdMissing: (order) => {
    const { taxId: _gone, ...buyer } = order.buyer;
    return { ...order, buyer };
  },
  taxIdBlank: (order) => ({ ...order, buyer: { ...order.buyer, taxId: '' } }),
  taxIdWrong: (order) => ({ ...order, buyer: { ...order.buyer, taxId: '30-12345678-0' } }),
  skuUnknown: (order) => withFirstLine(order, { sku: `NO-EXISTE-${order.number}` }),
  skuBlank: (order) => withFirstLine(order, { sku: '' }),
  totalsOff: (order) => ({ ...order, totals: { ...order.totals, total: plusOne(order.totals.total) } }),
  lineTotalOff: (order) => withFirstLine(order, { total: plusOne(order.lines[0]?.total ?? '0') }),
  nullText: (order) => ({
    ...order,
    notes: null,
    paymentTerms: null,
    lines: order.lines.map((line) => ({ ...line, note: null })),
  }),
  extraFields: (order) => ({
    ...order,
    loyaltyPoints: 120,
    buyer: { ...order.buyer, segment: 'A' },
    lines: order.lines.map((line) => ({ ...line, batch: { code: 'L-1', expires: null } })),
  }),
  numberAsNumber: (order) => withFirstLine(order, { quantity: Number(order.lines[0]?.quantity ?? 1) }),
  dateInvalid: (order) => ({ ...order, confirmedAt: '31/02/2026 25:00' }),
  noLines: (order) => ({ ...order, lines: [] }),
  schemaBroken: (order) => ({ number: order.number, status: 'confirmed', lines: 'see attachment' }),
};

const withFirstLine = (order: StoreOrder, changes: Readonly<Record<string, unknown>>): unknown => ({
  ...order,
  lines: order.lines.map((line, place) => (place === 0 ? { ...line, ...changes } : line)),
});

const plusOne = (amount: string): string => new Big(amount).plus(1).toFixed(2);

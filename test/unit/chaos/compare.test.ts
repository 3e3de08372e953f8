import { describe, expect, it } from 'vitest';
import type { OrgOrder } from '../../../sandbox/org/inspect';
import { sampleHouse } from '../../../sandbox/seed/house';
import { makeOrder } from '../../../sandbox/seed/orders';
import type { StoreOrder } from '../../../sandbox/store/order';
import { compare } from '../../chaos/verdict/compare';

const { world } = sampleHouse(7, { products: 60, buyers: 12 });
const confirmed = Array.from({ length: 5 }, (_unused, index) => makeOrder(world, index, 0));
const none = { lost: [], doubled: [], incomplete: [], stray: [] };

/** The order as a flawless program would have put it into the org. */
function held(order: StoreOrder, changes: Partial<OrgOrder> = {}): OrgOrder {
  return {
    id: `801${order.number}`,
    orderNumber: order.number,
    status: 'Draft',
    effectiveDate: '2024-01-01',
    exportKey: `PAGINAWEB-${order.number}`,
    identifier: 'PAGINAWEB',
    storeOrder: order.number,
    paymentTerms: null,
    company: null,
    description: null,
    priceBook: null,
    totalAmount: order.totals.total,
    buyer: { id: '001', name: 'x', taxId: order.buyer.taxId.replaceAll('-', '') },
    lines: order.lines.map((line) => ({
      id: `802${order.number}${line.number}`,
      lineKey: `PAGINAWEB-${order.number}-${line.number}`,
      sku: line.sku,
      quantity: `${line.quantity}.00`,
      unitPrice: line.unitPrice,
      discountPercent: null,
      totalPrice: line.total,
      description: null,
    })),
    ...changes,
  };
}

const all = confirmed.map((order) => held(order));
const [firstConfirmed, ...othersConfirmed] = confirmed;
const [first, ...others] = all;
if (first === undefined || firstConfirmed === undefined) throw new Error('no sample order');
const number = firstConfirmed.number;

const changedLine = (change: (line: OrgOrder['lines'][number]) => OrgOrder['lines']): OrgOrder => ({
  ...first,
  lines: first.lines.flatMap((line, index) => (index === 0 ? change(line) : [line])),
});

describe('comparing the org with the store', () => {
  it('finds nothing where all is there once and whole', () => {
    expect(compare(confirmed, all)).toEqual(none);
  });

  it('finds the order that is missing', () => {
    expect(compare(confirmed, others)).toEqual({ ...none, lost: [`order ${number} is not in the org`] });
  });

  it('finds the order that is there twice, under another key too', () => {
    const twin = held(firstConfirmed, { id: '801x', exportKey: 'OTHER-1', lines: [] });
    const { doubled, incomplete } = compare(confirmed, [...all, twin]);
    expect(doubled).toEqual([`order ${number} is in the org 2 times`]);
    expect(incomplete.length).toBeGreaterThan(0);
  });

  it('finds keys that are there twice', () => {
    const { doubled } = compare(confirmed, [...all, first]);
    expect(doubled).toContain(`export key PAGINAWEB-${number} is in the org 2 times`);
    expect(doubled).toContain(`line key PAGINAWEB-${number}-1 is in the org 2 times`);
  });

  it('finds a cent too much in a line', () => {
    const off = changedLine((line) => [{ ...line, totalPrice: aCentMore(line.totalPrice) }]);
    expect(compare(confirmed, [off, ...others]).incomplete).toEqual([
      expect.stringMatching(`^order ${number}: .*: total \\d+ instead of \\d+ millionths$`),
    ]);
  });

  it('finds a cent too much in the whole', () => {
    const off = { ...first, totalAmount: aCentMore(first.totalAmount) };
    expect(compare(confirmed, [off, ...others]).incomplete).toHaveLength(1);
  });

  it('finds a missing line, a strange one, another quantity and another buyer', () => {
    const changes: OrgOrder[] = [
      changedLine(() => []),
      changedLine((line) => [line, { ...line, lineKey: 'x', sku: 'STRANGE', totalPrice: '0.00' }]),
      changedLine((line) => [{ ...line, quantity: '7777.00' }]),
      { ...first, buyer: { id: '001', name: 'x', taxId: '30999999999' } },
      { ...first, buyer: null },
    ];
    for (const changed of changes)
      expect(compare(confirmed, [changed, ...others]).incomplete).not.toHaveLength(0);
  });

  it('takes a line written as two for whole when quantity and amount add up', () => {
    const split = changedLine((line) => [
      { ...line, quantity: '0.00', totalPrice: '0.01' },
      { ...line, lineKey: 'rest', totalPrice: aCentMore(line.totalPrice, -1n) },
    ]);
    expect(compare(confirmed, [split, ...others])).toEqual(none);
  });

  it('finds what is in the org and was never confirmed', () => {
    expect(compare(othersConfirmed, all).stray).toHaveLength(1);
    expect(compare(othersConfirmed, [...others, { ...first, storeOrder: null }]).stray).toHaveLength(1);
  });
});

function aCentMore(text: string, cents = 1n): string {
  const sum = (BigInt(text.replace('.', '')) + cents).toString().padStart(3, '0');
  return `${sum.slice(0, -2)}.${sum.slice(-2)}`;
}

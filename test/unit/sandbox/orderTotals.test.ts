import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../sandbox/clock';
import { OrgCore } from '../../../sandbox/org/core';
import { scaledText } from '../../../sandbox/org/decimal';
import { deleteRecord, insertRecord, updateRecord } from '../../../sandbox/org/dml/dml';
import { defaultOrgOptions } from '../../../sandbox/org/settings';

/** A line's total is quantity times price, an order's the sum of its lines: to the cent, whatever happens. */

const amount = (most: number) =>
  fc
    .tuple(fc.integer({ min: -most, max: most }), fc.integer({ min: 0, max: 5 }))
    .map(([units, decimals]) => new Big(units).div(new Big(10).pow(decimals)).toFixed());

const step = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'quantity', 'price', 'both', 'delete'),
  at: fc.nat(),
  quantity: amount(99_999).filter((quantity) => !cents(quantity).eq(0)),
  price: amount(9_999_999),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Line {
  id: string;
  quantity: string;
  price: string;
}

/** Halves away from zero, as the fields keep it. */
function cents(value: string | Big): Big {
  return new Big(value).round(2, Big.roundHalfUp);
}

const totalOf = ({ quantity, price }: Line): Big => cents(cents(quantity).times(cents(price)));

function makeOrg() {
  const org = new OrgCore(
    ':memory:',
    { ...defaultOrgOptions, orderSettings: { negativeQuantity: true, zeroQuantity: false } },
    createClock(),
  );
  const object = (name: string) => {
    const found = org.schema.object(name);
    if (!found) throw new Error(name);
    return found;
  };
  const insert = (name: string, body: Record<string, unknown>) =>
    insertRecord(org.rules(), object(name), body);
  const account = insert('Account', { Name: 'Casa' });
  const product = insert('Product2', { Name: 'Balde', IsActive: true });
  const book = String(org.db.get('SELECT "Id" FROM "Pricebook2"')?.['Id']);
  const entry = insert('PricebookEntry', {
    Pricebook2Id: book,
    Product2Id: product,
    UnitPrice: 1,
    IsActive: true,
  });
  const newOrder = () =>
    insert('Order', { AccountId: account, Pricebook2Id: book, EffectiveDate: '2026-11-23', Status: 'Draft' });
  return { org, object, insert, entry, newOrder };
}

describe('the amount of an order', () => {
  it('is the sum of its lines after any inserts, updates and deletions', () => {
    const { org, object, insert, entry, newOrder } = makeOrg();
    const write = (order: string, lines: Line[], { kind, at, quantity, price }: Step): void => {
      const line = lines[at % Math.max(1, lines.length)];
      if (kind === 'insert' || !line) {
        const body = { OrderId: order, PricebookEntryId: entry, Quantity: quantity, UnitPrice: price };
        lines.push({ id: insert('OrderItem', body), quantity, price });
        return;
      }
      if (kind === 'delete') {
        deleteRecord(org.rules(), object('OrderItem'), line.id);
        lines.splice(lines.indexOf(line), 1);
        return;
      }
      if (kind !== 'price') line.quantity = quantity;
      if (kind !== 'quantity') line.price = price;
      updateRecord(org.rules(), object('OrderItem'), line.id, {
        ...(kind === 'price' ? {} : { Quantity: quantity }),
        ...(kind === 'quantity' ? {} : { UnitPrice: price }),
      });
    };
    const stored = (name: string, id: string, field: string) =>
      scaledText(Number(org.records.get({ name }, id)?.[field]), 2);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const order = newOrder();
        const lines: Line[] = [];
        for (const each of steps) write(order, lines, each);
        const sum = lines.reduce((total, line) => total.plus(totalOf(line)), new Big(0));
        expect(cents(stored('Order', order, 'TotalAmount')).eq(sum)).toBe(true);
        for (const line of lines) {
          expect(cents(stored('OrderItem', line.id, 'TotalPrice')).eq(totalOf(line))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
    org.db.close();
  });

  it('is refused, and the line with it, where it would no longer be exact', () => {
    const { org, insert, entry, newOrder } = makeOrg();
    const order = newOrder();
    const add = (UnitPrice: string) =>
      insert('OrderItem', { OrderId: order, PricebookEntryId: entry, Quantity: 1, UnitPrice });
    add('89999999999999.99');
    expect(() => add('89999999999999.99')).toThrow(/^NUMBER_OUTSIDE_VALID_RANGE: /);
    expect(org.records.findBy({ name: 'OrderItem' }, 'OrderId', order)).toHaveLength(1);
    expect(org.records.get({ name: 'Order' }, order)?.['TotalAmount']).toBe(8_999_999_999_999_999);
    org.db.close();
  });
});

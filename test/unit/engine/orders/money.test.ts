import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../../contract/decimal';
import { lineTotal, splitToCents, toDecimal } from '../../../../main/engine/orders/money';

const decimal = (text: string) => decimalSchema.parse(text);

describe('lineTotal', () => {
  it('rounds half up to the cent', () => {
    expect(lineTotal(decimal('7'), decimal('10.05'), decimal('12.5')).toFixed(2)).toBe('61.56');
    expect(lineTotal(decimal('1'), decimal('0.125'), decimal('0')).toFixed(2)).toBe('0.13');
  });
});

describe('splitToCents', () => {
  it('keeps a line whole where its price has whole cents', () => {
    expect(splitToCents(decimal('6'), new Big('15.30'))).toEqual([{ quantity: '6', unitPrice: '2.55' }]);
  });

  it('splits a line whose price has none, dearer part second', () => {
    expect(splitToCents(decimal('7'), new Big('61.56'))).toEqual([
      { quantity: '4', unitPrice: '8.79' },
      { quantity: '3', unitPrice: '8.8' },
    ]);
  });

  it('is exact to the cent for every whole quantity and every total', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 0, max: 99_999_999 }),
        (quantity, cents) => {
          const total = new Big(cents).div(100);
          const parts = splitToCents(toDecimal(new Big(quantity)), total);
          if (parts === null) throw new Error('not split');
          expect(parts.length).toBeLessThanOrEqual(2);
          const sum = parts.reduce(
            (all, part) => all.plus(new Big(part.quantity).times(part.unitPrice)),
            new Big(0),
          );
          const pieces = parts.reduce((all, part) => all.plus(part.quantity), new Big(0));
          expect(sum.eq(total)).toBe(true);
          expect(pieces.eq(quantity)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('takes a fractional quantity where the rounded product is the total, and refuses it where not', () => {
    expect(splitToCents(decimal('1.5'), new Big('15.02'))).toEqual([{ quantity: '1.5', unitPrice: '10.01' }]);
    expect(splitToCents(decimal('300.5'), new Big('100.01'))).toBeNull();
  });
});

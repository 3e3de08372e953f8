import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCuit, makeCuit } from '../../../sandbox/seed/cuit';

describe('CUIT', () => {
  it('knows the tax agency’s own number', () => {
    expect(isCuit('33-69345023-9')).toBe(true);
    expect(isCuit('33693450239')).toBe(true);
    expect(isCuit('33-69345023-8')).toBe(false);
    expect(isCuit('12345678')).toBe(false);
  });

  it('makes numbers that check, whatever it starts from', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(20 as const, 23 as const, 27 as const, 30 as const, 33 as const),
        fc.integer({ min: 1_000_000, max: 99_999_000 }),
        (prefix, number) => {
          expect(isCuit(makeCuit(prefix, number))).toBe(true);
        },
      ),
    );
  });

  it('notices any one digit being wrong', () => {
    const digits = makeCuit(30, 71_234_567).replace(/-/g, '');
    for (let place = 0; place < digits.length; place++) {
      const wrong = String((Number(digits.charAt(place)) + 1) % 10);
      expect(isCuit(digits.slice(0, place) + wrong + digits.slice(place + 1))).toBe(false);
    }
  });
});

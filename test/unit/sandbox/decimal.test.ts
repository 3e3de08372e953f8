import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromScaled, multiplyScaled, scaledText, toScaled } from '../../../sandbox/org/decimal';

describe('scaled amounts', () => {
  it('rounds halves away from zero', () => {
    expect(toScaled('2.545', 2)).toBe(255);
    expect(toScaled('-2.545', 2)).toBe(-255);
    expect(toScaled(1.005, 2)).toBe(101);
  });

  it('tells what is no number from what is too large', () => {
    expect(toScaled('abc', 2)).toBeNull();
    expect(toScaled('1e20', 2)).toBeNaN();
  });

  it('multiplies exactly where floats would not', () => {
    expect(multiplyScaled(110, 2, 110, 2, 2)).toBe(121);
    expect(multiplyScaled(300, 2, 5381, 2, 2)).toBe(16_143);
    expect(multiplyScaled(50, 2, 1, 2, 2)).toBe(1);
  });

  it('rounds as decimal arithmetic does, never as floats do', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 8 }))
      .map(([units, places]) => new Big(units).div(new Big(10).pow(places)));
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 6 }), (value, scale) => {
        const wanted = value.round(scale, Big.roundHalfUp);
        expect(scaledText(toScaled(value.toFixed(), scale) ?? Number.NaN, scale)).toBe(
          (wanted.eq(0) ? new Big(0) : wanted).toFixed(scale),
        );
      }),
    );
    const cents = fc.integer({ min: -1e7, max: 1e7 });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const product = multiplyScaled(a, 2, b, 2, 2);
        expect(Math.abs(product * 100 - a * b)).toBeLessThanOrEqual(50);
        expect(multiplyScaled(-a, 2, b, 2, 2) + product).toBe(0);
      }),
    );
  });

  it('brings every amount back as it went', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (cents) => {
        expect(toScaled(scaledText(cents, 2), 2)).toBe(cents);
        expect(toScaled(JSON.parse(JSON.stringify(fromScaled(cents, 2))), 2)).toBe(cents);
      }),
    );
  });
});

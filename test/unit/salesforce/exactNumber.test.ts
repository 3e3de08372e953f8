import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../contract/decimal';
import { fromJsonNumber, toJsonNumber } from '../../../main/salesforce/exactNumber';

const decimal = (text: string) => decimalSchema.parse(text);

describe('amounts as JSON numbers', () => {
  it.each([
    ['12.50', '12.5'],
    ['0.10', '0.1'],
    ['1234567890123.45', '1234567890123.45'],
    ['0', '0'],
    ['-3.99', '-3.99'],
    ['0.000001', '0.000001'],
  ])('prints %s exactly', (text, printed) => {
    const number = toJsonNumber(decimal(text));
    expect(number).not.toBeNull();
    expect(Number(JSON.stringify(number))).toBe(Number(printed));
    expect(number === null ? null : fromJsonNumber(number)).toBe(printed);
  });

  it('comes back as the same amount, whatever it is, within fifteen digits', () => {
    const cents = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n });
    fc.assert(
      fc.property(cents, (value) => {
        const sign = value < 0n ? '-' : '';
        const digits = String(value < 0n ? -value : value).padStart(3, '0');
        const text = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const back = fromJsonNumber(JSON.parse(JSON.stringify(toJsonNumber(decimal(text)))));
        expect(back === null ? null : Math.round(Number(back) * 100)).toBe(Number(value));
        expect(back).toBe(text.replace(/\.?0+$/, '').replace(/^-0$/, '0') || '0');
      }),
    );
  });

  it('refuses what a double would round', () => {
    expect(toJsonNumber(decimal('12345678901234.567'))).toBeNull();
    expect(fromJsonNumber(1234567890123456.8)).toBeNull();
    expect(fromJsonNumber(Number.NaN)).toBeNull();
  });

  it('reads the exponents in which JSON prints small and large numbers', () => {
    expect(fromJsonNumber(1e-6)).toBe('0.000001');
    expect(fromJsonNumber(1e-7)).toBeNull();
    expect(fromJsonNumber(1e21)).toBeNull();
  });
});

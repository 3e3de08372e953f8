import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTaxId } from '../../../main/engine/taxId';

describe('parseTaxId', () => {
  it.each([
    ['33-69345023-9', '33693450239'],
    ['33693450239', '33693450239'],
    [' 30.50001091.2 ', '30500010912'],
    // The remainder is 0, so the check digit is 0 and not 11.
    ['20-00000006-0', '20000000060'],
  ])('reads the CUIT %s', (text, digits) => {
    expect(parseTaxId(text)).toEqual({ kind: 'cuit', digits });
  });

  it.each([
    ['12.345.678', '12345678'],
    ['7654321', '7654321'],
  ])('reads the DNI %s', (text, digits) => {
    expect(parseTaxId(text)).toEqual({ kind: 'dni', digits });
  });

  it.each([
    ['', 'blank'],
    ['  ', 'blank'],
    ['00-00000000-0', 'blank'],
    ['33-69345023-8', 'checkDigit'],
    ['ES-B12345678', 'characters'],
    ['123456', 'length'],
    ['336934502390', 'length'],
  ])('tells why %j is no tax ID', (text, why) => {
    expect(parseTaxId(text)).toEqual({ kind: 'invalid', why });
  });

  it('accepts at most one check digit for any ten digits, and notices every single wrong digit', () => {
    const ten = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(ten, fc.nat(9), fc.integer({ min: 1, max: 9 }), (digits, place, shift) => {
        const valid = (first: number[]) =>
          [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter(
            (last) => parseTaxId([...first, last].join('')).kind === 'cuit',
          );
        const wrong = digits.map((digit, index) => (index === place ? (digit + shift) % 10 : digit));
        const [right] = valid(digits);
        return valid(digits).length <= 1 && (right === undefined || !valid(wrong).includes(right));
      }),
    );
  });
});

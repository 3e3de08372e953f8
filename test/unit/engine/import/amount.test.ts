import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalMark, provenMark, readAmount } from '../../../../main/engine/import/amount';

const none = new Set<DecimalMark>();
const read = (text: string, mark: DecimalMark, evidence: ReadonlySet<DecimalMark> = none) => {
  const reading = readAmount(text, mark, evidence);
  return reading.kind === 'amount' ? reading.value : reading.kind;
};

describe('readAmount', () => {
  it.each([
    ['2,55', ',', '2.55'],
    ['1.234,56', ',', '1234.56'],
    ['1.234.567', ',', '1234567'],
    ['1,234.56', '.', '1234.56'],
    ['-10', ',', '-10'],
    ['\u22125', '.', '-5'],
    ['+3', '.', '3'],
    ['$ 1.234,50', ',', '1234.5'],
    ['1 234,5', ',', '1234.5'],
    ['1\u00a0234,5', ',', '1234.5'],
    ["1'234.5", '.', '1234.5'],
    ['007', ',', '7'],
    ['0,00', ',', '0'],
    ['-0', ',', '0'],
    [' 12 ', ',', '12'],
  ] as const)('reads %j with the mark %s as %s', (text, mark, value) => {
    expect(read(text, mark)).toBe(value);
  });

  it.each([
    ['1,2,3', ','],
    ['12e3', '.'],
    ['1.5', ','],
    ['1,5', '.'],
    ['2.55', ','],
    ['1.23.456', ','],
    ['1.2345,6', ','],
    ['1234.567,8', ','],
    ['0.500', ','],
    ['1,234,56', ','],
    ['12-', ','],
    ['(12)', ','],
    ['--1', ','],
    ['ARS 12', ','],
    ['#N/A', ','],
    ['0x10', '.'],
    ['Infinity', '.'],
    ['1.234 567,8', ','],
    ['1,1234567', ','],
    ['123456789012345', ','],
  ] as const)('refuses %j with the mark %s', (text, mark) => {
    expect(read(text, mark)).toBe('malformed');
  });

  it('never takes a blank for zero', () => {
    expect(read('', ',')).toBe('blank');
    expect(read(' \u00a0 ', ',')).toBe('blank');
    expect(readAmount(undefined, ',', none).kind).toBe('blank');
  });

  describe('an amount that could be a thousand times another', () => {
    it('is taken by the mark that the file proves', () => {
      expect(readAmount('1.500', ',', new Set([',']))).toEqual({
        kind: 'amount',
        value: '1500',
        ambiguous: false,
      });
      expect(read('1,500', ',', new Set([',']))).toBe('1.5');
    });

    it('is refused where the file proves the other mark', () => {
      expect(read('1.500', ',', new Set(['.']))).toBe('malformed');
      expect(read('1,500', ',', new Set([',', '.']))).toBe('malformed');
    });

    it('is marked where the file proves nothing', () => {
      expect(readAmount('1.500', ',', none)).toEqual({ kind: 'amount', value: '1500', ambiguous: true });
      expect(readAmount('1.500', '.', none)).toEqual({ kind: 'amount', value: '1.5', ambiguous: true });
    });
  });

  it('reads number cells by what they show, whatever the mark', () => {
    expect(readAmount(2.55, ',', none)).toEqual({ kind: 'amount', value: '2.55', ambiguous: false });
    expect(readAmount(0.1 + 0.2, ',', none)).toMatchObject({ value: '0.3' });
    expect(readAmount(1.234, ',', new Set(['.']))).toMatchObject({ value: '1.234' });
    expect(readAmount(1e-7, '.', none).kind).toBe('malformed');
    expect(readAmount(10 / 3, '.', none).kind).toBe('malformed');
    expect(readAmount(Number.NaN, '.', none).kind).toBe('malformed');
  });

  it('brings back every amount as any spreadsheet may have written it', () => {
    const group = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 99_999_999_999_999n }),
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(',', '.'),
        fc.boolean(),
        (whole, millionths, places, mark, grouped) => {
          const fraction = String(millionths).padStart(6, '0').slice(0, places);
          const digits = grouped ? group(String(whole), mark === ',' ? '.' : ',') : String(whole);
          const text = places === 0 ? digits : `${digits}${mark}${fraction}`;
          const expected = `${whole}${fraction === '' ? '' : `.${fraction}`}`.replace(
            /\.?0+$/,
            (zeros, at) => (String(whole).length <= at ? '' : zeros),
          );
          expect(read(text, mark)).toBe(expected);
        },
      ),
    );
  });

  it('reads no text as two different amounts once the file proves a mark', () => {
    const texts = fc.stringMatching(/^[0-9.,]{1,12}$/);
    fc.assert(
      fc.property(texts, fc.constantFrom<DecimalMark>(',', '.'), (text, proof) => {
        const other = proof === ',' ? '.' : ',';
        const byProof = read(text, proof, new Set([proof]));
        const byOther = read(text, other, new Set([proof]));
        return byOther === 'malformed' || byProof === 'malformed' || byProof === byOther;
      }),
    );
  });
});

describe('provenMark', () => {
  it.each([
    ['2,55', ','],
    ['2.5', '.'],
    ['1.234,56', ','],
    ['1,234.56', '.'],
    ['1.234.567', ','],
    ['0,500', ','],
    ['1234,567', ','],
    ['2.5500', '.'],
    ['-2,5', ','],
    ['1.234', null],
    ['12', null],
    ['1,2,3', null],
    ['x', null],
    ['', null],
  ] as const)('%j proves %s', (text, mark) => {
    expect(provenMark(text)).toBe(mark);
  });

  it('takes nothing from number cells', () => expect(provenMark(2.55)).toBeNull());
});

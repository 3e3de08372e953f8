import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvRows } from '../../../../main/salesforce/catalog/csvRows';
import { decimalOf, flagOf, UnexpectedValue } from '../../../../main/salesforce/catalog/values';

function read(pieces: readonly Uint8Array[]): string[][] {
  const rows = createCsvRows();
  return [...pieces.flatMap((piece) => rows.push(piece)), ...rows.end()];
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the rows of a Bulk result', () => {
  it('come with and without quotes, with either line end, with or without the last', () => {
    expect(read([bytes('"a","b ""c"""\r\nd,\n"ñ\n1","x"')])).toEqual([
      ['a', 'b "c"'],
      ['d', ''],
      ['ñ\n1', 'x'],
    ]);
  });

  it('are the same wherever the bytes are cut', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ñ', '€', '"', ',', '\n', '\r', ' ', '1'),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 }), (rows, cuts) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const all = bytes(`${text}\n`);
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(all.slice(at, at + cut));
          at += cut;
        }
        pieces.push(all.slice(at));
        expect(read(pieces)).toEqual(rows);
      }),
    );
  });
});

describe('a value of a row', () => {
  it('is read exactly, as JSON or as Java writes it', () => {
    expect([decimalOf('919.0'), decimalOf('1.39E8'), decimalOf(3189.5), decimalOf('')]).toEqual([
      '919',
      '139000000',
      '3189.5',
      null,
    ]);
    expect(decimalOf('1.2345678901234567E20')).toBe(null);
    expect(() => decimalOf('many')).toThrow(UnexpectedValue);
  });

  it('is true or false or nothing at all', () => {
    expect([flagOf('true'), flagOf(true), flagOf(''), flagOf(null)]).toEqual([true, true, false, false]);
    expect(() => flagOf('yes')).toThrow(UnexpectedValue);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkForList, encodeQuery, soqlList, soqlText } from '../../../main/salesforce/soql';

/** Reads a literal back as Salesforce does; throws where it would end early. */
function unquote(literal: string): string {
  const inner = /^'((?:[^'\\]|\\.)*)'$/s.exec(literal)?.[1];
  if (inner === undefined) throw new Error(`not one literal: ${literal}`);
  const meanings: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return inner.replace(/\\(.)/gs, (_all, character: string) => meanings[character] ?? character);
}

/** What the text costs in an address, as `fetch` writes it. */
const bytesInAddress = (soql: string): number => new URL(`http://x/?${encodeQuery(soql)}`).search.length - 1;

describe('soqlText', () => {
  it.each([
    ["O'Higgins", "'O\\'Higgins'"],
    ["x' OR Name != '", "'x\\' OR Name != \\''"],
    ['back\\slash', "'back\\\\slash'"],
    ['line\nbreak', "'line\\nbreak'"],
  ])('quotes %j', (value, literal) => {
    expect(soqlText(value)).toBe(literal);
  });

  it('never lets a value end its literal, and keeps it as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => unquote(soqlText(value)) === value));
  });
});

describe('chunkForList', () => {
  it('keeps every value once, in order, and every list within the bytes', () => {
    const sku = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(sku, { maxLength: 200 }), fc.integer({ min: 400, max: 3_000 }), (skus, max) => {
        const chunks = chunkForList(skus, max);
        expect(chunks.flat()).toEqual([...new Set(skus)]);
        for (const chunk of chunks) {
          const single = chunk.length === 1;
          expect(single || bytesInAddress(soqlList(chunk)) <= max + 2).toBe(true);
        }
      }),
    );
  });

  it('counts encoded bytes: accents and quotes take more room than letters', () => {
    const plain = Array.from({ length: 1_000 }, (_, index) => `AAAAAAAA${index}`);
    const accented = plain.map((sku) => sku.replaceAll('A', 'ñ'));
    expect(chunkForList(accented).length).toBeGreaterThan(chunkForList(plain).length);
  });

  it('measures what fetch sends: quotes are three bytes there', () => {
    expect(bytesInAddress("'A',")).toBe('%27A%27%2C'.length);
    expect(encodeQuery("'A',")).toBe('%27A%27%2C');
  });

  it('has no list for no values', () => {
    expect(chunkForList([])).toEqual([]);
  });
});

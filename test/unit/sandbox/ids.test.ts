import { describe, expect, it } from 'vitest';
import { idSuffix, makeId, normaliseId, sequenceOf } from '../../../sandbox/org/ids';

describe('record ids', () => {
  // Pairs as Salesforce prints them in its own documentation and logs (research/salesforce.md 2.4).
  it.each([
    ['001R00000064wdt', 'IAA'],
    ['500B000000A1nvP', 'IAR'],
    ['012000000000000', 'AAA'],
  ])('gives %s the suffix %s', (id15, suffix) => {
    expect(idSuffix(id15)).toBe(suffix);
  });

  it('takes 15 and 18 characters, and 18 in any case', () => {
    expect(normaliseId('001R00000064wdt')).toBe('001R00000064wdtIAA');
    expect(normaliseId('001R00000064wdtIAA')).toBe('001R00000064wdtIAA');
    expect(normaliseId('001r00000064WDTIAA')).toBe('001R00000064wdtIAA');
  });

  it.each(['', '001', '001R00000064wdt!', '001R00000064wdtIA', '0010000000000000AA999'])(
    'refuses %j',
    (text) => {
      expect(normaliseId(text)).toBeNull();
    },
  );

  it('counts up without ever repeating, in an order that sorts', () => {
    const ids = Array.from({ length: 500 }, (_unused, index) => makeId('801', index * 61));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.map(sequenceOf)).toEqual(Array.from({ length: 500 }, (_unused, index) => index * 61));
  });
});

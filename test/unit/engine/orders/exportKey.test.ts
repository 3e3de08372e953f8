import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportKey, lineKey } from '../../../../main/engine/orders/exportKey';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });

describe('exportKey', () => {
  it('joins identifier and order number', () => {
    expect(exportKey('PAGINAWEB', '10-482')).toBe('PAGINAWEB-10-482');
  });

  it('holds only characters that need no encoding in an address', () => {
    fc.assert(
      fc.property(name, name, (identifier, number) => {
        expect(exportKey(identifier, number)).toMatch(/^[A-Za-z0-9_-]+$/);
      }),
    );
  });

  it('never gives two orders one key', () => {
    const tricky = fc.stringMatching(/^[A1_\-/ ñ]{1,6}$/);
    fc.assert(
      fc.property(tricky, tricky, tricky, tricky, (identifierA, numberA, identifierB, numberB) => {
        const same = identifierA === identifierB && numberA === numberB;
        expect(exportKey(identifierA, numberA) === exportKey(identifierB, numberB)).toBe(same);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('lineKey', () => {
  it('never gives two lines one key, across orders and split lines', () => {
    const seen = new Map<string, string>();
    for (const number of ['1', '1-1', '1-1-1', '11', '1b', '1-1b'])
      for (const line of [1, 11, 111])
        for (const part of ['whole', 'rest'] as const) {
          const key = lineKey(exportKey('WEB', number), line, part);
          const what = `${number} ${line} ${part}`;
          // An order number may look like another's line key: the line keys themselves must still differ.
          if (seen.has(key)) throw new Error(`${what} and ${seen.get(key)} share ${key}`);
          seen.set(key, what);
        }
    expect(seen.size).toBe(36);
  });
});

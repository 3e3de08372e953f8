import { describe, expect, it } from 'vitest';
import { type EntryRow, matchEntries } from '../../../../main/salesforce/prices/priceLookup';

const entry = (sku: string | null, changes: Partial<EntryRow> = {}): EntryRow => ({
  entryId: `01u-${sku}`,
  productId: `01t-${sku}`,
  sku,
  entryActive: true,
  productActive: true,
  ...changes,
});

describe('matchEntries', () => {
  it('compares SKUs exactly: SOQL brings ab-1 for AB-1', () => {
    const matches = matchEntries(['AB-1', 'ab-1', '007', '7'], [entry('AB-1'), entry('007')]);
    expect(matches.get('AB-1')).toEqual({ kind: 'one', entryId: '01u-AB-1' });
    expect(matches.get('ab-1')).toEqual({ kind: 'none' });
    expect(matches.get('007')).toEqual({ kind: 'one', entryId: '01u-007' });
    expect(matches.get('7')).toEqual({ kind: 'none' });
  });

  it.each([
    ['entry', { entryActive: false }],
    ['product', { productActive: false }],
  ])('tells a switched-off %s from a missing one', (_name, changes) => {
    expect(matchEntries(['A'], [entry('A', changes)]).get('A')).toEqual({ kind: 'inactive' });
  });

  it('is ambiguous when two products in use carry the SKU, but not when one of them is retired', () => {
    const twin = { entryId: '01u-twin', productId: '01t-twin' };
    expect(matchEntries(['A'], [entry('A'), entry('A', twin)]).get('A')).toEqual({ kind: 'many', count: 2 });
    const retired = entry('A', { ...twin, productActive: false });
    expect(matchEntries(['A'], [retired, entry('A')]).get('A')).toEqual({ kind: 'one', entryId: '01u-A' });
  });

  it('answers for every SKU asked for, and leaves products without one alone', () => {
    expect([...matchEntries(['A', 'B'], [entry(null)]).values()]).toEqual([
      { kind: 'none' },
      { kind: 'none' },
    ]);
  });
});

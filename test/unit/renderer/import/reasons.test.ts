import { describe, expect, it } from 'vitest';
import { byReason } from '../../../../renderer/import/reasons';

describe('byReason', () => {
  it('tells a fault that several rows share once, with all its rows', () => {
    expect(
      byReason([
        { reason: 'cancellation', row: 2, value: 'C1' },
        { reason: 'quantityNotPositive', row: 2, value: '-1' },
        { reason: 'quantityNotPositive', row: 3, value: '-1' },
      ]),
    ).toEqual([
      { reason: 'cancellation', rows: [2], value: 'C1' },
      { reason: 'quantityNotPositive', rows: [2, 3], value: '-1' },
    ]);
  });

  it('quotes no value where the rows differ', () => {
    const [group] = byReason([
      { reason: 'priceInvalid', row: 2, value: 'x' },
      { reason: 'priceInvalid', row: 3, value: 'y' },
      { reason: 'priceInvalid', row: 4, value: 'x' },
    ]);
    expect(group).toEqual({ reason: 'priceInvalid', rows: [2, 3, 4], value: null });
  });

  it('has no row for what concerns none', () => {
    expect(byReason([{ reason: 'tooManyLines', row: null, value: '2001' }])).toEqual([
      { reason: 'tooManyLines', rows: [], value: '2001' },
    ]);
  });
});

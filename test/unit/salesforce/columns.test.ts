import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columns } from '../../../main/salesforce/columns';

const { select, row } = columns({
  id: { path: 'Id', as: z.string() },
  sku: { path: 'Product2.StockKeepingUnit', as: z.string().nullable() },
  company: { path: null, as: z.string().nullable() },
});

describe('columns', () => {
  it('lists the paths that the profile has', () => {
    expect(select).toBe('Id, Product2.StockKeepingUnit');
  });

  it('walks along relations and reads a blank one as null', () => {
    expect(row.parse({ attributes: {}, Id: '01u', Product2: { StockKeepingUnit: 'A-1' } })).toEqual({
      id: '01u',
      sku: 'A-1',
      company: null,
    });
    expect(row.parse({ Id: '01u', Product2: null })).toEqual({ id: '01u', sku: null, company: null });
  });

  it('names the place of a value it did not expect', () => {
    const parsed = row.safeParse({ Id: 7, Product2: { StockKeepingUnit: 1 } });
    expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([['Id'], ['Product2.StockKeepingUnit']]);
  });
});

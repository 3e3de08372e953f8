import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../sandbox/clock';
import { OrgCore } from '../../../sandbox/org/core';
import { OrgException } from '../../../sandbox/org/errors';
import { defaultOrgOptions } from '../../../sandbox/org/settings';
import { compileSoql } from '../../../sandbox/org/soql/compile';
import { buildPage } from '../../../sandbox/org/soql/page';
import { openResult } from '../../../sandbox/org/soql/result';

/** Functions, groupings and nested queries (SOQL and SOSL guide, "Date Functions", "GROUP BY", "TYPEOF"). */

let org: OrgCore;

beforeAll(() => {
  org = new OrgCore('', defaultOrgOptions, createClock());
  const { records } = org;
  const accounts = ['Bazar Sur', 'Bazar Norte', 'Vacía'].map((Name) =>
    records.insert(org.table('Account'), { Name, Industry: Name === 'Vacía' ? null : 'Retail' }),
  );
  const orders: [number, string, number, string][] = [
    [0, '2026-01-15', 10_000, '2026-01-15T02:30:00.000+0000'],
    [0, '2026-11-23', 25_050, '2026-11-23T15:00:00.000+0000'],
    [1, '2025-06-30', 5_000, '2025-07-01T01:00:00.000+0000'],
  ];
  for (const [account, EffectiveDate, TotalAmount, CreatedDate] of orders) {
    const order = records.insert(org.table('Order'), {
      AccountId: accounts[account] ?? null,
      EffectiveDate,
      TotalAmount,
      CreatedDate,
      Status: 'Draft',
      StatusCode: 'Draft',
      Description: 'a long text',
    });
    for (const Quantity of [100, 200]) {
      records.insert(org.table('OrderItem'), { OrderId: order, Quantity, UnitPrice: 100 });
    }
  }
});

afterAll(() => org.db.close());

function run(soql: string, batch = 2000) {
  const compiled = compileSoql(soql, { ...org.queryOptions(), now: Date.UTC(2026, 10, 23, 15) });
  const kept: string[] = [];
  const records = buildPage(org.db, openResult(org.db, compiled, batch), 0, batch, {
    version: '62.0',
    batch,
    keep: (result, from) => {
      kept.push(JSON.stringify(result.rows(from, result.totalSize).length));
      return `more after ${from}`;
    },
  });
  return { records, kept };
}

const rows = (soql: string) => run(soql).records.map(({ attributes: _attributes, ...rest }) => rest);

function failure(soql: string): { errorCode: string; message: string } {
  try {
    run(soql);
  } catch (error) {
    if (error instanceof OrgException && error.errors[0]) return error.errors[0];
    throw error;
  }
  throw new Error('the query was accepted');
}

describe('date functions', () => {
  it.each([
    ['CALENDAR_YEAR(EffectiveDate) = 2026', 2],
    ['CALENDAR_QUARTER(EffectiveDate) = 2', 1],
    ['CALENDAR_MONTH(EffectiveDate) = 11', 1],
    ['DAY_IN_MONTH(EffectiveDate) = 15', 1],
    ['DAY_IN_WEEK(EffectiveDate) = 2', 2],
    ['DAY_IN_YEAR(EffectiveDate) = 15', 1],
    ['WEEK_IN_MONTH(EffectiveDate) = 4', 1],
    ['WEEK_IN_YEAR(EffectiveDate) = 3', 1],
    ['HOUR_IN_DAY(CreatedDate) = 2', 1],
    ['HOUR_IN_DAY(convertTimezone(CreatedDate)) = 23', 1],
    ['DAY_ONLY(CreatedDate) = 2025-07-01', 1],
    ['DAY_ONLY(convertTimezone(CreatedDate)) = 2025-06-30', 1],
    ['EffectiveDate = N_MONTHS_AGO:10', 1],
    ['EffectiveDate = N_YEARS_AGO:1', 1],
    ['EffectiveDate >= N_QUARTERS_AGO:3', 2],
  ])('%s', (where, expected) => {
    expect(run(`SELECT Id FROM Order WHERE ${where}`).records).toHaveLength(expected);
  });

  it('group and order', () => {
    expect(
      rows(
        'SELECT CALENDAR_YEAR(EffectiveDate), SUM(TotalAmount) total FROM Order GROUP BY CALENDAR_YEAR(EffectiveDate) ORDER BY CALENDAR_YEAR(EffectiveDate) DESC',
      ),
    ).toEqual([
      { expr0: 2026, total: 350.5 },
      { expr0: 2025, total: 50 },
    ]);
  });
});

describe('GROUP BY', () => {
  it('ROLLUP adds subtotals and a total, and GROUPING tells which they are', () => {
    expect(
      rows(
        'SELECT Account.Name n, GROUPING(Account.Name) g, COUNT(Id) c FROM Order GROUP BY ROLLUP(Account.Name) ORDER BY Account.Name NULLS LAST',
      ),
    ).toEqual([
      { n: 'Bazar Norte', g: 0, c: 1 },
      { n: 'Bazar Sur', g: 0, c: 2 },
      { n: null, g: 1, c: 3 },
    ]);
  });

  it('CUBE has every combination', () => {
    expect(
      rows('SELECT Industry, Name, COUNT(Id) c FROM Account GROUP BY CUBE(Industry, Name)'),
    ).toHaveLength(3 + 2 + 3 + 1);
  });

  it.each([
    ['SELECT AccountId FROM Order GROUP BY Status', 'Field must be grouped or aggregated: AccountId'],
    [
      'SELECT Status FROM Order GROUP BY Status ORDER BY EffectiveDate',
      'Ordered field must be grouped or aggregated: EffectiveDate',
    ],
    ['SELECT COUNT(Id) FROM Order GROUP BY TotalAmount', "field 'TotalAmount' can not be grouped"],
    ['SELECT COUNT(Id) n, SUM(TotalAmount) n FROM Order', 'duplicate alias: n'],
    ['SELECT SUM(EffectiveDate) FROM Order', 'does not support aggregate operator SUM'],
  ])('%s is refused', (soql, sentence) => {
    const error = failure(soql);
    expect(error.errorCode).toBe('MALFORMED_QUERY');
    expect(error.message).toContain(sentence);
  });
});

describe('values as people read them', () => {
  it('toLabel() and FORMAT()', () => {
    const [first] = rows(
      'SELECT toLabel(Status), FORMAT(TotalAmount) amount, FORMAT(EffectiveDate) FROM Order LIMIT 1',
    );
    expect(first).toMatchObject({ Status: 'Draft', EffectiveDate: '15/1/2026' });
    expect(String(first?.['amount']).replace(/\s/g, ' ')).toBe('$ 100,00');
  });
});

describe('nested queries', () => {
  it('go several levels down', () => {
    const [account] = run(
      "SELECT Name, (SELECT EffectiveDate, (SELECT Quantity FROM OrderItems ORDER BY Quantity DESC LIMIT 1) FROM Orders ORDER BY EffectiveDate) FROM Account WHERE Name = 'Bazar Sur'",
    ).records;
    expect(account).toMatchObject({
      Orders: {
        totalSize: 2,
        records: [
          { EffectiveDate: '2026-01-15', OrderItems: { totalSize: 1, records: [{ Quantity: 2 }] } },
          { EffectiveDate: '2026-11-23' },
        ],
      },
    });
  });

  it('come in pages of their own when they are many', () => {
    const { records, kept } = run(
      "SELECT Name, (SELECT Id FROM Orders) FROM Account WHERE Name = 'Bazar Sur' LIMIT 1",
      1,
    );
    expect(records[0]).toMatchObject({
      Orders: { totalSize: 2, done: false, nextRecordsUrl: 'more after 1', records: [{}] },
    });
    expect(kept).toEqual(['1']);
  });
});

describe('what a query may not ask', () => {
  it.each([
    ["SELECT Id FROM Order WHERE Description = 'x'", 'INVALID_FIELD', "'Description' can not be filtered"],
    ['SELECT Id FROM Order ORDER BY Description', 'MALFORMED_QUERY', "'Description' can not be sorted"],
    ['SELECT Name n FROM Account', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'must have a LIMIT of at most 200'],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 201', 'MALFORMED_QUERY', 'must have a LIMIT of at most 200'],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT ParentId FROM Account)',
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Status FROM Order)',
      'MALFORMED_QUERY',
      "semi join sub-selects can only query id fields, cannot use: 'Status'",
    ],
    ['SELECT FOO(Name) FROM Account', 'MALFORMED_QUERY', ''],
  ])('%s', (soql, errorCode, sentence) => {
    const error = failure(soql);
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(sentence);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../sandbox/clock';
import { OrgCore } from '../../../sandbox/org/core';
import { OrgException } from '../../../sandbox/org/errors';
import { defaultOrgOptions } from '../../../sandbox/org/settings';
import { compileSoql } from '../../../sandbox/org/soql/compile';
import { buildPage } from '../../../sandbox/org/soql/page';
import { openResult } from '../../../sandbox/org/soql/result';

let org: OrgCore;

beforeAll(() => {
  org = new OrgCore(':memory:', defaultOrgOptions, createClock());
  const { records } = org;
  const book = records.insert(org.table('Pricebook2'), { Name: 'Mayorista', IsActive: 1 });
  const rows: [string, string | null, number, number][] = [
    ['Vaso', 'VAS-1', 10_050, 1],
    ['vela', 'VEL_2', 250, 1],
    ["O'Higgins 100%", null, 99_999, 0],
    ['Zócalo', 'ZOC-4', 1, 1],
  ];
  for (const [name, sku, price, active] of rows) {
    const product = records.insert(org.table('Product2'), {
      Name: name,
      StockKeepingUnit: sku,
      IsActive: active,
    });
    records.insert(org.table('PricebookEntry'), {
      Name: name,
      Pricebook2Id: book,
      Product2Id: product,
      UnitPrice: price,
      IsActive: active,
    });
  }
  const account = records.insert(org.table('Account'), { Name: 'Bazar', Puente_TaxId__c: '30500' });
  for (const [key, day] of [
    ['Key-a', '2026-11-01'],
    ['KEY-A', '2026-11-23'],
  ] as const) {
    records.insert(org.table('Order'), {
      AccountId: account,
      EffectiveDate: day,
      Status: 'Draft',
      StatusCode: 'Draft',
      TotalAmount: 12_345,
      Puente_ExportKey__c: key,
      Description: '',
    });
  }
});

afterAll(() => org.db.close());

function run(soql: string) {
  const compiled = compileSoql(soql, { ...org.queryOptions(), now: Date.UTC(2026, 10, 23, 15) });
  const result = openResult(org.db, compiled, 2000);
  const options = { version: '62.0', batch: 2000, keep: () => '' };
  return { totalSize: result.totalSize, records: buildPage(org.db, result, 0, 2000, options) };
}

const names = (soql: string) => run(soql).records.map((record) => record['Name']);

function failure(soql: string): { errorCode: string; message: string } {
  try {
    run(soql);
  } catch (error) {
    if (error instanceof OrgException && error.errors[0]) return error.errors[0];
    throw error;
  }
  throw new Error('the query was accepted');
}

describe('conditions', () => {
  it.each([
    ["Name = 'VASO'", ['Vaso']],
    ["Name = 'Vaso' OR Name = 'VELA'", ['Vaso', 'vela']],
    ["Name != 'vaso'", ['vela', "O'Higgins 100%", 'Zócalo']],
    ["StockKeepingUnit != 'VAS-1'", ['vela', "O'Higgins 100%", 'Zócalo']],
    ["NOT (StockKeepingUnit = 'VAS-1')", ['vela', "O'Higgins 100%", 'Zócalo']],
    ["NOT (StockKeepingUnit LIKE 'V%')", ["O'Higgins 100%", 'Zócalo']],
    ['StockKeepingUnit = null', ["O'Higgins 100%"]],
    ["StockKeepingUnit = ''", ["O'Higgins 100%"]],
    ['StockKeepingUnit != NULL AND IsActive = true', ['Vaso', 'vela', 'Zócalo']],
    ["Name = 'O\\'Higgins 100%'", ["O'Higgins 100%"]],
    ["Name LIKE '%100\\%'", ["O'Higgins 100%"]],
    ["Name LIKE 'v%'", ['Vaso', 'vela']],
    ["Name = 'ZÓCALO'", ['Zócalo']],
    ["Name = 'ZOCALO'", []],
    ["Name != 'zÓcalo'", ['Vaso', 'vela', "O'Higgins 100%"]],
    ["Name LIKE 'ZÓ%'", ['Zócalo']],
    ["Name IN ('ZÓCALO', 'VASO')", ['Vaso', 'Zócalo']],
    ["Name NOT IN ('ZÓCALO', 'VASO')", ['vela', "O'Higgins 100%"]],
    ["StockKeepingUnit LIKE 'VEL\\_%'", ['vela']],
    ["StockKeepingUnit LIKE 'VAS\\_%'", []],
    ["StockKeepingUnit LIKE 'VAS_%'", ['Vaso']],
    ["Name IN ('vaso', 'Nadie')", ['Vaso']],
    ["Name NOT IN ('vaso', 'VELA')", ["O'Higgins 100%", 'Zócalo']],
    ["(Name = 'Vaso' OR Name = 'vela') AND (NOT Name = 'vela')", ['Vaso']],
    ['IsActive = FALSE', ["O'Higgins 100%"]],
    ['Id IN (SELECT Product2Id FROM PricebookEntry WHERE UnitPrice > 2.5)', ['Vaso', "O'Higgins 100%"]],
    ['Id NOT IN (SELECT Product2Id FROM PricebookEntry WHERE UnitPrice > 2.5)', ['vela', 'Zócalo']],
  ])('%s', (where, expected) => {
    expect(names(`SELECT Name FROM Product2 WHERE ${where} ORDER BY Id`)).toEqual(expected);
  });

  it('compares amounts exactly, also with more places than the field has', () => {
    const prices = (where: string) =>
      run(`SELECT UnitPrice FROM PricebookEntry WHERE ${where} ORDER BY UnitPrice`).records.map(
        (r) => r['UnitPrice'],
      );
    expect(prices('UnitPrice = 100.5')).toEqual([100.5]);
    expect(prices('UnitPrice > 2.499')).toEqual([2.5, 100.5, 999.99]);
    expect(prices('UnitPrice <= 0.01')).toEqual([0.01]);
  });

  it('looks through relationships', () => {
    expect(
      run(
        "SELECT Product2.Name, Pricebook2.Name FROM PricebookEntry WHERE Product2.StockKeepingUnit = 'vas-1'",
      ).records[0],
    ).toMatchObject({
      attributes: { type: 'PricebookEntry' },
      Product2: { attributes: { type: 'Product2' }, Name: 'Vaso' },
      Pricebook2: { Name: 'Mayorista' },
    });
  });

  it('knows a case-sensitive field from an ordinary one', () => {
    const keys = (where: string) => run(`SELECT Id FROM Order WHERE ${where}`).totalSize;
    expect(keys("Puente_ExportKey__c = 'KEY-A'")).toBe(1);
    expect(keys("Puente_ExportKey__c = 'key-a'")).toBe(0);
    expect(keys("Puente_ExportKey__c IN ('Key-a', 'KEY-A')")).toBe(2);
    expect(keys("Puente_ExportKey__c LIKE 'Key%'")).toBe(1);
    expect(keys("Account.Name = 'BAZAR'")).toBe(2);
  });

  it('takes dates, date literals and ids of both lengths', () => {
    const count = (where: string) => run(`SELECT Id FROM Order WHERE ${where}`).totalSize;
    expect(count('EffectiveDate = TODAY')).toBe(1);
    expect(count('EffectiveDate >= 2026-11-01 AND EffectiveDate < 2026-11-23')).toBe(1);
    expect(count('EffectiveDate = LAST_N_DAYS:30')).toBe(2);
    expect(count('CreatedDate > 2020-01-01T00:00:00-03:00')).toBe(2);
    const id = String(run('SELECT Id FROM Order').records[0]?.['Id']);
    expect(count(`Id = '${id}'`)).toBe(1);
    expect(count(`Id = '${id.slice(0, 15)}'`)).toBe(1);
  });
});

describe('shapes', () => {
  it('counts', () => {
    expect(run('SELECT COUNT() FROM Product2 WHERE IsActive = true')).toEqual({ totalSize: 3, records: [] });
  });

  it('adds up, names its columns and groups', () => {
    expect(
      run(
        'SELECT IsActive, COUNT(Id), SUM(UnitPrice) total, MIN(Name), MAX(UnitPrice) FROM PricebookEntry GROUP BY IsActive HAVING COUNT(Id) > 1',
      ).records,
    ).toEqual([
      {
        attributes: { type: 'AggregateResult' },
        IsActive: true,
        expr0: 3,
        total: 103.01,
        expr1: 'Vaso',
        expr2: 100.5,
      },
    ]);
  });

  it('orders with nothing first unless told otherwise', () => {
    expect(names('SELECT Name FROM Product2 ORDER BY StockKeepingUnit')[0]).toBe("O'Higgins 100%");
    expect(names('SELECT Name FROM Product2 ORDER BY StockKeepingUnit DESC NULLS LAST')).toEqual([
      'Zócalo',
      'vela',
      'Vaso',
      "O'Higgins 100%",
    ]);
    expect(names('SELECT Name FROM Product2 ORDER BY Name LIMIT 1 OFFSET 1')).toEqual(['Vaso']);
  });

  it('nests children and leaves null where there are none', () => {
    const [account] = run(
      'SELECT Name, (SELECT EffectiveDate FROM Orders ORDER BY EffectiveDate DESC), (SELECT Id FROM Contacts) FROM Account',
    ).records;
    expect(account).toMatchObject({
      Orders: {
        totalSize: 2,
        done: true,
        records: [{ EffectiveDate: '2026-11-23' }, { EffectiveDate: '2026-11-01' }],
      },
      Contacts: null,
    });
  });

  it('takes an alias for the object, in every clause', () => {
    expect(
      run(
        "SELECT e.Name, e.Product2.StockKeepingUnit FROM PricebookEntry e WHERE e.Product2.Name = 'Vaso' ORDER BY e.Name",
      ).records,
    ).toMatchObject([{ Name: 'Vaso', Product2: { StockKeepingUnit: 'VAS-1' } }]);
    expect(
      run(
        'SELECT e.IsActive, COUNT(e.Id) n FROM PricebookEntry e GROUP BY e.IsActive ORDER BY COUNT(e.Id) DESC',
      ).records,
    ).toMatchObject([
      { IsActive: true, n: 3 },
      { IsActive: false, n: 1 },
    ]);
    expect(
      run('SELECT PricebookEntry.Product2.Name FROM PricebookEntry ORDER BY Product2.Name LIMIT 1').records,
    ).toMatchObject([{ Product2: { Name: "O'Higgins 100%" } }]);
  });

  it('expands FIELDS()', () => {
    const [product] = run('SELECT FIELDS(CUSTOM) FROM Product2 LIMIT 1').records;
    expect(Object.keys(product ?? {})).toEqual(['attributes', 'Puente_Company__c']);
  });
});

describe('refusals', () => {
  it('points at a column that is not there', () => {
    expect(failure('SELECT Id, Foo FROM Order')).toEqual({
      errorCode: 'INVALID_FIELD',
      message:
        "\nSELECT Id, Foo FROM Order\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Order'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    });
  });

  it.each([
    ['SELECT Id FROM Pedido', 'INVALID_TYPE', "sObject type 'Pedido' is not supported"],
    ['SELECT Nada.Name FROM Order', 'INVALID_FIELD', "Didn't understand relationship 'Nada' in field path"],
    [
      "SELECT Id FROM Order WHERE CurrencyIsoCode = 'ARS'",
      'INVALID_FIELD',
      "No such column 'CurrencyIsoCode'",
    ],
    [
      "SELECT Id FROM PricebookEntry WHERE UnitPrice = '5'",
      'INVALID_FIELD',
      'must be of type double and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    ["SELECT Id FROM Order WHERE AccountId = 'x'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: x'],
    ['SELECT Name, COUNT(Id) FROM Account', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    ['SELECT Id, Id FROM Account', 'MALFORMED_QUERY', 'duplicate field selected: Id'],
    ['SELECT FROM Account', 'MALFORMED_QUERY', "unexpected token: 'FROM'"],
    ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY', 'unexpected token: <EOF>'],
    ["SELECT Id FROM Account WHERE Name = 'x", 'MALFORMED_QUERY', 'no viable alternative'],
    [
      'SELECT Id FROM Account LIMIT 5 OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000',
    ],
  ])('%s', (soql, errorCode, sentence) => {
    const error = failure(soql);
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(sentence);
  });
});

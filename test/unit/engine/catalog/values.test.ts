import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogRulesSchema, itemRuleSchema } from '../../../../contract/catalogRules';
import { canonical, type Decimal, decimalSchema } from '../../../../contract/decimal';
import { priceFor } from '../../../../main/engine/catalog/price';
import { stockFor, sumOf } from '../../../../main/engine/catalog/stock';

const decimal = (text: string): Decimal => decimalSchema.parse(text);
const rules = (input: object = {}) => catalogRulesSchema.parse(input);
const stock = (
  rows: (string | null)[],
  changes: object = {},
  open: string | null = null,
  item: object | null = null,
) =>
  stockFor(
    rows.map((row) => (row === null ? null : decimal(row))),
    open === null ? null : decimal(open),
    rules({ stock: changes }).stock,
    item === null ? null : itemRuleSchema.parse(item),
  );
const price = (text: string | null, changes: object = {}, active = true) =>
  priceFor({ price: text === null ? null : decimal(text), active }, rules({ prices: changes }).prices);

describe('a decimal in its shortest form', () => {
  it.each([
    ['0.0', '0'],
    ['-0', '0'],
    ['007', '7'],
    ['1652.50', '1652.5'],
    ['100', '100'],
    ['-5.00', '-5'],
    ['-0.50', '-0.5'],
    ['000.100', '0.1'],
  ])('writes %s as %s', (long, short) => {
    expect(canonical(decimal(long))).toBe(short);
  });

  it('is the same text for the same number, always', () => {
    const anyDecimal = fc
      .tuple(fc.boolean(), fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 999_999 }))
      .map(([minus, whole, fraction]) =>
        decimal(`${minus ? '-' : ''}0${whole}.${String(fraction).padStart(6, '0')}`),
      );
    fc.assert(
      fc.property(anyDecimal, (value) => {
        const short = canonical(value);
        expect(new Big(short).eq(value)).toBe(true);
        expect(short).toBe(new Big(value).eq(0) ? '0' : new Big(value).toFixed());
      }),
    );
  });
});

describe('the stock that the store shows', () => {
  it('is the sum of all rows, exactly', () => {
    expect(stock(['3', '4'])).toEqual({ value: '7', notes: [] });
    expect(stock(['0.1', '0.2', '0.7'])).toEqual({ value: '1', notes: [] });
  });

  it('leaves a product without a row alone, or shows none where the rule says so', () => {
    expect(stock([])).toEqual({ value: null, notes: ['noStockRow'] });
    expect(stock([], { missingRow: 'zero' })).toEqual({ value: '0', notes: ['noStockRow'] });
  });

  it('never takes what it cannot read for nothing', () => {
    expect(stock(['5', null])).toEqual({ value: null, notes: ['stockInvalid'] });
    const most = '99999999999999';
    expect(stock([most])).toEqual({ value: most, notes: [] });
    expect(stock([most, '1'])).toEqual({ value: null, notes: ['stockInvalid'] });
    expect(sumOf([decimal(most), decimal('1')])).toBe(null);
  });

  it('has a rule for stock below zero and for fractions', () => {
    expect(stock(['-3'])).toEqual({ value: '0', notes: ['stockNegative'] });
    expect(stock(['-3'], { negative: 'leave' })).toEqual({ value: null, notes: ['stockNegative'] });
    expect(stock(['2.75'])).toEqual({ value: '2', notes: ['stockFractional'] });
    expect(stock(['2.75'], { fractional: 'keep' }).value).toBe('2.75');
    expect(stock(['2.75'], { fractional: 'leave' }).value).toBe(null);
  });

  it('keeps back, caps and hides the last ones', () => {
    expect(stock(['100'], { percent: '80', buffer: '5' }).value).toBe('75');
    expect(stock(['100'], { cap: '40' }).value).toBe('40');
    expect(stock(['3'], { minimum: '4' }).value).toBe('0');
    expect(stock(['4'], { minimum: '4' }).value).toBe('4');
    expect(stock(['3'], { buffer: '5' }).value).toBe('0');
    expect(stock(['7'], { percent: '50' }).value).toBe('3');
  });

  it('lets the rule of a product go before the general one', () => {
    expect(stock(['10'], { buffer: '2' }, null, { buffer: '5' }).value).toBe('5');
    expect(stock(['10'], { buffer: '2' }, null, { cap: '6' }).value).toBe('6');
  });

  it('takes off what open orders will take, but never goes below zero', () => {
    expect(stock(['10'], {}, '4').value).toBe('6');
    expect(stock(['3'], {}, '4')).toEqual({ value: '0', notes: [] });
    expect(stock(['10'], { openOrders: false }, '4').value).toBe('10');
  });

  it('is never more than there is, whatever the rules', () => {
    const units = fc.integer({ min: 0, max: 5_000 }).map(String);
    fc.assert(
      fc.property(
        units,
        units,
        units,
        fc.integer({ min: 0, max: 100 }),
        units,
        (have, open, buffer, percent, cap) => {
          const shown = Number(stock([have], { buffer, percent: String(percent), cap }, open).value);
          expect(shown).toBeGreaterThanOrEqual(0);
          expect(shown).toBeLessThanOrEqual(Number(have));
          expect(shown).toBeLessThanOrEqual(Number(cap));
        },
      ),
    );
  });
});

describe('the price that the store has', () => {
  it('is the org’s, as short as it goes', () => {
    expect(price('1652.50')).toEqual({ value: '1652.5', notes: [] });
  });

  it('is never made of a blank one', () => {
    expect(priceFor(null, rules().prices)).toEqual({ value: null, notes: ['noPrice'] });
    expect(price('10', {}, false)).toEqual({ value: null, notes: ['priceInactive'] });
    expect(price(null)).toEqual({ value: null, notes: ['priceInvalid'] });
    expect(price('-1')).toEqual({ value: null, notes: ['priceInvalid'] });
    expect(price('0.00')).toEqual({ value: null, notes: ['priceZero'] });
    expect(price('0', { zero: 'take' })).toEqual({ value: '0', notes: ['priceZero'] });
    expect(price('99999999999999', { storePrices: 'gross' })).toEqual({
      value: null,
      notes: ['priceInvalid'],
    });
  });

  it('is not nothing because nothing is left of it when it is rounded', () => {
    expect(price('0.40', { decimals: 0 })).toEqual({ value: null, notes: ['priceZero'] });
    expect(price('0.004')).toEqual({ value: null, notes: ['priceZero'] });
    expect(price('0.40', { decimals: 0, zero: 'take' })).toEqual({ value: '0', notes: ['priceZero'] });
    expect(price('0.50', { decimals: 0 })).toEqual({ value: '1', notes: [] });
  });

  it('puts IVA on and takes it out, half a cent up', () => {
    expect(price('100', { storePrices: 'gross' }).value).toBe('121');
    expect(price('121', { orgPrices: 'gross' }).value).toBe('100');
    expect(price('10.05', { storePrices: 'gross', taxRatePercent: '10.5' }).value).toBe('11.11');
    expect(price('1.005').value).toBe('1.01');
    expect(price('12.50', { decimals: 0 }).value).toBe('13');
  });
});

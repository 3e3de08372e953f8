import Big from 'big.js';
import type { CatalogNote } from '../../../contract/catalog';
import type { ItemRule, StockRules } from '../../../contract/catalogRules';
import { canonical, type Decimal, decimalSchema, isDecimal } from '../../../contract/decimal';

/** A value that the store is to have; null leaves the store's as it is. */
export interface Wanted {
  value: Decimal | null;
  notes: CatalogNote[];
}

export const none: Decimal = decimalSchema.parse('0');

/**
 * The stock that the store is to show: the sum of the org's rows (null: not a number that can be kept), less what
 * open orders will take, as the rules offer it. Pure.
 */
export function stockFor(
  rows: readonly (Decimal | null)[],
  openUnits: Decimal | null,
  rules: StockRules,
  item: ItemRule | null,
): Wanted {
  if (rows.length === 0) return { value: rules.missingRow === 'zero' ? none : null, notes: ['noStockRow'] };
  const [only] = rows;
  if (rows.length === 1 && only !== undefined && only !== null && isPlain(only, openUnits, rules, item))
    return { value: canonical(only), notes: [] };
  let sum = new Big(0);
  for (const row of rows) {
    if (row === null) return { value: null, notes: ['stockInvalid'] };
    sum = sum.plus(row);
  }
  const notes = notesOf(sum);
  if (notes.includes('stockNegative') && rules.negative === 'leave') return { value: null, notes };
  if (notes.includes('stockFractional') && rules.fractional === 'leave') return { value: null, notes };
  const left = rules.openOrders && openUnits !== null ? sum.minus(openUnits) : sum;
  const value = offer(left, !isWhole(sum) && rules.fractional === 'keep', rules, item);
  return value === null ? { value, notes: ['stockInvalid'] } : { value, notes };
}

/** What rows of stock come to; null where there are none, or one or all of them are no number that can be kept. */
export function sumOf(rows: readonly (Decimal | null)[]): Decimal | null {
  let sum = new Big(0);
  for (const row of rows) {
    if (row === null) return null;
    sum = sum.plus(row);
  }
  const text = sum.toFixed();
  return rows.length > 0 && isDecimal(text) ? text : null;
}

/** Whole, not below zero, and no rule changes it: nearly every product of a catalogue. */
function isPlain(row: Decimal, openUnits: Decimal | null, rules: StockRules, item: ItemRule | null): boolean {
  return (
    openUnits === null &&
    item === null &&
    rules.percent === '100' &&
    rules.buffer === '0' &&
    rules.minimum === '0' &&
    rules.cap === null &&
    /^\d+$/.test(row)
  );
}

function notesOf(sum: Big): CatalogNote[] {
  const notes: CatalogNote[] = [];
  if (sum.lt(0)) notes.push('stockNegative');
  if (!isWhole(sum)) notes.push('stockFractional');
  return notes;
}

/** Null when the number has more digits than can be kept. */
function offer(stock: Big, keepFraction: boolean, rules: StockRules, item: ItemRule | null): Decimal | null {
  const percent = item?.percent ?? rules.percent;
  const cap = item?.cap ?? rules.cap;
  const minimum = item?.minimum ?? rules.minimum;
  const decimals = keepFraction ? 4 : 0;
  let offered = stock
    .times(percent)
    .div(100)
    .minus(item?.buffer ?? rules.buffer);
  if (cap !== null && offered.gt(cap)) offered = new Big(cap);
  if (offered.lt(minimum) || offered.lte(0)) return none;
  const text = offered.round(decimals, Big.roundDown).toFixed();
  return isDecimal(text) ? text : null;
}

const isWhole = (value: Big): boolean => value.eq(value.round(0, Big.roundDown));

import Big from 'big.js';
import type { PriceRules } from '../../../contract/catalogRules';
import { canonical, type Decimal, isDecimal } from '../../../contract/decimal';
import { none, type Wanted } from './stock';

/** A product's entry in a price book; the price is null when it is no number that can be kept. */
export interface PriceEntry {
  price: Decimal | null;
  active: boolean;
}

/** The price that the store is to have: with or without IVA, to so many decimals. A missing one is never zero. Pure. */
export function priceFor(entry: PriceEntry | null, rules: PriceRules): Wanted {
  if (entry === null) return { value: null, notes: ['noPrice'] };
  if (!entry.active) return { value: null, notes: ['priceInactive'] };
  const { price } = entry;
  if (price === null || price.startsWith('-')) return { value: null, notes: ['priceInvalid'] };
  const shortest = canonical(price);
  const value =
    rules.orgPrices === rules.storePrices && decimalsOf(shortest) <= rules.decimals
      ? shortest
      : converted(shortest, rules);
  if (value === null) return { value: null, notes: ['priceInvalid'] };
  // Also a price of so little that nothing is left of it when it is rounded.
  if (value === none) return { value: rules.zero === 'take' ? none : null, notes: ['priceZero'] };
  return { value, notes: [] };
}

/** Null when the amount has more digits than can be kept. */
function converted(price: Decimal, rules: PriceRules): Decimal | null {
  const factor = new Big(rules.taxRatePercent).plus(100).div(100);
  const exact = new Big(price);
  const amount =
    rules.orgPrices === rules.storePrices
      ? exact
      : rules.storePrices === 'gross'
        ? exact.times(factor)
        : exact.div(factor);
  const rounded = amount.round(rules.decimals, Big.roundHalfUp).toFixed();
  return isDecimal(rounded) ? rounded : null;
}

function decimalsOf(value: Decimal): number {
  const point = value.indexOf('.');
  return point < 0 ? 0 : value.length - point - 1;
}

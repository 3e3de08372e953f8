import Big from 'big.js';
import { type Decimal, decimalSchema } from '../../../contract/decimal';

/** Makes a `Decimal` of an exact number; throws when it is beyond what the contract carries. */
export function toDecimal(value: Big): Decimal {
  return decimalSchema.parse(value.toFixed());
}

/** Rounds half up to the cent. */
export const toCents = (value: Big): Big => value.round(2, Big.roundHalfUp);

/** Quantity times list price less discount, to the cent. */
export function lineTotal(quantity: Decimal, unitPrice: Decimal, discountPercent: Decimal): Big {
  const share = new Big(100).minus(discountPercent).div(100);
  return toCents(new Big(quantity).times(unitPrice).times(share));
}

export interface PricedPart {
  quantity: Decimal;
  unitPrice: Decimal;
}

/**
 * Unit prices in whole cents whose sum is exactly `total`. The org keeps two decimals of a unit price, so
 * that seven pieces for 61.56 have none: they become 5 at 8.79 and 2 at 8.80. Whole quantities always
 * split into at most two parts; a fractional quantity that does not come out even gives null.
 */
export function splitToCents(quantity: Decimal, total: Big): PricedPart[] | null {
  const pieces = new Big(quantity);
  if (pieces.lte(0)) return null;
  const even = toCents(total.div(pieces));
  if (even.times(pieces).eq(total)) return [{ quantity, unitPrice: toDecimal(even) }];
  if (!pieces.eq(pieces.round(0, Big.roundDown))) {
    return toCents(even.times(pieces)).eq(total) ? [{ quantity, unitPrice: toDecimal(even) }] : null;
  }
  const low = total.div(pieces).round(2, Big.roundDown);
  const dearer = total.minus(low.times(pieces)).times(100);
  return [
    { quantity: toDecimal(pieces.minus(dearer)), unitPrice: toDecimal(low) },
    { quantity: toDecimal(dearer), unitPrice: toDecimal(low.plus('0.01')) },
  ];
}

/**
 * Divides `total` among the weights, pro rata and exact to the cent: each share is less than a cent from
 * its exact part, and their sum is the total. The cents that are over go to the parts that lost most, the
 * first of equals before the later. All amounts are whole cents, none below zero; null when there is
 * something to divide and nothing weighs.
 */
export function allocate(total: Big, weights: readonly Big[]): Big[] | null {
  const cents = toWholeCents(total);
  const parts = weights.map(toWholeCents);
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  if (whole === 0n) return cents === 0n ? weights.map(() => new Big(0)) : null;
  const shares = parts.map((part, index) => ({
    index,
    cents: (cents * part) / whole,
    lost: (cents * part) % whole,
  }));
  const over = cents - shares.reduce((sum, share) => sum + share.cents, 0n);
  const neediest = [...shares].sort((a, b) =>
    a.lost === b.lost ? a.index - b.index : a.lost < b.lost ? 1 : -1,
  );
  for (const share of neediest.slice(0, Number(over))) share.cents += 1n;
  return shares.map((share) => new Big(share.cents.toString()).div(100));
}

/** Whether the amount has no fraction of a cent. */
export const isWholeCents = (value: Big): boolean => toCents(value).eq(value);

const toWholeCents = (value: Big): bigint => BigInt(value.times(100).toFixed(0));

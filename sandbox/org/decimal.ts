import Big from 'big.js';

/**
 * Amounts live in SQLite as whole numbers of the field's smallest unit (cents for scale 2), so that sums and
 * comparisons are exact. These turn them into what travels and back.
 */

/** Whole units of `10^-scale`, halves rounded away from zero as Salesforce does; `null` if it is no number. */
export function toScaled(value: string | number, scale: number): number | null {
  let big: Big;
  try {
    big = new Big(value);
  } catch {
    return null;
  }
  const scaled = big.times(new Big(10).pow(scale)).round(0, Big.roundHalfUp);
  const units = Number(scaled.toFixed(0));
  return Number.isSafeInteger(units) ? units : Number.NaN;
}

/** The number as JSON carries it. The quotient of a safe integer and a power of ten prints as the decimal. */
export function fromScaled(units: number, scale: number): number {
  return scale === 0 ? units : units / 10 ** scale;
}

/** The amount as an exact decimal text with all its places, e.g. `1234.50`. */
export function scaledText(units: number, scale: number): string {
  return new Big(units).div(new Big(10).pow(scale)).toFixed(scale);
}

/** `a` times `b`, each scaled, as units of `10^-scale`; halves rounded away from zero. */
export function multiplyScaled(a: number, scaleA: number, b: number, scaleB: number, scale: number): number {
  const product = new Big(a).times(b).div(new Big(10).pow(scaleA + scaleB - scale));
  return Number(product.round(0, Big.roundHalfUp).toFixed(0));
}

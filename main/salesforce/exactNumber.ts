import Big from 'big.js';
import { type Decimal, decimalSchema, isDecimal } from '../../contract/decimal';

/** A double prints every decimal of so many significant digits back as it came in. */
const exactDigits = 15;

/** The amount as a JSON number that prints exactly, or null when it has too many digits for one. */
export function toJsonNumber(value: Decimal): number | null {
  const exact = new Big(value);
  if (exact.c.length > exactDigits) return null;
  return Number(exact.toFixed());
}

/** The JSON number as the decimal that was meant, or null when its digits are more than a double keeps. */
export function fromJsonNumber(value: number): Decimal | null {
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  // Nearly all of them, and there are hundreds of thousands in a catalogue.
  if (text.length <= exactDigits && isDecimal(text)) return text;
  const exact = new Big(text);
  if (exact.c.length > exactDigits) return null;
  const parsed = decimalSchema.safeParse(exact.toFixed());
  return parsed.success ? parsed.data : null;
}

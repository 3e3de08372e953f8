import { z } from 'zod';

const pattern = /^-?\d{1,14}(\.\d{1,6})?$/;

/**
 * An exact decimal as text: `-12`, `0.50`, `1234.5678`. Amounts and quantities cross every border in
 * this form, so that no float ever holds one.
 */
export const decimalSchema = z.string().regex(pattern, 'decimal').brand('Decimal');

export type Decimal = z.infer<typeof decimalSchema>;

/** The same check without a schema's cost, for lists of a catalogue's length. */
export const isDecimal = (text: string): text is Decimal => pattern.test(text);

/** The shortest text of the same number, so that equal numbers are equal texts: `1652.50` is `1652.5`. */
export function canonical(value: Decimal): Decimal {
  let begin = value.charCodeAt(0) === minus ? 1 : 0;
  let end = value.length;
  const sign = begin;
  while (value.charCodeAt(begin) === zero && isDigit(value.charCodeAt(begin + 1))) begin += 1;
  if (value.includes('.')) {
    while (value.charCodeAt(end - 1) === zero) end -= 1;
    if (value.charCodeAt(end - 1) === point) end -= 1;
  }
  if (begin === sign && end === value.length && sign === 0) return value;
  const size = value.slice(begin, end);
  const shortest = sign === 1 && size !== '0' ? `-${size}` : size;
  if (!isDecimal(shortest)) throw new Error('a decimal lost its form');
  return shortest;
}

const isDigit = (code: number): boolean => code >= zero && code <= nine;

const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const point = 0x2e;

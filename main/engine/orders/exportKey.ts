import type { Charge } from '../../../contract/rules';

/**
 * The text that makes an order's export unique in the org, the same on every desktop:
 * `<identifier>-<store order number>`, only `[A-Za-z0-9_-]` (design, Words). Anything else is written as
 * `_` and its UTF-8 bytes in hex, and so are `_` everywhere and `-` in the identifier, so that two
 * different orders can never have one key.
 */
export function exportKey(identifier: string, orderNumber: string): string {
  return `${encode(identifier, /[A-Za-z0-9]/)}-${encode(orderNumber, /[A-Za-z0-9-]/)}`;
}

/** A line's key: the order's and the line's number; `part` tells the halves of a split line apart. */
export function lineKey(orderKey: string, lineNumber: number, part: 'whole' | 'rest'): string {
  return `${orderKey}-${lineNumber}${part === 'rest' ? 'b' : ''}`;
}

/** The key of a line that stands for a charge: words where other lines have numbers, so that none can meet. */
export function chargeKey(orderKey: string, charge: Charge): string {
  return `${orderKey}-${charge}`;
}

const encoder = new TextEncoder();

function encode(text: string, plain: RegExp): string {
  return [...text].map((character) => (plain.test(character) ? character : hex(character))).join('');
}

function hex(character: string): string {
  return [...encoder.encode(character)]
    .map((byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

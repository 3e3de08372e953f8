import { canonical, type Decimal, isDecimal } from '../../../contract/decimal';
import { fromJsonNumber } from '../exactNumber';

/*
 * A value of a row, from JSON or from the Bulk API's CSV, where everything is text and blank is null. Read without a
 * schema's cost, since a catalogue has millions of them.
 */

/** A value that is not what the org describes its field to be. */
export class UnexpectedValue extends Error {}

export function textOf(raw: unknown): string {
  if (typeof raw !== 'string') throw new UnexpectedValue(`no text: ${typeof raw}`);
  return raw;
}

export const textOrNull = (raw: unknown): string | null =>
  raw === null || raw === undefined || raw === '' ? null : textOf(raw);

export function flagOf(raw: unknown): boolean {
  if (raw === true || raw === 'true') return true;
  if (raw === false || raw === 'false' || raw === null || raw === '') return false;
  throw new UnexpectedValue('neither true nor false');
}

/** Null for a blank value, and for one of more digits than can be kept exactly. */
export function decimalOf(raw: unknown): Decimal | null {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'number') return shortest(fromJsonNumber(raw));
  const text = textOf(raw);
  if (isDecimal(text)) return canonical(text);
  // Salesforce writes numbers as Java does: 1.39E8 (research/salesforce.md 3.5).
  const value = Number(text);
  if (!Number.isFinite(value)) throw new UnexpectedValue('no number');
  return shortest(fromJsonNumber(value));
}

const shortest = (value: Decimal | null): Decimal | null => (value === null ? null : canonical(value));

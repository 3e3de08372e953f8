import { type Decimal, isDecimal } from '../../../contract/decimal';

/*
 * Columns of our own rows, checked one by one: a schema for the whole row takes five times as long, and there are
 * hundreds of thousands of them.
 */

function valueAt(row: unknown, name: string): unknown {
  if (typeof row !== 'object' || row === null) throw new Error('no row');
  return Reflect.get(row, name);
}

export function textAt(row: unknown, name: string): string {
  const value = valueAt(row, name);
  if (typeof value !== 'string') throw new Error(`column ${name} holds no text`);
  return value;
}

export function textOrNullAt(row: unknown, name: string): string | null {
  return valueAt(row, name) === null ? null : textAt(row, name);
}

export function numberAt(row: unknown, name: string): number {
  const value = valueAt(row, name);
  if (typeof value !== 'number') throw new Error(`column ${name} holds no number`);
  return value;
}

export function numberOrNullAt(row: unknown, name: string): number | null {
  return valueAt(row, name) === null ? null : numberAt(row, name);
}

export function decimalAt(row: unknown, name: string): Decimal {
  const text = textAt(row, name);
  if (!isDecimal(text)) throw new Error(`column ${name} holds no decimal`);
  return text;
}

export function decimalOrNullAt(row: unknown, name: string): Decimal | null {
  return valueAt(row, name) === null ? null : decimalAt(row, name);
}

import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { type Decimal, isDecimal } from '../../../contract/decimal';
import type { Value } from './pieces';

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

export function numberAt(row: unknown, name: string): number {
  const value = valueAt(row, name);
  if (typeof value !== 'number') throw new Error(`column ${name} holds no number`);
  return value;
}

/** The rows of a query (pieces.ts, `asText`) as lists of their values. */
export function rowsAsLists(db: DatabaseSyncInstance, query: string): (...values: Value[]) => unknown[][] {
  const statement = db.prepare(query);
  statement.setReturnArrays(true);
  return (...values) => listsIn(listOf(statement.get(...values))[0]);
}

/** The rows in the text that a query answers. */
export function listsIn(answer: unknown): unknown[][] {
  return listOf(JSON.parse(text(answer))).map(listOf);
}

function listOf(row: unknown): unknown[] {
  if (!Array.isArray(row)) throw new Error('no list of values');
  return row;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error('a column holds no text');
  return value;
}

export const textOrNull = (value: unknown): string | null => (value === null ? null : text(value));

export function decimal(value: unknown): Decimal {
  const digits = text(value);
  if (!isDecimal(digits)) throw new Error('a column holds no decimal');
  return digits;
}

export const decimalOrNull = (value: unknown): Decimal | null => (value === null ? null : decimal(value));

export function decimalAt(row: unknown, name: string): Decimal {
  const text = textAt(row, name);
  if (!isDecimal(text)) throw new Error(`column ${name} holds no decimal`);
  return text;
}

export function decimalOrNullAt(row: unknown, name: string): Decimal | null {
  return valueAt(row, name) === null ? null : decimalAt(row, name);
}

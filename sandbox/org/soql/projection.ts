import type { Stored } from '../database';
import { fromScaled } from '../decimal';
import type { FieldDef, ObjectDef } from '../schema/types';
import { writeValue } from '../values';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonRecord = { [key: string]: Json };

/** How one record of the answer is built from one row of columns. */
export interface RecordShape {
  object: ObjectDef;
  /** Column with the record's id; the record is `null` where it is. */
  idColumn: number;
  entries: Entry[];
}

export type Entry =
  | { kind: 'field'; name: string; field: FieldDef; column: number }
  | { kind: 'parent'; name: string; shape: RecordShape }
  | { kind: 'children'; name: string; index: number };

/** One column of an aggregate answer. */
export interface AggregateColumn {
  name: string;
  /** Decimal places that the stored number has to be divided by; `null` leaves the value as it is. */
  scale: number | null;
  field: FieldDef | null;
}

export type ChildrenOf = (index: number, id: string) => Json;

export function buildRecord(
  shape: RecordShape,
  row: readonly Stored[],
  version: string,
  childrenOf: ChildrenOf,
): JsonRecord | null {
  const id = row[shape.idColumn];
  if (typeof id !== 'string') return null;
  const record: JsonRecord = { attributes: attributesOf(shape.object.name, id, version) };
  for (const entry of shape.entries) {
    switch (entry.kind) {
      case 'field':
        record[entry.name] = writeValue(entry.field, row[entry.column] ?? null);
        break;
      case 'parent':
        record[entry.name] = buildRecord(entry.shape, row, version, childrenOf);
        break;
      case 'children':
        record[entry.name] = childrenOf(entry.index, id);
        break;
    }
  }
  return record;
}

export function buildAggregate(columns: readonly AggregateColumn[], row: readonly Stored[]): JsonRecord {
  const record: JsonRecord = { attributes: { type: 'AggregateResult' } };
  columns.forEach((column, index) => {
    const value = row[index] ?? null;
    if (column.field) record[column.name] = writeValue(column.field, value);
    else if (column.scale !== null && typeof value === 'number') {
      record[column.name] = fromScaled(value, column.scale);
    } else record[column.name] = value;
  });
  return record;
}

export const attributesOf = (type: string, id: string, version: string): JsonRecord => ({
  type,
  url: `/services/data/v${version}/sobjects/${type}/${id}`,
});

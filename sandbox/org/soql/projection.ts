import type { Stored } from '../database';
import type { FieldDef } from '../schema/types';
import { writeValue } from '../values';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonRecord = { [key: string]: Json };
export type Write = (stored: Stored) => Json;

/** How one record of the answer is built from one row of columns. */
export interface RecordShape {
  /** What its attributes call it; `Name` for a link that may lead to several objects. */
  type: string;
  /** The object in its address. */
  urlType: (id: string) => string;
  /** Column with the record's id; the record is `null` where it is. */
  idColumn: number;
  entries: Entry[];
}

export type Entry =
  | { kind: 'field'; name: string; field: FieldDef; column: number; write: Write }
  | { kind: 'address'; name: string; parts: { key: string; column: number; write: Write }[] }
  | { kind: 'parent'; name: string; shape: RecordShape }
  /** TYPEOF: the first of the shapes whose record is there. */
  | { kind: 'oneOf'; name: string; shapes: RecordShape[] }
  | { kind: 'children'; name: string; index: number };

/** One column of an aggregate answer. */
export interface AggregateColumn {
  name: string;
  write: Write;
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
  const record: JsonRecord = { attributes: attributesOf(shape.type, id, version, shape.urlType(id)) };
  for (const entry of shape.entries) {
    switch (entry.kind) {
      case 'field':
        record[entry.name] = entry.write(row[entry.column] ?? null);
        break;
      case 'address':
        record[entry.name] = buildAddress(
          entry.parts.map((part) => [part.key, part.write(row[part.column] ?? null)]),
        );
        break;
      case 'parent':
        record[entry.name] = buildRecord(entry.shape, row, version, childrenOf);
        break;
      case 'oneOf': {
        const found = entry.shapes.find((option) => typeof row[option.idColumn] === 'string');
        record[entry.name] = found ? buildRecord(found, row, version, childrenOf) : null;
        break;
      }
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
    record[column.name] = column.write(row[index] ?? null);
  });
  return record;
}

/** A compound address; nothing when all of its parts are nothing. */
export function buildAddress(parts: readonly (readonly [key: string, value: Json])[]): Json {
  return parts.some(([, value]) => value !== null) ? Object.fromEntries(parts) : null;
}

/** The keys of a compound address in the order Salesforce sends them, each with the end of its field's name. */
export const addressKeys: readonly (readonly [key: string, ending: string])[] = [
  ['city', 'City'],
  ['country', 'Country'],
  ['geocodeAccuracy', 'GeocodeAccuracy'],
  ['latitude', 'Latitude'],
  ['longitude', 'Longitude'],
  ['postalCode', 'PostalCode'],
  ['state', 'State'],
  ['street', 'Street'],
];

export const writerOf =
  (field: FieldDef): Write =>
  (stored) =>
    writeValue(field, stored);

export const attributesOf = (type: string, id: string, version: string, urlType = type): JsonRecord => ({
  type,
  url: `/services/data/v${version}/sobjects/${urlType}/${id}`,
});

import type { OrgCore } from '../core';
import type { Row } from '../database';
import { refuse } from '../errors';
import type { FieldDef, ObjectDef } from '../schema/types';
import { addressKeys, attributesOf, buildAddress, type Json, type JsonRecord } from '../soql/projection';
import { writeValue } from '../values';

/** A stored row as the JSON of its fields, in this order. */
export function recordOf(
  org: OrgCore,
  object: ObjectDef,
  row: Row,
  fields: readonly FieldDef[],
  version: string,
): JsonRecord {
  const record: JsonRecord = { attributes: attributesOf(object.name, String(row['Id']), version) };
  for (const field of fields) record[field.name] = fieldValue(org, object, field, row);
  return record;
}

/** The fields that a request names, in its order; refused when one is not to be seen. */
export function fieldsNamed(org: OrgCore, object: ObjectDef, names: readonly string[]): FieldDef[] {
  return names.map((name) => {
    const field = org.schema.field(object, name.trim());
    if (field) return field;
    throw refuse(400, 'INVALID_FIELD', `No such column '${name.trim()}' on sobject of type ${object.name}`);
  });
}

function fieldValue(org: OrgCore, object: ObjectDef, field: FieldDef, row: Row): Json {
  if (field.type !== 'address') return writeValue(field, row[field.name] ?? null);
  const prefix = field.name.slice(0, -'Address'.length);
  return buildAddress(
    addressKeys.flatMap(([key, ending]): [string, Json][] => {
      const part = org.schema.field(object, prefix + ending);
      return part ? [[key, writeValue(part, row[part.name] ?? null)]] : [];
    }),
  );
}

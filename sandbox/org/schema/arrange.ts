import { fieldOrder } from './fieldOrder';
import type { FieldDef } from './types';

const systemFields: ReadonlySet<string> = new Set([
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);

const places = new Map(
  Object.entries(fieldOrder).map(([object, names]) => [
    object,
    new Map(names.split(' ').map((name, index) => [name, index])),
  ]),
);

/** An object's fields in the order in which a real org has them. */
export function inRealOrder(object: string, fields: readonly FieldDef[]): readonly FieldDef[] {
  const known = places.get(object);
  if (!known) return fields;
  const rank = (field: FieldDef): number => known.get(field.name) ?? (field.custom ? 2000 : 1000);
  return [...fields].sort((a, b) => rank(a) - rank(b));
}

/** Whether an object has a column that nobody sees, because the real one has no such field. */
export const isConcealed = (object: string, field: FieldDef): boolean =>
  systemFields.has(field.name) && places.get(object)?.has(field.name) === false;

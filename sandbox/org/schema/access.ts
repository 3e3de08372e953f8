import { z } from 'zod';
import type { FieldDef, ObjectDef } from './types';

const objectNames = z.array(z.string().min(1)).default([]);
const fieldNames = z.array(z.string().regex(/^\w+\.\w+$/, 'not Object.Field')).default([]);

/** What one user may not see or do, as profiles and permission sets would have it. */
export const userAccessSchema = z.strictObject({
  /** Objects without Read: they do not exist for this user. */
  hiddenObjects: objectNames,
  noCreate: objectNames,
  noEdit: objectNames,
  noDelete: objectNames,
  /** `Object.Field` without Read: looks the same as a field that was never deployed. */
  hiddenFields: fieldNames,
  /** `Object.Field` with Read only. */
  readOnlyFields: fieldNames,
});
export type UserAccess = z.output<typeof userAccessSchema>;

export const fullAccess: UserAccess = userAccessSchema.parse({});

/** The objects as a user with this access sees them. */
export function restrict(objects: readonly ObjectDef[], access: UserAccess): ObjectDef[] {
  const hiddenObjects = lower(access.hiddenObjects);
  const noCreate = lower(access.noCreate);
  const noEdit = lower(access.noEdit);
  const noDelete = lower(access.noDelete);
  const hiddenFields = lower(access.hiddenFields);
  const readOnly = lower(access.readOnlyFields);
  return objects
    .filter((object) => !hiddenObjects.has(object.name.toLowerCase()))
    .map((object) => {
      const name = object.name.toLowerCase();
      const nameOf = (field: FieldDef): string => `${name}.${field.name.toLowerCase()}`;
      return {
        ...object,
        createable: object.createable && !noCreate.has(name),
        updateable: object.updateable && !noEdit.has(name),
        deletable: object.deletable && !noDelete.has(name),
        fields: object.fields
          .filter((field) => !(hideable(field) && hiddenFields.has(nameOf(field))))
          .map((field) =>
            hideable(field) && readOnly.has(nameOf(field))
              ? { ...field, createable: false, updateable: false }
              : field,
          ),
      };
    });
}

/**
 * Field-level security knows no required and no system fields: an org offers no tick to hide `Order.Status`
 * or `CreatedDate`. A checkbox is never empty and can be hidden all the same.
 */
function hideable(field: FieldDef): boolean {
  if (field.custom) return true;
  if (field.type === 'boolean') return field.createable || field.updateable;
  return field.nillable && !field.autoNumber;
}

const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()));

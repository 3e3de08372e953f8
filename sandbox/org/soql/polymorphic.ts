import type { OrgSchema } from '../schema';
import { object, text } from '../schema/field';
import type { FieldDef, ObjectDef } from '../schema/types';

/**
 * Links that may lead to several objects (`Task.What`, `Case.Owner`). What they have in common is shown as an
 * object called Name (SOQL guide, "Understanding Relationship Fields and Polymorphic Fields").
 */
export const nameObject: ObjectDef = object({
  name: 'Name',
  label: 'Name',
  labelPlural: 'Names',
  keyPrefix: '',
  writable: false,
  fields: [
    text('Name', 'Name', 255, { nameField: true }),
    text('Type', 'Type', 40),
    text('FirstName', 'First Name', 40),
    text('LastName', 'Last Name', 80),
    text('Username', 'Username', 80),
    text('Alias', 'Alias', 8),
    text('ProfileId', 'Profile ID', 18),
    text('UserRoleId', 'Role ID', 18),
    text('Email', 'Email', 80),
    text('Phone', 'Phone', 40),
    text('Title', 'Title', 80),
  ],
});

/** The value of one of those fields, from whichever object the link leads to; `null` if there is no such field. */
export function polymorphicColumn(
  schema: OrgSchema,
  link: FieldDef,
  linkSql: string,
  name: string,
): { sql: string; field: FieldDef } | null {
  const field = nameObject.fields.find((def) => def.name.toLowerCase() === name.toLowerCase());
  if (!field) return null;
  const targets = link.referenceTo.flatMap((target) => schema.object(target) ?? []);
  if (field.name === 'Id') return { sql: linkSql, field };
  if (field.name === 'Type') {
    const cases = targets.map((target) => `WHEN '${target.keyPrefix}' THEN '${target.name}'`);
    return { sql: `CASE substr(${linkSql}, 1, 3) ${cases.join(' ')} END`, field };
  }
  const values = targets.flatMap((target) => {
    const own =
      field.name === 'Name'
        ? target.fields.find((def) => def.nameField)
        : target.fields.find((def) => def.name === field.name);
    return own ? [`(SELECT "${own.name}" FROM "${target.name}" WHERE "Id" = ${linkSql})`] : [];
  });
  return { sql: values.length === 0 ? 'NULL' : `coalesce(${values.join(', ')}, NULL)`, field };
}

/** The object whose key prefix an id begins with. */
export const typeOfId = (schema: OrgSchema, id: string): string =>
  schema.objects.find((def) => id.startsWith(def.keyPrefix))?.name ?? 'Name';

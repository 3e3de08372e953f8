import type { Row } from '../database';
import { refuse } from '../errors';
import type { FieldDef, ObjectDef } from '../schema/types';
import { readValue, wrongToken } from '../values';
import type { RuleContext } from './context';

/**
 * A request body as field values. A parent may be named by one of its external ids instead of its id:
 * `"Account": {"Puente_TaxId__c": "30…"}` (research/salesforce.md 2.2).
 */
export function readBody(
  object: ObjectDef,
  body: Readonly<Record<string, unknown>>,
  operation: 'create' | 'update',
  context: RuleContext,
): Row {
  const values: Row = {};
  const closed: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === 'attributes') continue;
    const field = context.schema.field(object, name);
    if (field) {
      const open = operation === 'create' ? field.createable : field.updateable;
      if (!open) closed.push(field.name);
      else values[field.name] = readValue(field, value, () => placeOf(body, name));
      continue;
    }
    const link = context.schema.parent(object, name);
    if (!link) {
      throw refuse(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }
    values[link.name] = value === null ? null : parentId(link, value, () => placeOf(body, name), context);
  }
  if (closed.length > 0) {
    throw refuse(
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${closed.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      closed,
    );
  }
  return values;
}

/**
 * Where the reader stands once it has taken a value in, had the client sent the body without spaces, as
 * programs do. What it cannot read at all it leaves at its first character.
 */
function placeOf(body: Readonly<Record<string, unknown>>, name: string): string {
  let text = '{';
  for (const [key, value] of Object.entries(body)) {
    text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:`;
    const json = JSON.stringify(value);
    text += key === name && typeof value === 'object' && value !== null ? json.charAt(0) : json;
    if (key === name) break;
  }
  return `[line:1, column:${text.length + 1}]`;
}

function parentId(link: FieldDef, value: unknown, place: () => string, context: RuleContext): string {
  const parent = context.schema.object(link.referenceTo[0] ?? '');
  if (!parent || typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongToken('complexvalue', value, place());
  }
  const keys = Object.entries(value).filter(([name]) => name !== 'attributes');
  const [name, key] = keys[0] ?? [];
  const field = name === undefined ? undefined : context.schema.field(parent, name);
  if (keys.length !== 1 || !field || !(field.externalId || field.type === 'id')) {
    throw refuse(
      400,
      'INVALID_FIELD',
      `More than 1 field provided in an external foreign key reference in entity: ${parent.name}`,
      [],
    );
  }
  const found = context.records.findBy(parent, field.name, readValue(field, key));
  const first = found[0];
  if (!first) {
    throw refuse(
      400,
      'INVALID_FIELD',
      `Foreign key external ID: ${String(key)} not found for field ${field.name} in entity ${parent.name}`,
      [],
    );
  }
  if (found.length > 1) {
    throw refuse(
      400,
      'DUPLICATE_EXTERNAL_ID',
      `Foreign key external ID: ${String(key)} matches more than one record in entity ${parent.name}`,
      [],
    );
  }
  return String(first['Id']);
}

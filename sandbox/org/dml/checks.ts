import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { FieldDef, ObjectDef } from '../schema/types';
import type { ObjectRules, RuleContext } from './context';

/** All fields without a value that need one, told together in one error as Salesforce does. */
export function missingFields(object: ObjectDef, record: Row, rules: ObjectRules | undefined): OrgError[] {
  const missing = object.fields
    .filter((field) => {
      const needed =
        (!field.nillable && field.createable && !field.defaultedOnCreate && field.type !== 'boolean') ||
        rules?.alsoRequired?.includes(field.name);
      return needed && (record[field.name] === undefined || record[field.name] === null);
    })
    .map((field) => field.name);
  return missing.length === 0 ? [] : [missingError(missing)];
}

/** A required field must not be emptied by an update. */
export function emptiedFields(object: ObjectDef, changes: Row, rules: ObjectRules | undefined): OrgError[] {
  const emptied = object.fields
    .filter((field) => changes[field.name] === null)
    .filter((field) => !field.nillable || rules?.alsoRequired?.includes(field.name))
    .map((field) => field.name);
  return emptied.length === 0 ? [] : [missingError(emptied)];
}

/** Length, picklist, e-mail shape and references of the values given. */
export function valueErrors(object: ObjectDef, values: Row, context: RuleContext): OrgError[] {
  const errors: OrgError[] = [];
  for (const field of object.fields) {
    const value = values[field.name];
    if (typeof value !== 'string') continue;
    const error =
      field.type === 'reference' ? referenceError(field, value, context) : textError(field, value);
    if (error) errors.push(error);
  }
  return errors;
}

/** The customer's own rules, told all together. */
export function validationErrors(object: ObjectDef, record: Row, context: RuleContext): OrgError[] {
  return context.validationRules
    .filter((rule) => rule.object === object.name && rule.refuses(record, context))
    .map((rule) => ({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: rule.message,
      fields: rule.field ? [rule.field] : [],
    }));
}

/**
 * Which live record already holds a unique value; told with its 15-character id, or with nothing at all to
 * a user who cannot see it (public logs, research/salesforce.md 1.5).
 */
export function uniqueErrors(
  object: ObjectDef,
  values: Row,
  ownId: string | null,
  context: RuleContext,
): OrgError[] {
  for (const field of object.fields) {
    const value = values[field.name];
    if (!field.unique || value === null || value === undefined) continue;
    const other = context.records.findBy(object, field.name, value).find((row) => row['Id'] !== ownId);
    if (!other) continue;
    const id = String(other['Id']);
    const [name, holder] = context.sees(object.name, id)
      ? [field.name, id.slice(0, 15)]
      : ['<unknown>', '<unknown>'];
    return [
      {
        errorCode: 'DUPLICATE_VALUE',
        message: `duplicate value found: ${name} duplicates value on record with id: ${holder}`,
        fields: [],
      },
    ];
  }
  return [];
}

function missingError(fields: string[]): OrgError {
  return {
    errorCode: 'REQUIRED_FIELD_MISSING',
    message: `Required fields are missing: [${fields.join(', ')}]`,
    fields,
  };
}

function textError(field: FieldDef, value: string): OrgError | null {
  if (field.length > 0 && value.length > field.length) {
    return {
      errorCode: 'STRING_TOO_LONG',
      message: `${field.label}: data value too large: ${value} (max length=${field.length})`,
      fields: [field.name],
    };
  }
  if (
    field.restrictedPicklist &&
    !field.picklist.some((entry) => entry.value === value && entry.active !== false)
  ) {
    return {
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      message: `${field.label}: bad value for restricted picklist field: ${value}`,
      fields: [field.name],
    };
  }
  if (field.type === 'email' && !/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(value)) {
    return {
      errorCode: 'INVALID_EMAIL_ADDRESS',
      message: `${field.label}: invalid email address: ${value}`,
      fields: [field.name],
    };
  }
  return null;
}

function referenceError(field: FieldDef, id: string, context: RuleContext): OrgError | null {
  const target = field.referenceTo
    .map((name) => context.schema.object(name))
    .find((object) => object !== undefined && id.startsWith(object.keyPrefix));
  if (!target) {
    // A true id, only of something else: https://salto.io/blog-posts/invalid-cross-reference-id tried it.
    return {
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: `${field.label}: id value of incorrect type: ${id}`,
      fields: [field.name],
    };
  }
  const row = context.records.get(target, id);
  if (!row) {
    return { errorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
  }
  if (row['IsDeleted'] === 1) {
    return { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] };
  }
  if (!context.sees(target.name, id)) {
    return {
      errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      message: 'insufficient access rights on cross-reference id',
      fields: [],
    };
  }
  return null;
}

import type { Stored } from './database';
import { fromScaled, toScaled } from './decimal';
import { jsonParserError, refuse } from './errors';
import { normaliseId } from './ids';
import type { FieldDef } from './schema/types';

/** A field's value from a request body, as it is stored. Throws what Salesforce's JSON reader answers. */
export function readValue(field: FieldDef, value: unknown): Stored {
  if (value === null || value === undefined) return field.type === 'boolean' ? 0 : null;
  if (typeof value === 'object') throw wrongType(field, value);
  switch (field.type) {
    case 'boolean':
      if (value === true || value === 'true') return 1;
      if (value === false || value === 'false') return 0;
      throw wrongType(field, value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return readNumber(field, value);
    case 'date':
      return readDate(field, value);
    case 'datetime':
      return readDatetime(field, value);
    case 'reference':
      return value === '' ? null : readReference(field, String(value));
    default: {
      const text = String(value).trim();
      return text === '' ? null : text;
    }
  }
}

/** A stored value as JSON carries it. */
export function writeValue(field: FieldDef, stored: Stored): string | number | boolean | null {
  if (stored === null) return null;
  switch (field.type) {
    case 'boolean':
      return stored === 1;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return typeof stored === 'number' ? fromScaled(stored, field.scale) : null;
    default:
      return stored;
  }
}

/** Salesforce's own way of writing an instant: `2026-11-23T14:05:09.000+0000`. */
export function orgDatetime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}

function readNumber(field: FieldDef, value: unknown): number {
  if (typeof value !== 'number' && typeof value !== 'string') throw wrongType(field, value);
  const scaled = toScaled(value, field.scale);
  if (scaled === null) throw wrongType(field, value);
  const most = 10 ** (field.precision - field.scale);
  if (Number.isNaN(scaled) || Math.abs(fromScaled(scaled, field.scale)) >= most) {
    throw refuse(
      400,
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${value}`,
      [field.name],
    );
  }
  return scaled;
}

function readDate(field: FieldDef, value: unknown): string | null {
  if (value === '') return null;
  const match = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(String(value));
  const day = match?.[1];
  if (day === undefined || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) throw wrongType(field, value);
  if (new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) throw wrongType(field, value);
  return day;
}

function readDatetime(field: FieldDef, value: unknown): string | null {
  if (value === '') return null;
  const text = String(value).replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw wrongType(field, value);
  return orgDatetime(instant);
}

function readReference(field: FieldDef, value: string): string {
  const id = normaliseId(value);
  if (id === null) {
    throw refuse(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
  }
  return id;
}

function wrongType(field: FieldDef, value: unknown) {
  const wanted: Partial<Record<FieldDef['type'], string>> = {
    int: 'int',
    currency: 'double',
    percent: 'double',
    double: 'double',
    boolean: 'boolean',
    date: 'date',
    datetime: 'datetime',
  };
  const token = Array.isArray(value)
    ? 'START_ARRAY'
    : typeof value === 'object'
      ? 'START_OBJECT'
      : typeof value === 'number'
        ? 'VALUE_NUMBER'
        : typeof value === 'boolean'
          ? 'VALUE_BOOLEAN'
          : 'VALUE_STRING';
  const shown = typeof value === 'object' ? '' : ` value ${String(value)}`;
  return jsonParserError(
    `Cannot deserialize instance of ${wanted[field.type] ?? 'string'} from ${token}${shown} or request may be missing a required field at [line:1, column:1]`,
  );
}

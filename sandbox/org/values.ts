import type { Stored } from './database';
import { fromScaled, toScaled } from './decimal';
import { jsonParserError, type OrgException, refuse } from './errors';
import { normaliseId } from './ids';
import type { FieldDef } from './schema/types';

/** Where in a request's JSON a value stands, as Salesforce's reader tells it. */
type Place = () => string;

/** A field's value from a request body, as it is stored. Throws what Salesforce's JSON reader answers. */
export function readValue(field: FieldDef, value: unknown, place: Place = () => firstPlace): Stored {
  if (value === null || value === undefined) return field.type === 'boolean' ? 0 : null;
  if (typeof value === 'object') throw wrongType(field, value, place);
  switch (field.type) {
    case 'boolean':
      if (value === true || value === 'true') return 1;
      if (value === false || value === 'false') return 0;
      throw wrongType(field, value, place);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return readNumber(field, value, place);
    case 'date':
      return readDate(field, value, place);
    case 'datetime':
      return readDatetime(field, value, place);
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

const firstPlace = '[line:1, column:1]';

function readNumber(field: FieldDef, value: unknown, place: Place): number {
  if (typeof value !== 'number' && typeof value !== 'string') throw wrongType(field, value, place);
  const scaled = toScaled(value, field.scale);
  const fraction = field.type === 'int' && !Number.isInteger(Number(value));
  if (scaled === null || fraction) throw wrongType(field, value, place);
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

/** A day; one with a time after it counts too, and the time is left out. */
function readDate(field: FieldDef, value: unknown, place: Place): string | null {
  if (value === '') return null;
  const day = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.+-]*Z?)?$/.exec(String(value))?.[1];
  if (day === undefined || !isDay(day)) throw wrongType(field, value, place);
  return day;
}

/** An instant, with or without milliseconds and in any zone; no zone means UTC. */
function readDatetime(field: FieldDef, value: unknown, place: Place): string | null {
  if (value === '') return null;
  const match =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:Z|([+-]\d{2}):?(\d{2}))?$/.exec(
      String(value),
    );
  const [, day = '', time = '', hours = '+00', minutes = '00'] = match ?? [];
  const instant = isDay(day) ? Date.parse(`${day}T${time}${hours}:${minutes}`) : Number.NaN;
  if (Number.isNaN(instant)) throw wrongType(field, value, place);
  return orgDatetime(instant);
}

function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().slice(0, 10) === day;
}

function readReference(field: FieldDef, value: string): string {
  const id = normaliseId(value);
  if (id === null) {
    throw refuse(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
  }
  return id;
}

function wrongType(field: FieldDef, value: unknown, place: Place) {
  const wanted = field.type === 'date' || field.type === 'datetime' || numeric.has(field.type);
  const type = wanted || field.type === 'boolean' ? field.type : 'string';
  return wrongToken(type, value, place());
}

const numeric: ReadonlySet<FieldDef['type']> = new Set(['int', 'double', 'currency', 'percent']);

/**
 * What the JSON reader says of a value that does not fit; seen in public logs for `date`, `string` and
 * `complexvalue`.
 */
export function wrongToken(wanted: string, value: unknown, place: string): OrgException {
  return jsonParserError(
    `Cannot deserialize instance of ${wanted} from ${token(value)} or request may be missing a required field at ${place}`,
  );
}

function token(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY value [';
  switch (typeof value) {
    case 'object':
      return 'START_OBJECT value {';
    case 'number':
      return `${Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT'} value ${value}`;
    case 'boolean':
      return value ? 'VALUE_TRUE value true' : 'VALUE_FALSE value false';
    default:
      return `VALUE_STRING value ${String(value)}`;
  }
}

import type { Condition, LiteralType } from '@jetstreamapp/soql-parser-js';
import Big from 'big.js';
import type { Stored } from '../database';
import { refuse } from '../errors';
import { normaliseId } from '../ids';
import type { FieldDef } from '../schema/types';
import { orgDatetime } from '../values';
import { malformed } from './errors';

/** A value as it stands in the query. */
export interface Literal {
  text: string;
  type: LiteralType | undefined;
}

/** The values on the right side of a condition. */
export function literalsOf(condition: Exclude<Condition, { operator?: never }>): Literal[] {
  if (!('value' in condition)) return [];
  const texts: readonly string[] = Array.isArray(condition.value) ? condition.value : [condition.value];
  const types: unknown = condition.literalType;
  return texts.map((text, index) => {
    const type: unknown = Array.isArray(types) ? types[index] : types;
    return { text, type: isLiteralType(type) ? type : undefined };
  });
}

const isLiteralType = (value: unknown): value is LiteralType => typeof value === 'string';

/** SQLite knows upper and lower case of A to Z only; texts with other letters are compared folded. */
export const needsFolding = (field: FieldDef, value: Stored): boolean =>
  typeof value === 'string' && isText(field) && !field.caseSensitive && /[^ -~\s]/.test(value);

export const isText = (field: FieldDef): boolean =>
  ['string', 'textarea', 'picklist', 'email', 'phone', 'url', 'multipicklist'].includes(field.type);

export const isNumber = (field: FieldDef): boolean =>
  ['int', 'double', 'currency', 'percent'].includes(field.type);

/** A literal as the column stores it. Throws for one of the wrong kind. */
export function literalValue(field: FieldDef, literal: Literal, query: string): Stored {
  const { text, type } = literal;
  if (type === 'NULL') return null;
  if (type === 'APEX_BIND_VARIABLE') throw malformed(query, text, "unexpected token: ':'");
  if (field.type === 'id' || field.type === 'reference') return idLiteral(field, text, type);
  if (isText(field)) return textLiteral(field, text, type);
  if (isNumber(field)) {
    if (type !== 'INTEGER' && type !== 'DECIMAL') throw wrongLiteral(field);
    return new Big(text).times(new Big(10).pow(field.scale)).toNumber();
  }
  if (field.type === 'boolean') {
    if (type !== 'BOOLEAN') throw wrongLiteral(field);
    return text.toUpperCase() === 'TRUE' ? 1 : 0;
  }
  if (type !== (field.type === 'date' ? 'DATE' : 'DATETIME')) throw wrongLiteral(field);
  return field.type === 'date' ? text : instantLiteral(text, query);
}

function textLiteral(field: FieldDef, text: string, type: LiteralType | undefined): Stored {
  if (type !== 'STRING' || !text.startsWith("'")) throw wrongLiteral(field);
  const plain = unquote(text);
  return plain === '' ? null : plain;
}

function instantLiteral(text: string, query: string): string {
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(instant)) throw malformed(query, text, `Invalid datetime: ${text}`);
  return orgDatetime(instant);
}

function idLiteral(field: FieldDef, text: string, type: LiteralType | undefined): Stored {
  if (type !== 'STRING' || !text.startsWith("'")) throw wrongLiteral(field);
  const plain = unquote(text);
  if (plain === '') return null;
  const id = normaliseId(plain);
  if (id === null) throw refuse(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${plain}`);
  return id;
}

export function wrongLiteral(field: FieldDef) {
  if (isText(field) || field.type === 'id' || field.type === 'reference') {
    const type = field.type === 'id' || field.type === 'reference' ? 'ID' : 'string';
    return refuse(
      400,
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${type} and should be enclosed in quotes`,
    );
  }
  const type = field.type === 'datetime' ? 'dateTime' : isNumber(field) ? 'double' : field.type;
  return refuse(
    400,
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${type} and should not be enclosed in quotes`,
  );
}

/** The text between the quotes, its escapes undone. */
export function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_escape, char: string) => unescapeChar(char));
}

export function unescapeChar(char: string): string {
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return plain[char.toLowerCase()] ?? char;
}

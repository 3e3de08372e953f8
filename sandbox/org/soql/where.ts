import type {
  Condition,
  ConditionWithValueQuery,
  FunctionExp,
  HavingClause,
  LiteralType,
  Query,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import Big from 'big.js';
import type { Stored } from '../database';
import { refuse } from '../errors';
import { normaliseId } from '../ids';
import type { FieldDef } from '../schema/types';
import { orgDatetime } from '../values';
import { dateLiteralDays, startOfDay } from './dates';
import { malformed } from './errors';
import type { Scope } from './scope';

export interface WhereContext {
  scope: Scope;
  parameters: Stored[];
  now: number;
  timeZone: string;
  /** SQL of a query used as the right side of IN; its parameters are appended to `parameters`. */
  semiJoin(query: Query): string;
  /** SQL of a function's value, and as what it compares. */
  value(fn: FunctionExp): { sql: string; field: FieldDef };
}

/** A WHERE or HAVING clause as SQL. The parser keeps the parentheses as counts; they are put back as they were. */
export function compileConditions(clause: WhereClause | HavingClause, context: WhereContext): string {
  const negated = hasNegation(clause);
  const parts: string[] = [];
  let current: WhereClause | HavingClause | undefined = clause;
  while (current) {
    const { left } = current;
    const operator = 'operator' in current ? current.operator : undefined;
    if (operator === 'NOT') {
      parts.push(`${'('.repeat(left?.openParen ?? 0)}NOT`);
    } else if (left) {
      const sql = compileCondition(left, context);
      // SOQL knows two truth values only: under NOT, a comparison with nothing must be false, not unknown.
      parts.push('('.repeat(left.openParen ?? 0) + (negated ? `ifnull((${sql}), 0)` : sql));
      parts.push(')'.repeat('closeParen' in left ? (left.closeParen ?? 0) : 0));
      if (operator) parts.push(operator);
    }
    current = 'right' in current ? current.right : undefined;
  }
  return parts.join(' ');
}

function hasNegation(clause: WhereClause | HavingClause | undefined): boolean {
  for (let current = clause; current; current = 'right' in current ? current.right : undefined) {
    if ('operator' in current && current.operator === 'NOT') return true;
  }
  return false;
}

function compileCondition(condition: ConditionWithValueQuery, context: WhereContext): string {
  if (!('operator' in condition)) {
    throw malformed(context.scope.query, '', 'unexpected end of the condition');
  }
  const target = leftSide(condition, context);
  const { field, sql } = target;
  const operator = condition.operator.toUpperCase().replace('<>', '!=');
  if (field.type === 'textarea' && field.length > 255) {
    throw refuse(400, 'INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`);
  }
  if ('valueQuery' in condition) return semiJoin(field, sql, operator, condition.valueQuery, context);
  const literals = literalsOf(condition);
  if (operator === 'IN' || operator === 'NOT IN') {
    return membership(field, sql, operator, literals, context);
  }
  const literal = literals[0];
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') {
    return inclusion(field, sql, operator, literals, context);
  }
  if (!literal || literals.length > 1) {
    throw malformed(context.scope.query, condition.operator, `unexpected token: '${condition.operator}'`);
  }
  if (operator === 'LIKE') return like(field, sql, literal, context);
  return comparison(field, sql, operator, literal, context);
}

function semiJoin(
  field: FieldDef,
  sql: string,
  operator: string,
  query: Query,
  context: WhereContext,
): string {
  if (field.type !== 'id' && field.type !== 'reference') {
    throw malformed(
      context.scope.query,
      field.name,
      `The left operand of a semi join must be an id or a reference, not '${field.name}'`,
    );
  }
  return `${sql} ${operator} (${context.semiJoin(query)})`;
}

/** INCLUDES and EXCLUDES: several values in one field, each option itself a set joined by semicolons. */
function inclusion(
  field: FieldDef,
  sql: string,
  operator: string,
  literals: readonly Literal[],
  context: WhereContext,
): string {
  if (!isText(field)) {
    throw refuse(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on field '${field.name}'`);
  }
  const options = literals.map((literal) =>
    unquote(literal.text)
      .split(';')
      .map((value) => `instr(';' || ${sql} || ';', ${mark(`;${value};`, context)}) > 0`)
      .join(' AND '),
  );
  const any = `ifnull((${options.join(') OR (')}), 0)`;
  return operator === 'INCLUDES' ? any : `NOT ${any}`;
}

interface Literal {
  text: string;
  type: LiteralType | undefined;
}

function leftSide(
  condition: Exclude<ConditionWithValueQuery, { openParen: number; operator?: never }>,
  context: WhereContext,
): { field: FieldDef; sql: string } {
  if ('fn' in condition) return context.value(condition.fn);
  if ('field' in condition) return context.scope.resolve(condition.field);
  throw malformed(context.scope.query, '', 'unexpected end of the condition');
}

function literalsOf(condition: Exclude<Condition, { operator?: never }>): Literal[] {
  if (!('value' in condition)) return [];
  const texts: readonly string[] = Array.isArray(condition.value) ? condition.value : [condition.value];
  const types: unknown = condition.literalType;
  return texts.map((text, index) => {
    const type: unknown = Array.isArray(types) ? types[index] : types;
    return { text, type: isLiteralType(type) ? type : undefined };
  });
}

const isLiteralType = (value: unknown): value is LiteralType => typeof value === 'string';

function membership(
  field: FieldDef,
  sql: string,
  operator: string,
  literals: readonly Literal[],
  context: WhereContext,
): string {
  const values = literals.map((literal) => literalValue(field, literal, context));
  if (values.some((value) => needsFolding(field, value))) {
    const folded = values.map((value) => (typeof value === 'string' ? value.toLowerCase() : value));
    return memberOf(`fold(${sql})`, operator, folded, context);
  }
  return memberOf(sql, operator, values, context);
}

function memberOf(sql: string, operator: string, values: readonly Stored[], context: WhereContext): string {
  const marks = values.filter((value) => value !== null).map((value) => mark(value, context));
  const hasNull = values.includes(null);
  const inList = `${sql} IN (${marks.join(', ')})`;
  if (operator === 'IN') return hasNull ? `(${inList} OR ${sql} IS NULL)` : inList;
  const outside = `${sql} NOT IN (${marks.join(', ')})`;
  return hasNull ? `(${outside} AND ${sql} IS NOT NULL)` : `(${outside} OR ${sql} IS NULL)`;
}

function comparison(
  field: FieldDef,
  sql: string,
  operator: string,
  literal: Literal,
  context: WhereContext,
): string {
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return dateComparison(field, sql, operator, literal.text, context);
  }
  const value = literalValue(field, literal, context);
  if (value === null) {
    if (operator === '=') return `${sql} IS NULL`;
    if (operator === '!=') return `${sql} IS NOT NULL`;
    return '0';
  }
  if (needsFolding(field, value) && typeof value === 'string') {
    const folded = `fold(${sql})`;
    const right = mark(value.toLowerCase(), context);
    return operator === '!=' ? `${folded} IS NOT ${right}` : `${folded} ${operator} ${right}`;
  }
  // In SOQL an empty field is different from every value, so != finds it too.
  if (operator === '!=') return `${sql} IS NOT ${mark(value, context)}`;
  return `${sql} ${operator} ${mark(value, context)}`;
}

function dateComparison(
  field: FieldDef,
  sql: string,
  operator: string,
  literal: string,
  context: WhereContext,
): string {
  const days = dateLiteralDays(literal, context.now, context.timeZone);
  if (!days || (field.type !== 'date' && field.type !== 'datetime')) throw wrongLiteral(field);
  const edge = (day: string): string =>
    field.type === 'date' ? day : orgDatetime(startOfDay(day, context.timeZone));
  const from = (): string => mark(edge(days.from), context);
  const to = (): string => mark(edge(days.to), context);
  switch (operator) {
    case '=':
      return `(${sql} >= ${from()} AND ${sql} < ${to()})`;
    case '!=':
      return `(${sql} < ${from()} OR ${sql} >= ${to()} OR ${sql} IS NULL)`;
    case '<':
      return `${sql} < ${from()}`;
    case '<=':
      return `${sql} < ${to()}`;
    case '>':
      return `${sql} >= ${to()}`;
    default:
      return `${sql} >= ${from()}`;
  }
}

function like(field: FieldDef, sql: string, literal: Literal, context: WhereContext): string {
  if (literal.type !== 'STRING' || !isText(field)) {
    throw refuse(400, 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field');
  }
  const pattern = literal.text.slice(1, -1).replace(/\\(.)/gs, (whole, char: string) => {
    return char === '%' || char === '_' || char === '\\' ? whole : unescapeChar(char);
  });
  if (field.caseSensitive) return `${sql} GLOB ${mark(globPattern(pattern), context)}`;
  if (needsFolding(field, pattern)) {
    return `fold(${sql}) LIKE ${mark(pattern.toLowerCase(), context)} ESCAPE '\\'`;
  }
  return `${sql} LIKE ${mark(pattern, context)} ESCAPE '\\'`;
}

function globPattern(pattern: string): string {
  return pattern.replace(/\\(.)|([%_*?[])/gs, (_match, escaped: string | undefined, special: string) => {
    if (escaped !== undefined) return escaped;
    if (special === '%') return '*';
    if (special === '_') return '?';
    return `[${special}]`;
  });
}

/** SQLite knows upper and lower case of A to Z only; texts with other letters are compared folded. */
const needsFolding = (field: FieldDef, value: Stored): boolean =>
  typeof value === 'string' && isText(field) && !field.caseSensitive && /[^ -~\s]/.test(value);

const isText = (field: FieldDef): boolean =>
  ['string', 'textarea', 'picklist', 'email', 'phone', 'url'].includes(field.type);

const isNumber = (field: FieldDef): boolean => ['int', 'double', 'currency', 'percent'].includes(field.type);

function literalValue(field: FieldDef, literal: Literal, context: WhereContext): Stored {
  const { text, type } = literal;
  if (type === 'NULL') return null;
  if (type === 'APEX_BIND_VARIABLE') throw malformed(context.scope.query, text, "unexpected token: ':'");
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
  return field.type === 'date' ? text : instantLiteral(text, context);
}

function textLiteral(field: FieldDef, text: string, type: LiteralType | undefined): Stored {
  if (type !== 'STRING' || !text.startsWith("'")) throw wrongLiteral(field);
  const plain = unquote(text);
  return plain === '' ? null : plain;
}

function instantLiteral(text: string, context: WhereContext): string {
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(instant)) throw malformed(context.scope.query, text, `Invalid datetime: ${text}`);
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

function wrongLiteral(field: FieldDef) {
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

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_escape, char: string) => unescapeChar(char));
}

function unescapeChar(char: string): string {
  const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return plain[char.toLowerCase()] ?? char;
}

function mark(value: Stored, context: WhereContext): string {
  context.parameters.push(value);
  return '?';
}

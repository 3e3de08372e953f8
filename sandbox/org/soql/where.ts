import type {
  ConditionWithValueQuery,
  FunctionExp,
  HavingClause,
  Query,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import Big from 'big.js';
import type { Stored } from '../database';
import { refuse } from '../errors';
import type { FieldDef } from '../schema/types';
import { orgDatetime } from '../values';
import { dateLiteralDays, startOfDay } from './dates';
import { malformed } from './errors';
import { inCorporateCurrency } from './functions';
import {
  isText,
  type Literal,
  literalsOf,
  literalValue,
  needsFolding,
  unescapeChar,
  unquote,
  wrongLiteral,
} from './literals';
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
  if ((field.type === 'textarea' && field.length > 255) || field.type === 'address') {
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
  const path = 'field' in condition ? condition.field : null;
  return comparison(field, sql, operator, literal, path, context);
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

function leftSide(
  condition: Exclude<ConditionWithValueQuery, { openParen: number; operator?: never }>,
  context: WhereContext,
): { field: FieldDef; sql: string } {
  if ('fn' in condition) return context.value(condition.fn);
  if ('field' in condition) return context.scope.resolve(condition.field);
  throw malformed(context.scope.query, '', 'unexpected end of the condition');
}

function membership(
  field: FieldDef,
  sql: string,
  operator: string,
  literals: readonly Literal[],
  context: WhereContext,
): string {
  const values = literals.map((literal) => literalValue(field, literal, context.scope.query));
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
  path: string | null,
  context: WhereContext,
): string {
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return dateComparison(field, sql, operator, literal.text, context);
  }
  if (literal.type?.endsWith('WITH_CURRENCY_PREFIX') && path !== null) {
    return amountComparison(path, operator, literal.text, context);
  }
  const value = literalValue(field, literal, context.scope.query);
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

/** `Amount > USD5000`: both sides in the corporate currency (SOQL guide, "Querying Currency Fields in Multi-Currency Orgs"). */
function amountComparison(path: string, operator: string, literal: string, context: WhereContext): string {
  const { sql, field } = inCorporateCurrency(path, context.scope);
  const units = new Big(literal.slice(3)).times(new Big(10).pow(field.scale)).toNumber();
  const rate = '(SELECT "ConversionRate" / 1000000.0 FROM "CurrencyType" WHERE "IsoCode" = ?)';
  context.parameters.push(units, literal.slice(0, 3));
  return `${sql} ${operator} round(? / ${rate})`;
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

function mark(value: Stored, context: WhereContext): string {
  context.parameters.push(value);
  return '?';
}

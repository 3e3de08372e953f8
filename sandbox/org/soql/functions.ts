import type { FieldFunctionExpression, FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { Stored } from '../database';
import { fromScaled } from '../decimal';
import { date, int, text } from '../schema/field';
import type { FieldDef } from '../schema/types';
import type { CompileOptions } from './context';
import { malformed } from './errors';
import type { Json } from './projection';
import type { Scope } from './scope';

export type SoqlFunction = FieldFunctionExpression | FunctionExp;

/** A value of the SELECT list, of a condition or of an ordering. */
export interface Expression {
  sql: string;
  /** As what the value compares and is written. */
  field: FieldDef;
  /** Relationship names on the way to the field it is made of. */
  path: string[];
  /** How the answer shows it, where that is not how the field shows it. */
  write?: (stored: Stored) => Json;
}

/** The parts of a date that SOQL can group and filter by; fiscal years are calendar years here. */
const dateParts: Readonly<Record<string, (sql: string) => string>> = {
  CALENDAR_YEAR: (sql) => `CAST(strftime('%Y', ${sql}) AS INTEGER)`,
  CALENDAR_QUARTER: (sql) => `(CAST(strftime('%m', ${sql}) AS INTEGER) + 2) / 3`,
  CALENDAR_MONTH: (sql) => `CAST(strftime('%m', ${sql}) AS INTEGER)`,
  DAY_IN_MONTH: (sql) => `CAST(strftime('%d', ${sql}) AS INTEGER)`,
  DAY_IN_WEEK: (sql) => `CAST(strftime('%w', ${sql}) AS INTEGER) + 1`,
  DAY_IN_YEAR: (sql) => `CAST(strftime('%j', ${sql}) AS INTEGER)`,
  WEEK_IN_MONTH: (sql) => `(CAST(strftime('%d', ${sql}) AS INTEGER) + 6) / 7`,
  WEEK_IN_YEAR: (sql) => `(CAST(strftime('%j', ${sql}) AS INTEGER) + 6) / 7`,
  HOUR_IN_DAY: (sql) => `CAST(strftime('%H', ${sql}) AS INTEGER)`,
  FISCAL_YEAR: (sql) => `CAST(strftime('%Y', ${sql}) AS INTEGER)`,
  FISCAL_QUARTER: (sql) => `(CAST(strftime('%m', ${sql}) AS INTEGER) + 2) / 3`,
  FISCAL_MONTH: (sql) => `CAST(strftime('%m', ${sql}) AS INTEGER)`,
};

/**
 * A function that gives one value per record (SOQL guide, "Date Functions", "toLabel()", "FORMAT()").
 * Aggregates are not among them.
 */
export function functionExpression(fn: SoqlFunction, scope: Scope, options: CompileOptions): Expression {
  const name = (fn.functionName ?? '').toUpperCase();
  const [parameter] = fn.parameters ?? [];
  const part = dateParts[name];
  if (part) return { ...dayOf(parameter, scope, name), ...partField(name, part, parameter, scope) };
  switch (name) {
    case 'DAY_ONLY': {
      const { sql, path } = dayOf(parameter, scope, name);
      return { sql: `date(${sql})`, field: date('DAY_ONLY', 'Day'), path };
    }
    case 'TOLABEL': {
      const inner = argument(parameter, scope, options);
      if (inner.field.picklist.length === 0) return inner;
      const cases = inner.field.picklist.map(
        ({ value, label }) => `WHEN ${quoted(value)} THEN ${quoted(label)}`,
      );
      const field = text(inner.field.name, inner.field.label, 255);
      return { ...inner, sql: `CASE ${inner.sql} ${cases.join(' ')} ELSE ${inner.sql} END`, field };
    }
    case 'FORMAT': {
      const inner = argument(parameter, scope, options);
      return { ...inner, write: (stored) => formatted(inner.field, stored, options) };
    }
    case 'CONVERTCURRENCY':
      return inCorporateCurrency(typeof parameter === 'string' ? parameter : '', scope);
    default:
      throw malformed(scope.query, fn.functionName ?? '', `Unknown function: ${fn.functionName ?? ''}`);
  }
}

/** An amount in the corporate currency, which is every user's own here. Throws in a single-currency org. */
export function inCorporateCurrency(path: string, scope: Scope): Expression {
  const amount = scope.resolve(path);
  if (!scope.schema.object('CurrencyType') || amount.field.type !== 'currency') {
    throw malformed(
      scope.query,
      path,
      `convertCurrency is not supported for field ${amount.field.name} in this organization`,
    );
  }
  const owner = path.split('.').slice(0, -1);
  const code = scope.resolve([...owner, 'CurrencyIsoCode'].join('.')).sql;
  const rate = `(SELECT "ConversionRate" / 1000000.0 FROM "CurrencyType" WHERE "IsoCode" = ${code})`;
  return { ...amount, sql: `CAST(round(${amount.sql} / ${rate}) AS INTEGER)` };
}

function partField(
  name: string,
  part: (sql: string) => string,
  parameter: unknown,
  scope: Scope,
): { sql: string; field: FieldDef } {
  return { sql: `(${part(dayOf(parameter, scope, name).sql)})`, field: int(name, name) };
}

type Parameter = string | SoqlFunction;

function argument(parameter: Parameter | undefined, scope: Scope, options: CompileOptions): Expression {
  if (parameter === undefined) throw malformed(scope.query, '', "unexpected token: ')'");
  return typeof parameter === 'string'
    ? scope.resolve(parameter)
    : functionExpression(parameter, scope, options);
}

/** The date or instant a date function looks at, in UTC unless it is wrapped in convertTimezone(). */
function dayOf(parameter: unknown, scope: Scope, name: string): { sql: string; path: string[] } {
  const zoned = isFunction(parameter) && parameter.functionName?.toUpperCase() === 'CONVERTTIMEZONE';
  const inner = zoned ? parameter.parameters?.[0] : parameter;
  const { sql, field, path } = scope.resolve(typeof inner === 'string' ? inner : '');
  const instant = field.type === 'datetime';
  if (!instant && (field.type !== 'date' || zoned || name === 'HOUR_IN_DAY' || name === 'DAY_ONLY')) {
    throw malformed(scope.query, name, `field ${field.name} does not support the function ${name}`);
  }
  if (!instant) return { sql, path };
  return { sql: zoned ? `local_time(${sql})` : `substr(${sql}, 1, 19)`, path };
}

const isFunction = (value: unknown): value is SoqlFunction =>
  typeof value === 'object' && value !== null && 'functionName' in value;

const quoted = (value: string): string => `'${value.replace(/'/g, "''")}'`;

/** As a person of the user's locale would read it. */
function formatted(field: FieldDef, stored: Stored, options: CompileOptions): Json {
  if (stored === null) return null;
  const { locale, currency, timeZone } = options;
  switch (field.type) {
    case 'currency':
      return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
        fromScaled(Number(stored), field.scale),
      );
    case 'int':
    case 'double':
      return new Intl.NumberFormat(locale).format(fromScaled(Number(stored), field.scale));
    case 'percent':
      return `${new Intl.NumberFormat(locale).format(fromScaled(Number(stored), field.scale))}%`;
    case 'date':
      return new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).format(Date.parse(`${stored}T00:00:00Z`));
    case 'datetime':
      return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
        Date.parse(String(stored).replace('+0000', 'Z')),
      );
    default:
      return String(stored);
  }
}

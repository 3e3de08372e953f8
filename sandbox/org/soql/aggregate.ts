import type { FieldFunctionExpression, FieldType } from '@jetstreamapp/soql-parser-js';
import { fromScaled } from '../decimal';
import { int } from '../schema/field';
import type { FieldDef } from '../schema/types';
import { malformed } from './errors';
import type { SoqlFunction } from './functions';
import { type Write, writerOf } from './projection';
import type { Scope } from './scope';

const aggregates = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

export interface AggregateExpression {
  sql: string;
  /** As what the value compares, in HAVING. */
  field: FieldDef;
  write: Write;
}

/** An aggregate function as SQL (SOQL guide, "Aggregate Functions"). */
export function aggregateExpression(fn: SoqlFunction, scope: Scope): AggregateExpression {
  const name = (fn.functionName ?? '').toUpperCase();
  const [parameter] = fn.parameters ?? [];
  if (!aggregates.has(name)) {
    throw malformed(scope.query, fn.functionName ?? '', `Unknown function: ${fn.functionName ?? ''}`);
  }
  if (parameter === undefined && name === 'COUNT') return counted('count(*)');
  if (typeof parameter !== 'string') {
    throw malformed(scope.query, fn.functionName ?? '', `unexpected token: '${fn.functionName ?? ''}'`);
  }
  const { sql, field } = scope.resolve(parameter);
  if (name === 'COUNT') return counted(`count(${sql})`);
  if (name === 'COUNT_DISTINCT') return counted(`count(DISTINCT ${sql})`);
  const number = ['int', 'double', 'currency', 'percent'].includes(field.type);
  const additive = name === 'SUM' || name === 'AVG';
  if ((additive && !number) || field.type === 'boolean' || isLongText(field)) {
    throw malformed(
      scope.query,
      field.name,
      `field ${field.name} does not support aggregate operator ${name}`,
    );
  }
  const write: Write = number
    ? (stored) => (typeof stored === 'number' ? fromScaled(stored, field.scale) : null)
    : writerOf(field);
  return { sql: `${name.toLowerCase()}(${sql})`, field, write };
}

/** `COUNT()` alone: only the number is wanted. */
export const isBareCount = (fn: FieldFunctionExpression): boolean =>
  fn.functionName.toUpperCase() === 'COUNT' && fn.parameters.length === 0 && fn.alias === undefined;

export const isAggregateFunction = (fn: SoqlFunction): boolean =>
  aggregates.has((fn.functionName ?? '').toUpperCase());

export const isAggregate = (field: FieldType): boolean =>
  field.type === 'FieldFunctionExpression' && isAggregateFunction(field);

export const isLongText = (field: FieldDef): boolean => field.type === 'textarea' && field.length > 255;

function counted(sql: string): AggregateExpression {
  const field = int('count', 'count');
  return { sql, field, write: writerOf(field) };
}

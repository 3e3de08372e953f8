import type { FieldType, GroupByClause, OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import type { Stored } from '../database';
import { aggregateExpression, isAggregateFunction, isLongText } from './aggregate';
import type { AggregateQuery } from './compiled';
import type { QueryContext } from './context';
import { malformed } from './errors';
import { functionExpression, type SoqlFunction } from './functions';
import { type AggregateColumn, writerOf } from './projection';
import type { Scope } from './scope';
import { pathOf } from './shape';

/** The clauses that a grouped query shares with a plain one, as SQL. */
export interface Clauses {
  where(scope: Scope, parameters: Stored[]): string;
  having(scope: Scope, parameters: Stored[]): string;
  limit: string;
}

/** A query with GROUP BY or aggregates, also with ROLLUP and CUBE (SOQL guide, "GROUP BY"). */
export function compileGrouped(
  query: Query,
  fields: readonly FieldType[],
  scope: Scope,
  context: QueryContext,
  clauses: Clauses,
): AggregateQuery {
  const { groups, sets } = groupingSets(query, scope, context);
  const columns: AggregateColumn[] = [];
  const selects: ((set: ReadonlySet<string>) => string)[] = [];
  const names = new Set<string>();
  let unnamed = 0;
  const add = (column: AggregateColumn, select: (set: ReadonlySet<string>) => string): void => {
    if (names.has(column.name.toLowerCase())) {
      throw malformed(scope.query, column.name, `duplicate alias: ${column.name}`);
    }
    names.add(column.name.toLowerCase());
    columns.push(column);
    selects.push(select);
  };
  for (const field of fields) {
    if (field.type === 'FieldFunctionExpression') {
      const name = (): string => field.alias ?? `expr${unnamed++}`;
      if (isAggregateFunction(field)) {
        const { sql, write } = aggregateExpression(field, scope);
        add({ name: name(), write }, () => sql);
      } else if (field.functionName.toUpperCase() === 'GROUPING') {
        const { sql } = scope.resolve(String(field.parameters[0] ?? ''));
        const write = (stored: Stored) => stored;
        add({ name: name(), write }, (set) => (set.has(sql) ? '0' : '1'));
      } else {
        const { sql, field: def, write } = functionExpression(field, scope, context.options);
        if (!groups.has(sql)) throw notGrouped(scope.query, field.functionName, def.name);
        add({ name: name(), write: write ?? writerOf(def) }, (set) => (set.has(sql) ? sql : 'NULL'));
      }
    } else if (field.type === 'Field' || field.type === 'FieldRelationship') {
      const text = pathOf(field);
      const { sql, field: def } = scope.resolve(text);
      if (!groups.has(sql)) throw notGrouped(scope.query, text, def.name);
      const alias = 'alias' in field ? field.alias : undefined;
      add({ name: alias ?? def.name, write: writerOf(def) }, (set) => (set.has(sql) ? sql : 'NULL'));
    } else {
      throw malformed(
        scope.query,
        'SELECT',
        'Grouped query cannot use child relationships in the SELECT list',
      );
    }
  }
  const order = orderTerms(query, scope, context, groups);
  const parameters: Stored[] = [];
  const parts = sets.map((set) => {
    const where = clauses.where(scope, parameters);
    const groupBy = set.size > 0 ? ` GROUP BY ${[...set].join(', ')}` : '';
    const having = clauses.having(scope, parameters);
    const sorted = order.map((term, index) => `${inSet(term.sql, set, groups)} AS s${index}`);
    const list = [...selects.map((select, index) => `${select(set)} AS c${index}`), ...sorted];
    return { list, tail: `${where}${groupBy}${having}` };
  });
  // Last, when every join that the clauses need has been made.
  const body = parts.map(({ list, tail }) => `SELECT ${list.join(', ')} FROM ${scope.from()}${tail}`);
  const orderBy =
    order.length === 0 ? '' : ` ORDER BY ${order.map((term, index) => `s${index} ${term.how}`).join(', ')}`;
  const selected = columns.map((_column, index) => `c${index}`).join(', ');
  const sql = `SELECT ${selected} FROM (${body.join(' UNION ALL ')})${orderBy}${clauses.limit}`;
  return { kind: 'aggregate', sql, parameters, columns };
}

/** Every expression that is grouped by, and the sets of them to group by in turn. */
function groupingSets(
  query: Query,
  scope: Scope,
  context: QueryContext,
): { groups: ReadonlySet<string>; sets: ReadonlySet<string>[] } {
  const list = asList<GroupByClause>(query.groupBy);
  const [only] = list;
  const name = only && 'fn' in only ? (only.fn.functionName ?? '').toUpperCase() : '';
  if (list.length === 1 && only && 'fn' in only && (name === 'ROLLUP' || name === 'CUBE')) {
    const all = (only.fn.parameters ?? []).map((parameter) =>
      typeof parameter === 'string'
        ? grouped(parameter, scope)
        : functionExpression(parameter, scope, context.options).sql,
    );
    const sets =
      name === 'ROLLUP'
        ? all.map((_sql, index) => new Set(all.slice(0, all.length - index)))
        : subsets(all).map((set) => new Set(set));
    return { groups: new Set(all), sets: [...sets, ...(name === 'ROLLUP' ? [new Set<string>()] : [])] };
  }
  const sqls = list.map((group) =>
    'field' in group ? grouped(group.field, scope) : functionExpression(group.fn, scope, context.options).sql,
  );
  return { groups: new Set(sqls), sets: [new Set(sqls)] };
}

function grouped(path: string, scope: Scope): string {
  const { sql, field } = scope.resolve(path);
  const amount = ['double', 'currency', 'percent'].includes(field.type);
  if (amount || field.type === 'datetime' || isLongText(field)) {
    throw malformed(scope.query, path, `field '${field.name}' can not be grouped in a query call`);
  }
  return sql;
}

/** All subsets, the fullest first. */
function subsets(items: readonly string[]): string[][] {
  const all = Array.from({ length: 2 ** items.length }, (_unused, bits) =>
    items.filter((_item, index) => (bits & (1 << index)) !== 0),
  );
  return all.sort((a, b) => b.length - a.length);
}

interface OrderTerm {
  sql: string;
  how: string;
}

function orderTerms(
  query: Query,
  scope: Scope,
  context: QueryContext,
  groups: ReadonlySet<string>,
): OrderTerm[] {
  return asList<OrderByClause>(query.orderBy).map((order) => {
    const how = `${order.order ?? 'ASC'} NULLS ${order.nulls ?? 'FIRST'}`;
    if ('fn' in order && isAggregateFunction(order.fn)) {
      return { sql: aggregateExpression(order.fn, scope).sql, how };
    }
    const { sql, name } = orderedValue(order, scope, context);
    if (!groups.has(sql)) {
      throw malformed(scope.query, name, `Ordered field must be grouped or aggregated: ${name}`);
    }
    return { sql, how };
  });
}

function orderedValue(
  order: { field: string } | { fn: SoqlFunction },
  scope: Scope,
  context: QueryContext,
): { sql: string; name: string } {
  if ('field' in order) {
    const { sql, field } = scope.resolve(order.field);
    return { sql, name: field.name };
  }
  const { sql, field } = functionExpression(order.fn, scope, context.options);
  return { sql, name: field.name };
}

/** A grouped expression is nothing in the sets that do not group by it. */
const inSet = (sql: string, set: ReadonlySet<string>, groups: ReadonlySet<string>): string =>
  groups.has(sql) && !set.has(sql) ? 'NULL' : sql;

const notGrouped = (query: string, text: string, name: string) =>
  malformed(query, text, `Field must be grouped or aggregated: ${name}`);

const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

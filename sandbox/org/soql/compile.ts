import type { FieldType, OrderByClause, Query, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import type { Stored } from '../database';
import { refuse } from '../errors';
import { aggregateExpression, isAggregate, isAggregateFunction, isBareCount, isLongText } from './aggregate';
import type { ChildQuery, CompiledQuery, RecordsQuery } from './compiled';
import { type CompileOptions, openScope, type QueryContext, queryContext } from './context';
import { malformed, noSuchRelationship } from './errors';
import { type Expression, functionExpression } from './functions';
import { compileGrouped } from './grouped';
import { parseSoql } from './parse';
import { Scope } from './scope';
import { buildShape, pathOf } from './shape';
import { compileConditions, type WhereContext } from './where';

/** SOQL as SQL over the org's tables, with what is needed to build the answer. Throws OrgException. */
export function compileSoql(soql: string, options: CompileOptions): CompiledQuery {
  return new Compiler(queryContext(soql, options)).query(parseSoql(soql));
}

class Compiler {
  constructor(private readonly context: QueryContext) {}

  query(query: Query): CompiledQuery {
    const { context } = this;
    const scope = openScope(context, query.sObject ?? '', query.sObjectAlias);
    const fields = this.expand(query, scope);
    const [only] = fields;
    if (fields.length === 1 && only?.type === 'FieldFunctionExpression' && isBareCount(only)) {
      const parameters: Stored[] = [];
      const where = this.where(query, scope, parameters);
      const limit = limitClause(this.bounds(query));
      return {
        kind: 'count',
        sql: `SELECT count(*) FROM (SELECT 1 FROM ${scope.from()}${where}${limit})`,
        parameters,
      };
    }
    if (query.groupBy === undefined && !fields.some(isAggregate)) return this.records(query, fields, scope);
    return compileGrouped(query, fields, scope, context, {
      where: (inner, parameters) => this.where(query, inner, parameters),
      having: (inner, parameters) =>
        query.having
          ? ` HAVING ${compileConditions(query.having, this.whereContext(inner, parameters))}`
          : '',
      limit: limitClause(this.bounds(query)),
    });
  }

  private records(query: QueryBase, fields: readonly FieldType[], scope: Scope): RecordsQuery {
    const columns: string[] = [];
    const children: ChildQuery[] = [];
    const shape = buildShape(fields, {
      context: this.context,
      scope,
      columns,
      children,
      compileChildren: (field) => this.children(field.subquery, scope),
    });
    const parameters: Stored[] = [];
    const where = this.where(query, scope, parameters);
    const rowNumber = `${scope.alias}.rowid`;
    // Without an order the records come as they were made, as in an org.
    const order = this.orderBy(query, scope) || ` ORDER BY ${rowNumber}`;
    return {
      kind: 'records',
      columns,
      source: scope.source(),
      where,
      order,
      limit: this.bounds(query),
      parameters,
      rowNumber,
      shape,
      children,
    };
  }

  private children(subquery: Subquery, parent: Scope): { name: string; query: ChildQuery } {
    const { context } = this;
    const { schema } = context.options;
    const relation = schema.child(parent.object, subquery.relationshipName);
    if (!relation)
      throw noSuchRelationship(context.soql, subquery.relationshipName, subquery.relationshipName);
    const scope = new Scope(context.soql, schema, relation.object, subquery.sObjectAlias, () =>
      context.nextAlias(),
    );
    const query = this.records(subquery, this.expand(subquery, scope), scope);
    const link = `${scope.alias}."${relation.field.name}"`;
    return {
      name: relation.field.childRelationshipName ?? subquery.relationshipName,
      query: { ...query, link, parentColumn: query.columns.push(link) - 1 },
    };
  }

  private orderBy(query: QueryBase, scope: Scope): string {
    const orders = asList<OrderByClause>(query.orderBy);
    if (orders.length === 0) return '';
    const terms = orders.map((order) => {
      const { sql, field } = 'field' in order ? scope.resolve(order.field) : this.value(order.fn, scope);
      if (isLongText(field)) {
        throw malformed(scope.query, field.name, `field '${field.name}' can not be sorted in a query call`);
      }
      return `${sql} ${order.order ?? 'ASC'} NULLS ${order.nulls ?? 'FIRST'}`;
    });
    return ` ORDER BY ${terms.join(', ')}`;
  }

  private value(fn: Parameters<typeof functionExpression>[0], scope: Scope): Expression {
    if (isAggregateFunction(fn)) {
      throw malformed(scope.query, fn.functionName ?? '', 'Ordering by an aggregate needs a GROUP BY clause');
    }
    return functionExpression(fn, scope, this.context.options);
  }

  private bounds(query: QueryBase): RecordsQuery['limit'] {
    const offset = query.offset === undefined ? 0 : Number(query.offset);
    if (offset > 2000) {
      throw refuse(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
    }
    return { count: query.limit === undefined ? null : Number(query.limit), offset };
  }

  private where(query: QueryBase, scope: Scope, parameters: Stored[]): string {
    const parts: string[] = [];
    if (!this.context.options.includeDeleted) parts.push(`${scope.alias}."IsDeleted" = 0`);
    if (query.where) parts.push(`(${compileConditions(query.where, this.whereContext(scope, parameters))})`);
    return parts.length > 0 ? ` WHERE ${parts.join(' AND ')}` : '';
  }

  private whereContext(scope: Scope, parameters: Stored[]): WhereContext {
    const { options } = this.context;
    return {
      scope,
      parameters,
      now: options.now,
      timeZone: options.timeZone,
      semiJoin: (query) => this.semiJoin(query, scope, parameters),
      value: (fn) =>
        isAggregateFunction(fn) ? aggregateExpression(fn, scope) : functionExpression(fn, scope, options),
    };
  }

  private semiJoin(query: Query, outer: Scope, parameters: Stored[]): string {
    const { context } = this;
    const inner = openScope(context, query.sObject ?? '', query.sObjectAlias);
    const [selected] = query.fields ?? [];
    if (
      query.fields?.length !== 1 ||
      (selected?.type !== 'Field' && selected?.type !== 'FieldRelationship')
    ) {
      throw malformed(
        context.soql,
        query.sObject ?? '',
        'semi join sub-selects must select exactly one field',
      );
    }
    if (inner.object.name === outer.object.name) {
      throw malformed(
        context.soql,
        query.sObject ?? '',
        'The inner and outer selects should not be on the same object type',
      );
    }
    const { sql, field } = inner.resolve(pathOf(selected));
    if (field.type !== 'id' && field.type !== 'reference') {
      throw malformed(
        context.soql,
        field.name,
        `semi join sub-selects can only query id fields, cannot use: '${field.name}'`,
      );
    }
    const where = this.where(query, inner, parameters);
    return `SELECT ${sql} FROM ${inner.from()}${where}${where === '' ? ' WHERE' : ' AND'} ${sql} IS NOT NULL`;
  }

  /** FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM) as the fields they stand for. */
  private expand(query: QueryBase, scope: Scope): FieldType[] {
    return (query.fields ?? []).flatMap((field): FieldType[] => {
      if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS')
        return [field];
      const which = String(field.parameters[0]).toUpperCase();
      if (which !== 'STANDARD' && !(Number(query.limit) <= 200)) {
        throw malformed(scope.query, 'FIELDS', 'The SOQL FIELDS function must have a LIMIT of at most 200');
      }
      return scope.object.fields
        .filter((def) => which === 'ALL' || def.custom === (which === 'CUSTOM'))
        .map((def) => ({ type: 'Field', field: def.name }));
    });
  }
}

const limitClause = ({ count, offset }: RecordsQuery['limit']): string =>
  count === null && offset === 0 ? '' : ` LIMIT ${count ?? -1} OFFSET ${offset}`;

const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

import type {
  FieldType,
  GroupByClause,
  OrderByClause,
  Query,
  QueryBase,
  Subquery,
} from '@jetstreamapp/soql-parser-js';
import type { Stored } from '../database';
import { refuse } from '../errors';
import type { OrgSchema } from '../schema';
import type { ObjectDef } from '../schema/types';
import { aggregateColumn, isAggregate, isBareCount } from './aggregate';
import { malformed, noSuchRelationship, noSuchType } from './errors';
import { parseSoql } from './parse';
import type { AggregateColumn, Entry, RecordShape } from './projection';
import { Scope } from './scope';
import { compileConditions, type WhereContext } from './where';

export interface ChildQuery {
  sql: (parents: number) => string;
  parameters: Stored[];
  shape: RecordShape;
  /** Column with the parent's id. */
  parentColumn: number;
  limit: number | null;
}

export type CompiledQuery =
  | { kind: 'count'; sql: string; parameters: Stored[] }
  | { kind: 'aggregate'; sql: string; parameters: Stored[]; columns: AggregateColumn[] }
  | RecordsQuery;

/** A query for records in its parts, so that its rows can be found now and read later. */
export interface RecordsQuery {
  kind: 'records';
  columns: string[];
  /** The object's own table, then the joins by which its parents are reached. */
  source: string[];
  /** Each with its leading blank and keyword, or empty. */
  where: string;
  order: string;
  limit: { count: number | null; offset: number };
  parameters: Stored[];
  /** SQL of the number by which the table knows a row. */
  rowNumber: string;
  shape: RecordShape;
  children: ChildQuery[];
}

export interface CompileOptions {
  schema: OrgSchema;
  /** queryAll: records in the recycle bin too. */
  includeDeleted: boolean;
  now: number;
  timeZone: string;
}

/** SOQL as SQL over the org's tables, with what is needed to build the answer. Throws OrgException. */
export function compileSoql(soql: string, options: CompileOptions): CompiledQuery {
  return new Compiler(soql, options).query(parseSoql(soql));
}

class Compiler {
  private aliases = 0;

  constructor(
    private readonly soql: string,
    private readonly options: CompileOptions,
  ) {}

  query(query: Query): CompiledQuery {
    const scope = this.scope(query.sObject ?? '', query.sObjectAlias);
    const fields = this.expand(query.fields ?? [], scope);
    const [only] = fields;
    if (fields.length === 1 && only?.type === 'FieldFunctionExpression' && isBareCount(only)) {
      const parameters: Stored[] = [];
      const where = this.where(query, scope, parameters);
      const limit = query.limit === undefined ? '' : ` LIMIT ${Number(query.limit)}`;
      return {
        kind: 'count',
        sql: `SELECT count(*) FROM (SELECT 1 FROM ${scope.from()}${where}${limit})`,
        parameters,
      };
    }
    const grouped = query.groupBy !== undefined;
    return grouped || fields.some(isAggregate)
      ? this.aggregate(query, fields, scope)
      : this.records(query, fields, scope);
  }

  private records(query: Query, fields: readonly FieldType[], scope: Scope): CompiledQuery {
    const columns: string[] = [];
    const children: ChildQuery[] = [];
    const shape = this.shape(fields, scope, columns, children);
    const parameters: Stored[] = [];
    const where = this.where(query, scope, parameters);
    const rowNumber = `${scope.alias}.rowid`;
    // Without an order the records come as they were made, as in an org.
    const order = this.orderBy(query, scope) || ` ORDER BY ${rowNumber}`;
    const limit = this.bounds(query);
    return {
      kind: 'records',
      columns,
      source: scope.source(),
      where,
      order,
      limit,
      parameters,
      rowNumber,
      shape,
      children,
    };
  }

  private aggregate(query: Query, fields: readonly FieldType[], scope: Scope): CompiledQuery {
    const columns: AggregateColumn[] = [];
    const select: string[] = [];
    const groups = list(query.groupBy).map((group) => this.group(group, scope));
    let unnamed = 0;
    for (const field of fields) {
      if (field.type === 'FieldFunctionExpression') {
        const { sql, column } = aggregateColumn(field, scope);
        columns.push({ ...column, name: field.alias ?? `expr${unnamed++}` });
        select.push(sql);
      } else if (field.type === 'Field' || field.type === 'FieldRelationship') {
        const text = pathOf(field);
        const resolved = scope.resolve(text);
        if (!groups.includes(resolved.sql)) {
          throw malformed(this.soql, text, `Field must be grouped or aggregated: ${resolved.field.name}`);
        }
        const name = 'alias' in field && field.alias ? field.alias : resolved.field.name;
        columns.push({ name, scale: null, field: resolved.field });
        select.push(resolved.sql);
      } else {
        throw malformed(
          this.soql,
          'SELECT',
          'Grouped query cannot use child relationships in the SELECT list',
        );
      }
    }
    const parameters: Stored[] = [];
    const where = this.where(query, scope, parameters);
    const groupBy = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
    const having = query.having
      ? ` HAVING ${compileConditions(query.having, this.whereContext(scope, parameters))}`
      : '';
    const order = this.orderBy(query, scope);
    const sql = `SELECT ${select.join(', ')} FROM ${scope.from()}${where}${groupBy}${having}${order}${this.limit(query)}`;
    return { kind: 'aggregate', sql, parameters, columns };
  }

  private shape(
    fields: readonly FieldType[],
    scope: Scope,
    columns: string[],
    children: ChildQuery[],
  ): RecordShape {
    const root: RecordShape = { object: scope.object, idColumn: columns.length, entries: [] };
    columns.push(`${scope.alias}."Id"`);
    const parents = new Map<string, RecordShape>();
    const seen = new Set<string>();
    for (const field of fields) {
      switch (field.type) {
        case 'Field':
        case 'FieldRelationship': {
          const text = pathOf(field);
          const resolved = scope.resolve(text);
          const key = [...resolved.path, resolved.field.name].join('.');
          if (seen.has(key))
            throw malformed(this.soql, text, `duplicate field selected: ${resolved.field.name}`);
          seen.add(key);
          const shape = this.parentShape(resolved.path, root, parents, scope, columns);
          shape.entries.push({
            kind: 'field',
            name: resolved.field.name,
            field: resolved.field,
            column: columns.length,
          });
          columns.push(resolved.sql);
          break;
        }
        case 'FieldSubquery': {
          const { name, query } = this.children(field.subquery, scope);
          root.entries.push({ kind: 'children', name, index: children.length });
          children.push(query);
          break;
        }
        default:
          throw malformed(this.soql, 'SELECT', 'The sandbox does not know this kind of column');
      }
    }
    return root;
  }

  private parentShape(
    path: readonly string[],
    root: RecordShape,
    parents: Map<string, RecordShape>,
    scope: Scope,
    columns: string[],
  ): RecordShape {
    let shape = root;
    for (let depth = 1; depth <= path.length; depth++) {
      const steps = path.slice(0, depth);
      const key = steps.join('.');
      let next = parents.get(key);
      if (!next) {
        const place = scope.reach(steps, key);
        next = { object: place.object, idColumn: columns.length, entries: [] };
        columns.push(`${place.alias}."Id"`);
        parents.set(key, next);
        const entry: Entry = { kind: 'parent', name: steps.at(-1) ?? '', shape: next };
        shape.entries.push(entry);
      }
      shape = next;
    }
    return shape;
  }

  private children(subquery: Subquery, parent: Scope): { name: string; query: ChildQuery } {
    const relation = this.options.schema.child(parent.object, subquery.relationshipName);
    if (!relation) throw noSuchRelationship(this.soql, subquery.relationshipName, subquery.relationshipName);
    const scope = this.newScope(relation.object, subquery.sObjectAlias);
    const columns: string[] = [];
    const shape = this.shape(this.expand(subquery.fields ?? [], scope), scope, columns, []);
    const parentColumn = columns.length;
    const link = `${scope.alias}."${relation.field.name}"`;
    columns.push(link);
    const parameters: Stored[] = [];
    const where = this.where(subquery, scope, parameters);
    const order = this.orderBy(subquery, scope);
    return {
      name: relation.field.childRelationshipName ?? subquery.relationshipName,
      query: {
        sql: (count) =>
          `SELECT ${columns.join(', ')} FROM ${scope.from()}${where}${where === '' ? ' WHERE' : ' AND'} ${link} IN (${Array(count).fill('?').join(', ')})${order}`,
        parameters,
        shape,
        parentColumn,
        limit: subquery.limit === undefined ? null : Number(subquery.limit),
      },
    };
  }

  private group(group: GroupByClause, scope: Scope): string {
    if (!('field' in group)) {
      throw malformed(this.soql, 'GROUP', 'The sandbox groups by fields only');
    }
    return scope.resolve(group.field).sql;
  }

  private orderBy(query: QueryBase, scope: Scope): string {
    const orders = list<OrderByClause>(query.orderBy);
    if (orders.length === 0) return '';
    const terms = orders.map((order) => {
      const sql = 'field' in order ? scope.resolve(order.field).sql : aggregateColumn(order.fn, scope).sql;
      return `${sql} ${order.order ?? 'ASC'} NULLS ${order.nulls ?? 'FIRST'}`;
    });
    return ` ORDER BY ${terms.join(', ')}`;
  }

  private limit(query: QueryBase): string {
    const { count, offset } = this.bounds(query);
    return count === null && offset === 0 ? '' : ` LIMIT ${count ?? -1} OFFSET ${offset}`;
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
    if (!this.options.includeDeleted) parts.push(`${scope.alias}."IsDeleted" = 0`);
    if (query.where) parts.push(`(${compileConditions(query.where, this.whereContext(scope, parameters))})`);
    return parts.length > 0 ? ` WHERE ${parts.join(' AND ')}` : '';
  }

  private whereContext(scope: Scope, parameters: Stored[]): WhereContext {
    return {
      scope,
      parameters,
      now: this.options.now,
      timeZone: this.options.timeZone,
      semiJoin: (query) => this.semiJoin(query, parameters),
      aggregate: (fn) => aggregateColumn(fn, scope),
    };
  }

  private semiJoin(query: Query, parameters: Stored[]): string {
    const inner = this.scope(query.sObject ?? '', query.sObjectAlias);
    const [field] = query.fields ?? [];
    if (query.fields?.length !== 1 || (field?.type !== 'Field' && field?.type !== 'FieldRelationship')) {
      throw malformed(this.soql, query.sObject ?? '', 'semi join sub-selects must select exactly one field');
    }
    const { sql } = inner.resolve(pathOf(field));
    const where = this.where(query, inner, parameters);
    return `SELECT ${sql} FROM ${inner.from()}${where}${where === '' ? ' WHERE' : ' AND'} ${sql} IS NOT NULL`;
  }

  private scope(objectName: string, alias: string | undefined): Scope {
    const object = this.options.schema.object(objectName);
    if (!object) throw noSuchType(this.soql, objectName);
    return this.newScope(object, alias);
  }

  private newScope(object: ObjectDef, alias: string | undefined): Scope {
    return new Scope(this.soql, this.options.schema, object, alias, () => `t${this.aliases++}`);
  }

  /** FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM) as the fields they stand for. */
  private expand(fields: readonly FieldType[], scope: Scope): FieldType[] {
    return fields.flatMap((field): FieldType[] => {
      if (field.type !== 'FieldFunctionExpression' || field.functionName !== 'FIELDS') return [field];
      const which = String(field.parameters[0]).toUpperCase();
      return scope.object.fields
        .filter((def) => which === 'ALL' || def.custom === (which === 'CUSTOM'))
        .map((def) => ({ type: 'Field', field: def.name }));
    });
  }
}

const pathOf = (field: FieldType): string => {
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return '';
};

const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

import type { FieldType, Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import type { FieldDef } from '../schema/types';
import { isAggregateFunction } from './aggregate';
import { type CompileOptions, openScope, type QueryContext, queryContext } from './context';
import { noSuchRelationship } from './errors';
import { functionExpression } from './functions';
import { parseSoql } from './parse';
import { Scope } from './scope';
import { pathOf } from './shape';

/** One column of a query's answer, as `query?columns=true` tells it. */
export interface ColumnMetadata {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: ColumnMetadata[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

export interface QueryMetadata {
  columnMetadata: ColumnMetadata[];
  entityName: string;
  groupBy: boolean;
  idSelected: boolean;
  keyPrefix: string;
}

/**
 * What a query would answer with, without running it: `query?q=…&columns=true`, which the Salesforce CLI asks
 * before it prints (shapes as in forcedotcom's plugin-data test data).
 */
export function queryMetadata(soql: string, options: CompileOptions): QueryMetadata {
  const query: Query = parseSoql(soql);
  const context = queryContext(soql, options);
  const scope = openScope(context, query.sObject ?? '', query.sObjectAlias);
  const columnMetadata = columnsOf(query, scope, context);
  return {
    columnMetadata,
    entityName: scope.object.name,
    groupBy: query.groupBy !== undefined,
    idSelected: columnMetadata.some((column) => column.columnName === 'Id'),
    keyPrefix: scope.object.keyPrefix,
  };
}

function columnsOf(query: QueryBase, scope: Scope, context: QueryContext): ColumnMetadata[] {
  const columns: ColumnMetadata[] = [];
  let unnamed = 0;
  for (const field of query.fields ?? []) {
    switch (field.type) {
      case 'Field':
      case 'FieldRelationship':
        addPath(columns, field, scope);
        break;
      case 'FieldFunctionExpression': {
        const aggregate = isAggregateFunction(field);
        const own = aggregate ? null : functionExpression(field, scope, context.options).field;
        const name = field.alias ?? (query.groupBy || aggregate ? `expr${unnamed++}` : own?.name);
        columns.push({
          ...joined(name ?? field.functionName, []),
          aggregate,
          displayName: displayName(field.functionName, field.parameters),
          numberType: aggregate || isNumber(own),
        });
        break;
      }
      case 'FieldSubquery': {
        const { relationshipName } = field.subquery;
        const relation = context.options.schema.child(scope.object, relationshipName);
        if (!relation) throw noSuchRelationship(context.soql, relationshipName, relationshipName);
        const inner = new Scope(
          context.soql,
          context.options.schema,
          relation.object,
          field.subquery.sObjectAlias,
          () => context.nextAlias(),
        );
        const name = relation.field.childRelationshipName ?? relationshipName;
        columns.push({ ...joined(name, columnsOf(field.subquery, inner, context)), aggregate: true });
        break;
      }
      case 'FieldTypeof':
        columns.push(joined(field.field, []));
        break;
    }
  }
  return columns;
}

/** A path becomes one column per relationship, with the columns of the parent inside. */
function addPath(
  columns: ColumnMetadata[],
  field: Extract<FieldType, { type: 'Field' | 'FieldRelationship' }>,
  scope: Scope,
): void {
  const { field: def, path } = scope.resolve(pathOf(field));
  let level = columns;
  for (const [depth, step] of path.entries()) {
    let column = level.find((entry) => entry.columnName === step && entry.foreignKeyName !== null);
    if (!column) {
      const owner = scope.reach(path.slice(0, depth), step).object;
      const link = scope.schema.parent(owner, step);
      column = { ...joined(step, []), foreignKeyName: link?.name ?? null };
      level.push(column);
    }
    level = column.joinColumns;
  }
  const alias = 'alias' in field && field.alias !== undefined ? field.alias : def.name;
  level.push({
    aggregate: false,
    apexType: apexType(def),
    booleanType: def.type === 'boolean',
    columnName: alias,
    custom: def.custom,
    displayName: def.name,
    foreignKeyName: null,
    insertable: def.createable,
    joinColumns: [],
    numberType: isNumber(def),
    textType: apexType(def) === 'String',
    updatable: def.updateable,
  });
}

const joined = (name: string, joinColumns: ColumnMetadata[]): ColumnMetadata => ({
  aggregate: false,
  apexType: null,
  booleanType: false,
  columnName: name,
  custom: false,
  displayName: name,
  foreignKeyName: null,
  insertable: false,
  joinColumns,
  numberType: false,
  textType: false,
  updatable: false,
});

const isNumber = (field: FieldDef | null): boolean =>
  field !== null && ['int', 'double', 'currency', 'percent'].includes(field.type);

function displayName(name: string, parameters: readonly unknown[]): string {
  const inner = parameters.map((parameter) => (typeof parameter === 'string' ? parameter : ''));
  return `${name.toLowerCase()}(${inner.join(', ')})`;
}

function apexType(field: FieldDef): string {
  switch (field.type) {
    case 'id':
    case 'reference':
      return 'Id';
    case 'boolean':
      return 'Boolean';
    case 'int':
      return 'Integer';
    case 'double':
    case 'currency':
    case 'percent':
      return 'Double';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Datetime';
    default:
      return 'String';
  }
}

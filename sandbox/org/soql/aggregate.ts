import type { FieldFunctionExpression, FieldType, FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { FieldDef } from '../schema/types';
import { malformed } from './errors';
import type { AggregateColumn } from './projection';
import type { Scope } from './scope';

const aggregates = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

/** An aggregate function as SQL, its column of the answer, and the field its values compare as. */
export function aggregateColumn(
  fn: FieldFunctionExpression | FunctionExp,
  scope: Scope,
): { sql: string; column: AggregateColumn; field: FieldDef } {
  const name = (fn.functionName ?? '').toUpperCase();
  const parameter = fn.parameters?.[0];
  if (!aggregates.has(name)) {
    throw malformed(scope.query, fn.functionName ?? '', `The sandbox does not know the function ${name}`);
  }
  if (parameter === undefined && name === 'COUNT') {
    return { sql: 'count(*)', column: { name: '', scale: null, field: null }, field: countField };
  }
  const { sql, field } = scope.resolve(typeof parameter === 'string' ? parameter : '');
  if (name === 'COUNT' || name === 'COUNT_DISTINCT') {
    const distinct = name === 'COUNT_DISTINCT' ? 'DISTINCT ' : '';
    return {
      sql: `count(${distinct}${sql})`,
      column: { name: '', scale: null, field: null },
      field: countField,
    };
  }
  const summable = ['int', 'double', 'currency', 'percent'].includes(field.type);
  if ((name === 'SUM' || name === 'AVG') && !summable) {
    throw malformed(
      scope.query,
      field.name,
      `field ${field.name} does not support aggregate operator ${name}`,
    );
  }
  const column = summable ? { name: '', scale: field.scale, field: null } : { name: '', scale: null, field };
  return { sql: `${name.toLowerCase()}(${sql})`, column, field };
}

/** `COUNT()` alone: only the number is wanted. */
export const isBareCount = (fn: FieldFunctionExpression): boolean =>
  fn.functionName.toUpperCase() === 'COUNT' && fn.parameters.length === 0 && fn.alias === undefined;

export const isAggregate = (field: FieldType): boolean =>
  field.type === 'FieldFunctionExpression' && aggregates.has(field.functionName.toUpperCase());

const countField: FieldDef = {
  name: 'count',
  label: 'count',
  type: 'int',
  length: 0,
  precision: 18,
  scale: 0,
  nillable: true,
  defaultedOnCreate: false,
  createable: false,
  updateable: false,
  unique: false,
  caseSensitive: false,
  externalId: false,
  custom: false,
  autoNumber: false,
  calculated: true,
  nameField: false,
  idLookup: false,
  picklist: [],
  restrictedPicklist: false,
  referenceTo: [],
  relationshipName: null,
  childRelationshipName: null,
  cascadeDelete: false,
};

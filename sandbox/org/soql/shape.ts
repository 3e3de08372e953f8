import type { FieldType, FieldTypeOf } from '@jetstreamapp/soql-parser-js';
import type { FieldDef } from '../schema/types';
import type { ChildQuery } from './compiled';
import type { QueryContext } from './context';
import { malformed, noSuchType } from './errors';
import { functionExpression } from './functions';
import { typeOfId } from './polymorphic';
import { addressKeys, type Entry, type RecordShape, type Write, writerOf } from './projection';
import type { Place, Scope } from './scope';

/** What building the SELECT list of a query needs and fills. */
export interface SelectList {
  context: QueryContext;
  scope: Scope;
  /** SQL of each column, in order. */
  columns: string[];
  children: ChildQuery[];
  /** Compiles a query for children. */
  compileChildren(field: Extract<FieldType, { type: 'FieldSubquery' }>): { name: string; query: ChildQuery };
}

/** The SELECT list of a query for records as columns, and how a record is built from them. */
export function buildShape(fields: readonly FieldType[], list: SelectList): RecordShape {
  const { scope } = list;
  const root: RecordShape = {
    type: scope.object.name,
    urlType: () => scope.object.name,
    idColumn: list.columns.push(`${scope.alias}."Id"`) - 1,
    entries: [],
  };
  const parents = new Map<string, RecordShape>();
  const seen = new Set<string>();
  const once = (key: string, text: string): void => {
    if (seen.has(key.toLowerCase())) {
      throw malformed(scope.query, text, `duplicate field selected: ${key.split('.').at(-1) ?? key}`);
    }
    seen.add(key.toLowerCase());
  };
  for (const field of fields) {
    switch (field.type) {
      case 'Field':
      case 'FieldRelationship': {
        const text = pathOf(field);
        if ('alias' in field && field.alias !== undefined) {
          throw malformed(scope.query, text, 'only aggregate expressions use field aliasing');
        }
        const resolved = scope.resolve(text);
        once([...resolved.path, resolved.field.name].join('.'), text);
        addField({ name: resolved.field.name, ...resolved }, root, parents, list);
        break;
      }
      case 'FieldFunctionExpression': {
        const { sql, field: def, path, write } = functionExpression(field, scope, list.context.options);
        const name = field.alias ?? def.name;
        once([...path, name].join('.'), field.functionName);
        addField({ name, sql, field: def, path, write }, root, parents, list);
        break;
      }
      case 'FieldSubquery': {
        const { name, query } = list.compileChildren(field);
        root.entries.push({ kind: 'children', name, index: list.children.push(query) - 1 });
        break;
      }
      case 'FieldTypeof':
        root.entries.push(typeOf(field, list));
        break;
    }
  }
  return root;
}

/** The field's path as it was written, e.g. `Account.Name`. */
export const pathOf = (field: FieldType): string => {
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  return '';
};

interface Selected {
  name: string;
  sql: string;
  field: FieldDef;
  path: readonly string[];
  write?: Write | undefined;
}

function addField(
  { name, sql, field, path, write = writerOf(field) }: Selected,
  root: RecordShape,
  parents: Map<string, RecordShape>,
  list: SelectList,
): void {
  const shape = parentShape(path, root, parents, list);
  if (field.type === 'address') {
    const prefix = sql.slice(0, -'Address"'.length);
    const owner = list.scope.reach(path, name).object;
    const parts = addressKeys.flatMap(([key, ending]) => {
      const part = list.scope.schema.field(owner, field.name.slice(0, -'Address'.length) + ending);
      const column = part ? list.columns.push(`${prefix}${ending}"`) - 1 : -1;
      return part ? [{ key, column, write: writerOf(part) }] : [];
    });
    shape.entries.push({ kind: 'address', name, parts });
    return;
  }
  shape.entries.push({ kind: 'field', name, field, column: list.columns.push(sql) - 1, write });
}

function parentShape(
  path: readonly string[],
  root: RecordShape,
  parents: Map<string, RecordShape>,
  list: SelectList,
): RecordShape {
  let shape = root;
  for (let depth = 1; depth <= path.length; depth++) {
    const steps = path.slice(0, depth);
    const key = steps.join('.');
    let next = parents.get(key);
    if (!next) {
      next = shapeOf(list.scope.reach(steps, key), list);
      parents.set(key, next);
      shape.entries.push({ kind: 'parent', name: steps.at(-1) ?? '', shape: next });
    }
    shape = next;
  }
  return shape;
}

function shapeOf(place: Place, list: SelectList): RecordShape {
  const { schema } = list.context.options;
  return {
    type: place.object.name,
    urlType: place.link ? (id) => typeOfId(schema, id) : () => place.object.name,
    idColumn: list.columns.push(place.id) - 1,
    entries: [],
  };
}

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END`: other fields for each object the link may lead to. */
function typeOf(field: FieldTypeOf, list: SelectList): Entry {
  const { scope, context } = list;
  const place = scope.reach([field.field], field.field);
  if (!place.link) {
    throw malformed(scope.query, field.field, `TYPEOF is not supported on the relationship ${field.field}`);
  }
  const shapes = field.conditions.map((condition) => {
    const target =
      condition.objectType === undefined ? null : context.options.schema.object(condition.objectType);
    if (target === undefined) throw noSuchType(scope.query, condition.objectType ?? '');
    const reached = target === null ? place : scope.reachType(place, target);
    const shape = shapeOf(reached, list);
    for (const name of condition.fieldList) {
      const resolved =
        target === null
          ? scope.resolve(`${field.field}.${name}`)
          : scope.column(reached, name, `${field.field}.${name}`);
      shape.entries.push({
        kind: 'field',
        name: resolved.field.name,
        field: resolved.field,
        column: list.columns.push(resolved.sql) - 1,
        write: writerOf(resolved.field),
      });
    }
    return target === null ? shape : { ...shape, type: target.name };
  });
  return { kind: 'oneOf', name: place.path.at(-1) ?? field.field, shapes };
}

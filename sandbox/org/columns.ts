import type { FieldDef, ObjectDef } from './schema/types';

/** How SQLite stores a field: numbers in units of their last decimal, texts with their own idea of equality. */
export function columnType(field: FieldDef): string {
  switch (field.type) {
    case 'id':
      return 'TEXT PRIMARY KEY NOT NULL';
    case 'boolean':
      return 'INTEGER NOT NULL DEFAULT 0';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'INTEGER';
    case 'date':
    case 'datetime':
      return 'TEXT';
    default:
      return field.caseSensitive ? 'TEXT' : 'TEXT COLLATE NOCASE';
  }
}

/** Everything about an object that its table depends on. */
export const shapeOf = (object: ObjectDef): string =>
  object.fields.map((field) => `${field.name} ${columnType(field)} ${field.autoNumber}`).join();

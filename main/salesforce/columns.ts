import { z } from 'zod';

/** A column of a query: the field's path in the org (null where the profile has none) and its type. */
export interface Column<T extends z.ZodType> {
  path: string | null;
  as: T;
}

type Columns = Record<string, Column<z.ZodType>>;
type Row<C extends Columns> = { [Name in keyof C]: z.output<C[Name]['as']> };

/**
 * The columns of a query under the program's own names: what to put after SELECT, and the schema that
 * reads a record of the answer. Walks along relations (`Product2.Name`); a blank relation is null.
 */
export function columns<C extends Columns>(definition: C): { select: string; row: z.ZodType<Row<C>> } {
  const entries = Object.entries(definition);
  const paths = entries.flatMap(([, column]) => (column.path === null ? [] : [column.path]));
  const row = z.record(z.string(), z.unknown()).transform((record, context): Row<C> => {
    const values: Record<string, unknown> = {};
    for (const [name, { path, as }] of entries) {
      const parsed = as.safeParse(path === null ? null : at(record, path));
      if (parsed.success) values[name] = parsed.data;
      else context.addIssue({ code: 'custom', message: 'unexpected value', path: [path ?? name] });
    }
    // Every column has been parsed by its own schema, which is what the type says.
    return values as Row<C>;
  });
  return { select: [...new Set(paths)].join(', '), row };
}

function at(record: Record<string, unknown>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : null),
      record,
    );
}

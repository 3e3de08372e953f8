import { z } from 'zod';
import type { Database } from './database';
import { json } from './rows';

export interface MappingRepository<Mapping> {
  get(shape: string): Promise<Mapping | null>;
  set(shape: string, mapping: Mapping): Promise<void>;
}

/**
 * Column mappings by the shape of the file they were set up for. Files of orders and of a catalogue may have the same
 * shape: `kind` keeps them apart.
 */
export function createMappings<Mapping>(
  database: Database,
  now: () => number,
  schema: z.ZodType<Mapping>,
  kind: '' | 'catalog:' = '',
): MappingRepository<Mapping> {
  const row = z.object({ mapping: z.string() });
  const text = json(schema);
  return {
    async get(shape) {
      const found = database.read((db) =>
        db.prepare('SELECT mapping FROM column_mappings WHERE shape = ?').get(kind + shape),
      );
      if (found === undefined) return null;
      // A mapping of an older program that no longer fits is as good as none.
      const parsed = text.safeParse(row.parse(found).mapping);
      return parsed.success ? parsed.data : null;
    },

    set: (shape, mapping) =>
      database.transaction((db) => {
        db.prepare(
          `INSERT INTO column_mappings (shape, mapping, used_at) VALUES (?, ?, ?)
           ON CONFLICT (shape) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at`,
        ).run(kind + shape, JSON.stringify(mapping), now());
      }),
  };
}

import { z } from 'zod';
import { type ImportMapping, importMappingSchema } from '../../contract/import';
import type { Database } from './database';
import { json } from './rows';

export interface MappingRepository {
  get(shape: string): Promise<ImportMapping | null>;
  set(shape: string, mapping: ImportMapping): Promise<void>;
}

/** Column mappings by the shape of the file they were set up for. */
export function createMappings(database: Database, now: () => number): MappingRepository {
  return {
    async get(shape) {
      const row = database.read((db) =>
        db.prepare('SELECT mapping FROM column_mappings WHERE shape = ?').get(shape),
      );
      if (row === undefined) return null;
      // A mapping of an older program that no longer fits is as good as none.
      const parsed = z.object({ mapping: json(importMappingSchema) }).safeParse(row);
      return parsed.success ? parsed.data.mapping : null;
    },

    set: (shape, mapping) =>
      database.transaction((db) => {
        db.prepare(
          `INSERT INTO column_mappings (shape, mapping, used_at) VALUES (?, ?, ?)
           ON CONFLICT (shape) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at`,
        ).run(shape, JSON.stringify(mapping), now());
      }),
  };
}

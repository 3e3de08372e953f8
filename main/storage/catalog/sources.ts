import { z } from 'zod';
import type { Source, SourceState } from '../../engine/catalog/ports';
import type { CatalogDatabase } from './database';
import type { Piece } from './pieces';

const row = z.object({
  id: z.number(),
  mark: z.string().nullable(),
  read_at: z.number().nullable(),
});

/** What is known of the sources, and the numbers that their rows carry. */
export function createSources({ db }: CatalogDatabase) {
  const add = db.prepare('INSERT OR IGNORE INTO sources (key) VALUES (?)');
  const find = db.prepare('SELECT id, mark, read_at FROM sources WHERE key = ?');

  function get(source: Source) {
    const key = keyOf(source);
    const known = find.get(key);
    if (known !== undefined) return row.parse(known);
    // Only where it is new: whoever writes waits for a thread that is writing.
    add.run(key);
    return row.parse(find.get(key));
  }

  return {
    idOf: (source: Source): number => get(source).id,

    /** What notes that a reading has come to its end; a whole one sets the time from which on the next has to be whole again. */
    ending(source: Source, full: boolean, { mark, at }: { mark: string | null; at: number }): Piece[] {
      const { id } = get(source);
      return [full ? { sql: ended, each: [[mark, at, id]] } : { sql: continued, each: [[mark, id]] }];
    },

    state(source: Source): SourceState | null {
      const { mark, read_at: readAt } = get(source);
      return readAt === null ? null : { mark, readAt };
    },
  };
}

const ended = 'UPDATE sources SET mark = ?, read_at = ? WHERE id = ?';
const continued = 'UPDATE sources SET mark = ? WHERE id = ?';

export type Sources = ReturnType<typeof createSources>;

export function keyOf(source: Source): string {
  switch (source.kind) {
    case 'products':
    case 'store':
      return source.kind;
    case 'prices':
      return `prices:${source.priceBookId}:${source.currency ?? ''}`;
    case 'stock':
      return `stock:${source.warehouses === null ? '*' : [...source.warehouses].sort().join(',')}`;
  }
}

import { z } from 'zod';
import type { LaterRow, RunBook } from '../../engine/catalog/ports';
import { breathe, type CatalogDatabase } from './database';
import { letterOf } from './runRows';

/** Parts that are looked at in one go: some milliseconds. */
const partsAtOnce = 100;

const endsRow = z.object({ first: z.number().nullable(), last: z.number().nullable() });
const foundRow = z.object({ run: z.number(), place: z.number(), sku: z.string(), letter: z.string() });

/** Finds products in the runs that came after one. A run may be large, and there may be many: they are gone through by the part. */
export function createLaterRows({ db }: CatalogDatabase): RunBook['laterRows'] {
  const ends = db.prepare('SELECT min(id) AS first, max(id) AS last FROM run_parts WHERE run > ?');
  const find = db.prepare(
    `SELECT p.run, p.start + j.key AS place, j.value ->> 0 AS sku, substr(s.states, j.key + 1, 1) AS letter
     FROM run_parts p JOIN run_states s ON s.part = p.id, json_each(p.rows) j
     WHERE p.run > ?1 AND p.id >= ?2 AND p.id < ?2 + ${partsAtOnce}
       AND EXISTS (SELECT 1 FROM json_each(?3) k WHERE k.value BETWEEN p.first AND p.last)
       AND j.value ->> 0 IN (SELECT value FROM json_each(?3))
       AND substr(s.states, j.key + 1, 1) IN ('${letterOf('applied')}', '${letterOf('pending')}')`,
  );

  return async (id, skus) => {
    const found: LaterRow[] = [];
    const { first, last } = endsRow.parse(ends.get(id));
    if (first === null || last === null || skus.length === 0) return found;
    const wanted = JSON.stringify(skus);
    for (let part = first; part <= last; part += partsAtOnce) {
      for (const row of find.all(id, part, wanted)) {
        const { letter, ...later } = foundRow.parse(row);
        found.push({ ...later, state: letter === letterOf('applied') ? 'applied' : 'pending' });
      }
      await breathe();
    }
    return found;
  };
}

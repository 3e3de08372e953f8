import type { RunRow } from '../../../contract/catalog';
import type { RowFilter } from '../../engine/catalog/ports';
import { fold } from '../rows';
import { breathe } from './database';
import type { Parts } from './parts';
import { conditions } from './rowViews';

/** A run's rows from the first to the last, however many there are; what changes meanwhile is seen or not. */
export function createRowWalk(parts: Parts, isThere: (run: number) => boolean) {
  /** How often each run is being gone through. */
  const underWay = new Map<number, number>();
  const count = (run: number, by: number) => underWay.set(run, (underWay.get(run) ?? 0) + by);

  return {
    isUnderWay: (run: number): boolean => (underWay.get(run) ?? 0) > 0,

    /** Throws where the run has gone meanwhile: its rows must not look as if there were none. */
    async *rows(run: number, { filter, search }: RowFilter): AsyncGenerator<RunRow> {
      const wanted = fold(search.trim());
      count(run, 1);
      try {
        if (!isThere(run)) throw new Error(`the run ${run} is gone`);
        for (let place = 0; ; await breathe()) {
          const part = parts.next(run, place, null);
          if (part === null) return;
          for (const { place: _, ...row } of part.rows)
            if (conditions[filter](row) && (wanted === '' || fold(`${row.sku} ${row.name}`).includes(wanted)))
              yield row;
          place = part.start + part.rows.length;
        }
      } finally {
        count(run, -1);
      }
    },
  };
}

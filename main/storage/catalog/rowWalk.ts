import type { RunRow } from '../../../contract/catalog';
import type { RowFilter } from '../../engine/catalog/ports';
import { fold } from '../rows';
import { breathe } from './database';
import type { Parts } from './parts';
import { conditions } from './rowViews';

/** A run's rows from the first to the last, however many there are; what changes meanwhile is seen or not. */
export function createRowWalk(parts: Parts) {
  return async function* walk(run: number, { filter, search }: RowFilter): AsyncGenerator<RunRow> {
    const wanted = fold(search.trim());
    for (let place = 0; ; await breathe()) {
      const part = parts.next(run, place, null);
      if (part === null) return;
      for (const { place: _, ...row } of part.rows)
        if (conditions[filter](row) && (wanted === '' || fold(`${row.sku} ${row.name}`).includes(wanted)))
          yield row;
      place = part.start + part.rows.length;
    }
  };
}

import type { CatalogDeps } from './deps';
import type { RowStretch } from './ports';

const rowsAtOnce = 400;

/** Takes all waiting rows of a run for written: a person has said so, since the store was not asked. */
export async function settleAsWritten({ runs }: Pick<CatalogDeps, 'runs'>, id: number): Promise<void> {
  for (let place: number | null = 0; place !== null; ) {
    const { rows, next }: RowStretch = await runs.rowsIn(id, 'pending', place, rowsAtOnce);
    if (rows.length > 0) await runs.settle(id, rows, new Map());
    place = next;
  }
}

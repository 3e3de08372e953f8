import type { Run, RunState } from '../../../contract/catalog';
import { problem } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import { tellProduct } from './log';

/** A product that was sent and never answered. It can be undone, which finds out what the store has. */
export const unsureProduct: RunState = { state: 'cancelled', applied: 0, refused: 0, left: 1, unsure: 1 };

type Deps = Pick<CatalogDeps, 'runs' | 'clock' | 'journal'>;

/**
 * Ends a product's own update that the end of the program has cut off. What had its row was on its way to the store, so
 * that no run which is still to be written may write over it.
 */
export async function endProduct(deps: Deps, run: Run, unfinished: readonly Run[]): Promise<void> {
  const { runs, clock } = deps;
  const { applied, refused } = await runs.countRows(run.id);
  const {
    rows: [row],
  } = await runs.rowsIn(run.id, 'pending', 0, 1);
  if (row !== undefined)
    for (const other of unfinished)
      if (other.kind !== 'product') await runs.supersede(other.id, row.sku, row);
  const status = statusOf(row !== undefined, applied, refused);
  const over: Run = { ...run, status, finishedAt: clock.now() };
  await runs.save(over);
  if (row !== undefined) await tellProduct(deps, row.sku, over);
}

function statusOf(isUnsure: boolean, applied: number, refused: number): RunState {
  if (isUnsure) return unsureProduct;
  if (applied + refused > 0) return { state: 'done', applied, refused, left: 0 };
  return { state: 'failed', problem: problem('catalog.interrupted') };
}

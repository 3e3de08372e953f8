import type { Places, Run } from '../../../contract/catalog';
import { batchesAtOnce, placesOf } from './batches';
import type { CatalogDeps } from './deps';
import type { LaterRow, PlacedRow, RowStretch } from './ports';

/*
 * Rows of a run that may have been written without the run knowing it: a batch that was on its way when the program died,
 * or whose answer was lost. They are told by their places; all others that wait have never been sent.
 */

type Deps = Pick<CatalogDeps, 'runs' | 'store'>;

const rowsAtOnce = 400;

/**
 * After the program has died nobody knows what was on its way. Batches go in the order of their rows, so many at a time,
 * so that it is among the first rows that wait.
 */
export async function perhapsSent({ runs, store }: Deps, run: number): Promise<Places[]> {
  const { rows } = await runs.rowsIn(run, 'pending', 0, batchesAtOnce * store.mostItems);
  return rows.length === 0 ? [] : [placesOf(rows)];
}

/** Where rows of a run are in doubt. Runs from before have not noted it, nor has one that was killed. */
export async function inDoubtOf(deps: Deps, { id, status }: Run): Promise<Places[]> {
  if (status.state === 'applying') return status.unsureRows ?? perhapsSent(deps, id);
  if (status.state !== 'paused' && status.state !== 'cancelled') return [];
  if ((status.unsure ?? 0) === 0) return [];
  return status.unsureRows ?? perhapsSent(deps, id);
}

/** The rows there that still wait, some at a time. Places that overlap give their rows once. */
export async function* waitingAt(
  { runs }: Pick<CatalogDeps, 'runs'>,
  run: number,
  inDoubt: Iterable<Places>,
): AsyncGenerator<PlacedRow[]> {
  let place = 0;
  for (const [from, to] of [...inDoubt].sort(([a], [b]) => a - b)) {
    for (place = Math.max(place, from); place < to; ) {
      const { rows, next }: RowStretch = await runs.rowsIn(run, 'pending', place, rowsAtOnce);
      const there = rows.filter((row) => row.place < to);
      if (there.length > 0) yield there;
      place = Math.min(next ?? to, to);
    }
  }
}

/** How many rows are in doubt for good, and where. */
export async function doubtLeft(
  deps: Pick<CatalogDeps, 'runs'>,
  run: number,
  inDoubt: Iterable<Places>,
): Promise<{ unsure: number; unsureRows: Places[] }> {
  const left = { unsure: 0, unsureRows: [] as Places[] };
  for await (const rows of waitingAt(deps, run, inDoubt)) {
    left.unsure += rows.length;
    left.unsureRows.push(placesOf(rows));
  }
  return left;
}

/** Of these SKUs, those that a run after this one has written, or may have. */
export async function writtenSince(deps: Deps, run: number, skus: readonly string[]): Promise<Set<string>> {
  const written = new Set<string>();
  const waiting = new Map<number, LaterRow[]>();
  for (const row of await deps.runs.laterRows(run, skus)) {
    if (row.state === 'applied') written.add(row.sku);
    else waiting.set(row.run, [...(waiting.get(row.run) ?? []), row]);
  }
  for (const [later, rows] of waiting) {
    const found = await deps.runs.get(later);
    if (found === null) continue;
    const inDoubt = await inDoubtOf(deps, found);
    // One that failed, such as that of a single product, does not say what it may have written.
    for (const { sku, place } of rows)
      if (found.status.state === 'failed' || inDoubt.some(([from, to]) => place >= from && place < to))
        written.add(sku);
  }
  return written;
}

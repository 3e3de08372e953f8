import type { Places, PlanSummary, ProductChange, Run, RunRow, ValueChange } from '../../../contract/catalog';
import type { Decimal } from '../../../contract/decimal';
import { ok, type Result } from '../../../contract/problem';
import type { BothSides, StoreProduct } from './compare';
import type { CatalogDeps } from './deps';
import { inDoubtOf, waitingAt, writtenSince } from './doubt';
import type { NewRow, PlacedRow, RowStretch, StoreReadRequest } from './ports';
import { settingAside } from './reading';
import type { ReadingProgress } from './readingProgress';
import { createSummary } from './summary';
import type { InStore } from './unreadable';

const rowsAtOnce = 400;
/** Up to so many products are asked for one by one; above, the store's catalogue is read. */
const fewProducts = 50;

type Deps = Pick<CatalogDeps, 'store' | 'mirror' | 'runs' | 'clock'>;

/**
 * Plans the way back of a run: each value that still is what the run wrote gets its old one; what has changed since is
 * left alone and told as drifted. What the run has never sent is left alone without a word.
 */
export async function planUndo(
  deps: Deps,
  undone: Run,
  run: number,
  progress: ReadingProgress,
  signal: AbortSignal,
): Promise<Result<PlanSummary>> {
  const inDoubt = await inDoubtOf(deps, undone);
  const fresh = await readStoreAnew(deps, undone.id, inDoubt, progress, signal);
  if (!fresh.ok) return fresh;
  const summary = createSummary();

  async function add(
    rows: readonly PlacedRow[],
    ofThese: (back: NewRow[]) => Promise<NewRow[]> = async (back) => back,
  ): Promise<void> {
    const products = await deps.mirror.storeProducts(rows.map(({ sku }) => sku));
    const unreadable = [...products.values()].flatMap((one) =>
      one.kind === 'unreadable' ? [one.product] : [],
    );
    summary.addUnreadable(unreadable);
    const back = await ofThese(rows.flatMap((row) => undoOf(row, readable(products.get(row.sku)))));
    for (const { state: told, sku, ...change } of back) {
      const product = readable(products.get(sku));
      if (told === 'pending') summary.add(sidesOf(sku, product), { status: 'differs', change, notes: [] });
    }
    await deps.runs.addRows(run, back);
  }

  for (let place: number | null = 0; place !== null; ) {
    signal.throwIfAborted();
    const { rows, next }: RowStretch = await deps.runs.rowsIn(undone.id, 'applied', place, rowsAtOnce);
    place = next;
    await add(rows);
  }
  for await (const rows of waitingAt(deps, undone.id, inDoubt)) {
    signal.throwIfAborted();
    await add(rows, async (back) => {
      // It may have been written; where it was not there is nothing to tell of.
      const there = back.filter(({ state }) => state === 'pending');
      const since = await writtenSince(deps, undone.id, [...new Set(there.map(({ sku }) => sku))]);
      return there.filter(({ sku }) => !since.has(sku));
    });
  }
  return ok(summary.get());
}

/** Brings the mirror's picture of the store up to date for the products of a run. */
async function readStoreAnew(
  deps: Deps,
  undone: number,
  inDoubt: readonly Places[],
  progress: ReadingProgress,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { store, mirror, runs, clock } = deps;
  const { rows } = await runs.rowsIn(undone, 'applied', 0, fewProducts + 1);
  for await (const some of waitingAt(deps, undone, inDoubt)) rows.push(...some);
  if (rows.length <= fewProducts) {
    for (const { sku } of rows) {
      const product = await store.product(sku, signal);
      if (!product.ok) return product;
      await mirror.noteStore(sku, product.value);
    }
    return ok(undefined);
  }
  const at = clock.now();
  const intake = await mirror.intakeStore(true);
  const line = progress.line('store');
  const request: StoreReadRequest = {
    since: null,
    signal,
    async take(products) {
      await intake.take(products);
      line.rows(products.length);
    },
    setAside: settingAside(intake, line),
    onTotal: line.total,
    onWaiting: line.waiting,
  };
  const end = await store.read(request).finally(line.end);
  if (!end.ok) return end;
  await intake.finish({ mark: end.value.mark, at });
  return ok(undefined);
}

/** What cannot be read is not put back either, and stands among what has changed since. */
const readable = (found: InStore | undefined): StoreProduct | null =>
  found?.kind === 'product' ? found.product : null;

const sidesOf = (sku: string, store: StoreProduct | null): BothSides => ({
  sku,
  store,
  target: null,
  similar: null,
  repeated: false,
  unreadable: [],
});

/** What undoing one row comes to: the values to put back, and those that somebody has changed since. Pure. */
export function undoOf(row: RunRow, now: StoreProduct | null): NewRow[] {
  const back: ProductChange = { stock: null, price: null, lists: [] };
  const drifted: ProductChange = { stock: null, price: null, lists: [] };
  for (const part of ['stock', 'price'] as const) {
    const change = row[part];
    if (change === null) continue;
    const way = wayBack(change, now?.[part] ?? null);
    if (way.kind === 'back') back[part] = way.change;
    if (way.kind === 'drifted') drifted[part] = way.change;
  }
  for (const { list, ...change } of row.lists) {
    const way = wayBack(change, now?.lists[list] ?? null);
    if (way.kind === 'back') back.lists.push({ list, ...way.change });
    if (way.kind === 'drifted') drifted.lists.push({ list, ...way.change });
  }
  const { sku, name } = row;
  return [
    ...(isBlank(back) ? [] : [{ sku, name, ...back, state: 'pending' as const }]),
    ...(isBlank(drifted) ? [] : [{ sku, name, ...drifted, state: 'drifted' as const }]),
  ];
}

type WayBack = { kind: 'back' | 'drifted'; change: ValueChange } | { kind: 'there' };

/** A value that was blank before cannot be made blank again, since blank means "leave it": it stays, and is told. */
function wayBack(change: ValueChange, now: Decimal | null): WayBack {
  if (change.old !== null && now === change.old) return { kind: 'there' };
  if (change.old !== null && now === change.new)
    return { kind: 'back', change: { old: change.new, new: change.old } };
  return { kind: 'drifted', change: { old: now, new: change.old ?? change.new } };
}

const isBlank = ({ stock, price, lists }: ProductChange): boolean =>
  stock === null && price === null && lists.length === 0;

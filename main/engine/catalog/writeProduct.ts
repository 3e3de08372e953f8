import type { ProductChange, RefusalCode, Run, UpdateChoice } from '../../../contract/catalog';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import { mayBeWritten, writeOf } from './applier';
import type { StoreProduct } from './compare';
import type { CatalogDeps } from './deps';
import { tellProduct } from './log';
import { newRun } from './newRun';
import type { NoteWritten } from './ownUpdates';
import type { CatalogStore, NewRow, WriteResult } from './ports';
import type { ProductSides } from './productSides';
import { priceBookOf } from './scope';
import { createSummary } from './summary';
import { unsureProduct } from './unsureProduct';

type Written = { kind: 'written' } | { kind: 'refused'; code: RefusalCode; message: string };

type Deps = Pick<CatalogDeps, 'store' | 'runs' | 'clock' | 'who' | 'journal' | 'changed'>;

/** Writes one product as a run of its own, so that it is told and kept, and can be taken back, like any other. */
export async function writeProduct(
  deps: Deps,
  choice: UpdateChoice,
  sides: Pick<ProductSides, 'sku' | 'store' | 'target' | 'similar' | 'scope' | 'comparison'>,
  change: ProductChange,
  note: NoteWritten,
): Promise<Result<Written>> {
  const { store, runs, clock } = deps;
  const { sku, scope, comparison } = sides;
  const summary = createSummary();
  summary.add({ ...sides, repeated: false, unreadable: [] }, { ...comparison, change });
  const begun: Omit<Run, 'id'> = {
    ...newRun(deps, choice, 'product', 'person'),
    warehouse: scope.warehouse?.name ?? null,
    priceBook: priceBookOf(scope, choice.part),
    summary: summary.get(),
  };
  const run: Run = { id: await runs.create(begun), ...begun };
  const row: NewRow = { sku, name: sides.store?.name ?? '', ...change, state: 'pending' };
  await runs.addRows(run.id, [row]);

  const answer = await writeSurely(store, row);
  const finish = async (status: Run['status']): Promise<void> => {
    const over: Run = { ...run, status, finishedAt: clock.now() };
    await runs.save(over);
    await tellProduct(deps, sku, over);
    deps.changed();
  };
  if (!answer.ok) {
    const isUnsure = answer.problem.code === 'catalog.mayBeWritten';
    if (isUnsure) await note(change);
    await finish(isUnsure ? unsureProduct : { state: 'failed', problem: answer.problem });
    return answer;
  }
  const result = answer.value;
  // Before the run is over: a program that ends in between finds it unfinished.
  if (result.kind === 'written') await note(change);
  const refusals = new Map(result.kind === 'refused' ? [[sku, result]] : []);
  await runs.settle(run.id, [{ ...row, refusal: null, place: 0 }], refusals);
  await finish({ state: 'done', applied: 1 - refusals.size, refused: refusals.size, left: 0 });
  return ok(result);
}

/** Writes a product; where the answer is lost, what the store has now says whether it was, if it says anything. */
async function writeSurely(store: CatalogStore, row: Omit<NewRow, 'state'>): Promise<Result<WriteResult>> {
  const { signal } = new AbortController();
  const answer = await store.write([writeOf(row)], signal);
  if (answer.ok) {
    const [result] = answer.value;
    if (result === undefined) throw new Error('the store answered nothing for the product');
    return ok(result);
  }
  if (!mayBeWritten(answer.problem)) return answer;
  const now = await store.product(row.sku, signal);
  if (!now.ok || now.value.kind === 'unreadable') {
    const { code, detail } = answer.problem;
    return failed(problem('catalog.mayBeWritten', { sku: row.sku }, { detail: detail ?? code }));
  }
  return now.value.kind === 'product' && holds(now.value.product, row) ? ok({ kind: 'written' }) : answer;
}

const holds = ({ stock, price, lists }: StoreProduct, row: ProductChange): boolean =>
  (row.stock === null || row.stock.new === stock) &&
  (row.price === null || row.price.new === price) &&
  row.lists.every((change) => lists[change.list] === change.new);

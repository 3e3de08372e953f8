import type { ProductChange, RefusalCode, Run, UpdateChoice } from '../../../contract/catalog';
import { ok, type Result } from '../../../contract/problem';
import { writeOf } from './applier';
import type { CatalogDeps } from './deps';
import { tellProduct } from './log';
import { newRun } from './newRun';
import type { NewRow } from './ports';
import type { ProductSides } from './productSides';
import { createSummary } from './summary';

type Written = { kind: 'written' } | { kind: 'refused'; code: RefusalCode; message: string };

type Deps = Pick<CatalogDeps, 'store' | 'runs' | 'clock' | 'who' | 'journal' | 'changed'>;

/** Writes one product as a run of its own, so that it is told and kept, and can be taken back, like any other. */
export async function writeProduct(
  deps: Deps,
  choice: UpdateChoice,
  sides: Pick<ProductSides, 'sku' | 'store' | 'target' | 'similar' | 'scope' | 'comparison'>,
  change: ProductChange,
): Promise<Result<Written>> {
  const { store, runs, clock } = deps;
  const { sku, scope, comparison } = sides;
  const summary = createSummary();
  summary.add({ ...sides, repeated: false }, { ...comparison, change });
  const begun: Omit<Run, 'id'> = {
    ...newRun(deps, choice, 'product', 'person'),
    warehouse: scope.warehouse?.name ?? null,
    priceBook: scope.priceBook.name,
    summary: summary.get(),
  };
  const run: Run = { id: await runs.create(begun), ...begun };
  const row: NewRow = { sku, name: sides.store?.name ?? '', ...change, state: 'pending' };
  await runs.addRows(run.id, [row]);

  const answer = await store.write([writeOf(row)], new AbortController().signal);
  const finish = async (status: Run['status']): Promise<void> => {
    const over: Run = { ...run, status, finishedAt: clock.now() };
    await runs.save(over);
    await tellProduct(deps, sku, over);
    deps.changed();
  };
  if (!answer.ok) {
    await finish({ state: 'failed', problem: answer.problem });
    return answer;
  }
  const [result] = answer.value;
  if (result === undefined) throw new Error('the store answered nothing for the product');
  const refusals = new Map(result.kind === 'refused' ? [[sku, result]] : []);
  await runs.settle(run.id, [{ ...row, refusal: null, place: 0 }], refusals);
  await finish({ state: 'done', applied: 1 - refusals.size, refused: refusals.size, left: 0 });
  return ok(result);
}

import type { UpdateChoice } from '../../../contract/catalog';
import type { CatalogRules } from '../../../contract/catalogRules';
import { failed, type Problem, problem, type Result } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import type { OnWaiting, OrgScope } from './ports';

/** Waits between the tries, in milliseconds: a call that fails must not cost a whole update. */
const waitsMs = [1_000, 3_000, 9_000];

/** The same as `findScope`, again while its trouble is one that passes soon. */
export async function findScopePatiently(
  deps: Pick<CatalogDeps, 'org' | 'store' | 'clock'>,
  choice: Pick<UpdateChoice, 'warehouse' | 'companies'>,
  rules: CatalogRules,
  signal: AbortSignal,
  onWaiting: OnWaiting,
): Promise<Result<OrgScope>> {
  for (const waitMs of waitsMs) {
    const found = await findScope(deps, choice, rules, signal);
    if (found.ok || signal.aborted || !passes(found.problem)) {
      onWaiting(null);
      return found;
    }
    onWaiting({ problem: found.problem, forMs: waitMs });
    await deps.clock.sleep(waitMs, signal);
  }
  const last = await findScope(deps, choice, rules, signal);
  onWaiting(null);
  return last;
}

const passes = (trouble: Problem): boolean =>
  trouble.class === 'transient' || trouble.code === 'org.concurrentLimit';

/** Finds what a choice and the table of price lists name, on both sides, before anything is read. */
export async function findScope(
  { org, store }: Pick<CatalogDeps, 'org' | 'store'>,
  { warehouse, companies }: Pick<UpdateChoice, 'warehouse' | 'companies'>,
  { prices: { lists } }: CatalogRules,
  signal: AbortSignal,
): Promise<Result<OrgScope>> {
  const [currency, known] = await Promise.all([
    store.currency(signal),
    lists.length === 0 ? null : store.priceLists(signal),
  ]);
  if (!currency.ok) return currency;
  if (known !== null) {
    if (!known.ok) return known;
    const missing = lists.find(({ list }) => known.value.every(({ id }) => id !== list));
    if (missing !== undefined) return failed(problem('store.listMissing', { name: missing.list }));
  }
  return org.findScope({ warehouse, companies, lists, currency: currency.value }, signal);
}

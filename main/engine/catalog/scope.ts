import type { PriceList, UpdateChoice } from '../../../contract/catalog';
import { type CatalogRules, listFedTwice, type UpdatePart } from '../../../contract/catalogRules';
import { failed, ok, type Problem, problem, type Result } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import type { OrgScope, PriceScope } from './orgScope';
import type { CatalogOrg, CatalogStore } from './ports';
import type { OnWaiting } from './readRequest';

/** Waits between the tries, in milliseconds: a call that fails must not cost a whole update. */
const waitsMs = [1_000, 3_000, 9_000];

interface ScopeDeps {
  org: Pick<CatalogOrg, 'findScope'>;
  store: Pick<CatalogStore, 'currency' | 'priceLists'>;
}
type ScopeChoice = Pick<UpdateChoice, 'warehouse' | 'companies'> & { part: UpdatePart | 'either' };

/** The same as `findScope`, again while its trouble is one that passes soon. */
export async function findScopePatiently(
  deps: ScopeDeps & Pick<CatalogDeps, 'clock'>,
  choice: ScopeChoice,
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

/**
 * Finds what a choice and the table of price lists name, on both sides, before anything is read. What is not asked for may
 * be missing; with `either`, so may one of the two.
 */
export async function findScope(
  { org, store }: ScopeDeps,
  { warehouse, companies, part }: ScopeChoice,
  { prices: { lists } }: CatalogRules,
  signal: AbortSignal,
): Promise<Result<OrgScope>> {
  const asked = store.currency(signal);
  const [currency, known, found] = await Promise.all([
    asked,
    lists.length === 0 ? ok([]) : store.priceLists(signal),
    org.findScope({ warehouse, companies, lists, currency: asked }, signal),
  ]);
  if (!currency.ok) return currency;
  if (!found.ok) return found;
  const prices = knownLists(known, lists, found.value.prices);
  const { stock } = found.value;
  if (!prices.ok && isNeeded(prices.problem, part !== 'stock' && (part !== 'either' || !stock.ok)))
    return prices;
  if (!stock.ok && isNeeded(stock.problem, part === 'both' || part === 'stock')) return stock;
  return ok({
    warehouse: found.value.warehouse,
    companies: found.value.companies,
    prices: prices.ok ? prices.value : null,
    stock: stock.ok ? stock.value : null,
    lacks: [prices, stock].flatMap((one) => (one.ok ? [] : [one.problem])),
  });
}

/** What is set up wrongly can be gone without where nobody asks for it; any other trouble is not of it alone. */
const isNeeded = (trouble: Problem, isAskedFor: boolean): boolean => isAskedFor || trouble.class !== 'setup';

/** The prices, if the store has all the lists that they feed, and each is fed once: the last to write would win. */
function knownLists(
  known: Result<PriceList[]>,
  lists: CatalogRules['prices']['lists'],
  prices: Result<PriceScope>,
): Result<PriceScope> {
  if (!known.ok) return known;
  const twice = listFedTwice(lists);
  if (twice !== null) return failed(problem('store.listTwice', { name: nameOf(known.value, twice) }));
  const missing = lists.find(({ list }) => known.value.every(({ id }) => id !== list));
  return missing === undefined ? prices : failed(problem('store.listMissing', { name: missing.list }));
}

const nameOf = (known: readonly PriceList[], list: string): string =>
  known.find(({ id }) => id === list)?.name ?? list;

/** The price book that an update takes its prices from; null where it takes none. */
export const priceBookOf = ({ prices }: OrgScope, part: UpdatePart): string | null =>
  part === 'stock' ? null : (prices?.priceBook.name ?? null);

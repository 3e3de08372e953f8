import type { UpdateChoice } from '../../../contract/catalog';
import type { CatalogRules } from '../../../contract/catalogRules';
import { failed, problem, type Result } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import type { OrgScope } from './ports';

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

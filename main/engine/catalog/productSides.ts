import type { ProductScope } from '../../../contract/catalogProduct';
import type { ItemRule } from '../../../contract/catalogRules';
import type { Decimal } from '../../../contract/decimal';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import { type Comparison, compare, type StoreProduct } from './compare';
import type { CatalogDeps } from './deps';
import type { OrgScope } from './orgScope';
import type { Mirror, NamedOrgProduct, ProductHistoryEntry } from './ports';
import { findScope } from './scope';
import { type Target, targetOf } from './target';
import { blankProduct, type InStore } from './unreadable';

/** One SKU as both sides have it now, and what an update would do to it. */
export interface ProductSides {
  sku: string;
  scope: OrgScope;
  store: StoreProduct | null;
  org: readonly NamedOrgProduct[];
  target: Target | null;
  comparison: Comparison;
  similar: string | null;
  openUnits: Decimal | null;
  rule: ItemRule | null;
  history: readonly ProductHistoryEntry[];
  readAt: number;
}

const mostHistory = 20;

type Deps = Pick<CatalogDeps, 'org' | 'store' | 'mirror' | 'runs' | 'openOrders' | 'rules' | 'clock'>;

/**
 * Asks both sides for one SKU. A SKU that neither knows is a problem, unless it is almost one that there is. Where the org's
 * prices or its stock cannot be had, the other is told all the same.
 */
export async function lookAtProduct(
  deps: Deps,
  sku: string,
  wish: ProductScope,
  signal: AbortSignal,
): Promise<Result<ProductSides>> {
  const { org, store, mirror, runs, clock } = deps;
  const rules = deps.rules();
  const readAt = clock.now();
  const scope = await findScope(deps, { ...wish, part: 'either' }, rules, signal);
  if (!scope.ok) return scope;
  const [inOrg, inStore, units] = await Promise.all([
    org.lookUpSku(sku, scope.value, signal),
    store.product(sku, signal),
    rules.stock.openOrders ? deps.openOrders.units() : null,
  ]);
  if (!inOrg.ok) return inOrg;
  if (!inStore.ok) return inStore;
  const rule = await mirror.itemRule(sku);
  const openUnits = units?.get(sku) ?? null;
  const facts = { sku, products: inOrg.value, item: rule, openUnits };
  const of = { prices: scope.value.prices !== null, stock: scope.value.stock !== null };
  const target = inOrg.value.length === 0 ? null : targetOf(facts, rules, new Set(wish.companies), of);
  const found = shown(sku, inStore.value);
  const sides = {
    sku,
    store: found,
    target,
    similar: await similarTo(mirror, sku, found, target),
    repeated: await mirror.isRepeated(sku),
    unreadable: inStore.value.kind === 'unreadable' ? inStore.value.product.notes : [],
  };
  if (sides.store === null && target === null && sides.similar === null)
    return failed(problem('catalog.unknownSku', { sku }));
  return ok({
    ...sides,
    scope: scope.value,
    org: inOrg.value,
    comparison: compare(sides, { part: 'both', match: rules.match }),
    openUnits,
    rule,
    history: await runs.history(sku, mostHistory),
    readAt,
  });
}

function shown(sku: string, found: InStore): StoreProduct | null {
  if (found.kind === 'unreadable') return blankProduct(sku, found.product.told);
  return found.kind === 'product' ? found.product : null;
}

/** Where one side does not know the SKU, the one that it may mean. */
async function similarTo(
  mirror: Mirror,
  sku: string,
  inStore: StoreProduct | null,
  target: Target | null,
): Promise<string | null> {
  if (target === null) return mirror.similarTo(sku, 'org');
  return inStore === null ? mirror.similarTo(sku, 'store') : null;
}

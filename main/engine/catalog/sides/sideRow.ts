import type { SideRow } from '../../../../contract/catalogSides';
import type { Decimal } from '../../../../contract/decimal';
import type { BothSides, Comparison } from '../compare';
import { sumOf } from '../stock';
import type { OrgProduct } from '../target';
import { statusOf } from './status';

/** One SKU as it is shown: the store's values, the org's own, and what the rules make of them. Pure. */
export function sideRowOf(
  sides: BothSides,
  comparison: Comparison,
  products: readonly OrgProduct[],
  companies: readonly string[],
): SideRow {
  const { sku, store, target, similar, unreadable } = sides;
  const { change, notes } = comparison;
  return {
    sku,
    name: store?.name ?? '',
    status: statusOf(sides, comparison),
    store: store && { stock: store.stock, price: store.price },
    org: products.length === 0 ? null : orgValues(shown(products, companies)),
    wanted: unreadable.length > 0 ? null : target && { stock: target.stock, price: target.price },
    lists: listsOf(sides),
    change,
    notes: [...notes],
    similar,
  };
}

/** Those that an update would look at; where there are none, all that carry the SKU. */
function shown(products: readonly OrgProduct[], companies: readonly string[]): readonly OrgProduct[] {
  const ours = products.filter(
    ({ company }) => companies.length === 0 || (company !== null && companies.includes(company)),
  );
  const active = ours.filter((product) => product.active);
  return [active, ours].find((some) => some.length > 0) ?? products;
}

function orgValues(products: readonly OrgProduct[]): NonNullable<SideRow['org']> {
  const prices = new Set(products.map(({ price }) => price?.price ?? null));
  const [price] = prices;
  return {
    products: products.length,
    stock: sumOf(products.flatMap(({ stock }) => stock)),
    price: prices.size === 1 ? (price ?? null) : null,
  };
}

function listsOf({ store, target }: BothSides): SideRow['lists'] {
  const before: Readonly<Record<string, Decimal>> = store?.lists ?? {};
  const after: Readonly<Record<string, Decimal>> = target?.lists ?? {};
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((list) => ({ list, store: before[list] ?? null, wanted: after[list] ?? null }));
}

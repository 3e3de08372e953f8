import type { CatalogNote } from '../../../contract/catalog';
import type { CatalogRules, ItemRule } from '../../../contract/catalogRules';
import type { Decimal } from '../../../contract/decimal';
import { type PriceEntry, priceFor } from './price';
import { none, stockFor, type Wanted } from './stock';

/** A product of the org with this SKU, and what the chosen price books and warehouses hold of it. */
export interface OrgProduct {
  id: string;
  active: boolean;
  company: string | null;
  price: PriceEntry | null;
  /** Its entries in the price books that feed further lists, by the store's list. */
  lists: Readonly<Record<string, PriceEntry | null>>;
  /** One quantity for each stock row; null for one that is no number that can be kept. */
  stock: readonly (Decimal | null)[];
}

/** All that is known of a SKU on the org's side. */
export interface SkuFacts {
  sku: string;
  products: readonly OrgProduct[];
  item: ItemRule | null;
  /** Units in confirmed orders that the org has not got yet. */
  openUnits: Decimal | null;
}

/** What the store is to have of a SKU; null, and a list that is absent, leave the store's value as it is. */
export interface Target {
  sku: string;
  stock: Decimal | null;
  price: Decimal | null;
  lists: Readonly<Record<string, Decimal>>;
  notes: readonly CatalogNote[];
}

/** What there is to make targets of. */
export interface TargetOf {
  prices: boolean;
  stock: boolean;
}

const everything: TargetOf = { prices: true, stock: true };

/** What the rules make of a SKU's facts. No companies means all of them. Pure. */
export function targetOf(
  facts: SkuFacts,
  rules: CatalogRules,
  companies: ReadonlySet<string>,
  of: TargetOf = everything,
): Target {
  const { sku, products, item } = facts;
  if (item?.excluded) return left(sku, 'excluded');
  const ours =
    companies.size === 0
      ? products
      : products.filter(({ company }) => company !== null && companies.has(company));
  if (ours.length === 0) return left(sku, 'otherCompany');
  const active = ours.filter((product) => product.active);
  const [first] = active;
  if (first === undefined) return left(sku, 'inactive', rules.match.inactive === 'zero' ? none : null);
  if (active.length === 1) return valuesOf(facts, first, rules, of);
  if (rules.match.duplicates === 'leave') return left(sku, 'duplicateInOrg');
  const combined = valuesOf(facts, combine(active), rules, of);
  return { ...combined, notes: ['duplicateInOrg', ...combined.notes] };
}

/** The store's values stay as they are, but for the stock where it is given. */
const left = (sku: string, note: CatalogNote, stock: Decimal | null = null): Target => ({
  sku,
  stock,
  price: null,
  lists: {},
  notes: [note],
});

function valuesOf(
  { sku, item, openUnits }: SkuFacts,
  product: OrgProduct,
  rules: CatalogRules,
  of: TargetOf,
): Target {
  const stock = of.stock ? stockFor(product.stock, openUnits, rules.stock, item) : unsaid;
  const price = of.prices ? priceFor(product.price, rules.prices) : unsaid;
  const lists: Record<string, Decimal> = {};
  for (const { list } of rules.prices.lists) {
    // A product without a price in the book keeps what the list has: blank is not zero.
    const { value } = priceFor(product.lists[list] ?? null, rules.prices);
    if (value !== null) lists[list] = value;
  }
  return { sku, stock: stock.value, price: price.value, lists, notes: [...stock.notes, ...price.notes] };
}

const unsaid: Wanted = { value: null, notes: [] };

/** Several products as one: stock added up, a price only where all have the same. */
function combine(products: readonly OrgProduct[]): OrgProduct {
  const [first] = products;
  if (first === undefined) throw new Error('nothing to combine');
  const agreed = (of: (product: OrgProduct) => PriceEntry | null): PriceEntry | null =>
    products.every((product) => same(of(product), of(first))) ? of(first) : null;
  return {
    ...first,
    price: agreed((product) => product.price),
    lists: Object.fromEntries(
      Object.keys(first.lists).map((list) => [list, agreed((product) => product.lists[list] ?? null)]),
    ),
    stock: products.flatMap((product) => product.stock),
  };
}

const same = (one: PriceEntry | null, other: PriceEntry | null): boolean =>
  one?.price === other?.price && one?.active === other?.active;

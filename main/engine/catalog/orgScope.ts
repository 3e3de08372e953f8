import type { Problem, Result } from '../../../contract/problem';

export interface Named {
  id: string;
  name: string;
}

/** Where prices come from. */
export interface PriceScope {
  priceBook: Named;
  /** Further price books, each with the store's list it feeds. */
  lists: readonly { list: string; priceBook: Named }[];
  /** The currency of the prices where the org has several, else null. */
  currency: string | null;
}

/** Whose stock counts; null: that of all warehouses. */
export interface StockScope {
  warehouses: readonly string[] | null;
}

/** What an update's choice names, as the org has it. */
export interface FoundScope {
  warehouse: Named | null;
  companies: readonly string[];
  /** Found apart: an update of the one alone has no need of the other. */
  prices: Result<PriceScope>;
  stock: Result<StockScope>;
}

/** The same for an update, which goes without what it has no need of. */
export interface OrgScope extends Pick<FoundScope, 'warehouse' | 'companies'> {
  prices: PriceScope | null;
  stock: StockScope | null;
  /** Why something is left out. */
  lacks: readonly Problem[];
}

export interface ScopeWish {
  warehouse: string;
  companies: readonly string[];
  lists: readonly { list: string; priceBook: string }[];
  /** The store's currency, which the store is being asked for. */
  currency: Promise<Result<string>>;
}

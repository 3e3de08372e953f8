import type { CatalogRules } from '../../../contract/catalogRules';
import type { Clock, Journal, Random } from '../ports';
import type { CatalogOrg, CatalogStore, Mirror, OpenOrders, RunBook } from './ports';
import type { ComparedBook } from './sides/ports';

/** What updates of stock and prices are built from. */
export interface CatalogDeps {
  org: CatalogOrg;
  store: CatalogStore;
  mirror: Mirror;
  runs: RunBook;
  compared: ComparedBook;
  openOrders: OpenOrders;
  /** Read anew for every run. */
  rules: () => CatalogRules;
  journal: Journal;
  clock: Clock;
  random: Random;
  /** Who is signed in to this computer. */
  who: string;
  /** Something that the window shows has changed. */
  changed: () => void;
  report: (error: unknown) => void;
}

import type { CatalogRules } from '../contract/catalogRules';
import type { CatalogDeps } from './engine/catalog/deps';
import { createOneProduct } from './engine/catalog/oneProduct';
import type { CatalogOrg, CatalogStore, OpenOrders } from './engine/catalog/ports';
import { createUpdates } from './engine/catalog/updates';
import type { Clock, Journal, Random } from './engine/ports';
import { openCatalogDatabase } from './storage/catalog/database';
import { createMirror } from './storage/catalog/mirror';
import { createRunBook } from './storage/catalog/runs';

/** What stock and prices need beside what orders need. */
export interface CatalogParts {
  databasePath: string;
  org: CatalogOrg;
  store: CatalogStore;
  rules: () => CatalogRules;
  who: string;
  changed: () => void;
}

export interface CatalogOptions extends CatalogParts {
  openOrders: OpenOrders;
  journal: Journal;
  clock: Clock;
  random: Random;
  report: (error: unknown) => void;
}

/** Stock and prices at work between one store and one org. Knows no window. */
export function createCatalog(options: CatalogOptions) {
  const database = openCatalogDatabase(options.databasePath, options.report);
  const mirror = createMirror(database);
  const runs = createRunBook(database);
  const deps: CatalogDeps = { ...options, mirror, runs };
  const updates = createUpdates(deps);

  return {
    org: options.org,
    store: options.store,
    updates,
    oneProduct: createOneProduct(deps, updates.leaveAlone),
    runs,
    mirror,
    start: () => updates.start(),
    async stop(): Promise<void> {
      await updates.stop();
      await database.close();
    },
  };
}

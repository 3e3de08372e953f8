import type { UpdateChoice } from '../contract/catalog';
import type { CatalogRules } from '../contract/catalogRules';
import type { CatalogDeps } from './engine/catalog/deps';
import type { House } from './engine/catalog/house';
import { createOneProduct } from './engine/catalog/oneProduct';
import type { CatalogOrg, CatalogStore, OpenOrders } from './engine/catalog/ports';
import { createRetention } from './engine/catalog/retention';
import type { ScheduleHealth } from './engine/catalog/scheduleHealth';
import { createScheduler } from './engine/catalog/scheduler';
import { createComparisons } from './engine/catalog/sides/comparisons';
import { createOrgNames } from './engine/catalog/sides/orgNames';
import { createSideBySide } from './engine/catalog/sides/sideBySide';
import { createTurn } from './engine/catalog/turn';
import { createUpdates } from './engine/catalog/updates';
import type { Clock, Journal, Random } from './engine/ports';
import { createComparedBook } from './storage/catalog/compared';
import { openCatalogDatabase } from './storage/catalog/database';
import { createHouseBook } from './storage/catalog/house';
import { createMirror } from './storage/catalog/mirror';
import { createRunBook } from './storage/catalog/runs';
import { createSideFacts } from './storage/catalog/sideFacts';
import { createSideList } from './storage/catalog/sideList';
import { createSlotBook } from './storage/catalog/slots';

/** What stock and prices need beside what orders need. */
export interface CatalogParts {
  databasePath: string;
  org: CatalogOrg;
  store: CatalogStore;
  /** What tells this store and org from others. */
  house: House;
  rules: () => CatalogRules;
  /** The settings' warehouse and companies, which updates by schedule take. */
  choice: () => Pick<UpdateChoice, 'warehouse' | 'companies'>;
  who: string;
  changed: () => void;
  /** Updates by schedule need a person, or no longer. */
  healthChanged: (health: ScheduleHealth) => void;
}

export interface CatalogOptions extends CatalogParts {
  openOrders: OpenOrders;
  journal: Journal;
  clock: Clock;
  random: Random;
  report: (error: unknown) => void;
  /** Catalogues of more products are worth threads of their own; usually 20,000. */
  threadsAbove?: number;
}

/** Stock and prices at work between one store and one org. Knows no window. */
export function createCatalog(options: CatalogOptions) {
  const database = openCatalogDatabase(options.databasePath, options.report, options.threadsAbove);
  const mirror = createMirror(database);
  const runs = createRunBook(database);
  const compared = createComparedBook(database);
  const turn = createTurn();
  const houses = createHouseBook(database);
  const isMoving = houses.isAnother(options.house);
  // Nothing is begun before what is known of another store or org has been forgotten.
  if (isMoving) turn.take();
  let settled: Promise<void> = Promise.resolve();
  const sides = createSideBySide({
    mirror,
    compared,
    rules: options.rules,
    list: createSideList(database),
    facts: createSideFacts(database),
    turn,
  });
  const deps: CatalogDeps = {
    ...options,
    mirror,
    runs,
    compared,
    changed() {
      sides.touch();
      options.changed();
      scheduler.look();
    },
  };
  const updates = createUpdates(deps, turn);
  const comparisons = createComparisons(deps, turn);
  const retention = createRetention({ ...deps, runs, turn });
  const orgNames = createOrgNames(options);
  let ending = false;
  const scheduler = createScheduler({ ...options, runs, updates, slots: createSlotBook(database) });

  async function settle(): Promise<void> {
    await houses.moveInto(options.house);
    if (isMoving) turn.giveBack();
  }

  return {
    org: options.org,
    store: options.store,
    updates,
    scheduler,
    oneProduct: createOneProduct(deps, updates.byItself),
    comparisons,
    sides,
    orgNames,
    runs,
    mirror,
    /** Whether the org is the one that is known. Where it is another, only a new start does away with what is of the old. */
    meetsOrg: houses.meetsOrg,
    async start(): Promise<void> {
      settled = settle();
      await settled;
      if (ending) return;
      await updates.start();
      if (ending) return;
      scheduler.start();
      retention.start();
    },
    async stop(): Promise<void> {
      ending = true;
      await settled.catch(() => undefined);
      orgNames.stop();
      // The schedule first, so that it begins nothing new; it then waits for what it has begun.
      const ended = scheduler.stop();
      await Promise.all([updates.stop(), comparisons.stop(), sides.stop(), retention.stop()]);
      await ended;
      await database.close();
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunState, UpdateChoice } from '../../contract/catalog';
import { type CatalogRules, catalogRulesSchema } from '../../contract/catalogRules';
import type { SidesChoice } from '../../contract/catalogSides';
import type { Decimal } from '../../contract/decimal';
import type { LogEntry } from '../../contract/status';
import type { ScheduleHealth } from '../../main/engine/catalog/scheduleHealth';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { SandboxOptions } from '../../sandbox/options';
import { type DeskPlaces, openCatalogDesk } from './catalogDesk/desk';

type Catalog = ReturnType<typeof openCatalogDesk>;

/** Stock and prices with the real adapters over HTTP, on a sandbox. */
export interface CatalogAtWork {
  sandbox: Sandbox;
  catalog: Catalog;
  /** Rules in force; a change counts from the next run on. */
  setRules(rules: object): void;
  openUnits: Map<string, Decimal>;
  log: Omit<LogEntry, 'id'>[];
  /** How updates by schedule were, one after the other. */
  healths: ScheduleHealth[];
  choice(changes?: Partial<UpdateChoice>): UpdateChoice;
  /** Starts a run and waits until it stands somewhere. */
  update(changes?: Partial<UpdateChoice>, applyAtOnce?: boolean): Promise<Run>;
  /** Reads and compares both sides, two hours later. */
  compareSides(changes?: Partial<SidesChoice>): Promise<void>;
  /** Waits until no comparison is at work. */
  compared(): Promise<void>;
  /** Waits until the latest run stands in one of these states. */
  until(...states: RunState['state'][]): Promise<Run>;
  /** Ends the program as it is and begins it anew on the same files. */
  restart(meanwhile?: () => void): Promise<void>;
  /** The same, with something happening to the files before it begins anew. */
  whileClosed(meanwhile: (places: DeskPlaces) => Promise<void>): Promise<void>;
  /** Ends the program and begins it anew with another store or org, or user, on the same files. */
  moveTo(changes: Partial<Pick<DeskPlaces, 'org' | 'store'>>): Promise<void>;
  stop(): Promise<void>;
}

export const placesOf = (
  { org, store }: Sandbox,
  databasePath: string,
  threadsAbove?: number,
): DeskPlaces => ({
  databasePath,
  threadsAbove,
  org: { url: org.url, ...org.credentials },
  store: { url: store.url, token: store.token },
});

const atRest = ['planned', 'paused', 'done', 'cancelled', 'failed'] as const;

export async function startCatalog(
  options: SandboxOptions = {},
  { threadsAbove, ...more }: { fetch?: typeof fetch; threadsAbove?: number } = {},
): Promise<CatalogAtWork> {
  const sandbox = await startSandbox({
    content: { products: 60, buyers: 5, stockEverywhere: true },
    ...options,
  });
  const folder = mkdtempSync(join(tmpdir(), 'puente-catalog-'));
  const openUnits = new Map<string, Decimal>();
  const log: Omit<LogEntry, 'id'>[] = [];
  const healths: ScheduleHealth[] = [];
  let rules: CatalogRules = catalogRulesSchema.parse({
    guard: { toZeroPercent: null, priceMovePercent: null },
  });
  let places = placesOf(sandbox, join(folder, 'catalog.db'), threadsAbove);
  const open = (): Catalog =>
    openCatalogDesk(places, {
      rules: () => rules,
      openOrders: { units: async () => openUnits },
      choice: () => ({ warehouse: 'Depósito Avellaneda', companies: [] }),
      healthChanged: (health) => healths.push(health),
      journal: { record: async (entry) => void log.push(entry) },
      // The sandbox's clock, so that hours can pass.
      now: () => sandbox.clock.now(),
      ...more,
    });
  let catalog = open();

  await catalog.start();
  const work: CatalogAtWork = {
    sandbox,
    get catalog() {
      return catalog;
    },
    setRules: (input) => {
      rules = catalogRulesSchema.parse(input);
    },
    openUnits,
    log,
    healths,
    choice: (changes = {}) => ({
      warehouse: 'Depósito Avellaneda',
      companies: [],
      part: 'both',
      reading: 'auto',
      ...changes,
    }),
    async update(changes, applyAtOnce = false) {
      const begun = await catalog.updates.begin(work.choice(changes), { applyAtOnce, trigger: 'person' });
      if (!begun.ok) throw new Error(begun.problem.code);
      return work.until(...atRest);
    },
    async compareSides(changes) {
      sandbox.clock.advance(2 * 3_600_000);
      const { warehouse, companies, reading } = work.choice();
      const begun = catalog.comparisons.begin({ warehouse, companies, reading, ...changes });
      if (!begun.ok) throw new Error(begun.problem.code);
      await work.compared();
    },
    async compared() {
      const end = Date.now() + 20_000;
      while (catalog.comparisons.current().work !== null) {
        if (Date.now() > end) throw new Error('the comparison does not end');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async until(...states) {
      const end = Date.now() + 20_000;
      for (;;) {
        const run = catalog.updates.current();
        if (run !== null && states.includes(run.status.state)) return run;
        if (Date.now() > end) throw new Error(`stands at ${JSON.stringify(run?.status)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    restart: (meanwhile) => work.whileClosed(async () => meanwhile?.()),
    async whileClosed(meanwhile) {
      await catalog.stop();
      await meanwhile(places);
      catalog = open();
      await catalog.start();
    },
    moveTo: (changes) =>
      work.whileClosed(async () => {
        places = { ...places, ...changes };
      }),
    async stop() {
      await catalog.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return work;
}

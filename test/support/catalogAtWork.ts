import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunState, UpdateChoice } from '../../contract/catalog';
import { type CatalogRules, catalogRulesSchema } from '../../contract/catalogRules';
import type { SidesChoice } from '../../contract/catalogSides';
import type { Decimal } from '../../contract/decimal';
import { ok } from '../../contract/problem';
import type { OrgSettingsOf } from '../../contract/settings';
import type { LogEntry } from '../../contract/status';
import { createCatalog } from '../../main/catalog';
import type { ScheduleHealth } from '../../main/engine/catalog/scheduleHealth';
import { createSalesforceOrg } from '../../main/salesforce';
import { systemClock } from '../../main/systemClock';
import { createHttpCatalog } from '../../main/ventasxmayor/http';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { SandboxOptions } from '../../sandbox/options';

type Catalog = ReturnType<typeof createCatalog>;

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
  stop(): Promise<void>;
}

const atRest = ['planned', 'paused', 'done', 'cancelled', 'failed'] as const;

export async function startCatalog(
  options: SandboxOptions = {},
  more: { fetch?: typeof fetch } = {},
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
  let catalog = open();

  function open(): Catalog {
    const { username, clientId, clientSecret, password, securityToken } = sandbox.org.credentials;
    const settings: OrgSettingsOf<'password'> = {
      signIn: 'password',
      loginUrl: sandbox.org.url,
      username,
      clientId,
      identifier: 'PAGINAWEB',
      warehouse: '',
      companies: [],
    };
    return createCatalog({
      databasePath: join(folder, 'catalog.db'),
      org: createSalesforceOrg({
        credentials: async () =>
          ok({ signIn: 'password', settings, secrets: { password: password + securityToken, clientSecret } }),
        clock: systemClock,
        ...more,
      }).catalog,
      store: createHttpCatalog({
        baseUrl: sandbox.store.url,
        token: async () => ok(sandbox.store.token),
        timeoutMs: 2_000,
        ...more,
      }),
      openOrders: { units: async () => openUnits },
      rules: () => rules,
      choice: () => ({ warehouse: 'Depósito Avellaneda', companies: [] }),
      journal: { record: async (entry) => void log.push(entry) },
      // The sandbox's clock, so that hours can pass; waits are real.
      clock: {
        now: () => sandbox.clock.now(),
        sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 50), signal),
      },
      random: () => 0.5,
      who: 'Lucía',
      changed: () => undefined,
      healthChanged: (health) => healths.push(health),
      report: (error) => console.error('unexpected:', error),
    });
  }

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
    async restart(meanwhile) {
      await catalog.stop();
      meanwhile?.();
      catalog = open();
      await catalog.start();
    },
    async stop() {
      await catalog.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return work;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunState, UpdateChoice } from '../../contract/catalog';
import { type CatalogRules, catalogRulesSchema } from '../../contract/catalogRules';
import type { Decimal } from '../../contract/decimal';
import { ok } from '../../contract/problem';
import type { OrgSettingsOf } from '../../contract/settings';
import type { LogEntry } from '../../contract/status';
import { createCatalog } from '../../main/catalog';
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
  choice(changes?: Partial<UpdateChoice>): UpdateChoice;
  /** Starts a run and waits until it stands somewhere. */
  update(changes?: Partial<UpdateChoice>, applyAtOnce?: boolean): Promise<Run>;
  /** Waits until the latest run stands in one of these states. */
  until(...states: RunState['state'][]): Promise<Run>;
  /** Ends the program as it is and begins it anew on the same files. */
  restart(): Promise<void>;
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
        clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) },
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
      journal: { record: async (entry) => void log.push(entry) },
      // The sandbox's clock, so that hours can pass; waits are real.
      clock: {
        now: () => sandbox.clock.now(),
        sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 50), signal),
      },
      random: () => 0.5,
      who: 'Lucía',
      changed: () => undefined,
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
    async until(...states) {
      const end = Date.now() + 20_000;
      for (;;) {
        const run = catalog.updates.current();
        if (run !== null && states.includes(run.status.state)) return run;
        if (Date.now() > end) throw new Error(`stands at ${JSON.stringify(run?.status)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async restart() {
      await catalog.stop();
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

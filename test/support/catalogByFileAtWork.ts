import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run, RunState, UpdateChoice } from '../../contract/catalog';
import type {
  CatalogFile,
  CatalogMapping,
  FileCheck,
  TableFormat,
  UploadRows,
} from '../../contract/catalogFile';
import { catalogRulesSchema } from '../../contract/catalogRules';
import { ok, type Result } from '../../contract/problem';
import type { LogEntry } from '../../contract/status';
import { createCatalogByFile } from '../../main/catalogByFile';
import { createSalesforceOrg } from '../../main/salesforce';
import { systemClock } from '../../main/systemClock';
import { readTable, type Table } from '../../main/ventasxmayor/spreadsheet/readTable';
import { writeTable } from '../../main/ventasxmayor/spreadsheet/writeTable';
import { type Sandbox, startSandbox } from '../../sandbox';

type ByFile = ReturnType<typeof createCatalogByFile>;

/** Stock and prices through files, with the real org adapter over HTTP, on a sandbox. */
export interface CatalogByFileAtWork {
  sandbox: Sandbox;
  catalog: ByFile;
  folder: string;
  log: Omit<LogEntry, 'id'>[];
  /** Puts a file where a person could have saved the store's catalogue, and opens it. */
  open(name: string, content: string | Buffer): Promise<CatalogFile>;
  check(file: CatalogFile, changes?: Partial<CatalogMapping>): Promise<FileCheck>;
  /** Plans against the file as it is suggested to be read. */
  plan(file: CatalogFile, changes?: Partial<UpdateChoice>, mapping?: Partial<CatalogMapping>): Promise<Run>;
  save(run: Run, rows: UploadRows, format: TableFormat): Promise<Table>;
  until(...states: RunState['state'][]): Promise<Run>;
  /** As another user of the org, where one is named. */
  restart(user?: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startCatalogByFile(): Promise<CatalogByFileAtWork> {
  const sandbox = await startSandbox({ content: { products: 60, buyers: 5, stockEverywhere: true } });
  const folder = mkdtempSync(join(tmpdir(), 'puente-by-file-'));
  const log: Omit<LogEntry, 'id'>[] = [];
  const mappings = new Map<string, CatalogMapping>();
  let catalog = open();

  function open(user?: string): ByFile {
    const { username, clientId, clientSecret, password, securityToken } = sandbox.org.credentials;
    return createCatalogByFile({
      databasePath: join(folder, 'catalog-files.db'),
      org: createSalesforceOrg({
        credentials: async () =>
          ok({
            signIn: 'password',
            settings: {
              signIn: 'password',
              loginUrl: sandbox.org.url,
              username,
              clientId,
              identifier: 'PAGINAWEB',
              warehouse: '',
              companies: [],
            },
            secrets: { password: password + securityToken, clientSecret },
          }),
        clock: systemClock,
      }).catalog,
      house: { store: null, org: { address: sandbox.org.url, user: user ?? username } },
      openOrders: { units: async () => new Map() },
      rules: () => catalogRulesSchema.parse({ guard: { toZeroPercent: null, priceMovePercent: null } }),
      journal: { record: async (entry) => void log.push(entry) },
      clock: systemClock,
      random: () => 0.5,
      who: 'Lucía',
      changed: () => undefined,
      report: (error) => console.error('unexpected:', error),
      mappings: {
        get: async (shape) => mappings.get(shape) ?? null,
        set: async (shape, mapping) => void mappings.set(shape, mapping),
      },
    });
  }

  await catalog.start();
  const work: CatalogByFileAtWork = {
    sandbox,
    get catalog() {
      return catalog;
    },
    folder,
    log,
    async open(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return given(await catalog.files.open(path));
    },
    check: async (file, changes = {}) =>
      given(await catalog.files.check(file.fileId, { ...file.mapping, ...changes })),
    async plan(file, changes = {}, mapping = {}) {
      const checked = await work.check(file, mapping);
      if (checked.kind !== 'ready') throw new Error(JSON.stringify(checked.fields));
      const choice: UpdateChoice = {
        warehouse: 'Depósito Avellaneda',
        companies: [],
        part: 'both',
        reading: 'auto',
        ...changes,
      };
      given(await catalog.files.plan(file.fileId, choice));
      return work.until('planned', 'done', 'failed');
    },
    async save(run, rows, format) {
      let path = '';
      const saver = {
        choose: async (name: string) => {
          path = join(folder, name);
          return path;
        },
        write: writeTable,
        decimalMark: () => ',' as const,
      };
      const saved = given(
        await catalog.files.save(run.id, { rows, format }, saver, (name) => `${name} nuevo`),
      );
      const table = given(await readTable(path));
      if (saved?.name !== table.name) throw new Error('another file was saved');
      return table;
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
    async restart(user) {
      await catalog.stop();
      catalog = open(user);
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

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

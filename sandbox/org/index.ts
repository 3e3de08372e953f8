import type { SandboxClock } from '../clock';
import type { Faults } from '../http/faults';
import { type RunningServer, startServer } from '../http/server';
import { type AddedProducts, addProducts, type NewProduct } from './addProducts';
import { OrgCore } from './core';
import type { RowLock } from './dml/locks';
import { orgHandler } from './http';
import { listOrders, type OrgOrder } from './inspect';
import type { AppChanges } from './oauth/apps';
import type { LoginRecord } from './oauth/loginHistory';
import type { FieldSwitches } from './schema';
import type { OrgCredentials, OrgOptions, OrgSwitches } from './settings';
import { compileSoql } from './soql/compile';
import { buildPage } from './soql/page';
import type { JsonRecord } from './soql/projection';
import { openResult } from './soql/result';
import type { KnownUser, UserChanges } from './users';

/** A running org: where it is, how to sign in, and the doors that only tests and trainers have. */
export interface OrgHandle {
  url: string;
  credentials: OrgCredentials;
  organizationId: string;
  core: OrgCore;
  /** Every access token given out so far is dead; answers how many there were. */
  expireSessions(): number;
  setSwitches(switches: Partial<OrgSwitches>): void;
  /** Adds an app under this client id, or changes it: certificate, callback addresses, whether installed … */
  setApp(clientId: string, changes: AppChanges): void;
  /** Adds a user, or changes one: password, active or not, what may be seen and done. */
  setUser(username: string, changes: UserChanges): void;
  users(): KnownUser[];
  /** Who tried to sign in and what came of it, newest first. */
  loginHistory(): LoginRecord[];
  /** Where the API is to be found from the next sign-in on; `null` for the login address. */
  setInstanceUrl(url: string | null): void;
  setFields(fields: FieldSwitches): void;
  /** Somebody else is working on this record, for so many milliseconds of the clock or until released. */
  lock(recordId: string, ms?: number): RowLock;
  /** Empties the org and fills it as at its first start; meanwhile it says that it is being maintained. */
  reset(): Promise<void>;
  /** Products with a standard price and one in every price book; those whose SKU is there are left alone. */
  addProducts(items: readonly NewProduct[]): AddedProducts;
  /** All orders with buyer and lines, amounts as exact decimal texts. */
  orders(): OrgOrder[];
  /** All records of a query, without signing in and without counting calls. */
  query(soql: string): JsonRecord[];
  stop(): Promise<void>;
}

const largestBody = 50 * 1024 * 1024;

export async function startOrg(options: {
  port: number;
  file: string;
  org: OrgOptions;
  clock: SandboxClock;
  faults: Faults;
  /** Fills the org before anybody can reach it. */
  prepare: (core: OrgCore) => Promise<void>;
}): Promise<OrgHandle> {
  const core = new OrgCore(options.file, options.org, options.clock, options.faults);
  const server = await prepareAndListen(core, options).catch((error: unknown) => {
    core.close();
    throw error;
  });
  core.address = server.url;
  return {
    url: server.url,
    credentials: core.options.credentials,
    organizationId: core.organizationId,
    core,
    expireSessions: () => core.sessions.closeAll(),
    setSwitches: (switches) => core.setSwitches(switches),
    setApp: (clientId, changes) => {
      core.signIn.apps.set(clientId, changes);
    },
    setUser: (username, changes) => core.setUser(username, changes),
    users: () => core.users.list(),
    loginHistory: () => core.signIn.history.list(),
    setInstanceUrl: (instanceUrl) => {
      core.options = { ...core.options, instanceUrl };
    },
    setFields: (fields) => core.setFields(fields),
    lock: (recordId, ms) => core.locks.lock(recordId, ms),
    async reset() {
      const { down } = core.options.switches;
      core.setSwitches({ down: 'maintenance' });
      try {
        core.reset();
        await options.prepare(core);
      } finally {
        core.setSwitches({ down });
      }
    },
    addProducts: (items) => addProducts(core, items),
    orders: () => listOrders(core),
    query: (soql) => {
      const most = Number.MAX_SAFE_INTEGER - 1;
      const result = openResult(core.db, compileSoql(soql, core.queryOptions()), most);
      return buildPage(core.db, result, 0, result.totalSize, {
        version: '62.0',
        batch: most,
        keep: () => '',
      });
    },
    async stop() {
      await server.stop();
      core.close();
    },
  };
}

async function prepareAndListen(
  core: OrgCore,
  options: { port: number; faults: Faults; prepare: (core: OrgCore) => Promise<void> },
): Promise<RunningServer> {
  await options.prepare(core);
  return startServer({
    port: options.port,
    handler: orgHandler(core),
    maxBody: largestBody,
    tooLarge: { status: 413, body: 'Request Entity Too Large' },
    gzip: true,
    faults: { rules: options.faults, target: 'org' },
    dead: () => core.options.switches.down === 'connection',
  });
}

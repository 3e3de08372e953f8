import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok, problem } from '../../contract/problem';
import type { OrgSettingsOf, SettingsView, VerifyReport } from '../../contract/settings';
import { type Sandbox, startSandbox } from '../../sandbox';
import { sampleIdentifier } from '../../sandbox/options';
import { type Bridge, createBridge } from '../bridge';
import type { DemoControls } from '../ipc/demo';
import { createSalesforceOrg } from '../salesforce';
import type { Connections } from '../settings/connections';
import { openDemoCatalogRules, openDemoRules } from '../settings/demoRules';
import { createHttpCatalog, createHttpStore } from '../ventasxmayor/http';
import { demoCatalogForm, demoCatalogTable } from './demoCatalogFile';
import { createDemoMail } from './mail';
import { type ModeDeps, type Runtime, type VerifyProgress, verifyBoth } from './runtime';

/** When sample orders arrive: the first soon, so that there is something to see. */
const arrivals = { firstMs: 3_000, everyMs: { from: 20_000, to: 40_000 } };
/** Orders that wait in the store when the demo is opened for the first time. */
const firstOrders = 12;

export interface DemoOptions {
  /** Where the demo keeps its org, store and database between starts. */
  folder: string;
  /** Orders that arrive by themselves; none for runs that confirm their own. */
  arrivals?: { firstMs: number; everyMs: { from: number; to: number } } | null;
}

/**
 * The sample data: a sandbox org and store inside this program, and the very same adapters as in real use
 * between them, over HTTP. Kept on disk, so that a demo that is killed goes on where it was.
 */
export async function startDemo(deps: ModeDeps, options?: Partial<DemoOptions>): Promise<DemoRuntime> {
  const folder = options?.folder ?? demoFolder(deps.folder);
  mkdirSync(folder, { recursive: true });
  const sandbox = await startSandbox({
    keep: join(folder, 'sandbox'),
    ports: { control: 0 },
    ...(options?.arrivals === null ? {} : { arrivals: options?.arrivals ?? arrivals }),
  });
  if (sandbox.store.core.orderCount() === 0) sandbox.confirmOrders(firstOrders, { unusual: true });
  const settings = orgSettings(sandbox);
  const rules = openDemoRules(folder);
  const org = createSalesforceOrg({
    rules: rules.get,
    credentials: async () => ok({ signIn: 'password', settings, secrets: secretsOf(sandbox) }),
    clock: deps.clock,
  });
  const way = { baseUrl: sandbox.store.url, token: async () => ok(sandbox.store.token) };
  const store = createHttpStore(way);
  const catalogRules = openDemoCatalogRules(folder);
  const catalogParts = {
    org: org.catalog,
    rules: catalogRules.get,
    who: deps.who,
    changed: deps.onCatalog,
  };
  const party = { address: 'sandbox', user: null };
  const mail = createDemoMail(sandbox.mailbox, { ...deps, orgHost: org.host });
  const bridge = createBridge({
    ...deps,
    alerts: mail.alerts,
    databasePath: join(folder, 'puente.db'),
    org,
    store: { port: store, feed: 'sandbox' },
    catalog: {
      ...catalogParts,
      databasePath: join(folder, 'catalog.db'),
      store: createHttpCatalog(way),
      house: { store: party, org: party },
      choice: () => ({ warehouse: settings.warehouse, companies: settings.companies }),
      healthChanged: deps.onSchedule,
    },
    catalogByFile: {
      ...catalogParts,
      databasePath: join(folder, 'catalog-files.db'),
      house: { store: null, org: party },
    },
    settings: () => ({
      identifier: settings.identifier,
      automatic: deps.automatic(),
      rules: rules.get(),
      companies: settings.companies,
    }),
  });
  bridge.start();
  return {
    bridge,
    org,
    connections: demoConnections(settings, sandbox, (onProgress) => verifyBoth(store, org, onProgress)),
    rules,
    catalogRules,
    mail: mail.connections,
    demo: {
      confirmOrders: async (count) => {
        sandbox.confirmOrders(count, { unusual: count === 1 });
      },
      simulator: sandbox.control?.url ?? '',
      addProducts: async (products) => sandbox.org.addProducts(products).added,
      catalogFile: () => ({ table: demoCatalogTable(sandbox.store.core.catalogue), form: demoCatalogForm }),
    },
    async stop() {
      await bridge.stop();
      await sandbox.stop();
    },
  };
}

/** The demo always has all of it. */
export type DemoRuntime = Runtime & { bridge: Bridge; demo: DemoControls };

/** Puts the sample data away; the next demo starts afresh. */
export function forgetDemo(folder: string): void {
  rmSync(demoFolder(folder), { recursive: true, force: true });
}

const demoFolder = (folder: string): string => join(folder, 'demo');

function orgSettings(sandbox: Sandbox): OrgSettingsOf<'password'> {
  const { username, clientId } = sandbox.org.credentials;
  return {
    signIn: 'password',
    loginUrl: sandbox.org.url,
    username,
    clientId,
    identifier: sampleIdentifier,
    warehouse: '',
    companies: [],
  };
}

function secretsOf(sandbox: Sandbox) {
  const { password, securityToken, clientSecret } = sandbox.org.credentials;
  return { password: password + securityToken, clientSecret };
}

function demoConnections(
  settings: OrgSettingsOf<'password'>,
  sandbox: Sandbox,
  verify: (onProgress: VerifyProgress) => Promise<VerifyReport>,
): Connections {
  const view: SettingsView = {
    org: settings,
    store: { kind: 'http', baseUrl: sandbox.store.url },
    secretsSet: { password: true, clientSecret: true, privateKey: false, storeToken: true },
    signedInAs: null,
    keychain: null,
    readOnly: true,
  };
  return {
    view: async () => view,
    hasSecret: async () => true,
    browserSignIn: null,
    save: async () => failed(problem('settings.invalid')),
    verify: async (onProgress) => ok(await verify(onProgress)),
  };
}

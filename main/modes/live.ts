import { join } from 'node:path';
import { failed, ok, problem, type Result } from '../../contract/problem';
import type { SecretName } from '../../contract/settings';
import { createBridge } from '../bridge';
import type { Party } from '../engine/catalog/house';
import type { CatalogStore } from '../engine/catalog/ports';
import type { Store } from '../engine/ports';
import { createSalesforceOrg, type SalesforceOrg } from '../salesforce';
import type { Keychain } from '../settings/keychain';
import { createHttpCatalog, createHttpStore } from '../ventasxmayor/http';
import { orgParty, storeParty } from './house';
import { liveConnections } from './liveConnections';
import type { LiveDeps } from './liveDeps';
import { createLiveMail, type ModeMail } from './mail';
import type { Runtime } from './runtime';

/** The customer's own store and org, with the settings that people have typed in. */
export async function startLive(deps: LiveDeps): Promise<Runtime> {
  const settings = deps.settings.get().org;
  const party = settings && orgParty(settings, await deps.vault.signedInAs());
  const org = settings === null ? null : createOrg(deps);
  const store = createStore(deps);
  const mail = createLiveMail({
    ...deps,
    orgHost: () => org?.host() ?? null,
    onSaved: () => bridge?.alerts?.tryNow(),
  });
  const bridge = org === null || party === null ? null : createBridgeTo({ org, party, store, mail }, deps);
  bridge?.start();
  const connections = liveConnections(deps, { org, store: store?.port ?? null, bridge });
  return {
    bridge,
    org,
    connections,
    rules: { get: () => deps.settings.get().rules, save: deps.settings.setRules },
    catalogRules: { get: () => deps.settings.get().catalog, save: deps.settings.setCatalog },
    mail: mail.connections,
    demo: null,
    async stop() {
      connections.browserSignIn?.cancel();
      await bridge?.stop();
    },
  };
}

function createOrg({ vault, settings, clock }: LiveDeps): SalesforceOrg {
  return createSalesforceOrg({ credentials: vault.credentials, rules: () => settings.get().rules, clock });
}

async function readSecret(keychain: Keychain, name: SecretName): Promise<Result<string>> {
  const secret = await keychain.read(name);
  if (!secret.ok) return secret;
  return secret.value === null ? failed(problem('secret.missing', { name })) : ok(secret.value);
}

interface LiveStore {
  port: Store;
  catalog: CatalogStore;
  feed: string;
}

function createStore(deps: LiveDeps): LiveStore | null {
  const { store } = deps.settings.get();
  if (store.kind === 'none' || store.baseUrl === '') return null;
  const way = { baseUrl: store.baseUrl, token: () => readSecret(deps.keychain, 'storeToken') };
  return { port: createHttpStore(way), catalog: createHttpCatalog(way), feed: store.baseUrl };
}

interface BridgeParts {
  org: SalesforceOrg;
  party: Party;
  store: LiveStore | null;
  mail: ModeMail;
}

function createBridgeTo({ org, party, store, mail }: BridgeParts, deps: LiveDeps) {
  const catalogParts = {
    org: org.catalog,
    rules: () => deps.settings.get().catalog,
    who: deps.who,
    changed: deps.onCatalog,
  };
  return createBridge({
    ...deps,
    databasePath: join(deps.folder, 'puente.db'),
    org,
    store,
    alerts: mail.alerts,
    ...(store === null
      ? {}
      : {
          catalog: {
            ...catalogParts,
            databasePath: join(deps.folder, 'catalog.db'),
            store: store.catalog,
            house: { store: storeParty(store.feed), org: party },
            choice: () => ({
              warehouse: deps.settings.get().org?.warehouse ?? '',
              companies: deps.settings.get().org?.companies ?? [],
            }),
            healthChanged: deps.onSchedule,
          },
        }),
    catalogByFile: {
      ...catalogParts,
      databasePath: join(deps.folder, 'catalog-files.db'),
      house: { store: null, org: party },
    },
    settings: () => ({
      identifier: deps.settings.get().org?.identifier ?? '',
      automatic: deps.automatic(),
      rules: deps.settings.get().rules,
      companies: deps.settings.get().org?.companies ?? [],
    }),
  });
}

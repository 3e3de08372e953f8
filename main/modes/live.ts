import { join } from 'node:path';
import { failed, ok, problem, type Result } from '../../contract/problem';
import { type SecretName, secretNames } from '../../contract/settings';
import { type Bridge, createBridge } from '../bridge';
import type { Org, Store } from '../engine/ports';
import { createSalesforceOrg, type OrgCredentials } from '../salesforce';
import type { Connections } from '../settings/connections';
import type { Keychain } from '../settings/keychain';
import type { SettingsStore } from '../settings/settingsStore';
import { createHttpStore } from '../ventasxmayor/http';
import { createLiveMail, type ModeMail } from './mail';
import { type ModeDeps, type Runtime, verifyBoth } from './runtime';

export interface LiveDeps extends ModeDeps {
  settings: SettingsStore;
  keychain: Keychain;
  /** Builds this mode anew, with what has just been saved. */
  restart: () => Promise<void>;
}

const blankOrg = {
  loginUrl: 'https://login.salesforce.com',
  username: '',
  clientId: '',
  identifier: '',
  warehouse: '',
  companies: [],
};

/** The customer's own store and org, with the settings that people have typed in. */
export function startLive(deps: LiveDeps): Runtime {
  const org = deps.settings.get().org === null ? null : createOrg(deps);
  const store = createStore(deps);
  const mail = createLiveMail({
    ...deps,
    orgHost: () => org?.host() ?? null,
    onSaved: () => bridge?.alerts?.tryNow(),
  });
  const bridge = org === null ? null : createBridgeTo(org, store, mail, deps);
  bridge?.start();
  return {
    bridge,
    org,
    connections: liveConnections(deps, org, store?.port ?? null, bridge),
    rules: { get: () => deps.settings.get().rules, save: deps.settings.setRules },
    mail: mail.connections,
    demo: null,
    stop: async () => bridge?.stop(),
  };
}

function createOrg(deps: LiveDeps): Org {
  return createSalesforceOrg({ credentials: () => readCredentials(deps), clock: deps.clock });
}

async function readCredentials({ settings, keychain }: LiveDeps): Promise<Result<OrgCredentials>> {
  const { org } = settings.get();
  if (org === null) return failed(problem('settings.incomplete'));
  const password = await readSecret(keychain, 'password');
  if (!password.ok) return password;
  const clientSecret = await readSecret(keychain, 'clientSecret');
  if (!clientSecret.ok) return clientSecret;
  return ok({ settings: org, secrets: { password: password.value, clientSecret: clientSecret.value } });
}

async function readSecret(keychain: Keychain, name: SecretName): Promise<Result<string>> {
  const secret = await keychain.read(name);
  if (!secret.ok) return secret;
  return secret.value === null ? failed(problem('secret.missing', { name })) : ok(secret.value);
}

function createStore(deps: LiveDeps): { port: Store; feed: string } | null {
  const { store } = deps.settings.get();
  if (store.kind === 'none' || store.baseUrl === '') return null;
  const port = createHttpStore({
    baseUrl: store.baseUrl,
    token: () => readSecret(deps.keychain, 'storeToken'),
  });
  return { port, feed: store.baseUrl };
}

function createBridgeTo(
  org: Org,
  store: { port: Store; feed: string } | null,
  mail: ModeMail,
  deps: LiveDeps,
) {
  return createBridge({
    ...deps,
    databasePath: join(deps.folder, 'puente.db'),
    org,
    store,
    alerts: mail.alerts,
    settings: () => ({
      identifier: deps.settings.get().org?.identifier ?? '',
      automatic: deps.automatic(),
      rules: deps.settings.get().rules,
      companies: deps.settings.get().org?.companies ?? [],
    }),
  });
}

function liveConnections(
  deps: LiveDeps,
  org: Org | null,
  store: Store | null,
  bridge: Bridge | null,
): Connections {
  const { settings, keychain } = deps;
  const hasSecret = async (name: SecretName) => {
    const secret = await keychain.read(name);
    return secret.ok && secret.value !== null;
  };
  return {
    hasSecret,

    async view() {
      const probe = await keychain.read('password');
      return {
        org: settings.get().org ?? blankOrg,
        store: settings.get().store,
        secretsSet: {
          password: await hasSecret('password'),
          clientSecret: await hasSecret('clientSecret'),
          storeToken: await hasSecret('storeToken'),
        },
        keychain: probe.ok ? null : probe.problem,
        readOnly: false,
      };
    },

    async save(changed, secrets) {
      for (const name of secretNames) {
        const value = secrets[name];
        if (value === undefined) continue;
        const written = await keychain.write(name, value);
        if (!written.ok) return written;
      }
      const companies = settings.get().org?.companies ?? [];
      settings.setConnections(changed.org, changed.store);
      if (JSON.stringify(companies) !== JSON.stringify(changed.org.companies)) await bridge?.rulesChanged();
      await deps.restart();
      return ok(undefined);
    },

    async verify(onProgress) {
      if (org === null) return failed(problem('settings.incomplete'));
      return ok(await verifyBoth(store, org, onProgress));
    },
  };
}

import { failed, ok, problem } from '../../contract/problem';
import { type OrgSettings, type SettingsView, typedSecretNames } from '../../contract/settings';
import type { Bridge } from '../bridge';
import type { Store } from '../engine/ports';
import { createBrowserSignIn, type SalesforceOrg } from '../salesforce';
import type { BrowserSignInDesk, Connections } from '../settings/connections';
import type { AppSettings } from '../settings/settingsStore';
import { orgParty } from './house';
import type { LiveDeps } from './liveDeps';
import { verifyBoth } from './runtime';

const blankOrg: SettingsView['org'] = {
  signIn: 'password',
  loginUrl: 'https://login.salesforce.com',
  username: '',
  clientId: '',
  identifier: '',
  warehouse: '',
  companies: [],
};

interface LiveParts {
  org: SalesforceOrg | null;
  store: Store | null;
  bridge: Bridge | null;
}

/** The settings of the customer's own connections, and how the running bridge takes up what changes in them. */
export function liveConnections(deps: LiveDeps, { org, store, bridge }: LiveParts): Connections {
  const { settings, keychain, vault } = deps;
  const hasSecret: Connections['hasSecret'] = async (name) => {
    const secret = await keychain.read(name);
    return secret.ok && secret.value !== null;
  };

  /** The next call signs in anew, and what waits for that goes out: nothing on its way is disturbed. */
  function takeUpCredentials(): void {
    org?.reset();
    bridge?.tryNow();
  }

  /** Whether stock and prices still have to do with the org that they were read from. */
  async function isSameOrg(): Promise<boolean> {
    const kept = settings.get().org;
    if (kept === null) return false;
    const party = orgParty(kept, await vault.signedInAs());
    return [bridge?.catalog, bridge?.catalogByFile].every((catalog) => catalog?.meetsOrg(party) ?? true);
  }

  return {
    hasSecret,
    browserSignIn:
      org === null
        ? null
        : browserSignInTo(deps, async () => {
            if (await isSameOrg()) takeUpCredentials();
            else await deps.restart();
          }),

    async view() {
      const probe = await keychain.read('password');
      const kept = settings.get();
      return {
        org: { ...blankOrg, ...kept.org },
        store: kept.store,
        secretsSet: {
          password: await hasSecret('password'),
          clientSecret: await hasSecret('clientSecret'),
          privateKey: await hasSecret('privateKey'),
          storeToken: await hasSecret('storeToken'),
        },
        signedInAs: await vault.signedInAs(),
        keychain: probe.ok ? null : probe.problem,
        readOnly: false,
      };
    },

    async save(changed, secrets) {
      for (const name of typedSecretNames) {
        const value = secrets[name];
        if (value === undefined) continue;
        const written = await keychain.write(name, value);
        if (!written.ok) return written;
      }
      const before = settings.get();
      settings.setConnections(changed.org, changed.store);
      const companies = before.org?.companies ?? [];
      if (!same(companies, changed.org.companies)) await bridge?.rulesChanged();
      if (isSameWork(before, changed) && (await isSameOrg())) takeUpCredentials();
      else await deps.restart();
      return ok(undefined);
    },

    async verify(onProgress) {
      if (org === null) return failed(problem('settings.incomplete'));
      return ok(await verifyBoth(store, org, onProgress));
    },
  };
}

function browserSignInTo(deps: LiveDeps, onSignedIn: () => Promise<void>): BrowserSignInDesk {
  const { vault } = deps;
  return createBrowserSignIn({
    async app() {
      const credentials = await vault.credentials();
      if (!credentials.ok) return credentials;
      if (credentials.value.signIn !== 'browser') return failed(problem('settings.invalid'));
      const { settings, secrets } = credentials.value;
      return ok({ settings, clientSecret: secrets.clientSecret });
    },
    openBrowser: deps.openInBrowser,
    keep: (token, username, { loginUrl, clientId }) =>
      vault.keepBrowserToken({ token, username, loginUrl, clientId }),
    onChange(state) {
      deps.onBrowserSignIn(state);
      // Not before it has ended: building everything anew would call it off.
      if (state.state === 'signedIn') onSignedIn().catch(deps.report);
    },
    locale: deps.locale,
    now: deps.clock.now,
  });
}

/** Whether only who signs in, and how, has changed. Another address is another org; so may another user be. */
function isSameWork(before: AppSettings, after: Pick<AppSettings, 'store'> & { org: OrgSettings }): boolean {
  const work = ({ loginUrl, identifier, warehouse, companies }: OrgSettings) => ({
    loginUrl,
    identifier,
    warehouse,
    companies,
  });
  return before.org !== null && same(work(before.org), work(after.org)) && same(before.store, after.store);
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

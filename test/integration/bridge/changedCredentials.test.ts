import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OrgSettings, OrgSettingsOf } from '../../../contract/settings';
import { loopbackAddress, loopbackPorts } from '../../../contract/signIn';
import { startLive } from '../../../main/modes/live';
import { createOrgVault, type OrgVault } from '../../../main/modes/orgVault';
import type { Runtime } from '../../../main/modes/runtime';
import type { SettingsStore } from '../../../main/settings/settingsStore';
import { systemClock } from '../../../main/systemClock';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { decideInBrowser, open } from '../../support/browserPerson';
import { type MemoryKeychain, memoryKeychain } from '../../support/memoryKeychain';
import { memorySettings } from '../../support/memorySettings';

let folder: string;
let sandbox: Sandbox;
let keychain: MemoryKeychain;
let settings: SettingsStore;
let vault: OrgVault;
let runtime: Runtime;
const restart = vi.fn(async () => undefined);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-live-'));
  sandbox = await startSandbox({ content: { products: 40, buyers: 10 } });
  keychain = memoryKeychain();
  settings = memorySettings();
  vault = createOrgVault({ org: () => settings.get().org, keychain });
  restart.mockClear();
});
afterEach(async () => {
  await runtime.stop();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

const store = () => ({ kind: 'http' as const, baseUrl: sandbox.store.url });
const anyWay = () => ({
  loginUrl: sandbox.org.url,
  clientId: sandbox.org.credentials.clientId,
  identifier: 'PAGINAWEB',
  warehouse: '',
  companies: [],
});
const byPassword = (): OrgSettingsOf<'password'> => ({
  signIn: 'password',
  username: sandbox.org.credentials.username,
  ...anyWay(),
});

/** The program with these settings, its window and its mails left out. */
async function start(secrets: Record<string, string>, org: OrgSettings = byPassword()): Promise<void> {
  settings.setConnections(org, store());
  for (const [name, value] of Object.entries(secrets)) keychain.kept.set(name, value);
  keychain.kept.set('storeToken', sandbox.store.token);
  runtime = await startLive({
    folder,
    settings,
    keychain,
    vault,
    restart,
    announcer: { ordersChanged: () => undefined, linkChanged: () => undefined },
    onSchedule: () => undefined,
    onCatalog: () => undefined,
    who: 'test',
    onLog: () => undefined,
    report: (error) => console.error('unexpected:', error),
    clock: systemClock,
    random: () => 0.5,
    automatic: () => settings.get().automatic,
    async openInBrowser(address) {
      void decideInBrowser(sandbox, address).then(open);
      return true;
    },
    onBrowserSignIn: () => undefined,
    locale: () => 'en',
    alerts: {
      mailer: { send: async () => ({ ok: true, value: { refused: [] } }) },
      compose: () => ({ subject: '', text: '', html: '' }),
      composeTest: () => ({ subject: '', text: '', html: '' }),
      notify: () => undefined,
      onMailChanged: () => undefined,
    },
  });
}

const orgLink = () => runtime.bridge?.links().org;
const exported = () => sandbox.org.orders().map((order) => order.storeOrder);

it('lets orders wait for a password that is wrong, and sends them when it is corrected, without a restart', async () => {
  const { clientSecret, password, securityToken } = sandbox.org.credentials;
  const numbers = sandbox.confirmOrders(5).map((order) => order.number);
  await start({ password: 'wrong', clientSecret });
  await vi.waitFor(
    () => expect(orgLink()).toMatchObject({ problem: { code: 'org.wrongCredentials' }, nextTryAt: null }),
    { timeout: 10_000 },
  );
  await vi.waitFor(() => expect(runtime.bridge?.counts()).toMatchObject({ pending: 5, failed: 0 }));
  expect(exported()).toEqual([]);

  const saved = await runtime.connections.save(
    { org: byPassword(), store: store() },
    { password: password + securityToken },
  );
  expect(saved.ok).toBe(true);
  await vi.waitFor(() => expect(exported().sort()).toEqual([...numbers].sort()), { timeout: 10_000 });
  expect(restart).not.toHaveBeenCalled();
});

it('takes up another way to sign in while orders go out: none lost, none twice', async () => {
  const { clientSecret, password, securityToken } = sandbox.org.credentials;
  await start({ password: password + securityToken, clientSecret });
  sandbox.faults.add({ target: 'org', path: 'composite', kind: 'delay', ms: 20, times: 99 });
  const numbers = sandbox.confirmOrders(60).map((order) => order.number);
  await vi.waitFor(() => expect(exported().length).toBeGreaterThan(0), { timeout: 10_000, interval: 5 });
  // From here on, only the new way leads in.
  sandbox.org.setSwitches({ passwordFlow: 'blocked' });
  await runtime.connections.save(
    { org: { signIn: 'clientCredentials', ...anyWay() }, store: store() },
    { password: '' },
  );
  sandbox.org.expireSessions();
  await vi.waitFor(() => expect(exported().length).toBe(numbers.length), { timeout: 20_000 });
  expect(exported().sort()).toEqual([...numbers].sort());
  expect(restart).not.toHaveBeenCalled();
});

it.each([
  ['address', { loginUrl: 'https://test.salesforce.com' }],
  ['identifier', { identifier: 'OTRA' }],
  ['warehouse', { warehouse: 'Central' }],
  ['companies', { companies: ['Sur'] }],
])('builds the bridge anew for another %s', async (_name, change) => {
  const { clientSecret, password } = sandbox.org.credentials;
  await start({ password, clientSecret });
  await runtime.connections.save({ org: { ...byPassword(), ...change }, store: store() }, {});
  expect(restart).toHaveBeenCalledTimes(1);
});

it.each([
  ['builds the bridge anew for another user', 'another@acme.example', 1],
  ['goes on with the same user, typed otherwise', null, 0],
])('%s', async (_name, another, times) => {
  const { clientSecret, password, username } = sandbox.org.credentials;
  await start({ password, clientSecret });
  const typed = another ?? username.toUpperCase();
  await runtime.connections.save({ org: { ...byPassword(), username: typed }, store: store() }, {});
  expect(restart).toHaveBeenCalledTimes(times);
});

it.each([
  ['builds the bridge anew when somebody else signs in with the browser', 'another@acme.example', 1],
  ['goes on when the same person signs in with the browser once more', null, 0],
])('%s', async (_name, another, times) => {
  const { clientSecret, username, clientId } = sandbox.org.credentials;
  sandbox.org.setApp(clientId, { redirectUris: loopbackPorts.map(loopbackAddress) });
  const browser: OrgSettings = { signIn: 'browser', ...anyWay() };
  settings.setConnections(browser, store());
  const { loginUrl } = browser;
  await vault.keepBrowserToken({ token: 'old', username: another ?? username, loginUrl, clientId });
  await start({ clientSecret }, browser);
  await runtime.connections.browserSignIn?.start();
  await vi.waitFor(() => expect(runtime.connections.browserSignIn?.state().state).toBe('signedIn'), {
    timeout: 10_000,
  });
  await vi.waitFor(async () => expect(await vault.signedInAs()).toBe(username));
  await vi.waitFor(() => expect(restart).toHaveBeenCalledTimes(times));
});

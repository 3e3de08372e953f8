import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '../../contract/problem';
import { defaultRules } from '../../contract/rules';
import type { Automatic } from '../../contract/settings';
import { type Bridge, createBridge } from '../../main/bridge';
import { createSalesforceOrg } from '../../main/salesforce';
import { systemClock } from '../../main/systemClock';
import { createHttpStore } from '../../main/ventasxmayor/http';
import { type Sandbox, startSandbox } from '../../sandbox';
import { type SandboxOptions, sampleIdentifier } from '../../sandbox/options';

const atOnce: Automatic = { on: true, everyMinutes: 0, pausedUntil: null };

/** The whole engine with its real adapters, over HTTP, on a sandbox of its own. */
export interface Office {
  sandbox: Sandbox;
  bridge: Bridge;
  /** The password that the program signs in with from now on. */
  setPassword(password: string): void;
  /** Waits until the condition holds; throws after `withinMs`. */
  until(done: () => boolean, withinMs?: number): Promise<void>;
  /** How many orders stand in this state. */
  count(state: keyof ReturnType<Bridge['counts']>): number;
  stop(): Promise<void>;
}

export async function openOffice(options: SandboxOptions = {}): Promise<Office> {
  const sandbox = await startSandbox({ content: { products: 60, buyers: 20 }, ...options });
  const office = openDesk(sandbox);
  return {
    ...office,
    async stop() {
      await office.stop();
      await sandbox.stop();
    },
  };
}

/** One more desktop at the same store and org; the sandbox goes on when it stops. */
export function openDesk(sandbox: Sandbox, automatic: () => Automatic = () => atOnce): Office {
  const folder = mkdtempSync(join(tmpdir(), 'puente-office-'));
  const { username, clientId, clientSecret, securityToken } = sandbox.org.credentials;
  let password = sandbox.org.credentials.password + securityToken;
  const org = createSalesforceOrg({
    credentials: async () =>
      ok({
        signIn: 'password',
        settings: {
          signIn: 'password',
          loginUrl: sandbox.org.url,
          username,
          clientId,
          identifier: sampleIdentifier,
          warehouse: '',
          companies: [],
        },
        secrets: { password, clientSecret },
      }),
    clock: systemClock,
  });
  const store = createHttpStore({ baseUrl: sandbox.store.url, token: async () => ok(sandbox.store.token) });
  const bridge = createBridge({
    databasePath: join(folder, 'puente.db'),
    org,
    store: { port: store, feed: 'sandbox' },
    settings: () => ({
      identifier: sampleIdentifier,
      automatic: automatic(),
      rules: defaultRules,
      companies: [],
    }),
    announcer: { ordersChanged: () => undefined, linkChanged: () => undefined },
    onLog: () => undefined,
    report: (error) => console.error('unexpected:', error),
    clock: systemClock,
    random: () => 0.5,
  });
  return {
    sandbox,
    bridge,
    setPassword: (next) => {
      password = next;
      org.reset();
    },
    until: (done, withinMs = 20_000) => until(done, withinMs),
    count: (state) => bridge.counts()[state],
    async stop() {
      await bridge.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Looks every 20 ms; there is no event to wait for across two processes' worth of HTTP. */
async function until(done: () => boolean, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!done()) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '../../../contract/problem';
import { defaultRules } from '../../../contract/rules';
import type { OrgSettingsOf } from '../../../contract/settings';
import { type Bridge, createBridge } from '../../../main/bridge';
import { createSalesforceOrg } from '../../../main/salesforce';
import { systemClock } from '../../../main/systemClock';
import { createHttpStore } from '../../../main/ventasxmayor/http';
import { sampleIdentifier } from '../../../sandbox/options';
import { defaultOrgOptions } from '../../../sandbox/org/settings';
import type { SandboxProcess } from '../support/sandboxProcess';

export interface Backlog {
  exported: number;
  calls: number;
  seconds: number;
  /** The most calls that one order confirmed by a known buyer took. */
  freshCalls: number;
  /** Orders that were left waiting for a person, with the reason's code. */
  failed: Record<string, number>;
}

/** The program's own engine and adapters on a backlog: taken in first, then sent, activated as the plain way does. */
export async function exportWithPuente(
  sandbox: SandboxProcess,
  orders: number,
  fresh: number,
): Promise<Backlog> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'));
  const switches = { on: false };
  const bridge = openBridge(sandbox, folder, switches);
  try {
    bridge.start();
    await until(() => total(bridge) >= orders);
    await until(() => bridge.links().org.state === 'up');
    const callsBefore = await sandbox.apiCalls();
    const started = performance.now();
    switches.on = true;
    bridge.tryNow();
    await until(() => waiting(bridge) === 0);
    const seconds = (performance.now() - started) / 1000;
    const calls = (await sandbox.apiCalls()) - callsBefore;
    const { exported } = bridge.counts();
    const freshCalls = await sendFresh(sandbox, bridge, orders, fresh);
    return { exported, calls, seconds, freshCalls, failed: reasons(bridge) };
  } finally {
    await bridge.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function openBridge(sandbox: SandboxProcess, folder: string, switches: { on: boolean }): Bridge {
  const { username, password, securityToken, clientId, clientSecret } = defaultOrgOptions.credentials;
  const settings: OrgSettingsOf<'password'> = {
    signIn: 'password',
    loginUrl: sandbox.org,
    username,
    clientId,
    identifier: sampleIdentifier,
    warehouse: '',
    companies: [],
  };
  const secrets = { password: password + securityToken, clientSecret };
  return createBridge({
    databasePath: join(folder, 'puente.db'),
    org: createSalesforceOrg({
      credentials: async () => ok({ signIn: 'password', settings, secrets }),
      clock: systemClock,
    }),
    store: {
      port: createHttpStore({ baseUrl: sandbox.store, token: async () => ok(sandbox.token) }),
      feed: 'bench',
    },
    settings: () => ({
      identifier: sampleIdentifier,
      automatic: { on: switches.on, everyMinutes: 0, pausedUntil: null },
      rules: { ...defaultRules, activateAs: 'Activated' },
      companies: [],
    }),
    announcer: { ordersChanged: () => undefined, linkChanged: () => undefined },
    onLog: () => undefined,
    report: (error) => console.error('unexpected:', error),
    clock: systemClock,
    random: Math.random,
  });
}

/** Orders confirmed one at a time, each counted by itself. */
async function sendFresh(
  sandbox: SandboxProcess,
  bridge: Bridge,
  before: number,
  fresh: number,
): Promise<number> {
  let most = 0;
  for (let index = 1; index <= fresh; index += 1) {
    const calls = await sandbox.apiCalls();
    await sandbox.confirm(1);
    await until(() => total(bridge) >= before + index && waiting(bridge) === 0);
    most = Math.max(most, (await sandbox.apiCalls()) - calls);
  }
  return most;
}

function reasons(bridge: Bridge): Record<string, number> {
  const failed: Record<string, number> = {};
  for (let offset = 0; ; offset += 500) {
    const page = { offset, limit: 500, search: '', sort: 'oldest', changed: false } as const;
    const { rows } = bridge.book.list({ ...page, states: ['failed'] });
    for (const { status } of rows) {
      const code = status.state === 'failed' ? (status.problems[0]?.code ?? '') : '';
      failed[code] = (failed[code] ?? 0) + 1;
    }
    if (rows.length < 500) return failed;
  }
}

const total = (bridge: Bridge): number =>
  Object.values(bridge.counts()).reduce((sum, count) => sum + count, 0);

function waiting(bridge: Bridge): number {
  const { pending, sending, retrying, unknown } = bridge.counts();
  return pending + sending + retrying + unknown;
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
}

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defaultCatalogRules } from '../../../contract/catalogRules';
import { ok } from '../../../contract/problem';
import type { OrgSettingsOf } from '../../../contract/settings';
import { createCatalog } from '../../../main/catalog';
import { keepHeapSmall } from '../../../main/heap';
import { nodeFetch } from '../../../main/net/nodeFetch';
import { createSalesforceOrg } from '../../../main/salesforce';
import { systemClock } from '../../../main/systemClock';
import { createHttpCatalog } from '../../../main/ventasxmayor/http';
import { defaultOrgOptions } from '../../../sandbox/org/settings';
import { type Measured, type Order, orderSchema, type SentRequest, warehouse } from './protocol';

/*
 * The program's engine and adapters in a process of their own, so that their memory and their event loop are measured and
 * nothing else's. Told what to do by messages; answers each with what it measured.
 */

keepHeapSmall();
const { org, store, token } = z
  .object({ org: z.string(), store: z.string(), token: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'));
const catalog = open();

await catalog.start();
process.on('message', (message) => void run(orderSchema.parse(message)));
process.on('disconnect', () => {
  void catalog.stop().finally(() => rmSync(folder, { recursive: true, force: true }));
});
process.send?.('ready');

let log: number | null = null;
const noted: { input: Parameters<typeof fetch>[0]; init: RequestInit | undefined }[] = [];
/** So many requests, a megabyte or two at the most. */
const mostNoted = 100;

async function run({ reading, requestsTo }: Order): Promise<void> {
  log = requestsTo === null ? null : openSync(requestsTo, 'w');
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const memory = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const started = performance.now();
  const begun = await catalog.updates.begin(
    { warehouse, companies: [], part: 'both', reading },
    { applyAtOnce: true, trigger: 'person' },
  );
  if (!begun.ok) throw new Error(begun.problem.code);
  const run = await ended();
  const seconds = (performance.now() - started) / 1000;
  loop.disable();
  clearInterval(memory);
  if (log !== null) {
    write(log);
    closeSync(log);
  }
  log = null;
  const measured: Measured = {
    seconds,
    memoryGrowthMB: Math.max(0, peak - before) / 1_000_000,
    longestStallMs: loop.max / 1_000_000,
    changes: run.summary?.changes ?? 0,
    full: run.full,
  };
  process.send?.(measured);
}

async function ended() {
  for (;;) {
    await sleep(2);
    const run = catalog.updates.current();
    if (run?.status.state === 'done') return run;
    const { state } = run?.status ?? { state: 'reading' };
    if (state === 'failed' || state === 'paused' || state === 'planned')
      throw new Error(`the run ended as ${JSON.stringify(run?.status)}`);
  }
}

function open() {
  const { username, password, securityToken, clientId, clientSecret } = defaultOrgOptions.credentials;
  const settings: OrgSettingsOf<'password'> = {
    signIn: 'password',
    loginUrl: org,
    username,
    clientId,
    identifier: 'PAGINAWEB',
    warehouse: '',
    companies: [],
  };
  const secrets = { password: password + securityToken, clientSecret };
  return createCatalog({
    databasePath: join(folder, 'catalog.db'),
    org: createSalesforceOrg({
      credentials: async () => ok({ signIn: 'password', settings, secrets }),
      clock: systemClock,
      fetch: recorded(fetch),
    }).catalog,
    store: createHttpCatalog({ baseUrl: store, token: async () => ok(token), fetch: recorded(nodeFetch) }),
    house: { store: { address: store, user: null }, org: { address: org, user: username } },
    openOrders: { units: async () => new Map() },
    // Everything differs in the first update: what the guard would ask, the bench has answered.
    rules: () => ({
      ...defaultCatalogRules,
      guard: { toZeroPercent: null, priceMovePercent: null, missingPercent: null },
    }),
    journal: { record: async () => undefined },
    clock: systemClock,
    random: Math.random,
    who: 'bench',
    choice: () => ({ warehouse: '', companies: [] }),
    healthChanged: () => undefined,
    changed: () => undefined,
    report: (error) => console.error('unexpected:', error),
  });
}

/**
 * The adapters' own way to call; notes what goes out where that is asked for. It is written when the run is over, or much has
 * come together: the run is measured, and not what notes it.
 */
function recorded(call: typeof fetch): typeof fetch {
  return (input, init) => {
    if (log !== null) noted.push({ input, init });
    if (log !== null && noted.length === mostNoted) write(log);
    return call(input, init);
  };
}

function write(file: number): void {
  for (const { input, init } of noted.splice(0)) {
    const sent: SentRequest = {
      method: init?.method ?? 'GET',
      url: String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
    };
    writeSync(file, `${JSON.stringify(sent)}\n`);
  }
}

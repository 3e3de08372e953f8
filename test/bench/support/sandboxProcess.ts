import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { StoreOrder } from '../../../sandbox/store/order';

/** A sandbox in a process of its own, so that its work is not measured as ours. */
export interface SandboxProcess {
  org: string;
  store: string;
  token: string;
  /** Confirms so many new orders in the store. */
  confirm(count: number): Promise<void>;
  /** The store's orders, as its own API tells them. */
  orders(): Promise<StoreOrder[]>;
  /** API calls that the org has counted so far. */
  apiCalls(): Promise<number>;
  /** Moves the sandbox's clock. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const mostAtOnce = 2_000;

export async function startSandboxProcess(args: readonly string[]): Promise<SandboxProcess> {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', 'sandbox/cli.ts', ...args],
      ...['--org-port', '0', '--store-port', '0', '--smtp-port', '0', '--control-port', '0'],
      ...['--orders-every', 'off'],
    ],
    { env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const told = await untilReady(child);
  const org = found(told, /Login address +(http:\S+)/);
  const store = found(told, /Address +(http:\S+)/);
  const token = found(told, /Token +(\S+)/);
  const control = found(told, /Control: (http:\S+)/);

  return {
    org,
    store,
    token,
    async confirm(count) {
      for (let left = count; left > 0; left -= mostAtOnce)
        await post(`${control}/store/orders`, { count: Math.min(left, mostAtOnce) });
    },
    async orders() {
      const all: StoreOrder[] = [];
      let after = '';
      for (;;) {
        const page = pageSchema.parse(
          await get(`${store}/v1/orders?limit=200${after}`, { authorization: `Bearer ${token}` }),
        );
        all.push(...page.orders);
        if (!page.more) return all;
        after = `&after=${encodeURIComponent(page.cursor)}`;
      }
    },
    apiCalls: async () => stateSchema.parse(await get(`${control}/state`, {})).org.apiCalls,
    advance: (ms) => post(`${control}/clock/advance`, { ms }),
    async stop() {
      child.kill('SIGINT');
      await once(child, 'close');
    },
  };
}

/** The store is ours: its orders have the shape its own code gives them. */
const pageSchema = z.object({
  orders: z.array(z.custom<StoreOrder>((order) => typeof order === 'object' && order !== null)),
  cursor: z.string(),
  more: z.boolean(),
});
const stateSchema = z.looseObject({ org: z.looseObject({ apiCalls: z.number() }) });

async function get(url: string, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return answer.json();
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status} ${await answer.text()}`);
}

/** Everything the sandbox prints until it says how to stop it. */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.includes('Ctrl-C')) resolve(output);
    });
    child.on('close', () => reject(new Error(`the sandbox did not start: ${output}`)));
  });
}

function found(text: string, pattern: RegExp): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) throw new Error(`the sandbox did not print ${pattern.source}`);
  return value;
}

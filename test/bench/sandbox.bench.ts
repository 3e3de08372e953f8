import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { defaultOrgOptions } from '../../sandbox/org/settings';

/**
 * How fast and how large the sandbox org is, so that other benches measure Puente and not the sandbox. It runs
 * as a process of its own, as `npm run sandbox` starts it; bodies are read and thrown away, not parsed.
 */
interface Figures {
  products: number;
  seedSeconds: number;
  memoryMB: number;
  firstPageMs: number;
  pageMs: { median: number; worst: number };
  bulk: { rows: number; megabytes: number; seconds: number; megabytesPerSecond: number };
  memoryAfterMB: number;
}

const soql =
  'SELECT Id, Pricebook2Id, Product2Id, Product2.StockKeepingUnit, UnitPrice, IsActive, SystemModstamp FROM PricebookEntry WHERE IsActive = true';
const pages = 40;
const bulkRows = 50_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { products: { type: 'string', default: '100000' }, json: { type: 'string' } },
  });
  const figures = await measure(Number(values.products));
  console.log(JSON.stringify(figures, null, 2));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

async function measure(products: number): Promise<Figures> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', 'sandbox/cli.ts', '--products', String(products), '--stock-everywhere'],
      ...['--org-port', '0', '--store-port', '0', '--smtp-port', '0', '--control-port', '0'],
      ...['--orders-every', 'off'],
    ],
    { env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const base = await addressOf(child);
    const seedSeconds = round((performance.now() - started) / 1000);
    const memoryMB = memory(child);
    const headers = { authorization: `Bearer ${await token(base)}` };
    const first = await timed(() =>
      page(`${base}/services/data/v62.0/query?q=${encodeURIComponent(soql)}`, headers),
    );
    const times: number[] = [];
    let next = first.result.next;
    while (next !== null && times.length < pages) {
      const url = `${base}${next}`;
      const answer = await timed(() => page(url, headers));
      times.push(answer.ms);
      next = answer.result.next;
    }
    times.sort((a, b) => a - b);
    const bulk = await measureBulk(base, headers);
    return {
      products,
      seedSeconds,
      memoryMB,
      firstPageMs: round(first.ms),
      pageMs: { median: round(times[Math.floor(times.length / 2)] ?? 0), worst: round(times.at(-1) ?? 0) },
      bulk,
      memoryAfterMB: memory(child),
    };
  } finally {
    child.kill('SIGINT');
    await once(child, 'close');
  }
}

async function measureBulk(base: string, headers: Record<string, string>): Promise<Figures['bulk']> {
  const jobs = `${base}/services/data/v62.0/jobs/query`;
  const created = await fetch(jobs, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ operation: 'query', query: soql }),
  });
  const job = z.looseObject({ id: z.string(), state: z.string() });
  const { id } = job.parse(await created.json());
  for (;;) {
    const { state } = job.parse(await (await fetch(`${jobs}/${id}`, { headers })).json());
    if (state === 'JobComplete') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { ms, result } = await timed(async () => {
    const answer = await fetch(`${jobs}/${id}/results?maxRecords=${bulkRows}`, {
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    return Buffer.from(await answer.arrayBuffer());
  });
  const rows = result.filter((byte) => byte === 10).length - 1;
  const megabytes = result.length / 1e6;
  return {
    rows,
    megabytes: round(megabytes),
    seconds: round(ms / 1000),
    megabytesPerSecond: round(megabytes / (ms / 1000)),
  };
}

/** A page's bytes, and where the next one is. */
async function page(url: string, headers: Record<string, string>): Promise<{ next: string | null }> {
  const answer = await fetch(url, { headers: { ...headers, 'accept-encoding': 'identity' } });
  const head = Buffer.from(await answer.arrayBuffer())
    .subarray(0, 300)
    .toString('latin1');
  return { next: /"nextRecordsUrl":"([^"]+)"/.exec(head)?.[1] ?? null };
}

async function token(base: string): Promise<string> {
  const { username, password, clientId, clientSecret } = defaultOrgOptions.credentials;
  const answer = await fetch(`${base}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username,
      password,
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  return z.looseObject({ access_token: z.string() }).parse(await answer.json()).access_token;
}

/** Resolves with the org's address once the sandbox has printed it. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const address = /Login address +(http:\/\/\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on('close', () => reject(new Error(`the sandbox did not start: ${output}`)));
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

/** Resident memory of the sandbox's process; 0 where the system does not tell it by /proc. */
function memory(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
  } catch {
    return 0;
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

await main();

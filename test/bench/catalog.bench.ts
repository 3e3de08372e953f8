import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { repeatRequests } from './catalog/floor';
import { changeOrg, countWrong, readOrg, readStore, restoreStore } from './catalog/house';
import { updatePlainly } from './catalog/plain';
import { type PuenteProcess, startPuente } from './catalog/puente';
import { type SandboxProcess, startSandboxProcess } from './support/sandboxProcess';

/**
 * Update All Products with a warehouse: the first time (everything differs), on a morning (2 % differ) and with nothing
 * to do, beside the plain way with jsforce and beside the floor, on the same sandbox and in the same run. Afterwards every
 * product of the store is compared with the org by other code than the program's.
 */
interface Figures {
  skus: number;
  kind: 'first' | 'morning' | 'none';
  seconds: number;
  floorSeconds: number;
  plainSeconds: number;
  memoryGrowthMB: number;
  longestStallMs: number;
  apiCalls: number;
  plainApiCalls: number;
  wrong: number;
}

const optionsSchema = z.object({
  skus: z
    .string()
    .default('10000,100000,500000')
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.number().int().min(100).max(2_000_000)).min(1)),
  json: z.string().optional(),
});

const differing = 0.02;
const nightMs = 12 * 3_600_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { skus: { type: 'string' }, json: { type: 'string' } },
  });
  const options = optionsSchema.parse(values);
  const figures: Figures[] = [];
  for (const skus of options.skus) figures.push(...(await measure(skus)));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
}

async function measure(skus: number): Promise<Figures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'));
  const sandbox = await startSandboxProcess(['--products', String(skus), '--stock-everywhere']);
  await warmUp(sandbox);
  const puente = await startPuente(sandbox);
  try {
    const bench = { skus, sandbox, puente, requests: join(folder, 'requests.jsonl') };
    const figures = [await measureKind(bench, 'first')];
    await passNight(bench);
    await changeOrg(sandbox, differing);
    figures.push(await measureKind(bench, 'morning'));
    await passNight(bench);
    figures.push(await measureKind(bench, 'none'));
    return figures;
  } finally {
    await puente.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * An update by a program that is thrown away: a server is slow until its code has run for a while, and whoever comes first
 * would pay for the others. The program that is measured begins cold.
 */
async function warmUp(sandbox: SandboxProcess): Promise<void> {
  const before = await readStore(sandbox);
  const puente = await startPuente(sandbox);
  await puente.run({ reading: 'auto', requestsTo: null }).finally(() => puente.stop());
  await restoreStore(sandbox, before, await readStore(sandbox));
}

interface Bench {
  skus: number;
  sandbox: SandboxProcess;
  puente: PuenteProcess;
  requests: string;
}

/** What floor and plain way have written is taken in, unmeasured, so that the next run meets a day like any other. */
async function passNight({ sandbox, puente }: Bench): Promise<void> {
  await sandbox.advance(nightMs);
  await puente.run({ reading: 'auto', requestsTo: null });
  await sandbox.advance(nightMs);
}

async function measureKind(
  { skus, sandbox, puente, requests }: Bench,
  kind: Figures['kind'],
): Promise<Figures> {
  const before = await readStore(sandbox);
  const callsBefore = await sandbox.apiCalls();
  const ours = await puente.run({ reading: 'auto', requestsTo: requests });
  const apiCalls = (await sandbox.apiCalls()) - callsBefore;
  const after = await readStore(sandbox);
  const wrong = countWrong(after, await readOrg(sandbox));

  await restoreStore(sandbox, before, after);
  const floorSeconds = await repeatRequests(requests);
  await restoreStore(sandbox, before, await readStore(sandbox));
  const plainBefore = await sandbox.apiCalls();
  const plainSeconds = await updatePlainly(sandbox);
  const plainApiCalls = (await sandbox.apiCalls()) - plainBefore;
  const figures = {
    skus,
    kind,
    seconds: round(ours.seconds),
    floorSeconds: round(floorSeconds),
    plainSeconds: round(plainSeconds),
    memoryGrowthMB: round(ours.memoryGrowthMB),
    longestStallMs: round(ours.longestStallMs),
    apiCalls,
    plainApiCalls,
    wrong,
  };
  const times = `${round(ours.seconds / floorSeconds)} times the floor, ${round(plainSeconds / ours.seconds)} times faster than the plain way`;
  console.log(JSON.stringify(figures), `${ours.changes} changes, ${times}`);
  return figures;
}

const round = (value: number): number => Math.round(value * 100) / 100;

await main();

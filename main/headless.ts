import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { LogEntry } from '../contract/status';
import { createAlertServices } from './alertServices';
import type { Announcer } from './engine/ports';
import { importFile } from './headlessImport';
import { startDemo } from './modes/demo';
import { systemClock } from './systemClock';
import { createTexts } from './texts';

const usage = `npm run demo -- --headless [--for <seconds>] [--orders <count>] [--import <file>] [--keep <folder>]

  --for <seconds>   how long to run (60)
  --orders <count>  confirm so many orders in the sample store at once (0)
  --import <file>   also import the orders of a CSV or XLSX file, with the mapping that fits it
  --keep <folder>   keep database, sample org and store there, and go on where they were`;

const optionsSchema = z.object({
  headless: z.boolean().optional(),
  for: z.coerce.number().positive().max(86_400).default(60),
  orders: z.coerce.number().int().min(0).max(10_000).default(0),
  import: z.string().optional(),
  keep: z.string().optional(),
  help: z.boolean().optional(),
});

/** The demo without a window: the same engine, for servers and for people in a hurry. */
async function main(): Promise<void> {
  const options = readOptions();
  const kept = options.keep !== undefined;
  const folder = options.keep === undefined ? mkdtempSync(join(tmpdir(), 'puente-')) : resolve(options.keep);
  const runtime = await startDemo(
    {
      folder,
      announcer: silent,
      onCatalog: () => undefined,
      onSchedule: () => undefined,
      who: userInfo().username,
      onLog: () => undefined,
      report: (error) => console.error('unexpected:', error),
      clock: systemClock,
      random: Math.random,
      automatic: () => ({ on: true, everyMinutes: 0, pausedUntil: null }),
      alerts: createAlertServices({
        texts: createTexts(),
        locale: () => 'es-AR',
        notify: () => undefined,
        onMailChanged: () => undefined,
      }),
    },
    { folder },
  );
  const { bridge, demo } = runtime;
  const ended = endOf(options.for * 1000);
  try {
    if (options.orders > 0) await demo.confirmOrders(options.orders);
    if (options.import !== undefined) await importFile(resolve(options.import), bridge.imports, demo);
    await tellUntil(ended.signal, () => bridge.journal.list(newest).entries);
    await bridge.settled(10_000);
    const counts = bridge.counts();
    console.log(
      Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([state, count]) => `${state} ${count}`)
        .join(', '),
    );
  } finally {
    ended.cancel();
    await runtime.stop();
    if (!kept) rmSync(folder, { recursive: true, force: true });
  }
}

const newest = { level: 'all', search: '', offset: 0, limit: 200 } as const;

function readOptions() {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean' },
      for: { type: 'string' },
      orders: { type: 'string' },
      import: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError(issues.join('\n'));
  }
  if (parsed.data.help) throw new UsageError('');
  return parsed.data;
}

class UsageError extends Error {}

/** The end of the run: after so long, or when the person has had enough. */
function endOf(ms: number): { signal: AbortSignal; cancel: () => void } {
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(end, ms);
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return { signal: controller.signal, cancel: () => clearTimeout(timer) };
}

/** Prints the log as it grows. */
async function tellUntil(signal: AbortSignal, entries: () => LogEntry[]): Promise<void> {
  let last = 0;
  do {
    for (const entry of entries()
      .filter((one) => one.id > last)
      .reverse()) {
      last = entry.id;
      console.log(line(entry));
    }
    await systemClock.sleep(500, signal);
  } while (!signal.aborted);
}

function line(entry: LogEntry): string {
  const time = new Date(entry.at).toISOString().slice(11, 19);
  const params = Object.values(entry.params).join(' ');
  const reason = entry.problem === null ? '' : ` (${entry.problem.code})`;
  return `${time} ${entry.event} ${params}${reason}`;
}

const silent: Announcer = { ordersChanged: () => undefined, linkChanged: () => undefined };

main().catch((error: unknown) => {
  if (!(error instanceof UsageError)) console.error(error instanceof Error ? error.message : error);
  else console.error(`${error.message}\n${usage}`.trim());
  process.exitCode = 1;
});

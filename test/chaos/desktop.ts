import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Sandbox } from '../../sandbox';
import { sampleIdentifier } from '../../sandbox/options';
import { readCounts } from './verdict/ledger';

export interface DesktopOptions {
  name: string;
  /** Where this installation keeps its settings and its database. */
  userData: string;
  /** What the program prints goes there. */
  logFile: string;
  executable: string;
  env: Record<string, string>;
  /** Hears how the program has ended without being asked to. */
  onDeath: (how: string) => void;
}

/** One computer with the real program on it. */
export interface Desktop {
  name: string;
  userData: string;
  database: string;
  /** How often it was killed. */
  kills: () => number;
  /** Orders by state, as its database says; the last known while that cannot be read. */
  counts: () => ReadonlyMap<string, number>;
  start(): void;
  /** Ends the program and all of its processes as a power cut would, in so many milliseconds. */
  kill(afterMs: number): Promise<void>;
  /** Ends it as a person would. */
  stop(): Promise<void>;
}

export function createDesktop(options: DesktopOptions): Desktop {
  const { name, userData } = options;
  const database = join(userData, 'puente.db');
  const log = createWriteStream(options.logFile, { flags: 'a' });
  let program: ChildProcess | null = null;
  let kills = 0;
  let counts: ReadonlyMap<string, number> = new Map();

  /** Whoever waits for the end has asked for it. */
  async function ended(asked: ChildProcess): Promise<void> {
    program = null;
    if (asked.exitCode === null && asked.signalCode === null) await once(asked, 'exit');
  }

  return {
    name,
    userData,
    database,
    kills: () => kills,
    counts() {
      try {
        counts = readCounts(database);
      } catch {
        // Not there yet, or just being brought up to date.
      }
      return counts;
    },

    start() {
      if (program !== null) return;
      const started = spawn(options.executable, argumentsFor(userData), {
        // A group of its own, so that its helper processes can be ended with it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...options.env, LANG: 'es_AR.UTF-8' },
      });
      started.stdout.pipe(log, { end: false });
      started.stderr.pipe(log, { end: false });
      started.once('exit', (code, signal) => {
        if (program !== started) return;
        program = null;
        options.onDeath(signal ?? `exit code ${code}`);
      });
      program = started;
    },

    async kill(afterMs) {
      if (program?.pid === undefined) return;
      const victim = program;
      kills += 1;
      // By another process: it strikes also while this one is busy being the org.
      spawn('sh', ['-c', `sleep ${(afterMs / 1000).toFixed(3)}; kill -9 -${victim.pid}`], {
        stdio: 'ignore',
      });
      await ended(victim);
    },

    async stop() {
      if (program === null) return;
      const asked = program;
      const patience = setTimeout(() => asked.kill('SIGKILL'), 30_000);
      asked.kill('SIGTERM');
      await ended(asked);
      clearTimeout(patience);
    },
  };
}

const argumentsFor = (userData: string): string[] => [
  resolve('.'),
  `--user-data-dir=${userData}`,
  '--log-level=3',
  '--disable-gpu',
  // Chromium refuses to start sandboxed as root; the product never passes this.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The settings as a person's installation has them; the secrets are in the keychain. */
export function writeSettings(userData: string, sandbox: Sandbox): void {
  mkdirSync(userData, { recursive: true });
  const { username, clientId } = sandbox.org.credentials;
  writeFileSync(
    join(userData, 'settings.json'),
    JSON.stringify({
      version: 1,
      mode: 'live',
      locale: null,
      automatic: true,
      org: {
        loginUrl: sandbox.org.url,
        username,
        clientId,
        identifier: sampleIdentifier,
        warehouse: '',
        companies: [],
      },
      store: { kind: 'http', baseUrl: sandbox.store.url },
    }),
  );
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import keytar from 'keytar';
import { secretNames } from '../../contract/settings';
import { electronRuntime } from '../../scripts/electron-runtime';

export interface Puente {
  app: ElectronApplication;
  window: Page;
  /** Kills the program as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

interface Fixtures {
  /** The folder of one installation: settings and database. */
  userData: string;
  /** Starts the program on that folder; started programs end with the test. */
  start: (...args: string[]) => Promise<Puente>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  userData: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'puente-e2e-'));
    await use(folder);
    // The browser's helper processes may write a moment longer than the program lives.
    await remove(folder);
  },

  start: async ({ userData }, use) => {
    const running: ElectronApplication[] = [];
    // The tests' keyring is one for all of them; each begins without secrets.
    for (const name of secretNames) await keytar.deletePassword('Puente', name);
    const { executable } = await electronRuntime();
    await use(async (...args) => {
      const app = await electron.launch({
        executablePath: executable,
        args: [
          resolve('.'),
          `--user-data-dir=${userData}`,
          // Chromium refuses to start sandboxed as root; the product never passes this.
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          ...args,
        ],
        env: { ...process.env, LANG: 'es_AR.UTF-8' },
      });
      running.push(app);
      const window = await app.firstWindow();
      return { app, window, kill: () => kill(app) };
    });
    for (const app of running) await end(app);
  },
});

export { expect } from '@playwright/test';

async function remove(folder: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((again) => setTimeout(again, 100));
    }
  }
}

/** Ends the program as a person would; one that does not end is killed, so that no test waits for another's. */
async function end(app: ElectronApplication): Promise<void> {
  const patience = setTimeout(() => app.process().kill('SIGKILL'), 20_000);
  await app.close().catch(() => undefined);
  clearTimeout(patience);
}

async function kill(app: ElectronApplication): Promise<void> {
  const program = app.process();
  const gone = new Promise((done) => program.once('exit', done));
  program.kill('SIGKILL');
  await gone;
}

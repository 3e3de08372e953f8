import { spawn } from 'node:child_process';
import { buildIfStale } from './build';
import { electronRuntime } from './electron-runtime';
import { runOnDesktop } from './system/desktop';

/** `npm start` and `npm run demo`: builds if need be, brings an Electron, and opens the program. */
async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes('--headless')) return headless(args);
  buildIfStale();
  const { executable } = await electronRuntime();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) console.error('Running as root: Chromium needs --no-sandbox for that.');
  return runOnDesktop({
    command: executable,
    // Chromium's own notes about missing graphics and buses tell a person nothing.
    args: ['.', '--log-level=3', ...(asRoot ? ['--no-sandbox'] : []), ...args],
    ownKeyring: false,
  });
}

/** Without a window nothing of a desktop is needed: the engine runs on Node itself. */
function headless(args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const run = spawn(
      process.execPath,
      ['--import', 'tsx', 'main/headless.ts', ...args.filter((argument) => argument !== '--demo')],
      { stdio: 'inherit' },
    );
    const pass = (signal: NodeJS.Signals) => run.kill(signal);
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);
    run.once('error', reject);
    run.once('exit', (code) => resolve(code ?? 1));
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

import { buildIfStale } from './build';
import { electronRuntime } from './electron-runtime';
import { runAsCommand } from './runAsCommand';
import { runOnDesktop } from './system/desktop';
import { isDebian, offerPackages } from './system/packages';

/** `npm run chaos`: the real program under everything that can befall it, and a count of what got lost. */
async function chaos(args: string[]): Promise<number> {
  buildIfStale();
  const { distPath } = await electronRuntime();
  // By it a desktop's clock is moved; without it that part is skipped, aloud.
  if (isDebian()) await offerPackages(['libfaketime']);
  return runOnDesktop({
    command: process.execPath,
    args: ['--import', 'tsx', 'test/chaos/run.ts', ...args],
    ownKeyring: true,
    env: { ELECTRON_OVERRIDE_DIST_PATH: distPath },
  });
}

runAsCommand(() => chaos(process.argv.slice(2)));

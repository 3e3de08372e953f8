import { buildIfStale } from '../build';
import { electronRuntime } from '../electron-runtime';
import { runAsCommand } from '../runAsCommand';
import { runOnDesktop } from '../system/desktop';

/** `npm run test:e2e`: Playwright on the real program, with a display and a keyring that are the tests' own. */
async function e2e(args: string[]): Promise<number> {
  buildIfStale();
  const { distPath } = await electronRuntime();
  return runOnDesktop({
    command: process.execPath,
    args: ['node_modules/@playwright/test/cli.js', 'test', ...args],
    ownKeyring: true,
    env: { ELECTRON_OVERRIDE_DIST_PATH: distPath },
  });
}

runAsCommand(() => e2e(process.argv.slice(2)));

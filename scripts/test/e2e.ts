import { buildIfStale } from '../build';
import { electronRuntime } from '../electron-runtime';
import { runOnDesktop } from '../system/desktop';

/** `npm run test:e2e`: Playwright on the real program, with a display and a keyring that are the tests' own. */
async function main(): Promise<number> {
  buildIfStale();
  const { distPath } = await electronRuntime();
  return runOnDesktop({
    command: process.execPath,
    args: ['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)],
    ownKeyring: true,
    env: { ELECTRON_OVERRIDE_DIST_PATH: distPath },
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

import { buildIfStale } from './build';
import { electronRuntime } from './electron-runtime';
import { runAsCommand } from './runAsCommand';
import { rootSwitches, runOnDesktop } from './system/desktop';
import { runToEnd } from './system/supervise';

/** `npm start` and `npm run demo`: builds if need be, brings an Electron, and opens the program. */
async function start(args: string[]): Promise<number> {
  if (args.includes('--headless')) return headless(args);
  buildIfStale();
  const { executable } = await electronRuntime();
  return runOnDesktop({
    command: executable,
    // Chromium's own notes about missing graphics and buses tell a person nothing.
    args: ['.', '--log-level=3', ...rootSwitches(), ...args],
    ownKeyring: false,
  });
}

/** Without a window nothing of a desktop is needed: the engine runs on Node itself. */
function headless(args: string[]): Promise<number> {
  const passed = args.filter((argument) => argument !== '--demo');
  return runToEnd(process.execPath, ['--import', 'tsx', 'main/headless.ts', ...passed], process.env, 'end');
}

runAsCommand(() => start(process.argv.slice(2)));

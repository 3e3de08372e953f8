import { spawn } from 'node:child_process';
import { openDisplay } from './display';
import { openKeyring } from './keyring';
import { ensurePackages, isDebian } from './packages';

export interface DesktopRun {
  command: string;
  args: string[];
  /** Tests never use the person's own keyring. */
  ownKeyring: boolean;
  env?: Record<string, string>;
}

/**
 * Runs a command on a desktop: with the packages, the display and the keyring that it needs, brought along
 * where they are missing. Answers with its exit code; what was started for it ends with it.
 */
export async function runOnDesktop(run: DesktopRun): Promise<number> {
  const say = (line: string) => console.error(line);
  if (isDebian()) await ensurePackages();
  const display = await openDisplay(say);
  const keyring = openKeyring({ alwaysOwn: run.ownKeyring, say });
  try {
    const { command, args } = keyring.wrap(run.command, run.args);
    const env = {
      ...process.env,
      ...keyring.env,
      ...run.env,
      ...(display.name === null ? {} : { DISPLAY: display.name }),
    };
    return await runToEnd(command, args, env);
  } finally {
    keyring.stop();
    display.stop();
  }
}

function runToEnd(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env, detached: true });
    // The child has a group of its own, so that whatever it has started ends with it.
    const pass = (signal: NodeJS.Signals) => () => {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    const onInt = pass('SIGINT');
    const onTerm = pass('SIGTERM');
    process.on('SIGINT', onInt);
    process.on('SIGTERM', onTerm);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

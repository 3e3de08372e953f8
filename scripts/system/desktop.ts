import { hasDisplay, startVirtualDisplay } from './display';
import { hasKeyring, startOwnKeyring } from './keyring';
import { ensurePackages, isDebian } from './packages';
import type { Service } from './service';
import { runToEnd } from './supervise';

export interface DesktopRun {
  command: string;
  args: string[];
  /** Tests never use the person's own keyring. */
  ownKeyring: boolean;
  env?: Record<string, string>;
}

/**
 * Runs a command on a desktop: with the packages, the display and the keyring that it needs, brought along
 * where they are missing, saying so. Answers with its exit code; what was started for it ends with it.
 */
export async function runOnDesktop(run: DesktopRun): Promise<number> {
  const say = (line: string) => console.error(line);
  const screen = hasDisplay(process.env, process.platform);
  const keyring = process.platform !== 'linux' || (!run.ownKeyring && hasKeyring(process.env, screen));
  if (isDebian()) await ensurePackages({ screen: !screen, keyring: !keyring });

  const env: NodeJS.ProcessEnv = { ...process.env, ...run.env };
  // Terminals inside Electron programs set it; with it Electron would be a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  const services: Service[] = [];
  try {
    if (!screen) {
      const display = await startVirtualDisplay(process.env);
      services.push(display);
      env['DISPLAY'] = display.value;
      say(`No display here: using a virtual one (Xvfb ${display.value}).`);
    }
    if (!keyring) {
      const own = await startOwnKeyring(process.env);
      services.push(own);
      env['DBUS_SESSION_BUS_ADDRESS'] = own.value;
      say('Using a keyring of its own, forgotten at the end.');
    }
    return await runToEnd(run.command, run.args, env, screen ? 'leave' : 'end');
  } finally {
    for (const service of services.reverse()) await service.stop();
  }
}

/** Chromium refuses to run sandboxed as root; bare servers and CI have nobody else. Never in the product. */
export function rootSwitches(): string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  console.error('Running as root: Chromium needs --no-sandbox for that.');
  return ['--no-sandbox'];
}

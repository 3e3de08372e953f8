import { app, net, powerMonitor } from 'electron';
import type { DesktopChoices } from '../contract/mail';
import type { Automatic } from '../contract/settings';
import type { Status } from '../contract/status';
import type { Translate } from './engine/ports';
import type { Modes } from './modes';
import type { SettingsStore } from './settings/settingsStore';
import { createDesktop, type Desktop } from './shell/desktop';
import { watchNetwork } from './shell/networkWatch';
import { startWithSystem } from './shell/startWithSystem';
import { mostFailedLines, type TrayAction } from './shell/tray/menu';

export interface DesktopParts {
  settings: SettingsStore;
  modes: Modes;
  t: () => Translate;
  status: () => Status;
  setAutomatic: (automatic: Automatic) => Promise<void>;
  onWindowClosed: () => void;
  report: (error: unknown) => void;
}

/** Puts the program on the desktop, and lets it go on by itself after sleep and when the network is back. */
export function openDesktop(parts: DesktopParts): Desktop {
  const { settings, modes } = parts;

  async function act(action: Extract<TrayAction, { do: 'sendNow' | 'setAutomatic' }>): Promise<void> {
    if (action.do === 'setAutomatic')
      await parts.setAutomatic({ ...settings.get().automatic, on: action.on, pausedUntil: null });
    else await modes.bridge()?.desk.sendAll(['pending', 'retrying']);
  }

  const desktop = createDesktop({
    ...parts,
    appFolder: app.getAppPath(),
    hidden: process.argv.includes('--hidden'),
    failed: () =>
      modes.bridge()?.book.list({ ...newestFailed, offset: 0, limit: mostFailedLines }).rows ?? [],
    act: (action) => void act(action).catch(parts.report),
    choices: () => settings.get().desktop,
    firstClose() {
      const first = !settings.get().trayExplained;
      if (first) settings.setTrayExplained();
      return first;
    },
  });
  const goOn = () => modes.bridge()?.tryNow();
  powerMonitor.on('resume', goOn);
  watchNetwork(() => net.isOnline(), goOn);
  return desktop;
}

const newestFailed = { states: ['failed'], search: '', sort: 'newest', changed: false } as const;

/** What people have chosen for this computer: partly ours to keep, partly the operating system's. */
export function desktopChoices(settings: SettingsStore) {
  return {
    get: (): DesktopChoices => ({ ...settings.get().desktop, startWithSystem: startWithSystem.get() }),
    set({ startWithSystem: starts, ...choices }: DesktopChoices): void {
      settings.setDesktop(choices);
      if (starts !== startWithSystem.get()) startWithSystem.set(starts);
    },
  };
}

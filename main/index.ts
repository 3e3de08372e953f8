import { join } from 'node:path';
import { app, dialog, ipcMain, powerMonitor } from 'electron';
import keytar from 'keytar';
import type { Locale } from '../contract/settings';
import type { StateCounts, Status } from '../contract/status';
import { appHandlers } from './ipc/app';
import { demoHandlers } from './ipc/demo';
import { importHandlers } from './ipc/import';
import { logHandlers } from './ipc/log';
import { ordersHandlers } from './ipc/orders';
import { registerHandlers } from './ipc/register';
import { rulesHandlers } from './ipc/rules';
import { settingsHandlers } from './ipc/settings';
import { signInHandlers } from './ipc/signIn';
import { createModes } from './modes';
import { readPrivateKey } from './salesforce';
import { builtInProfiles } from './salesforce/profile';
import { createKeychain } from './settings/keychain';
import { openSettings } from './settings/settingsStore';
import { createAnnouncements } from './shell/announcements';
import { endProcess } from './shell/endProcess';
import { chooseOrdersFile } from './shell/fileDialog';
import { openInBrowser } from './shell/links';
import { declareScheme, serveFiles } from './shell/protocol';
import { secureContents } from './shell/security';
import { createSimulatorWindow } from './shell/simulatorWindow';
import { type MainWindow, openWindow } from './shell/window';
import { systemClock } from './systemClock';

// Chromium cannot be sandboxed as root (tests on servers); everywhere else nothing runs outside it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declareScheme();

// Two programs on one database would be two exporters: the second hands over to the first and ends.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(failToStart);
else app.quit();

async function start(): Promise<void> {
  secureContents();
  serveFiles(join(app.getAppPath(), 'out/renderer'));
  const folder = app.getPath('userData');
  const settings = openSettings(folder, systemClock.now);
  const keychain = createKeychain(keytar);
  let window: MainWindow | null = null;
  const simulator = createSimulatorWindow();

  const announcements = createAnnouncements(
    (name, payload) => window?.send(name, payload),
    () => status(),
  );
  const modes = createModes({
    folder,
    settings,
    keychain,
    announcer: announcements,
    onLog: announcements.logChanged,
    report: (error) => console.error('unexpected:', error),
    clock: systemClock,
    random: Math.random,
    automatic: () => settings.get().automatic,
    openInBrowser,
    onBrowserSignIn: (state) => window?.send('signIn.changed', state),
    locale: () => status().locale,
    forcedDemo: process.argv.includes('--demo'),
  });

  const status = (): Status => ({
    version: app.getVersion(),
    platform: process.platform,
    locale: settings.get().locale ?? systemLocale(),
    mode: modes.mode(),
    ...modes.links(),
    automatic: settings.get().automatic,
    counts: modes.counts() ?? noOrders,
    orgHost: modes.org()?.host() ?? null,
  });

  registerHandlers({
    ipcMain,
    isTrusted: (event) => window?.isSender(event) ?? false,
    report: (error, call) => console.error(`call ${call}:`, error),
    handlers: {
      ...appHandlers({
        status,
        setLocale: (locale) => {
          settings.setLocale(locale);
          announcements.statusChanged();
        },
        setMode: (mode) => {
          simulator.close();
          return modes.setMode(mode);
        },
        setAutomatic: async (automatic) => {
          settings.setAutomatic(automatic);
          await modes.bridge()?.automaticChanged(automatic);
          announcements.statusChanged();
        },
      }),
      ...settingsHandlers({
        connections: modes.connections,
        isPrivateKey: (pem) => readPrivateKey(pem) !== null,
        onVerify: (report) => window?.send('verify.changed', report),
      }),
      ...signInHandlers({ connections: modes.connections }),
      ...rulesHandlers({
        rules: modes.rules,
        connections: modes.connections,
        vatDefaults: builtInProfiles.standard.buyer.vatStatusValues,
        onSaved: async () => modes.bridge()?.rulesChanged(),
      }),
      ...ordersHandlers({ bridge: modes.bridge, org: modes.org, openInBrowser }),
      ...logHandlers({ journal: () => modes.bridge()?.journal ?? null }),
      ...importHandlers({
        session: () => modes.bridge()?.imports ?? null,
        chooseFile: async () => (window === null ? null : chooseOrdersFile(window.browserWindow)),
      }),
      ...demoHandlers({
        demo: modes.demo,
        session: () => modes.bridge()?.imports ?? null,
        openSimulator: (address) => simulator.open(`${address}/pages/faults?lang=${status().locale}`),
      }),
    },
  });

  await modes.start();
  window = openWindow(app.getAppPath());
  window.browserWindow.on('closed', () => simulator.close());
  app.on('second-instance', () => window?.show());
  powerMonitor.on('resume', () => modes.bridge()?.tryNow());
  app.on('window-all-closed', () => app.quit());
  stopBeforeQuit(() => modes.stop());
}

/** So long may quitting wait for answers that are on their way. */
const patienceMs = 10_000;

/**
 * Quitting waits until what is on its way to the org has been answered, but not for ever: an answer that
 * does not come is settled at the next start, as after a crash.
 */
function stopBeforeQuit(stop: () => Promise<void>): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    const patience = systemClock.sleep(patienceMs, new AbortController().signal);
    void Promise.race([stop(), patience]).finally(() => endProcess());
  });
}

function failToStart(error: unknown): void {
  console.error('Puente could not start:', error);
  const detail = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox('Puente', `Puente no pudo iniciarse / could not start.\n\n${detail}`);
  app.exit(1);
}

const systemLocale = (): Locale => (app.getLocale().startsWith('en') ? 'en' : 'es-AR');

const noOrders: StateCounts = {
  pending: 0,
  sending: 0,
  retrying: 0,
  unknown: 0,
  exported: 0,
  failed: 0,
  held: 0,
  dismissed: 0,
};

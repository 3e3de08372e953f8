import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app, dialog, ipcMain } from 'electron';
import keytar from 'keytar';
import type { Automatic, Locale } from '../contract/settings';
import type { StateCounts, Status } from '../contract/status';
import { createAlertServices } from './alertServices';
import { desktopChoices, openDesktop } from './desktop';
import type { TableSaver } from './engine/export/saveTable';
import { createSavings } from './engine/export/savings';
import { keepHeapSmall } from './heap';
import { appHandlers } from './ipc/app';
import { catalogHandlers } from './ipc/catalog';
import { catalogExportHandlers } from './ipc/catalogExport';
import { catalogFileHandlers } from './ipc/catalogFile';
import { catalogProductHandlers } from './ipc/catalogProduct';
import { catalogRulesHandlers } from './ipc/catalogRules';
import { catalogSidesHandlers } from './ipc/catalogSides';
import { createCatalogWay } from './ipc/catalogWay';
import { demoHandlers } from './ipc/demo';
import { importHandlers } from './ipc/import';
import { logHandlers } from './ipc/log';
import { alertsHandlers } from './ipc/mail';
import { ordersHandlers } from './ipc/orders';
import { registerHandlers } from './ipc/register';
import { rulesHandlers } from './ipc/rules';
import { savingHandlers } from './ipc/saving';
import { settingsHandlers } from './ipc/settings';
import { signInHandlers } from './ipc/signIn';
import { createModes } from './modes';
import { readPrivateKey } from './salesforce';
import { builtInProfiles } from './salesforce/profile';
import { createKeychain } from './settings/keychain';
import { openSettings } from './settings/settingsStore';
import { createAnnouncements } from './shell/announcements';
import type { Desktop } from './shell/desktop';
import { endProcess } from './shell/endProcess';
import { chooseSaveFile, chooseSpreadsheet } from './shell/fileDialog';
import { openInBrowser } from './shell/links';
import { declareScheme, serveFiles } from './shell/protocol';
import { secureContents } from './shell/security';
import { createSimulatorWindow } from './shell/simulatorWindow';
import { systemClock } from './systemClock';
import { createTexts } from './texts';
import { writeTable } from './ventasxmayor/spreadsheet/writeTable';

keepHeapSmall();
// Chromium cannot be sandboxed as root (tests on servers); everywhere else nothing runs outside it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declareScheme();
// Windows shows notifications only of programs that it knows by this name (electron-builder.yml, appId).
app.setAppUserModelId('com.puente.desktop');

// Two programs on one database would be two exporters: the second hands over to the first and ends.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(failToStart);
else app.quit();

async function start(): Promise<void> {
  secureContents();
  serveFiles(join(app.getAppPath(), 'out/renderer'));
  const folder = app.getPath('userData');
  const settings = openSettings(folder, systemClock.now);
  const keychain = createKeychain(keytar);
  const texts = createTexts();
  let desktop: Desktop | null = null;
  const simulator = createSimulatorWindow();

  const announcements = createAnnouncements(
    (name, payload) => {
      desktop?.window.send(name, payload);
      if (name === 'status.changed') desktop?.refresh();
    },
    () => status(),
    () => savings.underWay(),
  );
  const savings = createSavings({
    write: writeTable,
    clock: systemClock,
    changed: announcements.savingsChanged,
  });
  const locale = () => settings.get().locale ?? systemLocale();
  const t = () => texts(locale());
  const saver: TableSaver = {
    choose: async (name, format) =>
      desktop === null ? null : chooseSaveFile(desktop.window.browserWindow, name, format),
    write: savings.write,
    decimalMark: () => (locale() === 'en' ? '.' : ','),
  };
  const report = (error: unknown) => console.error('unexpected:', error);
  const modes = createModes({
    folder,
    settings,
    keychain,
    announcer: announcements,
    onLog: announcements.logChanged,
    onCatalog: announcements.catalogChanged,
    onSchedule: announcements.statusChanged,
    who: userInfo().username,
    alerts: createAlertServices({
      texts,
      locale,
      notify: (notice) => desktop?.notify(notice),
      onMailChanged: () => desktop?.window.send('alerts.changed', {}),
    }),
    report,
    clock: systemClock,
    random: Math.random,
    automatic: () => settings.get().automatic,
    openInBrowser,
    onBrowserSignIn: (state) => desktop?.window.send('signIn.changed', state),
    locale: () => status().locale,
    forcedDemo: process.argv.includes('--demo'),
  });

  const status = (): Status => ({
    version: app.getVersion(),
    platform: process.platform,
    locale: locale(),
    mode: modes.mode(),
    ...modes.links(),
    automatic: settings.get().automatic,
    counts: modes.counts() ?? noOrders,
    changed: modes.changed(),
    orgHost: modes.org()?.host() ?? null,
    schedule: modes.schedule(),
  });

  const way = createCatalogWay(() => modes.bridge()?.catalog != null, announcements.catalogChanged);
  /** The updates that the window shows and starts. */
  const catalog = () =>
    (way.get() === 'api' ? modes.bridge()?.catalog : modes.bridge()?.catalogByFile) ?? null;
  const chooseFile = async () => (desktop === null ? null : chooseSpreadsheet(desktop.window.browserWindow));

  async function setAutomatic(automatic: Automatic): Promise<void> {
    settings.setAutomatic(automatic);
    await modes.bridge()?.automaticChanged(automatic);
    announcements.statusChanged();
  }

  registerHandlers({
    ipcMain,
    isTrusted: (event) => desktop?.window.isSender(event) ?? false,
    report: (error, call) => console.error(`call ${call}:`, error),
    handlers: {
      ...appHandlers({
        status,
        setLocale: (chosen) => {
          settings.setLocale(chosen);
          announcements.statusChanged();
        },
        setMode: async (mode) => {
          simulator.close();
          await savings.cancelAll();
          return modes.setMode(mode);
        },
        setAutomatic,
      }),
      ...settingsHandlers({
        connections: modes.connections,
        isPrivateKey: (pem) => readPrivateKey(pem) !== null,
        onVerify: (verified) => desktop?.window.send('verify.changed', verified),
      }),
      ...alertsHandlers({
        mail: modes.mail,
        queue: () => modes.bridge()?.alerts?.mails() ?? null,
        desktop: desktopChoices(settings),
      }),
      ...signInHandlers({ connections: modes.connections }),
      ...rulesHandlers({
        rules: modes.rules,
        connections: modes.connections,
        vatDefaults: builtInProfiles.standard.buyer.vatStatusValues,
        onSaved: async () => modes.bridge()?.rulesChanged(),
      }),
      ...ordersHandlers({ bridge: modes.bridge, org: modes.org, openInBrowser }),
      ...catalogHandlers({ catalog, way, connections: modes.connections }),
      ...catalogFileHandlers({
        files: () => modes.bridge()?.catalogByFile?.files ?? null,
        chooseFile,
        saver,
        t,
      }),
      ...catalogExportHandlers({ catalog, saver, t }),
      ...catalogProductHandlers({ catalog: () => modes.bridge()?.catalog ?? null }),
      ...catalogSidesHandlers({ catalog: () => modes.bridge()?.catalog ?? null, saver, t }),
      ...catalogRulesHandlers({
        rules: modes.catalogRules,
        sides: () => modes.bridge()?.catalog ?? null,
        onSaved: () => modes.bridge()?.catalog?.scheduler.wake(),
      }),
      ...savingHandlers(savings),
      ...logHandlers({ journal: () => modes.bridge()?.journal ?? null }),
      ...importHandlers({
        session: () => modes.bridge()?.imports ?? null,
        chooseFile,
      }),
      ...demoHandlers({
        demo: modes.demo,
        session: () => modes.bridge()?.imports ?? null,
        saver,
        t,
        openSimulator: (address) => simulator.open(`${address}/pages/faults?lang=${status().locale}`),
      }),
    },
  });

  await modes.start();
  desktop = openDesktop({
    settings,
    modes,
    t,
    status,
    setAutomatic,
    onWindowClosed: () => simulator.close(),
    report,
  });
  app.on('window-all-closed', () => app.quit());
  stopBeforeQuit(async () => {
    await savings.cancelAll();
    await modes.stop();
  }, desktop);
}

/** So long may quitting wait for answers that are on their way. */
const patienceMs = 10_000;

/**
 * Quitting waits until what is on its way to the org has been answered, but not for ever: an answer that
 * does not come is settled at the next start, as after a crash.
 */
function stopBeforeQuit(stop: () => Promise<void>, desktop: Desktop): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    const patience = systemClock.sleep(patienceMs, new AbortController().signal);
    void Promise.race([stop(), patience]).finally(() => {
      desktop.leave();
      endProcess();
    });
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

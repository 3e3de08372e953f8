import { defaultCatalogRules } from '../../contract/catalogRules';
import { desktopSettingsSchema, mailSettingsSchema } from '../../contract/mail';
import { defaultRules } from '../../contract/rules';
import type { AppSettings, SettingsStore } from '../../main/settings/settingsStore';

/** The settings of a program that has just been installed, without a file. */
export function memorySettings(): SettingsStore {
  let current: AppSettings = {
    version: 1,
    mode: 'live',
    locale: null,
    automatic: { on: true, everyMinutes: 0, pausedUntil: null },
    org: null,
    store: { kind: 'none', baseUrl: '' },
    rules: defaultRules,
    catalog: defaultCatalogRules,
    mail: mailSettingsSchema.parse({}),
    desktop: desktopSettingsSchema.parse({}),
    trayExplained: false,
  };
  const change = (part: Partial<AppSettings>) => {
    current = { ...current, ...part };
  };
  return {
    get: () => current,
    setMode: (mode) => change({ mode }),
    setLocale: (locale) => change({ locale }),
    setAutomatic: (automatic) => change({ automatic }),
    setConnections: (org, store) => change({ org, store }),
    setRules: (rules) => change({ rules }),
    setCatalog: (catalog) => change({ catalog }),
    setMail: (mail) => change({ mail }),
    setDesktop: (desktop) => change({ desktop }),
    setTrayExplained: () => change({ trayExplained: true }),
  };
}

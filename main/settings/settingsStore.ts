import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { type CatalogRules, catalogRulesSchema, defaultCatalogRules } from '../../contract/catalogRules';
import {
  type DesktopSettings,
  desktopSettingsSchema,
  type MailSettings,
  mailSettingsSchema,
} from '../../contract/mail';
import { defaultRules, type OrderRules, orderRulesSchema } from '../../contract/rules';
import {
  type Automatic,
  automaticSchema,
  type Locale,
  localeSchema,
  type Mode,
  modeSchema,
  type OrgSettings,
  type StoreSettings,
  storeSettingsSchema,
} from '../../contract/settings';
import { orgOnFileSchema } from './orgOnFile';

const fileSchema = z.object({
  version: z.literal(1),
  mode: modeSchema,
  /** Null until a person has chosen; the system's language counts then. */
  locale: localeSchema.nullable(),
  /** Older files hold the switch alone. */
  automatic: z.union([
    automaticSchema,
    z.boolean().transform((on): Automatic => ({ on, everyMinutes: 0, pausedUntil: null })),
  ]),
  org: orgOnFileSchema,
  store: storeSettingsSchema,
  rules: orderRulesSchema.prefault({}),
  catalog: catalogRulesSchema.prefault({}),
  mail: mailSettingsSchema.prefault({}),
  desktop: desktopSettingsSchema.prefault({}),
  /** The first closing of the window has been explained. */
  trayExplained: z.boolean().default(false),
});

export type AppSettings = z.infer<typeof fileSchema>;

const defaults: AppSettings = {
  version: 1,
  mode: 'unset',
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

export interface SettingsStore {
  get(): AppSettings;
  setMode(mode: Mode): void;
  setLocale(locale: Locale): void;
  setAutomatic(automatic: Automatic): void;
  setConnections(org: OrgSettings, store: StoreSettings): void;
  setRules(rules: OrderRules): void;
  setCatalog(catalog: CatalogRules): void;
  setMail(mail: MailSettings): void;
  setDesktop(desktop: DesktopSettings): void;
  setTrayExplained(): void;
}

/**
 * The settings file `settings.json` in `folder`, without any secret. A file that cannot be read is put
 * aside under another name, never overwritten, and the program starts with blank settings.
 */
export function openSettings(folder: string, now: () => number): SettingsStore {
  const { file, settings } = load(folder, now);
  let current = settings;

  function change(part: Partial<AppSettings>): void {
    current = { ...current, ...part };
    file.store = current;
  }

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

function load(folder: string, now: () => number) {
  const opened = tryOpen(folder);
  if (opened !== null) return opened;
  putAside(folder, now);
  const fresh = tryOpen(folder);
  if (fresh === null) throw new Error(`settings in ${folder} cannot be written`);
  return fresh;
}

function tryOpen(folder: string) {
  try {
    const file = new ElectronStore({ cwd: folder, name: 'settings', defaults });
    const parsed = fileSchema.safeParse(file.store);
    return parsed.success ? { file, settings: parsed.data } : null;
  } catch (error) {
    // electron-store throws a SyntaxError on a file that is no JSON; anything else is not ours to hide.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function putAside(folder: string, now: () => number): void {
  const path = join(folder, 'settings.json');
  if (existsSync(path)) renameSync(path, join(folder, `settings.damaged-${now()}.json`));
}

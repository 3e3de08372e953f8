import { ok } from '../../contract/problem';
import type { Automatic, Locale, Mode } from '../../contract/settings';
import type { Status } from '../../contract/status';
import type { Handlers } from './handlers';

export interface AppDeps {
  status: () => Status;
  setLocale: (locale: Locale) => void;
  setMode: (mode: Mode) => Promise<void>;
  setAutomatic: (automatic: Automatic) => Promise<void>;
}

type Names = Extract<keyof Handlers, `app.${string}` | 'status.get'>;

export function appHandlers(deps: AppDeps): Pick<Handlers, Names> {
  return {
    'status.get': () => ok(deps.status()),
    'app.setLocale': (locale) => ok(deps.setLocale(locale)),
    'app.setMode': async (mode) => ok(await deps.setMode(mode)),
    'app.setAutomatic': async (automatic) => ok(await deps.setAutomatic(automatic)),
  };
}

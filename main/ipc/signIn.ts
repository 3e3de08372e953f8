import { failed, ok, problem } from '../../contract/problem';
import type { Connections } from '../settings/connections';
import type { Handlers } from './handlers';

type Names = Extract<keyof Handlers, `signIn.${string}`>;

/** Signing in with the person's browser; the window only starts it, calls it off, and is told how it goes. */
export function signInHandlers(deps: { connections: () => Connections | null }): Pick<Handlers, Names> {
  const desk = () => deps.connections()?.browserSignIn ?? null;
  return {
    'signIn.get': () => ok(desk()?.state() ?? { state: 'idle' }),
    'signIn.start': async () => {
      const current = desk();
      return current === null ? failed(problem('settings.incomplete')) : ok(await current.start());
    },
    'signIn.cancel': () => ok(desk()?.cancel()),
  };
}

import { failed, ok, problem } from '../../contract/problem';
import type { ImportSession } from '../engine/import/session';
import type { Handlers } from './handlers';

export interface ImportDeps {
  session: () => ImportSession | null;
  /** Lets the person choose a file; null when they think better of it. */
  chooseFile: () => Promise<string | null>;
}

type Names = Extract<keyof Handlers, `import.${string}`>;

const closed = () => failed(problem('settings.incomplete'));

export function importHandlers(deps: ImportDeps): Pick<Handlers, Names> {
  return {
    'import.pickFile': async () => {
      const session = deps.session();
      if (session === null) return closed();
      const path = await deps.chooseFile();
      return path === null ? ok(null) : session.open(path);
    },
    'import.preview': async ({ fileId, mapping }) =>
      (await deps.session()?.preview(fileId, mapping)) ?? closed(),
    'import.orders': ({ fileId, verdict, offset, limit }) =>
      deps.session()?.orders(fileId, { verdict, offset, limit }) ?? closed(),
    'import.run': async ({ fileId }) => (await deps.session()?.run(fileId)) ?? closed(),
    'import.close': ({ fileId }) => ok(deps.session()?.close(fileId)),
  };
}

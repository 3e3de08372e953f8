import { ok } from '../../contract/problem';
import type { LogBook } from '../engine/ports';
import type { Handlers } from './handlers';

export function logHandlers(deps: { journal: () => LogBook | null }): Pick<Handlers, 'log.list'> {
  return {
    'log.list': (query) => ok(deps.journal()?.list(query) ?? { entries: [], total: 0 }),
  };
}

import { ok } from '../../contract/problem';
import type { Savings } from '../engine/export/savings';
import type { Handlers } from './handlers';

/** Files that are being saved. */
export function savingHandlers(
  savings: Pick<Savings, 'cancel'>,
): Pick<Handlers, Extract<keyof Handlers, `saving.${string}`>> {
  return {
    'saving.cancel': async ({ id }) => ok({ cancelled: await savings.cancel(id) }),
  };
}

import type { Problem } from '../../../contract/problem';
import type { Clock } from '../ports';
import { longestWaitMs } from './backoff';
import { type QueuedOrder, triesOf } from './outbox';

/** With the waits between them, so many tries take about a quarter of an hour. */
const mostTries = 10;

/** Trouble that is older than this is over: every order is tried more often. */
const freshMs = 2 * longestWaitMs;

interface Trouble {
  /** How many orders had been written when this one first got nowhere. */
  written: number;
  /** At its last try others had got through meanwhile, or there was no other to tell by. */
  ownFault: boolean;
  at: number;
}

/**
 * Tells an order that will not get through from an org that lets nothing through. The first needs a person, who
 * must not learn of it after ten hours of tries (research/anchors.md 7.3); the second needs waiting.
 */
export function createPatience(clock: Pick<Clock, 'now'>) {
  const troubles = new Map<number, Trouble>();
  let written = 0;

  return {
    gotThrough(orderId: number): void {
      written += 1;
      troubles.delete(orderId);
    },

    gotNowhere(orderId: number): void {
      forgetOld();
      const before = troubles.get(orderId)?.written ?? written;
      const alone = troubles.size === (troubles.has(orderId) ? 1 : 0);
      troubles.set(orderId, { written: before, ownFault: written > before || alone, at: clock.now() });
    },

    /** Why a person has to look: others got through meanwhile, or no other is in trouble. Null: try again. */
    endsWith(order: Pick<QueuedOrder, 'id' | 'status' | 'urgent'>): Problem | null {
      const { id, status, urgent } = order;
      if (status.state !== 'retrying' || urgent || triesOf(order) < mostTries) return null;
      return troubles.get(id)?.ownFault ? status.problem : null;
    },
  };

  function forgetOld(): void {
    for (const [id, { at }] of troubles) if (clock.now() - at > freshMs) troubles.delete(id);
  }
}

export type Patience = ReturnType<typeof createPatience>;

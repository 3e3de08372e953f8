import type { Automatic } from '../../../contract/settings';
import { slotOf, startOf } from '../slots';

/** Whether the automatic export may send now; if not, when it may next (null: when a person says so). */
export type Turn = { open: true } | { open: false; opensAt: number | null };

/**
 * Tells when the automatic export has its turn. A slot's run ends when the queue is empty, and there is at most one
 * a slot: counted in UTC, so that neither a changed clock nor a long sleep brings two, or none.
 */
export function createSchedule(settings: () => Automatic) {
  let drainedSlot: number | null = null;

  return {
    turn(now: number): Turn {
      const { on, everyMinutes, pausedUntil } = settings();
      if (!on) return { open: false, opensAt: null };
      if (pausedUntil !== null && now < pausedUntil) return { open: false, opensAt: pausedUntil };
      if (everyMinutes === 0) return { open: true };
      const slot = slotOf(now, everyMinutes);
      if (drainedSlot === null || slot !== drainedSlot) return { open: true };
      return { open: false, opensAt: startOf(slot + 1, everyMinutes) };
    },

    /** The queue is empty: this slot has had its run. */
    drained(now: number): void {
      const { everyMinutes } = settings();
      drainedSlot = everyMinutes === 0 ? null : slotOf(now, everyMinutes);
    },
  };
}

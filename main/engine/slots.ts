const minuteMs = 60_000;

/*
 * Slots divide time since 1970, in UTC, into stretches of so many minutes: neither summer time nor a long sleep moves
 * them, and every computer has the same ones.
 */

/** The slot that an instant lies in. */
export const slotOf = (instant: number, everyMinutes: number): number =>
  Math.floor(instant / (everyMinutes * minuteMs));

/** When a slot begins. */
export const startOf = (slot: number, everyMinutes: number): number => slot * everyMinutes * minuteMs;

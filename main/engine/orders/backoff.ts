import type { Random } from '../ports';

export interface BackoffLimits {
  firstMs: number;
  maxMs: number;
}

/** No order waits longer for its next try. One that seems to has been put there by a clock since set back. */
export const longestWaitMs = 10 * 60_000;

/**
 * How long to wait before try number `tries + 1`: doubling from `firstMs` to `maxMs`, the upper half of it
 * by chance, so that many desktops do not come back at the same moment.
 */
export function backoff(tries: number, limits: BackoffLimits, random: Random): number {
  const full = Math.min(limits.maxMs, limits.firstMs * 2 ** Math.min(30, Math.max(0, tries - 1)));
  return Math.round(full / 2 + (full / 2) * random());
}

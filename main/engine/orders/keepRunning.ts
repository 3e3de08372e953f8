import type { Clock } from '../ports';

/** Long enough not to spin on a full disk, short enough to be back before anyone notices. */
const restartMs = 5_000;

/**
 * Runs a loop that is meant to last as long as the program. What nobody expected (a full disk, a locked
 * database) must not end it in silence: it is reported, and the loop begins anew, from what is on disk.
 */
export async function keepRunning(
  loop: (signal: AbortSignal) => Promise<void>,
  deps: { clock: Clock; report: (error: unknown) => void },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await loop(signal);
    } catch (error) {
      deps.report(error);
      await deps.clock.sleep(restartMs, signal);
    }
  }
}

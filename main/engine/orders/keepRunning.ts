import { type Problem, problem } from '../../../contract/problem';
import type { Clock } from '../ports';

/** Long enough not to spin on a full disk, short enough to be back before anyone notices. */
const restartMs = 5_000;

/**
 * Runs a loop that is meant to last as long as the program. What nobody expected (a full disk, a locked
 * database) must not end it in silence: it is reported and shown, and the loop begins anew, from what is on disk.
 */
export async function keepRunning(
  loop: (signal: AbortSignal) => Promise<void>,
  deps: {
    clock: Clock;
    report: (error: unknown) => void;
    broken?: (reason: Problem, waitMs: number) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await loop(signal);
    } catch (error) {
      deps.report(error);
      deps.broken?.(problemOf(error), restartMs);
      await deps.clock.sleep(restartMs, signal);
    }
  }
}

function problemOf(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return problem(isDiskFull(error) ? 'app.diskFull' : 'app.unexpected', {}, { detail });
}

/** SQLite's own code for it (https://www.sqlite.org/rescode.html#full), or the system's. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return Reflect.get(error, 'errcode') === 13 || Reflect.get(error, 'code') === 'ENOSPC';
}

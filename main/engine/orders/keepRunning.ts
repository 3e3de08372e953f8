import { type Problem, problem } from '../../../contract/problem';
import type { Clock } from '../ports';

/** Long enough not to spin on a full disk, short enough to be back before anyone notices. */
const restartMs = 5_000;

interface LoopDeps {
  clock: Clock;
  report: (error: unknown) => void;
  broken?: (reason: Problem, waitMs: number) => void;
}

/**
 * A loop that is meant to last as long as the program, begun and ended as a person's choices have it. What nobody
 * expected (a full disk, a locked database) must not end it in silence: it is reported and shown, and the loop
 * begins anew, from what is on disk.
 */
export function keepRunning(loop: (signal: AbortSignal) => Promise<void>, deps: LoopDeps) {
  let stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    start(): void {
      stopped = new AbortController();
      running = runAgain(loop, deps, stopped.signal);
    },
    async stop(): Promise<void> {
      stopped.abort();
      await running;
    },
  };
}

async function runAgain(
  loop: (signal: AbortSignal) => Promise<void>,
  deps: LoopDeps,
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

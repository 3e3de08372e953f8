import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Pause } from '../../engine/import/table';

/** Work done in one go, in ms. The window is served in between; 50 is the most it may ever wait. */
const stretchMs = 10;

/**
 * A pause to be awaited often: it costs next to nothing until the stretch is over, then lets the event loop
 * turn once. Rejects with the signal's reason when that has been aborted.
 */
export function createPacer(signal?: AbortSignal): Pause {
  let startedAt = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - startedAt < stretchMs) return;
    await setImmediate();
    startedAt = performance.now();
  };
}

import type { Clock } from '../../main/engine/ports';

/** A clock that stands still until `advance` jumps to the next sleeper. */
export interface VirtualClock extends Clock {
  /** Lets everything run that can, then jumps to the earliest sleeper's end. False when nobody sleeps. */
  advance(): Promise<boolean>;
  /** Time that passes while something else is being done: nobody is woken. */
  pass(ms: number): void;
}

export function createVirtualClock(start = 1_800_000_000_000): VirtualClock {
  let now = start;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { until: now + ms, wake };
        function wake(): void {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          resolve();
        }
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', wake, { once: true });
        sleepers.add(sleeper);
      }),
    pass(ms) {
      now += ms;
    },
    async advance() {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const next = [...sleepers].sort((a, b) => a.until - b.until)[0];
      if (next === undefined || next.until === Number.POSITIVE_INFINITY) return false;
      now = Math.max(now, next.until);
      next.wake();
      return true;
    },
  };
}

import type { Clock } from '../ports';

/**
 * A sleep that can be cut short: `wake` ends the current one, and a wake that comes while nobody sleeps is
 * remembered, so that none is lost between a look at the queue and the sleep after it.
 */
export function createAlarmClock(clock: Clock) {
  let current: AbortController | null = null;
  let woken = false;
  return {
    wake(): void {
      woken = true;
      current?.abort();
    },
    async sleep(ms: number, signal: AbortSignal): Promise<void> {
      if (!woken && !signal.aborted) {
        const controller = new AbortController();
        const stop = () => controller.abort();
        current = controller;
        signal.addEventListener('abort', stop, { once: true });
        await clock.sleep(ms, controller.signal);
        signal.removeEventListener('abort', stop);
        current = null;
      }
      woken = false;
    },
  };
}

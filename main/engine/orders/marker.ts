import type { Clock, Journal, Org, Store } from '../ports';
import { createAlarmClock } from './alarmClock';
import { keepRunning } from './keepRunning';
import type { Outbox } from './outbox';

export interface MarkerDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  store: Store;
  org: Org;
  outbox: Outbox;
  journal: Journal;
  clock: Clock;
}

const batchSize = 50;
const retryMs = 30_000;

/**
 * Tells the store which of its orders have reached the org. Behind the export and apart from it: a store
 * that cannot be told never holds an export up, and is told when it is back.
 */
export function createMarker(deps: MarkerDeps) {
  const alarm = createAlarmClock(deps.clock);

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await alarm.sleep(await step(signal), signal);
  }

  async function step(signal: AbortSignal): Promise<number> {
    const orders = await deps.outbox.unmarked(batchSize);
    for (const order of orders) {
      const mark = { reference: order.orgNumber ?? order.orgId, url: deps.org.orderUrl(order.orgId) };
      const told = await deps.store.markExported(order.number, mark, signal);
      if (signal.aborted) return 0;
      if (!told.ok && told.problem.class !== 'data' && told.problem.class !== 'setup') return retryMs;
      await deps.outbox.marked(order.id);
      if (!told.ok) {
        await deps.journal.record({
          at: deps.clock.now(),
          level: 'warning',
          event: 'order.markFailed',
          params: { number: order.number },
          problem: told.problem,
          orderId: order.id,
        });
      }
    }
    return orders.length === batchSize ? 0 : Number.POSITIVE_INFINITY;
  }

  const loop = keepRunning(run, deps);

  return {
    start: loop.start,
    wake: alarm.wake,
    stop: loop.stop,
  };
}

import type { Problem } from '../../../contract/problem';
import type { Announcer, Clock, Journal, Random, Store } from '../ports';
import { createAlarmClock } from './alarmClock';
import { createGate } from './gate';
import { keepRunning } from './keepRunning';
import type { Outbox } from './outbox';

export interface IntakeDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  store: Store;
  /** Names the feed in the database, so that another store starts with a cursor of its own. */
  feed: string;
  outbox: Outbox;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  random: Random;
  /** Called when orders are on disk. */
  onOrders: () => void;
}

const pageSize = 100;
/** How long the store may hold its answer until there is an order. */
const longPollSeconds = 20;
/** A store that answers an empty page at once is not asked more often than this. */
const quietMs = 2_000;

/**
 * Brings confirmed orders from the store's feed into the outbox, by cursor. Orders and cursor reach the
 * disk together, before the next page is asked for: a crash anywhere repeats a page at worst, and a
 * repeated order is known by its number (design, Orders 1).
 */
export function createIntake(deps: IntakeDeps) {
  const gate = createGate('store', deps);
  const alarm = createAlarmClock(deps.clock);

  async function run(signal: AbortSignal): Promise<void> {
    let cursor = await deps.outbox.cursor(deps.feed);
    // The first page is asked for without waiting, so that the link's state shows at once.
    let waitSeconds = 0;
    while (!signal.aborted) {
      if (gate.waitMs() > 0) {
        await alarm.sleep(gate.waitMs(), signal);
        continue;
      }
      const asked = deps.clock.now();
      const page = await deps.store.orders(cursor, { limit: pageSize, waitSeconds, signal });
      if (signal.aborted) return;
      if (!page.ok) {
        waitSeconds = 0;
        await gate.closed(page.problem, retryAfterMs(page.problem));
        continue;
      }
      await gate.opened();
      if (page.value.items.length > 0 || page.value.cursor !== cursor) await takeIn(page.value);
      cursor = page.value.cursor;
      waitSeconds = longPollSeconds;
      const quick = page.value.items.length === 0 && deps.clock.now() - asked < quietMs;
      if (quick && !page.value.more) await alarm.sleep(quietMs, signal);
    }
  }

  async function takeIn(page: { items: Parameters<Outbox['takeIn']>[0]; cursor: string }): Promise<void> {
    const taken = await deps.outbox.takeIn(
      page.items,
      { kind: 'store', feed: deps.feed, cursor: page.cursor },
      deps.clock.now(),
    );
    const news = [...taken.added, ...taken.changed];
    if (news.length === 0) return;
    deps.announcer.ordersChanged(news.map(({ id }) => id));
    deps.onOrders();
  }

  const loop = keepRunning(run, deps);

  return {
    link: gate.link,
    start: loop.start,
    /** Asks the store at once, whatever it was waiting for. */
    wake(): void {
      gate.tryNow();
      alarm.wake();
    },
    stop: loop.stop,
  };
}

/** A store that asks to slow down says for how many seconds. */
function retryAfterMs(reason: Problem): number | undefined {
  const seconds = Number(reason.params['value']);
  return reason.code === 'store.rateLimited' && seconds > 0 ? seconds * 1000 : undefined;
}

import { problem } from '../../../contract/problem';
import type { Announcer, Clock, Journal, Org, Random } from '../ports';
import { createAlarmClock } from './alarmClock';
import { createGate } from './gate';
import { keepRunning } from './keepRunning';
import type { Outbox, QueuedOrder } from './outbox';
import { createReconciler } from './reconcile';
import { createSender } from './send';

export interface ExporterDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  outbox: Outbox;
  org: Org;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  random: Random;
  /** Read anew for every batch, so that changed settings need no restart. */
  settings: () => { identifier: string; automatic: boolean };
  /** Called when orders have reached the org. */
  onExported: () => void;
}

/** Orders taken up at a time: their prices and buyers are looked up together. */
const batchSize = 40;
/** Orders written at the same time; Salesforce has no limit for calls under 20 s (salesforce.md 1.4). */
const writersAtOnce = 4;

/**
 * Moves the outbox's orders into the org: first what is in doubt is looked up, then what is due is sent.
 * One queue for what goes by itself and for what people ask for, so that the two can never overlap.
 */
export function createExporter(deps: ExporterDeps) {
  const gate = createGate('org', deps);
  const alarm = createAlarmClock(deps.clock);
  const reconciler = createReconciler({ ...deps, gate });
  const sender = createSender({ ...deps, gate, reconciler });
  let stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(signal: AbortSignal): Promise<void> {
    await recover();
    while (!signal.aborted) await alarm.sleep(await step(signal), signal);
  }

  async function recover(): Promise<void> {
    const at = deps.clock.now();
    const count = await deps.outbox.recover({
      type: 'interrupted',
      at,
      problem: problem('org.answerLost'),
    });
    if (count > 0) deps.announcer.ordersChanged([]);
  }

  /** One batch; the answer is how long to wait before the next. */
  async function step(signal: AbortSignal): Promise<number> {
    const wait = gate.waitMs();
    if (wait > 0) return wait;
    const options = { urgentOnly: !deps.settings().automatic };
    const now = deps.clock.now();
    const due = await deps.outbox.due(now, { ...options, limit: batchSize });
    if (due.length === 0) {
      if (gate.link().state !== 'up') return probe(signal);
      const next = await deps.outbox.nextDueAt(now, options);
      return next === null ? Number.POSITIVE_INFINITY : Math.max(1, next - now);
    }
    const inDoubt = due.filter((one) => one.status.state === 'unknown');
    if (inDoubt.length > 0) await reconciler.lookUp(inDoubt, signal);
    else await sendAll(due, signal);
    return 0;
  }

  /** With nothing to send, a small question tells whether the org is there. */
  async function probe(signal: AbortSignal): Promise<number> {
    const answer = await deps.org.ping(signal);
    if (signal.aborted) return 0;
    if (answer.ok) await gate.opened();
    else await gate.closed(answer.problem);
    return 0;
  }

  async function sendAll(due: QueuedOrder[], signal: AbortSignal): Promise<void> {
    const batch = await sender.prepareBatch(due, signal);
    if (batch === null) return;
    const lanes = byBuyer(due, batch.buyerKeyOf);
    await Promise.all(
      Array.from({ length: Math.min(writersAtOnce, lanes.length) }, async () => {
        for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
          for (const order of lane) {
            if (signal.aborted || gate.waitMs() > 0) return;
            if ((await batch.send(order)) === 'exported') deps.onExported();
          }
        }
      }),
    );
  }

  return {
    link: gate.link,
    start(): void {
      stopped = new AbortController();
      running = keepRunning(run, deps, stopped.signal);
    },
    /** There may be something to do. */
    wake: alarm.wake,
    /** The same, and a closed gate is tried once more: a person asked, settings changed, the network is back. */
    tryNow(): void {
      gate.tryNow();
      alarm.wake();
    },
    async stop(): Promise<void> {
      stopped.abort();
      await running;
    },
  };
}

/** Orders of one buyer go one after the other: they would make the same new buyer, or lock its record. */
function byBuyer(orders: QueuedOrder[], keyOf: (order: QueuedOrder) => string): QueuedOrder[][] {
  const lanes = new Map<string, QueuedOrder[]>();
  for (const order of orders) {
    const lane = lanes.get(keyOf(order));
    if (lane === undefined) lanes.set(keyOf(order), [order]);
    else lane.push(order);
  }
  return [...lanes.values()];
}

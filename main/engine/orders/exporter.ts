import { problem } from '../../../contract/problem';
import type { Announcer, Clock, Journal, Org, Random } from '../ports';
import { createAlarmClock } from './alarmClock';
import { createGate } from './gate';
import { keepRunning } from './keepRunning';
import type { Outbox, QueuedOrder } from './outbox';
import { createReconciler } from './reconcile';
import { createSchedule } from './schedule';
import { createSender } from './send';
import type { ExportSettings } from './settings';

export interface ExporterDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  outbox: Outbox;
  org: Org;
  journal: Journal;
  announcer: Announcer;
  clock: Clock;
  random: Random;
  settings: () => ExportSettings;
  /** Called when orders have reached the org. */
  onExported: () => void;
}

/** Orders taken up at a time: their prices and buyers are looked up together, and they are packed together. */
const batchSize = 200;

/** The clock may be set, and timers stand still while the computer sleeps: it looks again after this at the latest. */
const longestSleepMs = 60_000;

/**
 * Moves the outbox's orders into the org: first what is in doubt is looked up, then what is due is sent.
 * One queue for what goes by itself and for what people ask for, so that the two can never overlap.
 */
export function createExporter(deps: ExporterDeps) {
  const gate = createGate('org', deps);
  const alarm = createAlarmClock(deps.clock);
  const schedule = createSchedule(() => deps.settings().automatic);
  const reconciler = createReconciler({ ...deps, gate });
  const sender = createSender({ ...deps, gate, reconciler });
  /** A person waits: a batch that goes by itself makes room after the calls that are on their way. */
  let personWaits = false;

  async function run(signal: AbortSignal): Promise<void> {
    await recover();
    while (!signal.aborted) await alarm.sleep(Math.min(await step(signal), longestSleepMs), signal);
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
    personWaits = false;
    const now = deps.clock.now();
    const turn = schedule.turn(now);
    const due = await deps.outbox.due(now, { urgentOnly: !turn.open, limit: batchSize });
    if (due.length === 0) return idle(turn.open, now, signal);
    await handle(due, signal);
    return 0;
  }

  async function handle(due: readonly QueuedOrder[], signal: AbortSignal): Promise<void> {
    const inDoubt = due.filter((one) => one.status.state === 'unknown');
    if (inDoubt.length > 0) return reconciler.lookUp(inDoubt, signal);
    // What people asked for comes first in the queue, and goes without the rest.
    const urgent = due.filter((one) => one.urgent);
    if (urgent.length > 0) return sender.send(urgent, signal, () => false);
    return sender.send([...due], signal, () => personWaits);
  }

  /** Nothing was due at this instant: how long until there is. An order that is due by now has to count. */
  async function idle(automatic: boolean, now: number, signal: AbortSignal): Promise<number> {
    if (automatic) schedule.drained(now);
    const turn = schedule.turn(now);
    const next = await deps.outbox.nextDueAt(now, { urgentOnly: !turn.open });
    // What a question could tell is known already where writes are in doubt: the next write will show.
    const nextShows = gate.doubtsWrites() && next !== null;
    if (gate.link().state !== 'up' && !nextShows) return probe(signal);
    const times = [next, turn.open ? null : turn.opensAt].filter((time) => time !== null);
    return times.length === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.min(...times) - deps.clock.now());
  }

  /** With nothing to send, a small question tells whether the org is there. */
  async function probe(signal: AbortSignal): Promise<number> {
    const answer = await deps.org.ping(signal);
    if (signal.aborted) return 0;
    if (answer.ok) await gate.opened();
    else await gate.closed(answer.problem);
    return 0;
  }

  const loop = keepRunning(run, { ...deps, broken: gate.broken });

  return {
    link: gate.link,
    start: loop.start,
    /** There may be something to do. */
    wake: alarm.wake,
    /** The same, and a closed gate is tried once more: a person asked, settings changed, the network is back. */
    tryNow(): void {
      personWaits = true;
      gate.tryNow();
      alarm.wake();
    },
    stop: loop.stop,
  };
}

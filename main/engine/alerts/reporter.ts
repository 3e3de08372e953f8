import { createAlarmClock } from '../orders/alarmClock';
import { keepRunning } from '../orders/keepRunning';
import type { Clock } from '../ports';
import { type Digest, type DigestRules, decide } from './digest';
import type { AlertBook, Conditions, Letter } from './ports';

export interface ReporterDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  book: AlertBook;
  clock: Clock;
  conditions: () => Conditions;
  /** Null while nobody wants mail. Read anew every time. */
  rules: () => DigestRules | null;
  compose: (digest: Digest) => Letter;
  newMessageId: () => string;
  /** Called when a mail is on disk. */
  onQueued: () => void;
}

/** A backlog changes many orders a second; it is looked at no more often than this. */
const lookMs = 1_000;

/** Watches what needs a person and puts mails about it into the queue; it never sends any itself. */
export function createReporter(deps: ReporterDeps) {
  const alarm = createAlarmClock(deps.clock);

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await alarm.sleep(await look(), signal);
      await deps.clock.sleep(lookMs, signal);
    }
  }

  /** The answer is how long nothing needs to be looked at, unless something happens. */
  async function look(): Promise<number> {
    const rules = deps.rules();
    if (rules === null) return Number.POSITIVE_INFINITY;
    const at = deps.clock.now();
    const { digest, nextAt } = await deps.book.report(deps.conditions(), at, (situation) => {
      const decision = decide(situation, rules, at);
      const letter =
        decision.digest === null
          ? null
          : { ...deps.compose(decision.digest), messageId: deps.newMessageId() };
      return { ...decision, letter };
    });
    if (digest !== null) {
      deps.onQueued();
      return 0;
    }
    return nextAt === null ? Number.POSITIVE_INFINITY : Math.max(0, nextAt - at);
  }

  const loop = keepRunning(run, deps);

  return {
    start: loop.start,
    /** Orders, links or settings have changed. */
    wake: alarm.wake,
    stop: loop.stop,
  };
}

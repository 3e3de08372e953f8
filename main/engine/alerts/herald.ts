import type { Link, LogEntry, LogEvent } from '../../../contract/status';
import type { ScheduleHealth } from '../catalog/scheduleHealth';
import { createAlarmClock } from '../orders/alarmClock';
import { keepRunning } from '../orders/keepRunning';
import type { Clock } from '../ports';
import {
  dueNotices,
  type Gathering,
  linkChanged,
  type Notice,
  type NoticeState,
  orderHeard,
  quiet,
  scheduleChanged,
} from './noticeRules';
import type { Side } from './ports';

export interface HeraldDeps {
  /** Hears of what nobody expected; the work goes on all the same. */
  report: (error: unknown) => void;
  clock: Clock;
  /** Whether a person asked for the order's last try: they are looking at it already. */
  askedByPerson: (orderId: number) => boolean;
  show: (notice: Notice) => void;
}

/** Entries of the log that a person should hear of. */
const heard: ReadonlyMap<LogEvent, Gathering> = new Map([
  ['order.failed', 'failed'],
  ['order.editedAfterExport', 'changed'],
  ['order.cancelledAfterExport', 'changed'],
]);

/** Turns what goes wrong into notifications: gathered, once, and none for what a person did themself. */
export function createHerald(deps: HeraldDeps) {
  const alarm = createAlarmClock(deps.clock);
  let state: NoticeState = quiet;

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = deps.clock.now();
      const due = dueNotices(state, now);
      state = due.state;
      due.notices.forEach(deps.show);
      await alarm.sleep(due.nextAt === null ? Number.POSITIVE_INFINITY : due.nextAt - now, signal);
    }
  }

  const loop = keepRunning(run, deps);

  return {
    /** An entry has gone into the log. */
    heard(entry: LogEntry): void {
      const { event, orderId, params, problem } = entry;
      const what = heard.get(event);
      if (what === undefined || orderId === null) return;
      if (what === 'failed' && deps.askedByPerson(orderId)) return;
      const number = String(params['number'] ?? '?');
      state = orderHeard(state, what, { id: orderId, number, problem }, deps.clock.now());
      alarm.wake();
    },
    linkChanged(side: Side, link: Link): void {
      const changed = linkChanged(state, side, link, deps.clock.now());
      state = changed.state;
      changed.notices.forEach(deps.show);
      alarm.wake();
    },
    scheduleChanged(health: ScheduleHealth): void {
      const changed = scheduleChanged(state, health);
      state = changed.state;
      changed.notices.forEach(deps.show);
    },
    start: loop.start,
    stop: loop.stop,
  };
}

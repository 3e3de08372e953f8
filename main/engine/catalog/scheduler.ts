import type { Run, UpdateChoice } from '../../../contract/catalog';
import type { CatalogRules, UpdatePart } from '../../../contract/catalogRules';
import type { ScheduleObstacle, ScheduleView } from '../../../contract/catalogSchedule';
import { createAlarmClock } from '../orders/alarmClock';
import { keepRunning } from '../orders/keepRunning';
import { slotOf, startOf } from '../slots';
import type { CatalogDeps } from './deps';
import { tellSchedule } from './log';
import type { RunBook, SlotBook } from './ports';
import { isForgotten, obstacleOf, retryAt, type Turn, turnAt } from './schedule';
import { healthOf, reasonOf, type ScheduleHealth } from './scheduleHealth';
import type { Updates } from './updates';

export interface SchedulerDeps
  extends Pick<CatalogDeps, 'rules' | 'journal' | 'clock' | 'changed' | 'report'> {
  updates: Pick<Updates, 'current' | 'begin' | 'atRest' | 'cancel' | 'drop' | 'stop'>;
  runs: Pick<RunBook, 'get'>;
  slots: SlotBook;
  /** The settings' warehouse and companies. Read anew for every update. */
  choice: () => Pick<UpdateChoice, 'warehouse' | 'companies'>;
  /** A person is needed, or no longer. */
  healthChanged: (health: ScheduleHealth) => void;
}

/** A slot whose reading failed for a reason that passes, and when it is made once more. */
interface Retry {
  startsAt: number;
  tries: number;
  at: number;
}

type Schedule = CatalogRules['schedule'];

/** The clock may be set, and timers stand still while the computer sleeps: it looks again after this at the latest. */
const longestSleepMs = 60_000;
const minutesOfDay = 1440;
/** How soon it looks again when something stands in the way. */
const lookAgainMs = 5_000;

/**
 * Begins updates by themselves, one a slot at the most: a slot is noted on disk as taken before its update begins. What
 * stands in the way is waited for while the slot lasts; a slot that was slept through is over.
 */
export function createScheduler(deps: SchedulerDeps) {
  const { updates, slots, runs, clock } = deps;
  const alarm = createAlarmClock(clock);
  let started = false;
  let retry: Retry | null = null;
  /** A slot that is due and has to wait. */
  let kept: { startsAt: number; obstacle: ScheduleObstacle } | null = null;
  /** That slots pass unused has been told, and none has been used since. */
  let passingTold = false;
  /** What the log says that updates write; not known before the first look. */
  let toldPart: UpdatePart | null = null;
  let lastHealth = '';

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const wait = await step(signal);
      look();
      await alarm.sleep(Math.min(wait, longestSleepMs), signal);
    }
  }

  /** One look at the clock; the answer is how long there is nothing to do. */
  async function step(signal: AbortSignal): Promise<number> {
    const { schedule } = deps.rules();
    await takeUp(schedule);
    const now = clock.now();
    if (retry !== null && retry.startsAt !== slotStart(schedule, now)) retry = null;
    const turn = await turnOf(schedule, now);
    if (kept !== null && (turn.kind !== 'due' || turn.startsAt !== kept.startsAt)) await tellPassed(kept);
    if (turn.kind === 'off') return Number.POSITIVE_INFINITY;
    if (turn.kind === 'wait') return Math.max(1, turn.until - now);
    const obstacle = obstacleOf(updates.current(), now);
    if (obstacle === null) return begin(turn.startsAt, schedule, signal);
    if (kept === null) deps.changed();
    kept = { startsAt: turn.startsAt, obstacle };
    return lookAgainMs;
  }

  /** Turned on, or to another interval, the schedule begins with the next slot: nobody expects an update at that moment. */
  async function takeUp(schedule: Schedule): Promise<void> {
    const { on, everyMinutes, part } = schedule;
    const interval = on ? everyMinutes : null;
    // Settings change while the program runs: what it finds at its start has been told.
    const isOtherPart = on && toldPart !== null && toldPart !== part;
    toldPart = part;
    if (interval === (await slots.interval())) {
      if (isOtherPart) await tellTaken(schedule);
      return;
    }
    const now = clock.now();
    await slots.setInterval(interval, slotStart(schedule, now), now);
    retry = null;
    kept = null;
    passingTold = false;
    await tellTaken(schedule);
    deps.changed();
  }

  /** The log hears what the settings ask for now. */
  const tellTaken = ({ on, everyMinutes, part }: Schedule): Promise<void> =>
    on
      ? tellSchedule(deps, 'info', 'schedule.on', { count: minutesOfDay / everyMinutes, part })
      : tellSchedule(deps, 'info', 'schedule.off', { part });

  /** The turn by the clock, or that of a reading that is to be made once more. */
  async function turnOf(schedule: Schedule, now: number): Promise<Turn> {
    const startsAt = slotStart(schedule, now);
    if (schedule.on && retry?.startsAt === startsAt)
      return retry.at <= now ? { kind: 'due', startsAt } : { kind: 'wait', until: retry.at };
    return turnAt(now, schedule, new Set(await slots.takenFrom(startsAt)));
  }

  async function begin(startsAt: number, schedule: Schedule, signal: AbortSignal): Promise<number> {
    const tries = (retry?.tries ?? 0) + 1;
    if (retry === null && !(await slots.take(startsAt, clock.now()))) return 0;
    retry = null;
    const before = updates.current();
    // Read now: it is cancelled by the time the update has begun.
    const isPlanOfPerson = before?.status.state === 'planned' && before.trigger === 'person';
    await makeWay(before);
    let again: number | null = null;
    const begun = await updates.begin(
      { ...deps.choice(), part: schedule.part, reading: 'auto' },
      {
        applyAtOnce: !schedule.dryRun,
        trigger: 'schedule',
        forgives(reason) {
          again = retryAt(reason, tries, clock.now(), { startsAt, everyMinutes: schedule.everyMinutes });
          return again !== null;
        },
      },
    );
    if (!begun.ok) {
      // Somebody was quicker: the slot waits for them.
      await slots.free(startsAt);
      return lookAgainMs;
    }
    kept = null;
    passingTold = false;
    if (isPlanOfPerson)
      await tellSchedule(deps, 'info', 'schedule.gaveWay', { count: before.summary?.changes ?? 0 });
    const { id } = begun.value;
    await slots.note(startsAt, { kind: 'run', run: id });
    // The program may have begun to end meanwhile: nothing new is to be at work then.
    if (signal.aborted) await updates.stop();
    await updates.atRest();
    await endOf(startsAt, id, again === null ? null : { startsAt, tries, at: again }, signal);
    return 0;
  }

  /** What the update came to. One that was only being read when the program ended is made at the next start. */
  async function endOf(startsAt: number, id: number, next: Retry | null, signal: AbortSignal): Promise<void> {
    const found = await runs.get(id);
    const isCutOff = found?.status.state === 'reading' || found?.status.state === 'comparing';
    if (signal.aborted && (isCutOff || next !== null)) return slots.free(startsAt);
    retry = next;
    if (found === null) await slots.note(startsAt, { kind: next === null ? 'nothing' : 'none' });
    deps.changed();
  }

  /** What gives way to the update that is about to begin; a plan of a person does so when it begins. */
  async function makeWay(latest: Run | null): Promise<void> {
    if (latest?.status.state === 'paused') await updates.cancel(latest.id);
    if (latest?.status.state === 'planned' && latest.trigger === 'schedule') await updates.drop(latest.id);
  }

  /** A slot has gone by unused; told once for as long as it goes on like that. */
  async function tellPassed({ obstacle }: { obstacle: ScheduleObstacle }): Promise<void> {
    kept = null;
    if (passingTold) return;
    passingTold = true;
    if (obstacle === 'paused') await tellSchedule(deps, 'warning', 'schedule.blocked', {});
    else await tellSchedule(deps, 'info', 'schedule.passed', {});
  }

  function health(): ScheduleHealth {
    if (!started) return { state: 'open' };
    const latest = updates.current();
    const { schedule } = deps.rules();
    const now = clock.now();
    if (schedule.on && latest !== null && obstacleOf(latest, now) === 'paused' && isForgotten(latest, now))
      return { state: 'needsPerson', matter: { kind: 'blocked', part: schedule.part } };
    const found = healthOf(latest);
    return found.state === 'well' && retry !== null ? { state: 'open' } : found;
  }

  /** Tells when a person is needed, or no longer. */
  function look(): void {
    const found = health();
    const described = found.state === 'needsPerson' ? reasonOf(found.matter) : found.state;
    if (described === lastHealth) return;
    lastHealth = described;
    deps.healthChanged(found);
  }

  const loop = keepRunning(run, deps);

  return {
    health,
    look,

    async view(): Promise<ScheduleView> {
      const { schedule } = deps.rules();
      const now = clock.now();
      const turn = await turnOf(schedule, now);
      const last = await slots.last();
      return {
        nextAt: turn.kind === 'off' ? null : turn.kind === 'due' ? turn.startsAt : turn.until,
        part: schedule.part,
        waitsFor: turn.kind === 'due' ? obstacleOf(updates.current(), now) : null,
        last: last && { at: last.at, run: last.run === null ? null : await runs.get(last.run) },
      };
    },

    start(): void {
      started = true;
      loop.start();
    },
    /** The settings have changed. */
    wake: alarm.wake,
    /** The computer is awake again, or the network back: a reading that failed is made at once. */
    tryNow(): void {
      if (retry !== null) retry = { ...retry, at: clock.now() };
      alarm.wake();
    },
    /** Ends together with the update at work, which is to be stopped as well. */
    stop: loop.stop,
  };
}

/** When the slot of this instant began. */
const slotStart = ({ everyMinutes }: Schedule, now: number): number =>
  startOf(slotOf(now, everyMinutes), everyMinutes);

export type Scheduler = ReturnType<typeof createScheduler>;

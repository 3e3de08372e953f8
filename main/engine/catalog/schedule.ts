import type { Run } from '../../../contract/catalog';
import type { CatalogRules } from '../../../contract/catalogRules';
import type { ScheduleObstacle } from '../../../contract/catalogSchedule';
import type { Problem } from '../../../contract/problem';
import { slotOf, startOf } from '../slots';

type Schedule = CatalogRules['schedule'];

/** `due`: the slot that is under way, begun at this instant, has not had its run. */
export type Turn = { kind: 'off' } | { kind: 'due'; startsAt: number } | { kind: 'wait'; until: number };

/**
 * Whether an update is due now. `taken` are the beginnings of slots that are used up, this one and later ones: a clock
 * that was set back comes past slots that have had their run, and passes over them. Pure, as all here.
 */
export function turnAt(now: number, { on, everyMinutes }: Schedule, taken: ReadonlySet<number>): Turn {
  if (!on) return { kind: 'off' };
  const present = slotOf(now, everyMinutes);
  for (let slot = present; ; slot += 1) {
    const startsAt = startOf(slot, everyMinutes);
    if (taken.has(startsAt)) continue;
    return slot === present ? { kind: 'due', startsAt } : { kind: 'wait', until: startsAt };
  }
}

/** A plan that waits for a person is left alone for so long; what it says is old by then. */
const planKeptMs = 60 * 60_000;

/** Whether a run began so long ago that nobody can still be looking at it. A clock that was set is no reason to wait. */
export const isForgotten = (run: Run, now: number): boolean => Math.abs(now - run.startedAt) >= planKeptMs;

/**
 * What stands in the way of an update by schedule. A forgotten plan does not, nor does an update by schedule that came to
 * a halt: the next one plans anew what is left of it.
 */
export function obstacleOf(latest: Run | null, now: number): ScheduleObstacle | null {
  if (latest === null) return null;
  const { status, trigger } = latest;
  switch (status.state) {
    case 'reading':
    case 'comparing':
    case 'applying':
      return 'atWork';
    case 'planned':
      return isForgotten(latest, now) ? null : 'plan';
    case 'paused':
      return trigger === 'schedule' && status.problem !== null ? null : 'paused';
    default:
      return null;
  }
}

const minuteMs = 60_000;
const retryMs = [1, 2, 4, 8, 15].map((minutes) => minutes * minuteMs);

/**
 * When a reading that failed is made once more: for trouble that passes by itself, a few times, within its slot. Null
 * when it is for a person to hear of.
 */
export function retryAt(
  reason: Problem,
  tries: number,
  now: number,
  slot: { startsAt: number; everyMinutes: number },
): number | null {
  if (reason.class !== 'transient' && reason.class !== 'quota') return null;
  const wait = retryMs[tries - 1];
  if (wait === undefined || now + wait >= slot.startsAt + slot.everyMinutes * minuteMs) return null;
  return now + wait;
}

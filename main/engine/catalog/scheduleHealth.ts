import type { GuardStop, Run } from '../../../contract/catalog';
import type { UpdatePart } from '../../../contract/catalogRules';
import type { Problem } from '../../../contract/problem';

/** What an update by schedule needs a person for. */
type Need =
  /** A dry run's plan; as it is meant to be. */
  | { kind: 'planned'; count: number }
  /** The guard has stopped the plan. */
  | { kind: 'stopped'; count: number; stops: readonly GuardStop[] }
  | { kind: 'failed'; problem: Problem }
  /** It came to a halt while it was being written. */
  | { kind: 'held'; count: number; problem: Problem }
  /** The store would not have some products. */
  | { kind: 'refused'; count: number }
  /** An update that somebody has paused keeps all others waiting. */
  | { kind: 'blocked' };

/** The same, with what the update was to write. */
export type ScheduleMatter = Need & { part: UpdatePart };

/** `open`: not known at this moment, since an update is at work or about to be. */
export type ScheduleHealth =
  | { state: 'open' }
  | { state: 'well' }
  | { state: 'needsPerson'; matter: ScheduleMatter };

/** How the schedule is, by the latest run. What a person has begun they see for themselves. Pure. */
export function healthOf(latest: Run | null): ScheduleHealth {
  // What an update made elsewhere came to needs nobody any more.
  if (latest === null || latest.elsewhere !== null) return { state: 'well' };
  const { status, trigger, summary, choice } = latest;
  if (status.state === 'reading' || status.state === 'comparing' || status.state === 'applying')
    return { state: 'open' };
  if (trigger !== 'schedule') return { state: 'well' };
  const needed = (matter: ScheduleMatter): ScheduleHealth => ({ state: 'needsPerson', matter });
  const count = summary?.changes ?? 0;
  const { part } = choice;
  switch (status.state) {
    case 'planned':
      return status.stops.length === 0
        ? needed({ kind: 'planned', part, count })
        : needed({ kind: 'stopped', part, count, stops: status.stops });
    case 'failed':
      return needed({ kind: 'failed', part, problem: status.problem });
    case 'paused':
      return status.problem === null
        ? { state: 'well' }
        : needed({ kind: 'held', part, count: status.left, problem: status.problem });
    case 'done':
      return status.refused === 0
        ? { state: 'well' }
        : needed({ kind: 'refused', part, count: status.refused });
    // A file waits for a person in its own history; the schedule saves none.
    case 'saved':
    case 'cancelled':
      return { state: 'well' };
  }
}

/** What a matter is known by: while it stays the same there is nothing new to tell. */
export function reasonOf(matter: ScheduleMatter): string {
  switch (matter.kind) {
    case 'stopped':
      return [matter.kind, ...matter.stops.map(({ code }) => code)].join(' ');
    case 'failed':
    case 'held':
      return `${matter.kind} ${matter.problem.code}`;
    default:
      return matter.kind;
  }
}

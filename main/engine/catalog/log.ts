import type { GuardStop, Run } from '../../../contract/catalog';
import type { LogEntry, LogEvent } from '../../../contract/status';
import type { CatalogDeps } from './deps';

type Deps = Pick<CatalogDeps, 'journal' | 'clock'>;
type Told = Pick<LogEntry, 'level' | 'event' | 'params' | 'problem'>;

/** Tells the log how a run ended, or what it waits for. */
export async function tellEnd({ journal, clock }: Deps, run: Run): Promise<void> {
  const told = endOf(run);
  if (told !== null) await journal.record({ at: clock.now(), ...told, orderId: null });
}

/** Tells the log what became of one product. */
export async function tellProduct({ journal, clock }: Deps, sku: string, run: Run): Promise<void> {
  const { status } = run;
  const failure = status.state === 'failed' ? status.problem : null;
  const refused = status.state === 'done' && status.refused > 0;
  const unsure = status.state === 'cancelled';
  await journal.record({
    at: clock.now(),
    level: failure !== null || refused || unsure ? 'warning' : 'info',
    event: unsure
      ? 'catalog.productUnsure'
      : failure !== null || refused
        ? 'catalog.productFailed'
        : 'catalog.product',
    params: { sku },
    problem: failure,
    orderId: null,
  });
}

/** Tells the log that runs were too old to be kept. */
export async function tellForgotten({ journal, clock }: Deps, count: number, days: number): Promise<void> {
  await journal.record({
    at: clock.now(),
    level: 'info',
    event: 'catalog.forgotten',
    params: { count, days },
    problem: null,
    orderId: null,
  });
}

/** Tells the log that a plan waits for a person: one that the guard has stopped, or one that was to be made only. */
export async function tellPlanned(
  { journal, clock }: Deps,
  run: Run,
  stops: readonly GuardStop[],
): Promise<void> {
  const bySchedule = run.trigger === 'schedule';
  // Whoever asks to see a plan is looking at it.
  if (stops.length === 0 && !bySchedule) return;
  const count = run.summary?.changes ?? 0;
  await journal.record({
    at: clock.now(),
    level: stops.length === 0 ? 'info' : 'warning',
    event: stops.length === 0 ? 'schedule.planned' : bySchedule ? 'schedule.stopped' : 'catalog.stopped',
    params: { count, reasons: stops.length, ...unreadableOf(run) },
    problem: null,
    orderId: null,
  });
}

/** Tells the log what has become of the schedule itself. */
export async function tellSchedule(
  { journal, clock }: Deps,
  level: LogEntry['level'],
  event: LogEvent & `schedule.${string}`,
  params: LogEntry['params'],
): Promise<void> {
  await journal.record({ at: clock.now(), level, event, params, problem: null, orderId: null });
}

/** How many products of the store could not be read, where there were any. */
function unreadableOf({ summary }: Run): LogEntry['params'] {
  const unreadable = summary?.unreadable.count ?? 0;
  return unreadable === 0 ? {} : { unreadable };
}

function endOf(run: Run): Told | null {
  const { status, kind, trigger, choice } = run;
  const unreadable = unreadableOf(run);
  const who = trigger === 'schedule' ? 'schedule' : 'catalog';
  switch (status.state) {
    case 'done':
      return {
        // Either way there are products that are not as they should be, for somebody to look at.
        level: status.refused > 0 || 'unreadable' in unreadable ? 'warning' : 'info',
        event: kind === 'undo' ? 'catalog.undone' : `${who}.updated`,
        params: { count: status.applied, refused: status.refused, ...unreadable },
        problem: null,
      };
    case 'saved':
      return {
        level: 'info',
        event: 'catalog.saved',
        params: { count: status.left, file: status.file, ...unreadable },
        problem: null,
      };
    case 'cancelled':
      return {
        // Somebody has to begin anew what no person has called off.
        level: status.problem === undefined ? 'info' : 'warning',
        event: `${who}.cancelled`,
        params: { count: status.applied, left: status.left, ...unreadable },
        problem: status.problem ?? null,
      };
    case 'failed':
      return {
        level: 'error',
        event: `${who}.failed`,
        params: { part: choice.part },
        problem: status.problem,
      };
    case 'paused':
      return {
        level: 'error',
        event: `${who}.held`,
        params: { count: status.left },
        problem: status.problem,
      };
    default:
      return null;
  }
}

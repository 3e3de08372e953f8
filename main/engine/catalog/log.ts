import type { GuardStop, Run } from '../../../contract/catalog';
import type { LogEntry } from '../../../contract/status';
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
  await journal.record({
    at: clock.now(),
    level: failure !== null || refused ? 'warning' : 'info',
    event: failure !== null || refused ? 'catalog.productFailed' : 'catalog.product',
    params: { sku },
    problem: failure,
    orderId: null,
  });
}

/** Tells the log that a plan waits for a person. */
export async function tellStopped(
  { journal, clock }: Deps,
  run: Run,
  stops: readonly GuardStop[],
): Promise<void> {
  await journal.record({
    at: clock.now(),
    level: 'warning',
    event: 'catalog.stopped',
    params: { count: run.summary?.changes ?? 0, reasons: stops.length },
    problem: null,
    orderId: null,
  });
}

function endOf({ status, kind }: Run): Told | null {
  switch (status.state) {
    case 'done':
      return {
        level: status.refused > 0 ? 'warning' : 'info',
        event: kind === 'undo' ? 'catalog.undone' : 'catalog.updated',
        params: { count: status.applied, refused: status.refused },
        problem: null,
      };
    case 'saved':
      return {
        level: 'info',
        event: 'catalog.saved',
        params: { count: status.left, file: status.file },
        problem: null,
      };
    case 'cancelled':
      return {
        level: 'info',
        event: 'catalog.cancelled',
        params: { count: status.applied, left: status.left },
        problem: null,
      };
    case 'failed':
      return { level: 'error', event: 'catalog.failed', params: {}, problem: status.problem };
    case 'paused':
      return {
        level: 'error',
        event: 'catalog.held',
        params: { count: status.left },
        problem: status.problem,
      };
    default:
      return null;
  }
}

import type { ExportStatus } from '../../../contract/export';
import type { Problem } from '../../../contract/problem';
import type { LogEntry, LogEvent } from '../../../contract/status';
import type { ExportEvent } from './state';

export type NewLogEntry = Omit<LogEntry, 'id'>;

/** What the log says of the end of an attempt, or null where there is nothing to tell. */
export function tellOutcome(
  order: { id: number; number: string },
  status: ExportStatus,
  event: ExportEvent,
): NewLogEntry | null {
  const told = tell(status, event);
  if (told === null) return null;
  const orgNumber = status.state === 'exported' ? (status.orgNumber ?? status.orgId) : null;
  return {
    at: event.at,
    level: told.level,
    event: told.event,
    params: { number: order.number, ...(orgNumber === null ? {} : { orgNumber }) },
    problem: told.problem,
    orderId: order.id,
  };
}

/** What the log says of an order that has come in. */
export function tellReceived(
  order: { id: number; number: string | null },
  problem: Problem | null,
  at: number,
): NewLogEntry {
  return {
    at,
    level: problem === null ? 'info' : 'error',
    event: problem === null ? 'order.received' : 'order.failed',
    params: { number: order.number ?? '?' },
    problem,
    orderId: order.id,
  };
}

/** What the log says of an order that the store has changed after it came. */
export function tellChanged(
  order: { id: number; number: string },
  change: { kind: 'edited' | 'cancelled'; inOrg: boolean },
  at: number,
): NewLogEntry {
  return {
    at,
    level: change.inOrg ? 'warning' : 'info',
    event: `order.${change.kind}${change.inOrg ? 'AfterExport' : ''}`,
    params: { number: order.number },
    problem: null,
    orderId: order.id,
  };
}

interface Told {
  level: 'info' | 'warning' | 'error';
  event: LogEvent;
  problem: Problem | null;
}

function tell(status: ExportStatus, event: ExportEvent): Told | null {
  if (event.type === 'undoFailed') return { level: 'error', event: 'order.undoFailed', problem: null };
  if (event.type === 'undone') return { level: 'info', event: 'order.undone', problem: null };
  switch (status.state) {
    case 'exported':
      return {
        level: 'info',
        event: event.type === 'found' ? 'order.foundInOrg' : 'order.exported',
        problem: null,
      };
    case 'failed':
      return { level: 'error', event: 'order.failed', problem: status.problems[0] ?? null };
    case 'retrying':
      // An order that was looked up and is simply sent again is no news.
      return event.type === 'absent'
        ? null
        : { level: 'warning', event: 'order.retrying', problem: status.problem };
    case 'unknown':
      return { level: 'warning', event: 'order.unknown', problem: status.problem };
    case 'held':
      return event.type === 'absent' ? { level: 'info', event: 'order.undone', problem: null } : null;
    default:
      return null;
  }
}

import type { ExportStatus } from '../../../contract/export';
import type { Problem } from '../../../contract/problem';
import type { LogEvent } from '../../../contract/status';
import type { Journal } from '../ports';

/** Writes what became of an attempt into the log, where there is something to tell. */
export async function recordOutcome(
  journal: Journal,
  order: { id: number; number: string },
  status: ExportStatus,
  at: number,
  how: 'send' | 'lookUp',
): Promise<void> {
  const told = tell(status, how);
  if (told === null) return;
  await journal.record({
    at,
    level: told.level,
    event: told.event,
    params: { number: order.number, ...(told.orgNumber === null ? {} : { orgNumber: told.orgNumber }) },
    problem: told.problem,
    orderId: order.id,
  });
}

interface Told {
  level: 'info' | 'warning' | 'error';
  event: LogEvent;
  problem: Problem | null;
  orgNumber: string | null;
}

function tell(status: ExportStatus, how: 'send' | 'lookUp'): Told | null {
  switch (status.state) {
    case 'exported': {
      const event = how === 'send' ? 'order.exported' : 'order.foundInOrg';
      return { level: 'info', event, problem: null, orgNumber: status.orgNumber ?? status.orgId };
    }
    case 'failed':
      return {
        level: 'error',
        event: 'order.failed',
        problem: status.problems[0] ?? null,
        orgNumber: null,
      };
    case 'retrying':
      // An order that was looked up and is simply sent again is no news.
      return how === 'lookUp'
        ? null
        : { level: 'warning', event: 'order.retrying', problem: status.problem, orgNumber: null };
    case 'unknown':
      return { level: 'warning', event: 'order.unknown', problem: status.problem, orgNumber: null };
    default:
      return null;
  }
}

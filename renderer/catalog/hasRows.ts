import type { Run } from '../../contract/catalog';

/** Whether a run has products to show: one that failed or was cancelled while reading has none. */
export function hasRows({ status, summary }: Run): boolean {
  if (summary !== null) return summary.changes > 0;
  return 'left' in status && status.applied + status.refused + status.left > 0;
}

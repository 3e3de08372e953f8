import type { Run } from '../../contract/catalog';
import { newRun } from '../../main/engine/catalog/newRun';

/** A run of all products as it may stand anywhere. */
export function someRun(changes: Partial<Run> = {}): Run {
  const clock = { now: () => 0, sleep: async () => undefined };
  const choice = { warehouse: '', companies: [], part: 'both', reading: 'auto' } as const;
  return {
    id: 1,
    ...newRun({ clock, who: 'Lucía' }, { ...choice, companies: [] }, 'all', 'person'),
    ...changes,
  };
}

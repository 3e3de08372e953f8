import type { Run, UpdateChoice } from '../../../contract/catalog';
import type { CatalogDeps } from './deps';
import { blankReading } from './readingProgress';

/** A run at its beginning. */
export function newRun(
  { clock, who }: Pick<CatalogDeps, 'clock' | 'who'>,
  choice: UpdateChoice,
  kind: Run['kind'],
  trigger: Run['trigger'],
): Omit<Run, 'id'> {
  return {
    kind,
    of: null,
    trigger,
    who,
    startedAt: clock.now(),
    finishedAt: null,
    choice,
    file: null,
    warehouse: null,
    priceBook: null,
    full: choice.reading === 'full',
    status: { state: 'reading', reading: blankReading() },
    summary: null,
    undoneBy: null,
  };
}

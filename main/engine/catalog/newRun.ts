import type { Run, UpdateChoice } from '../../../contract/catalog';
import type { CatalogDeps } from './deps';
import { blankReading, sourcesOf } from './readingProgress';

/** A run at its beginning. */
export function newRun(
  { clock, who }: Pick<CatalogDeps, 'clock' | 'who'>,
  choice: UpdateChoice,
  kind: Run['kind'],
  trigger: Run['trigger'],
): Omit<Run, 'id'> {
  const sources = kind === 'undo' ? (['store'] as const) : sourcesOf(choice.part);
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
    status: { state: 'reading', reading: blankReading(sources) },
    summary: null,
    undoneBy: null,
    elsewhere: null,
  };
}

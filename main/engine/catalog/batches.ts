import type { Places } from '../../../contract/catalog';
import type { PlacedRow } from './ports';

/** Batches on their way at the same time: enough to keep the store busy, few enough to be good guests. */
export const batchesAtOnce = 4;

/** Where the rows of a batch are. No other row between its first and its last one waits. */
export const placesOf = (batch: readonly PlacedRow[]): Places => [
  batch.at(0)?.place ?? 0,
  (batch.at(-1)?.place ?? -1) + 1,
];

import type { Pause } from '../../../engine/import/table';

/** So many rows are made into text in one go: about a millisecond. */
const rowsAtOnce = 50;

/** Hands rows on a few at a time, and lets everything else have its turn in between. */
export async function* inBatches<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  pause: Pause,
): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < rowsAtOnce) continue;
    await pause();
    yield batch;
    batch = [];
  }
  await pause();
  if (batch.length > 0) yield batch;
}

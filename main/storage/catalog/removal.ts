import { breathe, type CatalogDatabase } from './database';

/** Rows that go in one stretch. */
const rowsAtOnce = 1_000;

/** Takes runs away, stretch by stretch, since one may have as many rows as the store has products. */
export function createRemoval({ db }: CatalogDatabase) {
  const dropRows = db.prepare(
    `DELETE FROM run_rows WHERE (run, sku, drift) IN
     (SELECT run, sku, drift FROM run_rows WHERE run = ? LIMIT ${rowsAtOnce})`,
  );
  const dropRun = db.prepare('DELETE FROM runs WHERE id = ?');

  return async (id: number): Promise<void> => {
    while (Number(dropRows.run(id).changes) > 0) await breathe();
    dropRun.run(id);
  };
}

import { breathe, type CatalogDatabase } from './database';

/** Parts that go in one stretch, their states with them. */
const partsAtOnce = 10;

/** Takes runs away, stretch by stretch, since one may have as many rows as the store has products. */
export function createRemoval(catalog: CatalogDatabase) {
  const { db } = catalog;
  const dropParts = db.prepare(
    `DELETE FROM run_parts WHERE id IN (SELECT id FROM run_parts WHERE run = ? LIMIT ${partsAtOnce})`,
  );
  const dropRun = db.prepare('DELETE FROM runs WHERE id = ?');

  return async (id: number): Promise<void> => {
    while (catalog.step(() => Number(dropParts.run(id).changes)) > 0) {
      await catalog.room();
      await breathe();
    }
    dropRun.run(id);
  };
}

import { setImmediate } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { migrate } from '../migrations';
import { createCheckpoints } from './checkpoints';
import { catalogMigrations } from './schema';

/** So many rows are looked at in one go: a few milliseconds. */
export const stretchRows = 5_000;

/**
 * The file of stock and prices, apart from that of orders, so that no order waits for a long update. One connection:
 * each step is short and ends its transaction before anything else has its turn.
 */
export interface CatalogDatabase {
  readonly db: DatabaseSyncInstance;
  /** Runs short work as one transaction. */
  step<T>(work: () => T): T;
  /** Waits, where much was written in a short time, until there is room for more. */
  room(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file, creating it and bringing its tables up to date. Throws when it is not ours or damaged. `report` hears of
 * what went wrong beside the work.
 */
export function openCatalogDatabase(path: string, report: (error: unknown) => void): CatalogDatabase {
  const db = new DatabaseSync(path);
  // NORMAL: a power cut may take the last moments, which are read and written again, and leaves the file whole.
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 0;',
  );
  db.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = FILE;');
  migrate(db, catalogMigrations);
  const checkpoints = createCheckpoints(db, path, report);
  return {
    db,
    step(work) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        checkpoints.stepped();
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself; a second end would hide what happened.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    room: checkpoints.room,
    async close() {
      await checkpoints.close();
      db.close();
    },
  };
}

/** Lets everything else have its turn. */
export const breathe = (): Promise<void> => setImmediate();

import { setImmediate } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { migrate } from '../migrations';
import { createCheckpoints } from './checkpoints';
import { catalogMigrations } from './schema';
import { createSqlThread } from './sqlThread';

/** So many rows are looked at in one go: a few milliseconds. */
export const stretchRows = 5_000;

/** SKUs that are thought over, and that are compared, in one go: a few milliseconds each. */
export interface PassSizes {
  thoughtOver: number;
  compared: number;
}
export const usualPass: PassSizes = { thoughtOver: 500, compared: 1_000 };

/** Pieces of work that are gathered into one transaction. */
const gatheredAtOnce = 20;

/**
 * The file of stock and prices, apart from that of orders, so that no order waits for a long update. One connection:
 * each step is short and ends its transaction before anything else has its turn.
 */
export interface CatalogDatabase {
  readonly db: DatabaseSyncInstance;
  /** Runs short work as one transaction. What was gathered before is kept first. */
  step<T>(work: () => T): T;
  /**
   * Runs short work in a transaction that goes on over several such pieces, which then cost much less. Should the program
   * die before the next step, what was gathered is lost. When one piece throws, all of them are, and `lost` tells.
   */
  gather(work: () => void): void;
  /** How often gathered work has been lost. */
  lost(): number;
  /** Runs a statement that takes long beside everything else; nothing is to be written meanwhile. */
  aside(sql: string): Promise<void>;
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
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  db.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = FILE;');
  migrate(db, catalogMigrations);
  const thread = createSqlThread(path);
  const checkpoints = createCheckpoints(db, path, thread, report);
  let gathered = 0;
  let lost = 0;

  function end(): void {
    db.exec('COMMIT');
    checkpoints.committed();
  }

  function undo(): void {
    // A full disk ends the transaction by itself; a second end would hide what happened.
    if (db.isTransaction) db.exec('ROLLBACK');
  }

  function loseGathered(): void {
    gathered = 0;
    lost += 1;
    undo();
  }

  function keepGathered(): void {
    if (gathered === 0) return;
    try {
      end();
      gathered = 0;
    } catch (error) {
      loseGathered();
      throw error;
    }
  }

  return {
    db,
    step(work) {
      keepGathered();
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        end();
        return result;
      } catch (error) {
        undo();
        throw error;
      }
    },
    gather(work) {
      if (gathered === 0) db.exec('BEGIN IMMEDIATE');
      gathered += 1;
      try {
        work();
      } catch (error) {
        loseGathered();
        throw error;
      }
      if (gathered === gatheredAtOnce) keepGathered();
    },
    lost: () => lost,
    async aside(sql) {
      keepGathered();
      try {
        await thread.run(sql);
      } catch (error) {
        report(error);
        try {
          db.exec(sql);
        } catch (again) {
          undo();
          throw again;
        }
      }
    },
    room: checkpoints.room,
    async close() {
      keepGathered();
      await thread.close();
      db.close();
    },
  };
}

/** Lets everything else have its turn. */
export const breathe = (): Promise<void> => setImmediate();

import { setImmediate } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { migrate } from '../migrations';
import { createCheckpoints } from './checkpoints';
import { listsIn, rowsAsLists } from './columns';
import { createPieceRunner } from './many';
import type { Piece, Value } from './pieces';
import { catalogMigrations } from './schema';
import { createSqlThread } from './sqlThread';

/** So many rows are looked at in one go: a few milliseconds. */
export const stretchRows = 5_000;

/** Who writes and reads: this thread or others. */
export interface Hand {
  /** Writes as one transaction; rejects when nothing of it was kept. */
  write(pieces: readonly Piece[]): Promise<void>;
  /** The rows of a query as lists of their values; what was kept when it was asked is in them. */
  read(query: string, values: readonly Value[]): Promise<unknown[][]>;
}

/** So many products are gone through here; beyond them threads are worth their start. */
const fewProducts = 20_000;

/** SKUs that are thought over, and that are compared, in one go: a few milliseconds each. */
export interface PassSizes {
  thoughtOver: number;
  compared: number;
}
export const usualPass: PassSizes = { thoughtOver: 500, compared: 1_000 };

/**
 * The file of stock and prices, apart from that of orders, so that no order waits for a long update. What is little is done
 * here and now, each step a transaction that ends before anything else has its turn; what is much is done in two threads,
 * one of which writes and one of which reads, each one task after the other; a third carries the log over.
 */
export interface CatalogDatabase {
  readonly db: DatabaseSyncInstance;
  /** Runs short work as one transaction. */
  step<T>(work: () => T): T;
  /**
   * Who is to do what belongs to a run: the threads where there is much to do (always once they have started, so that
   * nobody here waits while they write), else here and now.
   */
  hand(much?: boolean): Hand;
  /** Runs statements over all rows; nothing is to be written meanwhile. */
  overall(sql: string): Promise<void>;
  /** Waits, where much was written in a short time, until there is room for more. */
  room(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the file, creating it and bringing its tables up to date. Throws when it is not ours or damaged. `report` hears of
 * what went wrong beside the work. Above so many products the threads have their part.
 */
export function openCatalogDatabase(
  path: string,
  report: (error: unknown) => void,
  threadsAbove: number = fewProducts,
): CatalogDatabase {
  const db = new DatabaseSync(path);
  // NORMAL: a power cut may take the last moments, which are read and written again, and leaves the file whole.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  db.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = FILE;');
  migrate(db, catalogMigrations);
  const writer = createSqlThread(path);
  const reader = createSqlThread(path);
  const carrier = createSqlThread(path);
  const checkpoints = createCheckpoints(db, path, carrier, report);
  const manyProducts = db.prepare('SELECT 1 FROM products LIMIT 1 OFFSET ?');
  const isMuch = (): boolean => manyProducts.get(threadsAbove) !== undefined;
  const runPieces = createPieceRunner(db);
  const reads = new Map<string, ReturnType<typeof rowsAsLists>>();

  function step<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      checkpoints.committed();
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself; a second end would hide what happened.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  const here: Hand = {
    async write(pieces) {
      if (pieces.some(hasRows)) step(() => runPieces(pieces));
    },
    async read(query, values) {
      const read = reads.get(query) ?? rowsAsLists(db, query);
      reads.set(query, read);
      return read(...values);
    },
  };
  const threads: Hand = {
    async write(pieces) {
      if (!pieces.some(hasRows)) return;
      await writer.write(pieces);
      checkpoints.committed();
    },
    read: async (query, values) => listsIn(await reader.read(query, values)),
  };

  return {
    db,
    step,
    hand: (much) => (writer.isRunning() || (much ?? isMuch()) ? threads : here),
    overall: async (sql) => (isMuch() ? writer.run(sql) : db.exec(sql)),
    room: checkpoints.room,
    async close() {
      await writer.close();
      await reader.close();
      await carrier.close();
      db.close();
    },
  };
}

const hasRows = ({ each }: Piece): boolean => each.length > 0;

/** Lets everything else have its turn. */
export const breathe = (): Promise<void> => setImmediate();

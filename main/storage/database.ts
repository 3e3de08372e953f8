import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { migrate, orderMigrations } from './migrations';

/**
 * The program's SQLite file: one connection that writes, one that only reads. Writers queue for the first,
 * so that a long import can pause between its rows without anyone seeing, or joining, half of it.
 */
export interface Database {
  /** Runs one short transaction; on disk when it resolves, rolled back when `work` throws. */
  transaction<T>(work: (db: DatabaseSyncInstance) => T): Promise<T>;
  /** The same for long work, which awaits `pause` often so that the event loop stays free. */
  longTransaction<T>(work: (db: DatabaseSyncInstance, pause: () => Promise<void>) => Promise<T>): Promise<T>;
  /** Reads what has been committed. */
  read<T>(query: (db: DatabaseSyncInstance) => T): T;
  close(): Promise<void>;
}

/** Opens the file, creating it and bringing its tables up to date. Throws when it is not ours or damaged. */
export function openDatabase(path: string): Database {
  const writer = new DatabaseSync(path);
  // FULL: an order whose cursor has moved must survive a power cut, not only a crash.
  writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  writer.exec('PRAGMA foreign_keys = ON;');
  migrate(writer, orderMigrations);
  const reader = new DatabaseSync(path, { readOnly: true });
  reader.exec('PRAGMA busy_timeout = 5000;');
  let queue: Promise<unknown> = Promise.resolve();

  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  async function inTransaction<T>(work: () => T | Promise<T>): Promise<T> {
    writer.exec('BEGIN IMMEDIATE');
    try {
      const result = await work();
      writer.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself; a second end would hide what happened.
      if (writer.isTransaction) writer.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    transaction: (work) => enqueue(() => inTransaction(() => work(writer))),
    longTransaction: (work) => enqueue(() => inTransaction(() => work(writer, pause))),
    read: (query) => query(reader),
    close: () =>
      enqueue(async () => {
        reader.close();
        writer.close();
      }),
  };
}

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

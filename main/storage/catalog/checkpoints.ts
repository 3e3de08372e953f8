import { statSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { SqlThread } from './sqlThread';

/** The log is carried over when it has grown by so much; above the second measure whoever writes waits for it. */
const sizes = { carryAt: 8 * 1024 * 1024, waitAt: 32 * 1024 * 1024 };
/** What SQLite does by itself: pages of the log, carried over by whoever commits. */
const pagesByItself = 1_000;

/**
 * Carries SQLite's write-ahead log over into the file in a thread of its own: it waits for the disk, which nobody in the
 * main process should. Where no thread can be had, SQLite does it by itself as usual.
 */
export function createCheckpoints(
  db: DatabaseSyncInstance,
  path: string,
  thread: SqlThread,
  report: (error: unknown) => void,
) {
  let usable = true;
  let carrying: Promise<void> | null = null;
  db.exec('PRAGMA wal_autocheckpoint = 0');

  async function carry(): Promise<void> {
    try {
      await thread.run('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      usable = false;
      db.exec(`PRAGMA wal_autocheckpoint = ${pagesByItself}`);
      report(error);
    } finally {
      carrying = null;
    }
  }

  return {
    /** To be called after every transaction. */
    committed(): void {
      if (usable && carrying === null && logSize(path) > sizes.carryAt) carrying = carry();
    },

    /** Waits where the log has grown too much. */
    async room(): Promise<void> {
      if (carrying !== null && logSize(path) > sizes.waitAt) await carrying;
    },
  };
}

const logSize = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

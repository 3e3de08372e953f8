import { statSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { logPragmas } from './logPragmas';
import type { SqlThread } from './sqlThread';

/** The log is carried over when it has grown by so much; above the second measure whoever writes waits for it. */
const sizes = { growth: 8 * 1024 * 1024, waitAt: 32 * 1024 * 1024 };

/** Its size is asked for after so many transactions, each of which adds some hundred kilobytes at most. */
const commitsAtOnce = 8;

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
  let last = 0;
  let commits = 0;
  let carryAt = sizes.growth;
  db.exec(logPragmas);

  async function carry(): Promise<void> {
    try {
      await thread.run('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      usable = false;
      db.exec(`PRAGMA wal_autocheckpoint = ${pagesByItself}`);
      report(error);
    } finally {
      carrying = null;
      // What was written meanwhile has it go on where it is, and be carried over once more when that is much again.
      carryAt = Math.min(logSize(path) + sizes.growth, sizes.waitAt);
    }
  }

  return {
    /** To be called after every transaction. */
    committed(): void {
      commits += 1;
      if (!usable || carrying !== null || commits % commitsAtOnce !== 0) return;
      const size = logSize(path);
      if (size < last) carryAt = sizes.growth;
      last = size;
      if (size > carryAt) carrying = carry();
    },

    /** Waits where the log has grown too much. */
    async room(): Promise<void> {
      if (carrying !== null && logSize(path) > sizes.waitAt) await carrying;
    },
  };
}

const logSize = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

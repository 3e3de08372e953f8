import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** The log is carried over when it has grown by so much; above the second measure whoever writes waits for it. */
const sizes = { carryAt: 8 * 1024 * 1024, waitAt: 32 * 1024 * 1024 };
/** Steps between two looks at the log's size. */
const stepsBetween = 20;
/** What SQLite does by itself: pages of the log, carried over by whoever commits. */
const pagesByItself = 1_000;

/** Text, so that it is the same in the bundle and under test; the driver is handed in by its path. */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require(workerData.driver);
  const db = new DatabaseSync(workerData.path);
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  parentPort.on('message', (message) => {
    if (message === 'carry') {
      db.exec('PRAGMA wal_checkpoint(PASSIVE)');
      parentPort.postMessage('carried');
    } else {
      db.close();
      parentPort.close();
    }
  });
`;

/**
 * Carries SQLite's write-ahead log over into the file in a thread of its own: it waits for the disk, which nobody in the
 * main process should. Where no thread can be had, SQLite does it by itself as usual.
 */
export function createCheckpoints(db: DatabaseSyncInstance, path: string, report: (error: unknown) => void) {
  let thread: Worker | null = null;
  let usable = true;
  let steps = 0;
  let carrying: Promise<void> | null = null;
  db.exec('PRAGMA wal_autocheckpoint = 0');

  async function carry(): Promise<void> {
    const over = new AbortController();
    try {
      thread ??= new Worker(script, { eval: true, workerData: { path, driver } });
      const carried = once(thread, 'message', over);
      const ended = once(thread, 'exit', over).then(() => Promise.reject(new Error('the thread has ended')));
      thread.postMessage('carry');
      await Promise.race([carried, ended]);
    } catch (error) {
      await giveUp();
      report(error);
    } finally {
      over.abort();
    }
  }

  async function giveUp(): Promise<void> {
    usable = false;
    db.exec(`PRAGMA wal_autocheckpoint = ${pagesByItself}`);
    await thread?.terminate();
    thread = null;
  }

  return {
    /** To be called after every step. */
    stepped(): void {
      steps += 1;
      if (!usable || carrying !== null || steps % stepsBetween !== 0 || logSize(path) < sizes.carryAt) return;
      carrying = carry().finally(() => {
        carrying = null;
      });
    },

    /** Waits where the log has grown too much. */
    async room(): Promise<void> {
      if (carrying !== null && logSize(path) > sizes.waitAt) await carrying;
    },

    async close(): Promise<void> {
      await carrying;
      if (thread === null) return;
      const gone = once(thread, 'exit');
      thread.postMessage('close');
      await gone;
      thread = null;
    },
  };
}

const driver = createRequire(import.meta.url).resolve('@photostructure/sqlite');

const logSize = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

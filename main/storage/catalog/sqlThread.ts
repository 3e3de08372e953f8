import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Text, so that it is the same in the bundle and under test; the driver is handed in by its path. */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require(workerData.driver);
  const db = new DatabaseSync(workerData.path);
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA temp_store = FILE;');
  parentPort.on('message', (sql) => {
    if (sql === null) {
      db.close();
      parentPort.close();
      return;
    }
    try {
      db.exec(sql);
      parentPort.postMessage(null);
    } catch (error) {
      parentPort.postMessage(String(error));
    }
  });
`;

/** A thread with a connection of its own, for the few statements that would keep the main process waiting. */
export function createSqlThread(path: string) {
  let thread: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function send(sql: string): Promise<void> {
    const over = new AbortController();
    thread ??= new Worker(script, { eval: true, workerData: { path, driver } });
    const worker = thread;
    try {
      const answered = once(worker, 'message', over);
      const ended = once(worker, 'exit', over).then(() => Promise.reject(new Error('the thread has ended')));
      worker.postMessage(sql);
      const [fault]: unknown[] = await Promise.race([answered, ended]);
      if (fault !== null) throw new Error(`in the thread: ${String(fault)}`);
    } catch (error) {
      thread = null;
      await worker.terminate();
      throw error;
    } finally {
      over.abort();
    }
  }

  return {
    /** Runs statements when those before them are done; rejects with what went wrong. The thread starts at the first. */
    async run(sql: string): Promise<void> {
      const answer = queue.then(() => send(sql));
      queue = answer.catch(() => undefined);
      return answer;
    },

    async close(): Promise<void> {
      await queue;
      if (thread === null) return;
      const gone = once(thread, 'exit');
      thread.postMessage(null);
      await gone;
      thread = null;
    },
  };
}

export type SqlThread = ReturnType<typeof createSqlThread>;

const driver = createRequire(import.meta.url).resolve('@photostructure/sqlite');

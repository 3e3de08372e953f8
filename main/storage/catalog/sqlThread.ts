import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Piece, Value } from './pieces';
import { sqlThreadScript } from './sqlThreadScript';

/** What the thread is asked for. */
export type Task =
  | { kind: 'exec'; sql: string }
  | { kind: 'write'; pieces: readonly Piece[] }
  | { kind: 'read'; sql: string; values: readonly Value[] };

/** What it answers; where it went wrong, with what. */
const answerSchema = z.object({ ok: z.boolean(), text: z.string() });

/**
 * A thread with a connection of its own, for what would keep the main process waiting. Tasks are done one after the other.
 * The thread starts at the first; should it end by itself, all that it was asked rejects and the next task starts another.
 */
export function createSqlThread(path: string, script: string = sqlThreadScript) {
  let thread: Worker | null = null;
  /** Those who wait for an answer, in the order they asked. */
  let waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];

  function start(): Worker {
    const worker = new Worker(script, { eval: true, workerData: { path, driver } });
    worker.on('message', (answer) => waiting.shift()?.resolve(answer));
    const end = (error: Error) => {
      if (thread !== worker) return;
      thread = null;
      const left = waiting;
      waiting = [];
      for (const one of left) one.reject(error);
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('the thread has ended')));
    return worker;
  }

  async function ask(task: Task): Promise<string> {
    thread ??= start();
    const answered = new Promise<unknown>((resolve, reject) => waiting.push({ resolve, reject }));
    thread.postMessage(task);
    const { ok, text } = answerSchema.parse(await answered);
    if (!ok) throw new Error(`in the thread: ${text}`);
    return text;
  }

  return {
    /** Whether it has started. */
    isRunning: (): boolean => thread !== null,

    /** Runs statements; rejects with what went wrong. */
    async run(sql: string): Promise<void> {
      await ask({ kind: 'exec', sql });
    },

    /** Runs pieces as one transaction; rejects when nothing of it was kept. */
    async write(pieces: readonly Piece[]): Promise<void> {
      await ask({ kind: 'write', pieces });
    },

    /** The text that a statement answers (pieces.ts, `asText`). */
    read: (sql: string, values: readonly Value[]): Promise<string> => ask({ kind: 'read', sql, values }),

    /** Ends the thread when its tasks are done. */
    async close(): Promise<void> {
      const worker = thread;
      if (worker === null) return;
      const gone = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage(null);
      await gone;
    },
  };
}

export type SqlThread = ReturnType<typeof createSqlThread>;

const driver = createRequire(import.meta.url).resolve('@photostructure/sqlite');

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSqlThread } from '../../../main/storage/catalog/sqlThread';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-thread-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Answers what it is asked, and ends by itself, or breaks, where it is asked for that. */
const fragile = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (task) => {
    if (task === null) return parentPort.close();
    if (task.sql === 'end') process.exit(1);
    if (task.sql === 'break') throw new Error('out of memory');
    parentPort.postMessage({ ok: true, text: task.sql });
  });
`;

it.each([
  ['end', 'the thread has ended'],
  ['break', 'out of memory'],
])(
  'a thread that dies (%s) fails all that it was asked, and the next task starts another',
  async (how, why) => {
    const thread = createSqlThread(join(folder, 'catalog.db'), fragile);
    expect(await thread.read('first', [])).toBe('first');
    const asked = [thread.run(how), thread.read('behind it', []), thread.write([])];
    for (const end of await Promise.allSettled(asked))
      expect(end).toMatchObject({ status: 'rejected', reason: { message: why } });
    expect(thread.isRunning()).toBe(false);
    expect(await thread.read('again', [])).toBe('again');
    await thread.close();
  },
);

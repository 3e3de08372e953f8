import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../main/storage/database';
import { createOutbox } from '../../../main/storage/outbox/repository';
import { readCounts, readLedger } from '../../chaos/verdict/ledger';
import { makeOrder } from '../../support/orders';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("reads the program's own database while the program has it open", async () => {
  const file = join(folder, 'puente.db');
  const database = openDatabase(file);
  const items = ['1', '2'].map((number) => ({ kind: 'order' as const, order: makeOrder(number), raw: '{}' }));
  await createOutbox(database, () => undefined).takeIn(items, { kind: 'store', feed: 'f', cursor: 'c' }, 10);
  await database.transaction((db) =>
    db.exec(
      `INSERT INTO attempts (order_id, kind, trigger, started_at, outcome)
       SELECT id, 'send', 'automatic', 11, 'running' FROM orders WHERE number = '2'`,
    ),
  );

  expect(readCounts(file)).toEqual(new Map([['pending', 2]]));
  expect(readLedger('A', file)).toEqual({
    desktop: 'A',
    orders: [
      { number: '1', state: 'pending', status: { state: 'pending' } },
      { number: '2', state: 'pending', status: { state: 'pending' } },
    ],
    attempts: [
      { number: '2', kind: 'send', startedAt: 11, finishedAt: null, outcome: 'running', problems: [] },
    ],
  });
  await database.close();
});

it('throws while there is no database', () => {
  expect(() => readCounts(join(folder, 'none.db'))).toThrow();
});

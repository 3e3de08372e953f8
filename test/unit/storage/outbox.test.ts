import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../../contract/problem';
import type { Outbox } from '../../../main/engine/orders/outbox';
import type { FeedItem } from '../../../main/engine/ports';
import { type Database, openDatabase } from '../../../main/storage/database';
import { createJournal } from '../../../main/storage/journalRepository';
import { createOrderBook } from '../../../main/storage/orderBook';
import { createOutbox } from '../../../main/storage/outbox/repository';
import { makeOrder } from '../../support/orders';

let folder: string;
let database: Database;
let outbox: Outbox;

const file = () => join(folder, 'puente.db');
const fromStore = (cursor: string) => ({ kind: 'store', feed: 'f', cursor }) as const;
const items = (...numbers: string[]): FeedItem[] =>
  numbers.map((number) => ({ kind: 'order', order: makeOrder(number), raw: '{}' }));

const departure = (id: number) => ({ id, exportKey: 'WEB-1', identifier: 'WEB', lines: [] });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-'));
  database = openDatabase(file());
  outbox = createOutbox(database, () => undefined);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('takeIn', () => {
  it('keeps orders and cursor together, and knows an order by its number alone', async () => {
    const first = await outbox.takeIn(items('1', '2'), fromStore('c1'), 10);
    const again = await outbox.takeIn(items('2', '3'), fromStore('c2'), 20);
    expect(first.added).toHaveLength(2);
    expect(again).toMatchObject({ known: 1, added: [{ number: '3' }] });
    expect(await outbox.cursor('f')).toBe('c2');
    expect(await outbox.knownNumbers(['1', '3', '9'])).toEqual(new Set(['1', '3']));
  });

  it('keeps nothing of a page, nor its cursor, when it fails half-way', async () => {
    const broken = [...items('1'), { kind: 'order', order: null, raw: '' } as never];
    await expect(outbox.takeIn(broken, fromStore('c1'), 10)).rejects.toThrow();
    expect(await outbox.cursor('f')).toBeNull();
    expect(await outbox.knownNumbers(['1'])).toEqual(new Set());
    expect((await outbox.takeIn(items('1'), fromStore('c1'), 20)).added).toHaveLength(1);
  });

  it('keeps an order that cannot be read, visibly, and never offers it for sending', async () => {
    const unreadable: FeedItem = { kind: 'unreadable', number: '7', raw: '{"number":"7"}', detail: 'lines' };
    const { added } = await outbox.takeIn([unreadable], fromStore('c1'), 10);
    const id = added[0]?.id ?? 0;
    const book = createOrderBook(database);
    expect(book.get(id)).toMatchObject({
      raw: '{"number":"7"}',
      actions: ['dismiss'],
      status: { state: 'failed', problems: [{ code: 'order.unreadable' }] },
    });
    expect(await outbox.act([id], { type: 'sendRequested', at: 20 })).toEqual([]);
    expect(await outbox.due(1_000, { urgentOnly: false, limit: 10 })).toEqual([]);
    expect(await outbox.act([id], { type: 'dismissed', at: 20, reason: 'seen' })).toEqual([id]);
  });

  it('shows readers nothing of a transaction that has not ended', async () => {
    const book = createOrderBook(database);
    const many = items(...Array.from({ length: 500 }, (_, index) => `${index}`));
    const taking = outbox.takeIn(many, fromStore('c1'), 10);
    await new Promise((resolve) => setImmediate(resolve));
    expect(book.counts().pending).toBe(0);
    await taking;
    expect(book.counts().pending).toBe(500);
  });
});

describe('moves', () => {
  it('fixes the export key at the first send for ever', async () => {
    const { added } = await outbox.takeIn(items('1'), fromStore('c1'), 10);
    const id = added[0]?.id ?? 0;
    const attempts = await outbox.beginSends([departure(id)], 20);
    const event = { type: 'postponed', at: 30 } as const;
    await outbox.finish([{ id, attemptId: attempts.get(id) ?? 0, event, outcome: 'notSent', problems: [] }]);
    await outbox.beginSends([{ ...departure(id), exportKey: 'SHOP-1', identifier: 'SHOP' }], 40);
    const book = createOrderBook(database);
    expect(book.get(id)?.exportKey).toBe('WEB-1');
  });

  it('starts no second send while one is running', async () => {
    const { added } = await outbox.takeIn(items('1'), fromStore('c1'), 10);
    const id = added[0]?.id ?? 0;
    const [first, second] = await Promise.all([
      outbox.beginSends([departure(id)], 20),
      outbox.beginSends([departure(id)], 20),
    ]);
    expect(first.has(id)).toBe(true);
    expect(second.has(id)).toBe(false);
  });

  it('puts what was being sent in doubt after a crash, and ends its attempt', async () => {
    const { added } = await outbox.takeIn(items('1', '2'), fromStore('c1'), 10);
    const id = added[0]?.id ?? 0;
    await outbox.beginSends([departure(id)], 20);
    const count = await outbox.recover({ type: 'interrupted', at: 30, problem: problem('org.answerLost') });
    expect(count).toBe(1);
    const due = await outbox.due(30, { urgentOnly: false, limit: 10 });
    expect(due.map((order) => [order.number, order.status.state])).toEqual([
      ['1', 'unknown'],
      ['2', 'pending'],
    ]);
    expect(createOrderBook(database).get(id)?.attempts).toMatchObject([
      { outcome: 'interrupted', finishedAt: 30 },
    ]);
  });

  it('offers orders in doubt even while automatic export is off', async () => {
    const { added } = await outbox.takeIn(items('1', '2'), fromStore('c1'), 10);
    await outbox.beginSends([departure(added[0]?.id ?? 0)], 20);
    await outbox.recover({ type: 'interrupted', at: 30, problem: problem('org.answerLost') });
    const due = await outbox.due(30, { urgentOnly: true, limit: 10 });
    expect(due.map((order) => order.number)).toEqual(['1']);
  });
});

describe('reading', () => {
  it('finds orders by number and by buyer without accents, and takes wildcards as text', async () => {
    await outbox.takeIn(items('A_1', 'AX1'), fromStore('c1'), 10);
    const book = createOrderBook(database);
    const find = (search: string) =>
      book
        .list({ states: [], changed: false, search, sort: 'oldest', offset: 0, limit: 10 })
        .rows.map((row) => row.number);
    expect(find('a_1')).toEqual(['A_1']);
    expect(find('%')).toEqual([]);
    expect(find('distribuidora él sol')).toEqual(['A_1', 'AX1']);
    expect(find('30-71234567')).toEqual(['A_1', 'AX1']);
  });

  it('pages the log, newest first', async () => {
    const journal = createJournal(database, () => undefined);
    for (let at = 1; at <= 5; at += 1)
      await journal.record({
        at,
        level: at % 2 === 0 ? 'error' : 'info',
        event: 'order.failed',
        params: { number: `N${at}` },
        problem: null,
        orderId: null,
      });
    const page = journal.list({ level: 'all', search: '', offset: 1, limit: 2 });
    expect(page.total).toBe(5);
    expect(page.entries.map((entry) => entry.at)).toEqual([4, 3]);
    expect(journal.list({ level: 'error', search: 'n4', offset: 0, limit: 9 }).entries).toHaveLength(1);
  });
});

describe('openDatabase', () => {
  it('refuses the file of a newer program', async () => {
    await database.close();
    const newer = new DatabaseSync(file());
    const { user_version: version } = newer.prepare('PRAGMA user_version').get() ?? {};
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => openDatabase(file())).toThrow(/newer/);
    const back = new DatabaseSync(file());
    back.exec(`PRAGMA user_version = ${String(version)}`);
    back.close();
    database = openDatabase(file());
  });
});

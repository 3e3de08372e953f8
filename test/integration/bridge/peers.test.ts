import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Automatic } from '../../../contract/settings';
import { addPreset } from '../../../sandbox/http/presets';
import { type Office, openDesk, openOffice } from '../../support/office';

/*
 * What people say of other connectors (research/anchors.md 7.3), each complaint as a test of this one. Those
 * about mapping files, schedules and undo stand with their parts.
 */

let office: Office;
let others: Office[];

beforeEach(async () => {
  office = await openOffice();
  others = [];
});
afterEach(async () => {
  for (const other of others) await other.stop();
  await office.stop();
});

const numbersInOrg = () => office.sandbox.org.orders().map(({ storeOrder }) => storeOrder);
const numbersOf = (orders: { number: string }[]) => orders.map(({ number }) => number).sort();

function desk(automatic?: () => Automatic): Office {
  const other = openDesk(office.sandbox, automatic);
  others.push(other);
  return other;
}

describe('runs that overlap', () => {
  it('by hand and by themselves, on one desktop, send nothing twice', async () => {
    // Slow writes leave time for every click to fall into a run.
    addPreset(office.sandbox.faults, 'org-timeout', { ms: 150, times: null });
    const numbers = numbersOf(office.sandbox.confirmOrders(30));
    office.bridge.start();
    await office.until(() => office.count('sending') > 0);
    for (let click = 0; click < 20; click += 1) {
      await office.bridge.desk.sendAll(['pending', 'retrying', 'failed']);
      office.bridge.tryNow();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await office.until(() => office.count('exported') === 30, 40_000);
    expect(numbersInOrg().sort()).toEqual(numbers);
  });

  it('on three desktops at once, with answers lost, send nothing twice', async () => {
    addPreset(office.sandbox.faults, 'org-drop-after', { times: null, chance: 0.3, seed: 7 });
    const numbers = numbersOf(office.sandbox.confirmOrders(40));
    const desks = [office, desk(), desk()];
    for (const { bridge } of desks) bridge.start();
    for (const one of desks) await one.until(() => one.count('exported') === 40, 55_000);
    expect(numbersInOrg().sort()).toEqual(numbers);
    const keys = office.sandbox.org.orders().map(({ exportKey }) => exportKey);
    expect(new Set(keys).size).toBe(40);
  });
});

describe('the link that drops', () => {
  it('after sending and before the word that it arrived: the order is looked up first, never sent blindly', async () => {
    office.sandbox.faults.add({
      target: 'org',
      path: 'composite/graph$',
      kind: 'drop',
      phase: 'after',
      times: 1,
    });
    const [order] = office.sandbox.confirmOrders(1);
    office.bridge.start();
    await office.until(() => office.count('exported') === 1);
    expect(numbersInOrg()).toEqual([order?.number]);
    const { rows } = office.bridge.book.list({ ...all, states: ['exported'] });
    const attempts = office.bridge.book.get(rows[0]?.id ?? 0)?.attempts ?? [];
    expect(attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['send', 'answerLost'],
      ['lookUp', 'exported'],
    ]);
  });
});

const all = { states: [], changed: false, search: '', sort: 'newest', offset: 0, limit: 50 } as const;

describe('a watermark', () => {
  it('that moves on leaves no order behind: what failed stays in sight and can be sent', async () => {
    const [good, bad] = office.sandbox.confirmOrders(2);
    if (good === undefined || bad === undefined) throw new Error('no orders');
    const stranger = { ...bad, number: 'X-1', lines: bad.lines.map((line) => ({ ...line, sku: 'NEW-1' })) };
    office.sandbox.store.confirmOrder(stranger);
    office.bridge.start();
    await office.until(() => office.count('exported') === 2 && office.count('failed') === 1);
    office.sandbox.confirmOrders(3);
    await office.until(() => office.count('exported') === 5);
    // Much later, with the cursor far beyond it:
    expect(office.count('failed')).toBe(1);
    const [line] = stranger.lines;
    office.sandbox.org.addProducts([{ sku: 'NEW-1', name: 'Nuevo', price: line?.unitPrice ?? '1' }]);
    await office.bridge.desk.sendAll(['failed']);
    await office.until(() => office.count('exported') === 6);
    expect(numbersInOrg()).toContain('X-1');
  });

  it('is kept with the orders it stands for: a program that starts anew on a new computer takes in all', async () => {
    const numbers = numbersOf(office.sandbox.confirmOrders(8));
    office.bridge.start();
    await office.until(() => office.count('exported') === 8);
    const fresh = desk();
    fresh.bridge.start();
    await fresh.until(() => fresh.count('exported') === 8);
    expect(numbersInOrg().sort()).toEqual(numbers);
  });
});

describe('results', () => {
  it('are matched by key: one bad order among many fails, and it is that one', async () => {
    const orders = office.sandbox.confirmOrders(12);
    const bad = orders[5];
    if (bad === undefined) throw new Error('no order');
    // The org refuses what is written for one order, wherever in the answer it comes.
    const long = {
      ...bad,
      number: 'BAD-1',
      lines: bad.lines.map((line) => ({ ...line, note: 'x'.repeat(256) })),
    };
    office.sandbox.store.confirmOrder(long);
    office.bridge.start();
    await office.until(() => office.count('exported') === 12 && office.count('failed') === 1);
    const { rows } = office.bridge.book.list({ ...all, states: ['failed'] });
    expect(rows.map(({ number }) => number)).toEqual(['BAD-1']);
    for (const { number, status } of office.bridge.book.list({ ...all, states: ['exported'] }).rows) {
      const there = office.sandbox.org.orders().find(({ storeOrder }) => storeOrder === number);
      expect(status).toMatchObject({ orgId: there?.id });
    }
  });
});

describe('a person', () => {
  it('can send by hand at any time, also with the automatic export off', async () => {
    const off = desk(() => ({ on: false, everyMinutes: 0, pausedUntil: null }));
    office.sandbox.confirmOrders(3);
    off.bridge.start();
    await off.until(() => off.count('pending') === 3);
    await off.until(() => off.bridge.links().org.state === 'up');
    expect(numbersInOrg()).toEqual([]);
    await off.bridge.desk.sendAll(['pending']);
    await off.until(() => off.count('exported') === 3);
    expect(numbersInOrg()).toHaveLength(3);
  });

  it('does not wait for the waits of the automatic tries', async () => {
    // Locked again and again: the order waits longer every time.
    office.sandbox.faults.add({
      target: 'org',
      kind: 'refuse',
      path: 'sobjects/Order$',
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: 'unable to obtain exclusive access to this record',
    });
    office.sandbox.confirmOrders(1);
    office.bridge.start();
    const status = () => office.bridge.book.list(all).rows[0]?.status;
    const wait = () => {
      const now = status();
      return now?.state === 'retrying' ? now.nextTryAt - Date.now() : 0;
    };
    await office.until(() => wait() > 4_000, 30_000);
    office.sandbox.faults.clear();
    const asked = Date.now();
    await office.bridge.desk.sendAll(['retrying']);
    await office.until(() => office.count('exported') === 1);
    expect(Date.now() - asked).toBeLessThan(3_000);
  });
});

describe('an order of the store', () => {
  it('shows in the list before the first is written: nothing is read to its end first', async () => {
    office.sandbox.confirmOrders(300);
    let shown = 0;
    office.bridge.start();
    await office.until(() => {
      shown = office.bridge.book.list(all).total;
      return shown > 0;
    });
    expect(shown).toBeLessThan(300);
    const { token, url } = office.sandbox.store;
    const page = await fetch(`${url}/v1/orders?limit=1`, { headers: { authorization: `Bearer ${token}` } });
    expect(z.object({ more: z.boolean() }).parse(await page.json()).more).toBe(true);
  });
});

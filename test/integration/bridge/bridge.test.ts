import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Problem } from '../../../contract/problem';
import { type Office, openOffice } from '../../support/office';

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.stop());

/** The numbers of the orders that the org holds, sorted; a doubled order would show twice. */
const inOrg = () => office.sandbox.org.orders().map((order) => order.storeOrder);

function problemsOf(number: string): Problem[] {
  const { rows } = office.bridge.book.list({
    states: [],
    changed: false,
    search: number,
    sort: 'newest',
    offset: 0,
    limit: 10,
  });
  const status = rows.find((row) => row.number === number)?.status;
  return status?.state === 'failed' ? status.problems : [];
}

describe('an order confirmed in the store', () => {
  it('is in the org within five seconds, to the cent, and the store is told', async () => {
    office.bridge.start();
    await office.until(() => office.bridge.links().org.state === 'up');
    const [order] = office.sandbox.confirmOrders(1);
    const confirmed = Date.now();
    await office.until(() => office.count('exported') === 1, 5_000);
    expect(Date.now() - confirmed).toBeLessThan(5_000);
    const [exported] = office.sandbox.org.orders();
    expect(exported).toMatchObject({
      storeOrder: order?.number,
      exportKey: `PAGINAWEB-${order?.number}`,
      identifier: 'PAGINAWEB',
      paymentTerms: order?.paymentTerms,
      totalAmount: order?.totals.total,
      effectiveDate: order?.confirmedAt.slice(0, 10),
    });
    await office.until(() => office.sandbox.store.core.marks().some((mark) => mark.number === order?.number));
    const { entries } = office.bridge.journal.list({ level: 'all', search: '', offset: 0, limit: 50 });
    expect(entries.flatMap(({ event, orderId }) => (orderId === null ? [] : event)).sort()).toEqual([
      'order.exported',
      'order.received',
    ]);
  });

  it('comes out exact to the cent with every kind of discount', async () => {
    const orders = office.sandbox.confirmOrders(60);
    office.bridge.start();
    await office.until(() => office.count('exported') === 60, 40_000);
    const totals = new Map(office.sandbox.org.orders().map((order) => [order.storeOrder, order.totalAmount]));
    for (const order of orders) expect(totals.get(order.number)).toBe(order.totals.total);
    // The sample data would prove little if no line of it needed splitting.
    expect(orders.some((order) => order.lines.some((line) => Number(line.discountPercent) > 0))).toBe(true);
  });
});

describe('trouble', () => {
  it('with one SKU fails that order alone, and a retry after mending sends it', async () => {
    const [good, bad] = office.sandbox.confirmOrders(2);
    if (good === undefined || bad === undefined) throw new Error('no orders');
    const stranger = {
      ...bad,
      number: 'X-1',
      lines: bad.lines.map((line) => ({ ...line, sku: `NO-${line.sku}` })),
    };
    office.sandbox.store.confirmOrder(stranger);
    office.bridge.start();
    await office.until(() => office.count('exported') === 2 && office.count('failed') === 1);
    expect(problemsOf('X-1').map((problem) => problem.code)).toEqual(['order.skuNotInPriceBook']);
    office.sandbox.org.addProducts(
      stranger.lines.map((line) => ({ sku: line.sku, name: line.name, price: line.unitPrice })),
    );
    await office.bridge.desk.sendAll(['failed']);
    await office.until(() => office.count('exported') === 3);
    expect(inOrg()).toContain('X-1');
  });

  it('with the session is mended by signing in again, once', async () => {
    office.sandbox.confirmOrders(1);
    office.bridge.start();
    await office.until(() => office.count('exported') === 1);
    office.sandbox.org.expireSessions();
    office.sandbox.confirmOrders(3);
    await office.until(() => office.count('exported') === 4);
    expect(inOrg()).toHaveLength(4);
  });

  it('with the password stops everything with one notice, and new credentials let it go on', async () => {
    office.setPassword('wrong');
    office.sandbox.confirmOrders(5);
    office.bridge.start();
    await office.until(() => office.bridge.links().org.state === 'down');
    expect(office.bridge.links().org).toMatchObject({
      problem: { code: 'org.wrongCredentials' },
      nextTryAt: null,
    });
    await office.until(() => office.count('pending') === 5);
    const { password, securityToken } = office.sandbox.org.credentials;
    office.setPassword(password + securityToken);
    office.bridge.tryNow();
    await office.until(() => office.count('exported') === 5);
    const notices = office.bridge.journal
      .list({ level: 'error', search: '', offset: 0, limit: 50 })
      .entries.filter((entry) => entry.event === 'org.down');
    expect(notices).toHaveLength(1);
  });

  it('with the org being down lets every order wait, and all go out when it is back', async () => {
    office.bridge.start();
    await office.until(() => office.bridge.links().org.state === 'up');
    office.sandbox.org.setSwitches({ down: 'maintenance' });
    office.sandbox.confirmOrders(10);
    await office.until(() => office.bridge.links().org.state === 'down');
    expect(office.count('failed')).toBe(0);
    office.sandbox.org.setSwitches({ down: 'no' });
    office.bridge.tryNow();
    await office.until(() => office.count('exported') === 10, 30_000);
    expect(new Set(inOrg()).size).toBe(10);
    expect(inOrg()).toHaveLength(10);
  });

  it('with the calls of the day used up pauses the queue and says so', async () => {
    office.sandbox.org.setSwitches({ dailyApiLimit: 0 });
    office.sandbox.confirmOrders(2);
    office.bridge.start();
    await office.until(() => office.bridge.links().org.state === 'down');
    expect(office.bridge.links().org).toMatchObject({ problem: { code: 'org.dailyLimit' } });
    expect(office.count('failed')).toBe(0);
  });
});

describe('answers that are lost', () => {
  it('after the org has the order are settled by looking it up: none twice', async () => {
    office.sandbox.faults.add({
      target: 'org',
      path: 'composite/graph',
      phase: 'after',
      kind: 'drop',
      chance: 0.5,
      seed: 3,
    });
    office.sandbox.confirmOrders(40);
    office.bridge.start();
    await office.until(() => office.count('exported') === 40, 50_000);
    expect(inOrg()).toHaveLength(40);
    expect(new Set(inOrg()).size).toBe(40);
  });

  it('before the org has the order are settled by sending it again: none missing', async () => {
    office.sandbox.faults.add({
      target: 'org',
      path: 'composite/graph',
      phase: 'before',
      kind: 'drop',
      chance: 0.5,
      seed: 4,
    });
    office.sandbox.confirmOrders(40);
    office.bridge.start();
    await office.until(() => office.count('exported') === 40, 50_000);
    expect(new Set(inOrg()).size).toBe(40);
    expect(inOrg()).toHaveLength(40);
  });
});

describe('the feed', () => {
  it('waits as long as a store asks that wants to be asked less often', async () => {
    office.sandbox.faults.add({
      target: 'store',
      path: '^/v1/orders',
      times: 1,
      kind: 'status',
      status: 429,
      body: JSON.stringify({ error: { code: 'too_many_requests', message: 'Slow down.' } }),
      headers: { 'Retry-After': '2' },
    });
    office.bridge.start();
    const started = Date.now();
    await office.until(() => office.bridge.links().store.state === 'down');
    const link = office.bridge.links().store;
    expect(link).toMatchObject({ problem: { code: 'store.rateLimited' } });
    await office.until(() => office.bridge.links().store.state === 'up', 5_000);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_900);
  });

  it('keeps an order that cannot be read, and goes on with the next', async () => {
    const { url, token } = office.sandbox.store;
    const start = await fetch(`${url}/v1/orders?limit=1`, { headers: { authorization: `Bearer ${token}` } });
    const { cursor } = z.object({ cursor: z.string() }).parse(await start.json());
    office.sandbox.faults.add({
      target: 'store',
      path: '^/v1/orders',
      nth: 1,
      kind: 'status',
      status: 200,
      body: JSON.stringify({ orders: [{ number: 'BROKEN-1', lines: 'none' }], cursor, more: true }),
    });
    office.sandbox.confirmOrders(1);
    office.bridge.start();
    await office.until(() => office.count('exported') === 1 && office.count('failed') === 1);
    expect(problemsOf('BROKEN-1').map((problem) => problem.code)).toEqual(['order.unreadable']);
  });
});

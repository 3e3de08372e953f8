import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../contract/problem';
import type { FeedItem } from '../../../main/engine/ports';
import { createHttpStore } from '../../../main/ventasxmayor/http';
import { type Sandbox, startSandbox } from '../../../sandbox';

const signal = new AbortController().signal;
let sandbox: Sandbox;
let token: string;
beforeEach(async () => {
  sandbox = await startSandbox({ content: { products: 40, buyers: 10 } });
  token = sandbox.store.token;
});
afterEach(() => sandbox.stop());

const connect = (timeoutMs = 2_000) =>
  createHttpStore({ baseUrl: sandbox.store.url, token: async () => ok(token), timeoutMs });

const numberOf = (item: FeedItem): string | null => (item.kind === 'order' ? item.order.number : item.number);

async function drain(limit: number): Promise<{ numbers: (string | null)[]; cursor: string }> {
  const store = connect();
  const numbers: (string | null)[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof store.orders>> = await store.orders(cursor, {
      limit,
      waitSeconds: 0,
      signal,
    });
    if (!page.ok) throw new Error(page.problem.code);
    numbers.push(...page.value.items.map(numberOf));
    cursor = page.value.cursor;
    if (!page.value.more) return { numbers, cursor };
  }
}

describe('the sandbox store', () => {
  it('says who it is', async () => {
    expect(await connect().info(signal)).toEqual({
      ok: true,
      value: {
        name: 'Mayorista San Telmo',
        country: 'AR',
        currency: 'ARS',
        timeZone: 'America/Argentina/Buenos_Aires',
      },
    });
  });

  it('feeds every confirmed order once, in the order of confirmation, whatever the page', async () => {
    const confirmed = sandbox.confirmOrders(57).map((order) => order.number);
    expect((await drain(10)).numbers).toEqual(confirmed);
    expect((await drain(200)).numbers).toEqual(confirmed);
  });

  it('tells orders that the engine reads without loss', async () => {
    const confirmed = sandbox.confirmOrders(20);
    const page = await connect().orders(null, { limit: 50, waitSeconds: 0, signal });
    if (!page.ok) throw new Error(page.problem.code);
    expect(page.value.items.map((item) => item.kind)).toEqual(confirmed.map(() => 'order'));
    for (const [index, item] of page.value.items.entries()) {
      const sent = confirmed[index];
      if (item.kind !== 'order' || sent === undefined) throw new Error('order');
      expect(item.order.lines.map(({ sku, quantity, total }) => [sku, quantity, total])).toEqual(
        sent.lines.map(({ sku, quantity, total }) => [sku, quantity, total]),
      );
      expect(item.order.totals).toEqual(sent.totals);
      expect(item.order.confirmedAt).toBe(sent.confirmedAt);
      expect(item.order.buyer.taxIdKind).toBe('argentina');
    }
  });

  it('answers a waiting call as soon as an order is confirmed', async () => {
    const { cursor } = await drain(10);
    const waiting = connect().orders(cursor, { limit: 10, waitSeconds: 20, signal });
    // The call is on its way once the store has it in hand: the first answer proves the connection.
    await connect().info(signal);
    const [order] = sandbox.confirmOrders(1);
    const page = await waiting;
    expect(page.ok && page.value.items.map(numberOf)).toEqual([order?.number]);
  });

  it('takes the export mark, again and again', async () => {
    const [order] = sandbox.confirmOrders(1);
    const mark = { reference: '00000100', url: 'https://org.example.com/lightning/r/Order/801/view' };
    const store = connect();
    expect(await store.markExported(order?.number ?? '', mark, signal)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await store.markExported(order?.number ?? '', mark, signal)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await store.markExported('no-such-order', mark, signal)).toMatchObject({
      ok: false,
      problem: { code: 'store.badAnswer' },
    });
  });

  it('refuses another token, and takes the right one up at once', async () => {
    const store = connect();
    token = 'not-the-token';
    const refused = await store.info(signal);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'store.tokenRefused', class: 'signIn' } });
    token = sandbox.store.token;
    expect((await store.info(signal)).ok).toBe(true);
  });

  it.each([
    ['a dead line', { kind: 'drop' }, 'store.unreachable'],
    ['maintenance', { kind: 'status', status: 503 }, 'store.unavailable'],
    ['cut-off JSON', { kind: 'truncate' }, 'store.unreachable'],
  ] as const)('%s is a fault that passes, and the feed goes on where it was', async (_name, fault, code) => {
    const confirmed = sandbox.confirmOrders(3).map((order) => order.number);
    sandbox.faults.add({ target: 'store', path: '/v1/orders', times: 1, ...fault });
    const failed = await connect().orders(null, { limit: 10, waitSeconds: 0, signal });
    expect(failed).toMatchObject({ ok: false, problem: { code, class: 'transient' } });
    expect((await drain(10)).numbers).toEqual(confirmed);
  });
});

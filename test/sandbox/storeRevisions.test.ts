import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { read } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 40, buyers: 10 }, ports: { control: 0 } });
});
afterAll(() => sandbox.stop());

const pageSchema = z.object({
  orders: z.array(
    z.looseObject({
      number: z.string(),
      revision: z.number(),
      status: z.string(),
      totals: z.looseObject({ total: z.string() }),
    }),
  ),
  cursor: z.string(),
});

async function feed(cursor: string | null) {
  const { url, token } = sandbox.store;
  const query = cursor === null ? '' : `&after=${encodeURIComponent(cursor)}`;
  const answer = await fetch(`${url}/v1/orders?limit=100${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return pageSchema.parse(await answer.json());
}

async function control(method: string, path: string, body?: unknown) {
  return read(
    await fetch(`${sandbox.control?.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

/** One order with two lines or more, as it was confirmed. */
function confirmed() {
  const order = sandbox.confirmOrders(12).find(({ lines }) => lines.length > 1);
  if (order === undefined) throw new Error('no order of two lines');
  return order;
}

describe('an order that the shop changes after its confirmation', () => {
  it('comes in the feed again with the next revision and its totals made anew', async () => {
    const order = confirmed();
    const { cursor } = await feed(null);
    const [first, second] = order.lines;
    const edited = sandbox.editOrder(order.number, {
      quantities: { [String(first?.number)]: '3' },
      remove: [second?.number ?? 0],
      notes: 'Cambió',
    });
    const { orders } = await feed(cursor);
    expect(orders.map(({ number, revision, status }) => [number, revision, status])).toEqual([
      [order.number, 2, 'confirmed'],
    ]);
    expect(orders[0]).toEqual(edited);
    expect(edited?.lines).toHaveLength(order.lines.length - 1);
    expect(edited?.lines[0]?.quantity).toBe('3');
    const sum = edited?.lines.reduce((cents, { total }) => cents + Math.round(Number(total) * 100), 0);
    expect(Number(edited?.totals.lines) * 100).toBeCloseTo(sum ?? 0, 6);
  });

  it('is known by its number still, and keeps the word of its export', async () => {
    const order = confirmed();
    sandbox.store.core.mark(order.number, { state: 'exported', reference: '00000100', url: null });
    sandbox.editOrder(order.number, { notes: 'otra' });
    expect(sandbox.store.core.order(order.number)?.notes).toBe('otra');
    expect(sandbox.store.core.marks()).toContainEqual({
      number: order.number,
      reference: '00000100',
      url: null,
    });
  });

  it('wakes whoever waits for news', async () => {
    const order = confirmed();
    const { cursor } = await feed(null);
    const { url, token } = sandbox.store;
    const waiting = fetch(`${url}/v1/orders?wait=10&after=${encodeURIComponent(cursor)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    sandbox.cancelOrder(order.number);
    const { orders } = pageSchema.parse(await (await waiting).json());
    expect(orders).toMatchObject([{ number: order.number, status: 'cancelled', revision: 2 }]);
  });

  it('is changed and called off by the control server, which says what is wrong', async () => {
    const order = confirmed();
    const line = order.lines[0];
    const edit = await control('POST', '/store/orders/edit', {
      number: order.number,
      add: [{ sku: line?.sku, name: line?.name, unitPrice: '10.00', quantity: '2' }],
    });
    expect(edit).toMatchObject({ status: 200, body: { revision: 2, status: 'confirmed' } });
    expect(await control('GET', `/store/orders/${order.number}`)).toMatchObject({
      body: { order: { revision: 2, lines: expect.arrayContaining([]) } },
    });
    expect(sandbox.store.core.order(order.number)?.lines).toHaveLength(order.lines.length + 1);
    expect(await control('POST', '/store/orders/cancel', { number: order.number })).toMatchObject({
      status: 200,
      body: { revision: 3, status: 'cancelled' },
    });
    expect(await control('POST', '/store/orders/cancel', { number: 'nobody' })).toMatchObject({
      status: 404,
      body: { error: { code: 'no_order', field: 'number' } },
    });
    const all = order.lines.map(({ number }) => number);
    const emptied = confirmed();
    expect(
      await control('POST', '/store/orders/edit', {
        number: emptied.number,
        remove: emptied.lines.map(({ number }) => number),
      }),
    ).toMatchObject({ status: 400, body: { error: { code: 'no_lines' } } });
    expect(all.length).toBeGreaterThan(1);
    expect(
      await control('POST', '/store/orders/edit', { number: emptied.number, quantities: { 1: '-1' } }),
    ).toMatchObject({ status: 422 });
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { read } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 450, buyers: 20 } });
});
afterAll(() => sandbox.stop());

async function call(method: string, path: string, body?: unknown, token = sandbox.store.token) {
  return read(
    await fetch(`${sandbox.store.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

/** The schemas of the written contract, so that the sandbox's answers are held to the document itself. */
const text = readFileSync(new URL('../../docs/store-api.yaml', import.meta.url), 'utf8');
const contract = z
  .looseObject({
    components: z.looseObject({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  })
  .parse(parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
const { schemas } = contract.components;
const shape = (name: string) => z.fromJSONSchema({ ...schemas[name], $defs: schemas });
const holds = (name: string, body: unknown) => {
  const parsed = shape(name).safeParse(body);
  expect(parsed.success ? [] : parsed.error.issues, name).toEqual([]);
};

const pageSchema = z.object({
  orders: z.array(z.looseObject({ number: z.string() })),
  cursor: z.string(),
  more: z.boolean(),
});
const feed = async (query: string) => {
  const answer = await call('GET', `/v1/orders?${query}`);
  expect(answer.status).toBe(200);
  holds('OrderPage', answer.body);
  const page = pageSchema.parse(answer.body);
  return { ...page, numbers: page.orders.map((order) => order.number) };
};

describe('the written contract', () => {
  it('holds for its own examples and refuses others', () => {
    const [example] = z.array(z.record(z.string(), z.unknown())).parse(schemas['Order']?.['examples']);
    holds('Order', example);
    expect(shape('Order').safeParse({ ...example, lines: [] }).success).toBe(false);
    expect(shape('Order').safeParse({ ...example, totals: {} }).success).toBe(false);
  });

  it('holds for every answer', async () => {
    holds('Store', (await call('GET', '/v1/store')).body);
    holds('Problem', (await call('GET', '/v1/orders/none')).body);
    holds('ProductPage', (await call('GET', '/v1/products')).body);
    const [order] = sandbox.confirmOrders(1);
    const one = await call('GET', `/v1/orders/${order?.number}`);
    holds('Order', one.body);
    expect(one.body).toEqual(order);
  });
});

describe('the feed', () => {
  it('goes on from a cursor without losing or repeating any order', async () => {
    const start = (await feed('limit=200')).cursor;
    const made = sandbox.confirmOrders(7).map((order) => order.number);
    const first = await feed(`after=${start}&limit=3`);
    const late = sandbox.confirmOrders(1).map((order) => order.number);
    const second = await feed(`after=${first.cursor}&limit=3`);
    const third = await feed(`after=${second.cursor}&limit=3`);
    expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    expect([...first.numbers, ...second.numbers, ...third.numbers]).toEqual([...made, ...late]);
    expect(await feed(`after=${third.cursor}`)).toMatchObject({
      numbers: [],
      more: false,
      cursor: third.cursor,
    });
  });

  it('holds its answer until an order is confirmed', async () => {
    const { cursor } = await feed('limit=200');
    let answered = false;
    const waiting = feed(`after=${cursor}&wait=25`).then((page) => {
      answered = true;
      return page;
    });
    await feed(`after=${cursor}`);
    expect(answered).toBe(false);
    const numbers = sandbox.confirmOrders(1).map((order) => order.number);
    expect((await waiting).numbers).toEqual(numbers);
  });

  it('answers empty when the wait is over', async () => {
    const { cursor } = await feed('limit=200');
    const waiting = feed(`after=${cursor}&wait=20`);
    await feed(`after=${cursor}`);
    sandbox.clock.advance(20_000);
    expect(await waiting).toMatchObject({ numbers: [], more: false, cursor });
  });

  it('takes an order of one’s own, once', async () => {
    const [order] = sandbox.confirmOrders(1);
    if (!order) throw new Error('no order');
    sandbox.store.confirmOrder({ ...order, number: 'A/1 ñ' });
    expect((await call('GET', `/v1/orders/${encodeURIComponent('A/1 ñ')}`)).status).toBe(200);
    expect(() => sandbox.store.confirmOrder({ ...order, number: 'A/1 ñ' })).toThrow();
    expect(() => sandbox.store.confirmOrder({ ...order, number: 'A2', lines: [] })).toThrow();
  });

  it('gives ten thousand orders in a moment', () => {
    const before = sandbox.store.core.orderCount();
    const numbers = sandbox.confirmOrders(10_000).map((order) => order.number);
    expect(new Set(numbers).size).toBe(10_000);
    expect(sandbox.store.core.orderCount()).toBe(before + 10_000);
  });
});

describe('the export mark', () => {
  it('can be set again and again', async () => {
    const [order] = sandbox.confirmOrders(1);
    const mark = { state: 'exported', reference: '00000117', url: null };
    for (let times = 0; times < 2; times++) {
      expect((await call('PUT', `/v1/orders/${order?.number}/export`, mark)).status).toBe(204);
    }
    expect(sandbox.store.core.marks()).toEqual([{ number: order?.number, reference: '00000117', url: null }]);
    expect((await call('PUT', '/v1/orders/none/export', mark)).status).toBe(404);
    expect((await call('PUT', `/v1/orders/${order?.number}/export`, { state: 'lost' })).status).toBe(422);
  });
});

describe('the catalogue', () => {
  it('is read whole, page by page', async () => {
    const skus: string[] = [];
    let cursor = '';
    for (let more = true; more; ) {
      const { body } = await call('GET', `/v1/products?limit=150&after=${cursor}`);
      const page = z
        .object({
          products: z.array(z.looseObject({ sku: z.string() })),
          cursor: z.string(),
          more: z.boolean(),
        })
        .parse(body);
      skus.push(...page.products.map((product) => product.sku));
      ({ cursor, more } = page);
    }
    expect(new Set(skus)).toEqual(
      new Set([...sandbox.world.products, ...sandbox.world.notInOrg].map((p) => p.sku)),
    );
    expect(skus).toHaveLength(453);
  });

  it('is written item by item', async () => {
    const [first, second] = sandbox.world.products.map((product) => product.sku);
    const items = [
      { sku: first, stock: '12', price: '9.9' },
      { sku: second, price: '-1' },
      { sku: second, stock: 'many' },
      { sku: second },
      { sku: 'none', stock: '1' },
    ];
    const answer = await call('POST', '/v1/products/batch', { items });
    holds('ProductBatchResult', answer.body);
    expect(answer.body).toMatchObject({
      results: [
        { sku: first, status: 'updated' },
        { status: 'refused', code: 'invalid_value' },
        { status: 'refused', code: 'invalid_value' },
        { status: 'refused', code: 'nothing_to_change' },
        { sku: 'none', status: 'refused', code: 'unknown_sku' },
      ],
    });
    expect(sandbox.store.core.catalogue.product(String(first))).toMatchObject({ stock: '12', price: '9.90' });
    const again = await call('POST', '/v1/products/batch', {
      items: [{ sku: first, stock: '12.0', price: '9.90' }],
    });
    expect(again.body).toEqual({ results: [{ sku: first, status: 'unchanged' }] });
  });
});

describe('refusals', () => {
  it.each([
    ['GET', '/v1/orders?limit=0', undefined, 400, 'invalid_parameter'],
    ['GET', '/v1/orders?limit=201', undefined, 400, 'invalid_parameter'],
    ['GET', '/v1/orders?wait=26', undefined, 400, 'invalid_parameter'],
    ['GET', '/v1/orders?after=nonsense', undefined, 400, 'invalid_cursor'],
    ['GET', '/v1/orders?after=cHJvZHVjdDox', undefined, 400, 'invalid_cursor'],
    ['GET', '/v2/store', undefined, 404, 'not_found'],
    ['GET', '/v1/orders/%E0%A4%A', undefined, 404, 'not_found'],
    ['DELETE', '/v1/orders', undefined, 405, 'method_not_allowed'],
    ['POST', '/v1/products/batch', '{', 400, 'invalid_json'],
    ['POST', '/v1/products/batch', {}, 422, 'invalid_body'],
    [
      'POST',
      '/v1/products/batch',
      { items: Array.from({ length: 201 }, () => ({ sku: 'x' })) },
      413,
      'too_many_items',
    ],
    ['POST', '/v1/products/batch', ' '.repeat(1_100_000), 413, 'too_large'],
  ] as const)('%s %s', async (method, path, body, status, code) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code, message: expect.any(String) } });
    holds('Problem', answer.body);
  });

  it('a wrong token', async () => {
    const answer = await call('GET', '/v1/store', undefined, 'wrong');
    expect([answer.status, answer.body]).toEqual([
      401,
      { error: { code: 'unauthorized', message: 'The token is missing or wrong.' } },
    ]);
  });
});

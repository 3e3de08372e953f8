import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { storeOrderSchema } from '../../sandbox/store/order';
import {
  defaultStoreSwitches,
  type OrderFlaw,
  orderFlaws,
  type StoreSwitches,
} from '../../sandbox/store/switches';
import { read } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 100, buyers: 20 }, ports: { control: 0 } });
});
afterEach(() => sandbox.store.setSwitches(defaultStoreSwitches));
afterAll(() => sandbox.stop());

const call = async (method: string, path: string, body?: unknown, of = sandbox) =>
  read(
    await fetch(`${of.store.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${of.store.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
const tell = async (path: string, body: unknown = {}) =>
  read(await fetch(`${sandbox.control?.url}${path}`, { method: 'POST', body: JSON.stringify(body) }));
const set = (switches: Partial<StoreSwitches>) => sandbox.store.setSwitches(switches);

const pageSchema = z.object({
  orders: z.array(z.looseObject({ number: z.string() })),
  cursor: z.string(),
  more: z.boolean(),
});
const feed = async (query: string) => pageSchema.parse((await call('GET', `/v1/orders?${query}`)).body);
const end = async () => {
  const last = sandbox.store.core.feed(0, 100_000).at(-1)?.seq ?? 0;
  return Buffer.from(`order:${last}`).toString('base64url');
};
const catalogueSchema = z.object({ products: z.array(z.looseObject({ sku: z.string() })) });
const catalogue = async () =>
  catalogueSchema.parse((await call('GET', '/v1/products?limit=500')).body).products;

describe('the store’s own limits', () => {
  it('answers 429 with the seconds to wait, and goes on after them', async () => {
    set({ requestsPerMinute: 3 });
    sandbox.clock.advance(60_000);
    const statuses: number[] = [];
    for (let times = 0; times < 3; times++) statuses.push((await call('GET', '/v1/store')).status);
    const over = await call('GET', '/v1/store');
    expect([statuses, over.status, over.body]).toMatchObject([
      [200, 200, 200],
      429,
      { error: { code: 'too_many_requests' } },
    ]);
    const seconds = Number(over.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    sandbox.clock.advance(seconds * 1000);
    expect((await call('GET', '/v1/store')).status).toBe(200);
  });

  it('is maintained, or off the line', async () => {
    await tell('/store/down', { down: 'maintenance' });
    const closed = await call('GET', '/v1/store');
    expect([closed.status, closed.headers.get('retry-after'), closed.body]).toMatchObject([
      503,
      '60',
      { error: { code: 'unavailable' } },
    ]);
    await tell('/store/down', { down: true });
    await expect(call('GET', '/v1/store')).rejects.toThrow();
    await tell('/store/down', { down: false });
    expect((await call('GET', '/v1/store')).status).toBe(200);
  });

  it('cuts whoever waits for news when the line goes dead', async () => {
    const waiting = call('GET', `/v1/orders?after=${await end()}&wait=25`);
    const cut = expect(waiting).rejects.toThrow();
    await call('GET', '/v1/store');
    set({ down: 'connection' });
    await cut;
  });

  it('refuses switches that it does not have', async () => {
    expect((await tell('/store/switches', { requestsPerMinute: 0 })).status).toBe(422);
    expect((await tell('/store/switches', { productFlaws: { purple: 'some' } })).status).toBe(422);
    expect((await tell('/store/orders', { count: 1, flaw: 'purple' })).status).toBe(422);
  });
});

describe('wrong orders', () => {
  /** What of the contract each flaw breaks: the path of the first complaint, or nothing. */
  const complaints: Readonly<Record<OrderFlaw, string | null>> = {
    taxIdMissing: 'buyer.taxId',
    taxIdBlank: null,
    taxIdWrong: null,
    skuUnknown: null,
    skuBlank: 'lines.0.sku',
    totalsOff: null,
    lineTotalOff: null,
    nullText: 'paymentTerms',
    extraFields: 'buyer',
    numberAsNumber: 'lines.0.quantity',
    dateInvalid: 'confirmedAt',
    noLines: 'lines',
    schemaBroken: 'revision',
  };

  it.each(orderFlaws)('%s', async (flaw) => {
    const after = await end();
    const [meant] = sandbox.confirmOrders(1, { flaw });
    const { orders } = await feed(`after=${after}`);
    expect(orders).toHaveLength(1);
    expect(orders[0]?.number).toBe(meant?.number);
    expect(orders[0]).not.toEqual(meant);
    const parsed = storeOrderSchema.safeParse(orders[0]);
    expect(parsed.success ? null : parsed.error.issues[0]?.path.join('.')).toBe(complaints[flaw]);
    expect((await feed(`after=${after}`)).orders).toEqual(orders);
    expect((await call('GET', `/v1/orders/${meant?.number}`)).body).toEqual(orders[0]);
  });

  it('come one in so many, in the middle of a page', async () => {
    const after = await end();
    expect((await tell('/store/switches', { orderFlaw: { kind: 'schemaBroken', every: 3 } })).status).toBe(
      204,
    );
    sandbox.confirmOrders(7);
    const { orders } = await feed(`after=${after}`);
    const broken = orders.map((order) => !storeOrderSchema.safeParse(order).success);
    expect(broken).toEqual([true, false, false, true, false, false, true]);
  });

  it('come twice, in two pages, and never make an idle feed look busy', async () => {
    const after = await end();
    const made = sandbox.confirmOrders(4).map((order) => order.number);
    set({ repeatOrders: true });
    const first = await feed(`after=${after}&limit=2`);
    const second = await feed(`after=${first.cursor}&limit=2`);
    expect(first.orders.map((order) => order.number).slice(-2)).toEqual(made.slice(0, 2));
    expect(second.orders.map((order) => order.number)).toEqual(made.slice(1));
    expect((await feed(`after=${second.cursor}`)).orders).toEqual([]);
  });

  it('are stamped by a clock that is off', async () => {
    set({ clockSkewMs: -3_600_000 });
    const [order] = sandbox.confirmOrders(1);
    const late = sandbox.clock.now() - Date.parse(order?.confirmedAt ?? '');
    expect(late).toBeGreaterThanOrEqual(3_600_000);
    expect(late).toBeLessThan(3_700_000);
    const date = Date.parse((await call('GET', '/v1/store')).headers.get('date') ?? '');
    expect(sandbox.clock.now() - date).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('cursors', () => {
  it('are gone when the store has forgotten them, also after a new start', async () => {
    const keep = mkdtempSync(join(tmpdir(), 'puente-store-'));
    const options = { keep, content: { products: 10, buyers: 20 } };
    const first = await startSandbox(options);
    first.confirmOrders(2);
    const old = pageSchema.parse((await call('GET', '/v1/orders?limit=1', undefined, first)).body).cursor;
    first.store.forgetCursors();
    expect((await call('GET', `/v1/orders?after=${old}`, undefined, first)).body).toMatchObject({
      error: { code: 'invalid_cursor', field: 'after' },
    });
    const anew = pageSchema.parse((await call('GET', '/v1/orders?limit=1', undefined, first)).body).cursor;
    await first.stop();
    const second = await startSandbox(options);
    expect((await call('GET', `/v1/products?after=${old}`, undefined, second)).status).toBe(400);
    const rest = await call('GET', `/v1/orders?after=${anew}`, undefined, second);
    expect(pageSchema.parse(rest.body).orders).toHaveLength(1);
    await second.stop();
    rmSync(keep, { recursive: true });
  });
});

describe('a wrong catalogue', () => {
  it('misses, repeats and misspells products', async () => {
    const [gone, twice, shouted, padded] = (await catalogue()).map((product) => product.sku);
    if (!gone || !twice || !shouted || !padded) throw new Error('too few products');
    set({
      productFlaws: { missing: [gone], duplicated: [twice], otherCase: [shouted], blanksAround: [padded] },
    });
    const skus = (await catalogue()).map((product) => product.sku);
    expect(skus).not.toContain(gone);
    expect(skus.filter((sku) => sku === twice)).toHaveLength(2);
    expect(skus).toContain(` ${padded} `);
    expect(skus).not.toContain(padded);
    expect(skus.includes(shouted)).toBe(shouted === shouted.toLowerCase() && /^\d+$/.test(shouted));
    expect(
      (await call('POST', '/v1/products/batch', { items: [{ sku: gone, stock: '1' }] })).body,
    ).toMatchObject({ results: [{ status: 'updated' }] });
  });

  it('has stock and prices that cannot be, for the same products at every read', async () => {
    const before = await catalogue();
    await tell('/store/switches', {
      productFlaws: { stockNegative: 'some', priceBlank: 'some', nameNull: 'some' },
    });
    const wrong = (await catalogue()).filter((product) => product['stock'] === '-3');
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.length).toBeLessThan(before.length / 4);
    for (const product of wrong) expect(product).toMatchObject({ price: '', name: null });
    expect((await catalogue()).filter((product) => product['stock'] === '-3')).toEqual(wrong);
    set({ productFlaws: { stockFractional: 'some' } });
    expect((await catalogue()).filter((product) => /\.5$/.test(String(product['stock']))).length).toBe(
      wrong.length,
    );
    set({ productFlaws: {} });
    expect(await catalogue()).toEqual(before);
  });

  it('refuses a SKU in a batch and writes the others', async () => {
    const [locked, free] = (await catalogue()).map((product) => product.sku);
    set({ productFlaws: { writeRefused: [String(locked)] } });
    const items = [
      { sku: locked, stock: '901' },
      { sku: free, stock: '902' },
    ];
    expect((await call('POST', '/v1/products/batch', { items })).body).toMatchObject({
      results: [
        { sku: locked, status: 'refused', code: 'locked' },
        { sku: free, status: 'updated' },
      ],
    });
    expect(sandbox.store.core.catalogue.product(String(locked))?.stock).not.toBe('901');
  });
});

describe('a hundred thousand products', () => {
  it('are read at the same speed at every depth, and written in batches', async () => {
    const large = await startSandbox({ content: 'empty' });
    const sku = (index: number) => `SKU-${String(index).padStart(6, '0')}`;
    large.store.core.putProducts(
      Array.from({ length: 100_000 }, (_unused, index) => ({
        sku: sku(index),
        name: `Producto ${index}`,
        stock: '10',
        price: '1.00',
        prices: {},
        active: true,
      })),
    );
    const best = async (work: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let turn = 0; turn < 10; turn++) {
        const start = performance.now();
        await work();
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const page = (from: number) => {
      const cursor = Buffer.from(`product:${sku(from)}`).toString('base64url');
      return call('GET', `/v1/products?limit=500&after=${cursor}`, undefined, large);
    };
    expect((await page(99_400)).body).toMatchObject({ more: true });
    expect(await best(() => page(0))).toBeLessThan(10);
    expect(await best(() => page(99_400))).toBeLessThan(10);
    let round = 10;
    const items = Array.from({ length: 200 }, (_unused, index) => sku(index * 499));
    const write = async () => {
      round++;
      const answer = await call(
        'POST',
        '/v1/products/batch',
        { items: items.map((one) => ({ sku: one, stock: String(round) })) },
        large,
      );
      expect(answer.body).toMatchObject({ results: items.map((one) => ({ sku: one, status: 'updated' })) });
    };
    expect(await best(write)).toBeLessThan(50);
    await large.stop();
  });
});

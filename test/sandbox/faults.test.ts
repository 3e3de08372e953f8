import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { basics, draftOrder, idOf, type OrgClient, read, signIn } from './client';

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 10, buyers: 20 }, ports: { control: 0 } });
  client = await signIn(sandbox);
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.stop());

const post = (key: string) =>
  client.call('POST', '/sobjects/Order', draftOrder(basics(sandbox), { Puente_ExportKey__c: key }));
const inOrg = (key: string) => sandbox.org.orders().filter((order) => order.exportKey === key).length;
async function tell(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return read(
    await fetch(`${sandbox.control?.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

describe('faults on the wire', () => {
  it('drops a request before it has any effect, and another after it took effect', async () => {
    sandbox.faults.add({
      target: 'org',
      method: 'POST',
      path: 'sobjects/Order$',
      kind: 'drop',
      phase: 'before',
      times: 1,
    });
    await expect(post('F-1')).rejects.toThrow();
    expect(inOrg('F-1')).toBe(0);
    sandbox.faults.clear();
    sandbox.faults.add({
      target: 'org',
      method: 'POST',
      path: 'sobjects/Order$',
      kind: 'drop',
      phase: 'after',
      times: 1,
    });
    await expect(post('F-2')).rejects.toThrow();
    expect(inOrg('F-2')).toBe(1);
    expect((await post('F-2')).body).toMatchObject([{ errorCode: 'DUPLICATE_VALUE' }]);
  });

  it('answers something else, before or after', async () => {
    const html = {
      target: 'org',
      kind: 'status',
      status: 503,
      body: '<html>Down</html>',
      contentType: 'text/html',
      times: 1,
    } as const;
    sandbox.faults.add({ ...html, phase: 'before' });
    const before = await post('F-3');
    expect([before.status, before.body, before.headers.get('content-type')]).toEqual([
      503,
      '<html>Down</html>',
      'text/html',
    ]);
    expect(inOrg('F-3')).toBe(0);
    sandbox.faults.clear();
    sandbox.faults.add({ ...html, phase: 'after' });
    expect((await post('F-4')).status).toBe(503);
    expect(inOrg('F-4')).toBe(1);
  });

  it('cuts an answer in half', async () => {
    sandbox.faults.add({ target: 'org', kind: 'truncate', phase: 'after', times: 1 });
    await expect(client.query('SELECT Id FROM Product2')).rejects.toThrow();
    expect((await client.query('SELECT Id FROM Product2')).status).toBe(200);
  });

  it('delays past the client’s patience', async () => {
    sandbox.faults.add({ target: 'org', kind: 'delay', ms: 60_000, phase: 'after' });
    const impatient = fetch(`${sandbox.org.url}/services/data`, { signal: AbortSignal.timeout(50) });
    await expect(impatient).rejects.toThrow();
  });

  it('throttles the store', async () => {
    sandbox.faults.add({
      target: 'store',
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '7' },
      body: '{"error":{"code":"too_many_requests","message":"Slow down."}}',
      times: 1,
    });
    const ask = () =>
      fetch(`${sandbox.store.url}/v1/store`, { headers: { authorization: `Bearer ${sandbox.store.token}` } });
    const first = await ask();
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await ask()).status).toBe(200);
  });
});

describe('a refusal on demand', () => {
  it('meets a record inside a graph, so many times, and leaves nothing of it', async () => {
    sandbox.faults.add({
      target: 'org',
      kind: 'refuse',
      method: 'POST',
      path: 'OrderItem$',
      errorCode: 'UNABLE_TO_LOCK_ROW',
      message: 'unable to obtain exclusive access to this record or 1 records: 801Hs0000000001IAA',
      times: 1,
    });
    const ids = basics(sandbox);
    const url = '/services/data/v62.0/sobjects';
    const write = () =>
      client.call('POST', '/composite/graph', {
        graphs: [
          {
            graphId: '1',
            compositeRequest: [
              {
                method: 'POST',
                url: `${url}/Order`,
                referenceId: 'order',
                body: draftOrder(ids, { Puente_ExportKey__c: 'F-9' }),
              },
              {
                method: 'POST',
                url: `${url}/OrderItem`,
                referenceId: 'line',
                body: { OrderId: '@{order.id}', PricebookEntryId: ids.entryId, Quantity: 1, UnitPrice: 1 },
              },
            ],
          },
        ],
      });
    expect((await write()).body).toMatchObject({
      graphs: [
        {
          isSuccessful: false,
          graphResponse: {
            compositeResponse: [{}, { body: [{ errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }] }],
          },
        },
      ],
    });
    expect(inOrg('F-9')).toBe(0);
    expect((await write()).body).toMatchObject({ graphs: [{ isSuccessful: true }] });
  });
});

describe('the control server', () => {
  it('takes the org down and up again', async () => {
    expect((await tell('POST', '/org/down', { down: true })).status).toBe(204);
    await expect(client.call('GET', '/limits')).rejects.toThrow();
    await tell('POST', '/org/down', { down: 'maintenance' });
    const closed = await client.call('GET', '/limits');
    expect([closed.status, closed.body]).toMatchObject([503, [{ errorCode: 'SERVER_UNAVAILABLE' }]]);
    await tell('POST', '/org/down', { down: false });
    expect((await client.call('GET', '/limits')).status).toBe(200);
    await tell('POST', '/store/down', { down: true });
    await expect(fetch(`${sandbox.store.url}/v1/store`)).rejects.toThrow();
    await tell('POST', '/store/down', { down: false });
  });

  it('sets and clears faults, sessions, switches and fields', async () => {
    expect((await tell('POST', '/faults', { target: 'org', kind: 'drop', nth: 2 })).body).toMatchObject({
      faults: [{ fault: { kind: 'drop', phase: 'before', nth: 2 }, seen: 0, struck: 0 }],
    });
    expect((await tell('DELETE', '/faults')).status).toBe(204);
    expect((await tell('GET', '/faults')).body).toEqual({ faults: [] });
    await tell('POST', '/org/switches', { graphErrors: 'halted' });
    await tell('POST', '/org/fields', { missing: ['Order.Puente_ExportKey__c'] });
    expect((await tell('GET', '/state')).body).toMatchObject({
      org: {
        switches: { graphErrors: 'halted', down: 'no' },
        fields: { missing: ['Order.Puente_ExportKey__c'], hidden: [] },
      },
      store: { products: 13 },
    });
    await tell('POST', '/org/fields', { missing: 'all' });
    expect(
      sandbox.org.core.schema.objects.some((object) => object.fields.some((f) => /^Puente_/.test(f.name))),
    ).toBe(false);
    await tell('POST', '/org/fields', {});
    expect((await tell('POST', '/org/expire-sessions')).body).toMatchObject({ expired: expect.any(Number) });
    expect((await client.call('GET', '/limits')).status).toBe(401);
    client = await signIn(sandbox);
    const before = sandbox.clock.now();
    await tell('POST', '/clock/advance', { ms: 3_600_000 });
    expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it('confirms orders and adds products', async () => {
    const { body } = await tell('POST', '/store/orders', { count: 3 });
    expect(body).toMatchObject({ numbers: [expect.any(String), expect.any(String), expect.any(String)] });
    const order = { ...sandbox.confirmOrders(1)[0], number: 'MINE-1' };
    expect((await tell('POST', '/store/orders', { orders: [order] })).body).toEqual({ numbers: ['MINE-1'] });
    expect((await tell('POST', '/store/orders', { orders: [order] })).status).toBe(409);
    const items = [{ sku: 'NEW-1', name: 'Nuevo', price: '10.50' }];
    expect((await tell('POST', '/org/products', { items })).body).toEqual({ added: 1, skipped: 0 });
    expect((await tell('GET', '/org/orders')).body).toMatchObject({ orders: expect.any(Array) });
    expect((await tell('GET', '/store/exports')).body).toEqual({ exports: [] });
  });

  it('refuses what it does not understand, and pages in a browser', async () => {
    expect((await tell('GET', '/nothing')).status).toBe(404);
    expect((await tell('POST', '/faults', { target: 'moon', kind: 'drop' })).body).toMatchObject({
      error: { code: 'invalid_body', field: 'target' },
    });
    expect((await tell('POST', '/org/down', {})).status).toBe(422);
    expect((await tell('POST', '/org/expire-sessions', {}, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
  });
});

describe('a sandbox', () => {
  it('goes on where it was when it is kept', async () => {
    const keep = mkdtempSync(join(tmpdir(), 'puente-sandbox-'));
    const options = { keep, content: { products: 10, buyers: 20 } };
    const first = await startSandbox(options);
    const { call } = await signIn(first);
    const made = await call(
      'POST',
      '/sobjects/Order',
      draftOrder(basics(first), { Puente_ExportKey__c: 'K-1' }),
    );
    const numbers = first.confirmOrders(2).map((order) => order.number);
    await first.stop();
    const second = await startSandbox(options);
    expect(second.org.orders()).toMatchObject([{ id: idOf(made), exportKey: 'K-1' }]);
    expect(second.org.query('SELECT COUNT(Id) n FROM Product2')).toMatchObject([{ n: 10 }]);
    expect(second.store.core.feed(0, 9).map((entry) => entry.order.number)).toEqual(numbers);
    expect(numbers).not.toContain(second.confirmOrders(1)[0]?.number);
    const again = await signIn(second);
    const next = await again.call('POST', '/sobjects/Order', draftOrder(basics(second)));
    expect(idOf(next) > idOf(made)).toBe(true);
    expect(new Set(second.org.orders().map((order) => order.orderNumber)).size).toBe(2);
    await second.stop();
    rmSync(keep, { recursive: true });
  });

  it('lets orders arrive by themselves, the same ones for the same seed', async () => {
    const arrivals = { firstMs: 1000, everyMs: { from: 20_000, to: 40_000 } };
    const run = async () => {
      const busy = await startSandbox({ content: { products: 10, buyers: 20 }, arrivals });
      busy.clock.advance(1000);
      busy.clock.advance(200_000);
      busy.clock.advance(40_000);
      const orders = busy.store.core.feed(0, 100).map(({ order }) => [order.number, order.totals.total]);
      await busy.stop();
      return orders;
    };
    const orders = await run();
    expect(orders).toHaveLength(3);
    expect(await run()).toEqual(orders);
  });

  it('lets unusual orders come even where the house is too small to have all kinds of trouble', async () => {
    const small = await startSandbox({ content: { products: 3, buyers: 1 } });
    expect(small.confirmOrders(40, { unusual: true })).toHaveLength(40);
    await small.stop();
  });

  it('stands beside others, and says when a port is taken', async () => {
    const other = await startSandbox({ content: 'empty' });
    expect(other.org.url).not.toBe(sandbox.org.url);
    expect(other.org.query('SELECT Id FROM Product2')).toEqual([]);
    expect(other.org.query('SELECT Name FROM Pricebook2')).toMatchObject([{ Name: 'Standard Price Book' }]);
    await expect(
      startSandbox({ content: 'empty', ports: { store: Number(new URL(other.store.url).port) } }),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await other.stop();
  });
});

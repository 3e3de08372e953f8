import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { failed, ok, problem } from '../../../contract/problem';
import { createHttpStore } from '../../../main/ventasxmayor/http';
import { type HttpServer, json, type Received, startHttpServer } from '../../support/httpServer';

const info = {
  name: 'Bazar Central',
  country: 'AR',
  currency: 'ARS',
  timeZone: 'America/Argentina/Buenos_Aires',
};

const wireOrder = (number: string, changes: object = {}) => ({
  number,
  revision: 1,
  status: 'confirmed',
  confirmedAt: '2026-11-20T10:15:00-03:00',
  channel: 'sales-rep',
  salesRep: 'Marta',
  currency: 'ARS',
  company: null,
  buyer: {
    id: 'b1',
    businessName: 'El Sol SRL',
    contactName: 'Ana Pérez',
    taxId: '30-71234567-1',
    vatStatus: 'responsable-inscripto',
    address: { street: 'Calle 1', city: 'Rosario', province: 'Santa Fe', postalCode: '2000', country: 'AR' },
    phone: null,
    email: null,
  },
  delivery: { method: 'truck', address: null },
  paymentTerms: '30 días',
  notes: '',
  lines: [
    {
      number: 1,
      sku: '007',
      name: 'Taza',
      quantity: '6',
      unitPrice: '2.55',
      discountPercent: '10',
      total: '13.77',
      note: '',
    },
  ],
  totals: {
    lines: '13.77',
    discount: '0.00',
    shipping: '0.00',
    surcharge: '0.00',
    tax: '0.00',
    total: '13.77',
  },
  ...changes,
});

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

const signal = new AbortController().signal;
const options = { limit: 100, waitSeconds: 0, signal };
const token = 'store-token-1';

async function start(answer: (request: Received, response: ServerResponse) => void, changes = {}) {
  server = await startHttpServer((request, response) => {
    if (request.url === '/shop/v1/store') json(response, 200, { ...info, ...changes });
    else answer(request, response);
  });
  const store = createHttpStore({
    baseUrl: `${server.url}/shop/`,
    token: async () => ok(token),
    timeoutMs: 400,
  });
  return { store, received: server.received };
}

describe('HTTP store: the feed', () => {
  it('reads orders as the engine knows them, and asks with token, cursor, limit and wait', async () => {
    const { store, received } = await start((_request, response) =>
      json(response, 200, { orders: [wireOrder('A-1')], cursor: 'c2', more: true }),
    );
    const page = await store.orders('c1', { limit: 50, waitSeconds: 3, signal });
    expect(page).toMatchObject({
      ok: true,
      value: {
        cursor: 'c2',
        more: true,
        items: [
          {
            kind: 'order',
            order: { number: 'A-1', buyer: { taxIdKind: 'argentina' }, lines: [{ sku: '007' }] },
          },
        ],
      },
    });
    const asked = received.at(-1);
    expect(asked?.url).toBe('/shop/v1/orders?limit=50&wait=3&after=c1');
    expect(asked?.headers.authorization).toBe(`Bearer ${token}`);
    await store.orders('c2', options);
    expect(received.filter((one) => one.url === '/shop/v1/store')).toHaveLength(1);
  });

  it('keeps an order that it cannot read as it came, beside those it can', async () => {
    const odd = wireOrder('A-2', { currency: 'pesos', lines: [{ sku: '' }] });
    const { store } = await start((_request, response) =>
      json(response, 200, { orders: [odd, 'nonsense', wireOrder('A-3')], cursor: 'c', more: false }),
    );
    const page = await store.orders(null, options);
    if (!page.ok) throw new Error(page.problem.code);
    const [first, second, third] = page.value.items;
    expect(first).toMatchObject({
      kind: 'unreadable',
      number: 'A-2',
      detail: expect.stringContaining('currency'),
    });
    expect(first?.raw).toBe(JSON.stringify(odd));
    expect(second).toMatchObject({ kind: 'unreadable', number: null, raw: '"nonsense"' });
    expect(third).toMatchObject({ kind: 'order', order: { number: 'A-3' } });
  });

  it('takes an order that is not confirmed for one it cannot read, never for one to export', async () => {
    const { store } = await start((_request, response) =>
      json(response, 200, { orders: [wireOrder('A-1', { status: 'draft' })], cursor: 'c', more: false }),
    );
    const page = await store.orders(null, options);
    expect(page.ok && page.value.items[0]?.kind).toBe('unreadable');
  });

  it('checks tax IDs as Argentine ones in Argentina alone', async () => {
    const { store } = await start(
      (_request, response) => json(response, 200, { orders: [wireOrder('A-1')], cursor: 'c', more: false }),
      { country: 'UY' },
    );
    const page = await store.orders(null, options);
    expect(page).toMatchObject({ ok: true, value: { items: [{ order: { buyer: { taxIdKind: 'any' } } }] } });
  });

  it('waits as long as it asked the store to hold the answer', async () => {
    const { store } = await start((_request, response) => {
      setTimeout(() => json(response, 200, { orders: [], cursor: 'c', more: false }), 700);
    });
    expect((await store.orders(null, { ...options, waitSeconds: 1 })).ok).toBe(true);
  });

  it('ends the wait when it is called off', async () => {
    const controller = new AbortController();
    const { store } = await start(() => controller.abort());
    const page = await store.orders(null, { limit: 1, waitSeconds: 20, signal: controller.signal });
    expect(page).toMatchObject({ ok: false, problem: { code: 'store.unreachable' } });
  });
});

describe('HTTP store: the export mark', () => {
  it('is put on the order, whatever its number looks like', async () => {
    const { store, received } = await start((_request, response) => {
      response.writeHead(204);
      response.end();
    });
    const marked = await store.markExported('A/1 ñ?', { reference: '00000100', url: null }, signal);
    expect(marked).toEqual({ ok: true, value: undefined });
    expect(received.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/shop/v1/orders/A%2F1%20%C3%B1%3F/export',
      body: JSON.stringify({ state: 'exported', reference: '00000100', url: null }),
    });
  });
});

describe('HTTP store: faults', () => {
  const storeError = (code: string) => ({ error: { code, message: `no: ${code} ${token}` } });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['401', (response) => json(response, 401, storeError('unauthorized')), 'store.tokenRefused'],
    [
      '429',
      (response) => json(response, 429, storeError('slow'), { 'retry-after': '17' }),
      'store.rateLimited',
    ],
    ['503', (response) => json(response, 503, storeError('down')), 'store.unavailable'],
    [
      'a 502 page',
      (response) => response.writeHead(502).end('<title>Bad gateway</title>'),
      'store.unavailable',
    ],
    ['400', (response) => json(response, 400, storeError('bad_cursor')), 'store.badAnswer'],
    [
      'a 404 page',
      (response) => response.writeHead(404).end('<title>Not here</title>'),
      'store.wrongAddress',
    ],
    ['a page with 200', (response) => response.end('<title>Welcome</title>'), 'store.badAnswer'],
    ['cut-off JSON', (response) => response.end('{"orders":['), 'store.badAnswer'],
    ['another shape', (response) => json(response, 200, { orders: 'none' }), 'store.badAnswer'],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
      'store.wrongAddress',
    ],
    ['no answer', () => {}, 'store.unreachable'],
    ['a broken connection', (response) => response.socket?.destroy(), 'store.unreachable'],
  ])('%s', async (_name, answer, code) => {
    const { store } = await start((_request, response) => answer(response));
    const page = await store.orders(null, options);
    expect(page).toMatchObject({ ok: false, problem: { code, params: { host: expect.any(String) } } });
    expect(JSON.stringify(page)).not.toContain(token);
  });

  it('tells how long a store that is asked too often wants to be left alone', async () => {
    const { store } = await start((_request, response) =>
      json(response, 429, storeError('slow'), { 'retry-after': '17' }),
    );
    expect(await store.orders(null, options)).toMatchObject({ problem: { params: { value: 17 } } });
  });

  it('says nothing to the store without a token, or with one no header can carry', async () => {
    const { received, store: _with } = await start((_request, response) => json(response, 200, {}));
    const baseUrl = server?.url ?? '';
    const missing = createHttpStore({
      baseUrl,
      token: async () => failed(problem('secret.missing', { name: 'storeToken' })),
    });
    expect(await missing.info(signal)).toMatchObject({ ok: false, problem: { code: 'secret.missing' } });
    const odd = createHttpStore({ baseUrl, token: async () => ok('two\nlines') });
    expect(await odd.info(signal)).toMatchObject({ ok: false, problem: { code: 'store.tokenRefused' } });
    expect(received).toHaveLength(0);
  });

  it('is unreachable when nothing listens', async () => {
    const { store } = await start((_request, response) => json(response, 200, {}));
    await server?.stop();
    server = null;
    expect(await store.info(signal)).toMatchObject({
      ok: false,
      problem: { code: 'store.unreachable', class: 'transient' },
    });
  });
});

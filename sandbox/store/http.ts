import Big from 'big.js';
import { z } from 'zod';
import { json, parseJson, type Reply, type Request } from '../http/message';
import type { StoreCore } from './core';
import { decimalSchema, exportMarkSchema } from './order';

export interface StoreProfile {
  name: string;
  country: string;
  currency: string;
  timeZone: string;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

const longestWait = 25;
const mostItems = 200;

/** The store's HTTP face, as docs/store-api.yaml describes it. */
export function storeHandler(
  store: StoreCore,
  profile: StoreProfile,
  token: string,
): (request: Request) => Reply | Promise<Reply> {
  return async (request) => {
    try {
      if (request.headers.authorization !== `Bearer ${token}`) {
        throw new Refusal(401, 'unauthorized', 'The token is missing or wrong.');
      }
      return await route(store, profile, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return problem(error.status, error.code, error.message, error.field);
    }
  };
}

export function problem(status: number, code: string, message: string, field?: string): Reply {
  return json(status, { error: field === undefined ? { code, message } : { code, message, field } });
}

function route(store: StoreCore, profile: StoreProfile, request: Request): Reply | Promise<Reply> {
  const parts = request.path.split('/').slice(1).map(decodePart);
  const [version, resource, key, action] = parts;
  if (version !== 'v1' || parts.length > 4) throw unknownAddress();
  const place = `${resource}${key === undefined ? '' : '/*'}${action === undefined ? '' : `/${action}`}`;
  if (place === 'store') return only(request, 'GET', () => json(200, profile));
  if (place === 'orders') return only(request, 'GET', () => feed(store, request));
  if (place === 'orders/*') return only(request, 'GET', () => oneOrder(store, key ?? ''));
  if (place === 'orders/*/export') return only(request, 'PUT', () => markExported(store, key ?? '', request));
  if (place === 'products') return only(request, 'GET', () => catalogue(store, request));
  if (place === 'products/*' && key === 'batch')
    return only(request, 'POST', () => writeBatch(store, request));
  throw unknownAddress();
}

function only(
  request: Request,
  method: string,
  answer: () => Reply | Promise<Reply>,
): Reply | Promise<Reply> {
  if (request.method !== method) {
    throw new Refusal(405, 'method_not_allowed', `Only ${method} is understood here.`);
  }
  return answer();
}

async function feed(store: StoreCore, request: Request): Promise<Reply> {
  const limit = wholeNumber(request, 'limit', 1, 200, 50);
  const wait = wholeNumber(request, 'wait', 0, longestWait, 0);
  const after = readCursor(request, 'order');
  const from = after === null ? 0 : Number(after);
  let entries = store.feed(from, limit + 1);
  if (entries.length === 0 && wait > 0) {
    await store.news(wait * 1000, request.signal);
    if (request.signal.aborted) return { status: 499 };
    entries = store.feed(from, limit + 1);
  }
  const page = entries.slice(0, limit);
  return json(200, {
    orders: page.map((entry) => entry.order),
    cursor: writeCursor('order', String(page.at(-1)?.seq ?? from)),
    more: entries.length > limit,
  });
}

function oneOrder(store: StoreCore, number: string): Reply {
  const order = store.order(number);
  if (!order) throw new Refusal(404, 'not_found', `There is no order ${number}.`);
  return json(200, order);
}

function markExported(store: StoreCore, number: string, request: Request): Reply {
  const mark = body(exportMarkSchema, request);
  if (!store.mark(number, mark)) throw new Refusal(404, 'not_found', `There is no order ${number}.`);
  return { status: 204 };
}

function catalogue(store: StoreCore, request: Request): Reply {
  const limit = wholeNumber(request, 'limit', 1, 500, 200);
  const products = store.products(readCursor(request, 'product') ?? '', limit + 1);
  const page = products.slice(0, limit);
  const last = page.at(-1)?.sku ?? readCursor(request, 'product') ?? '';
  return json(200, { products: page, cursor: writeCursor('product', last), more: products.length > limit });
}

const batchSchema = z.strictObject({
  items: z.array(
    z.strictObject({ sku: z.string().min(1), stock: z.string().optional(), price: z.string().optional() }),
  ),
});
type BatchItem = z.infer<typeof batchSchema>['items'][number];

type ItemResult =
  | { sku: string; status: 'updated' | 'unchanged' }
  | { sku: string; status: 'refused'; code: string; message: string };

function writeBatch(store: StoreCore, request: Request): Reply {
  const { items } = body(batchSchema, request);
  if (items.length > mostItems) {
    throw new Refusal(413, 'too_many_items', `At most ${mostItems} items fit into one batch.`, 'items');
  }
  return json(200, { results: items.map((item) => writeItem(store, item)) });
}

function writeItem(store: StoreCore, item: BatchItem): ItemResult {
  const refused = (code: string, message: string): ItemResult => ({
    sku: item.sku,
    status: 'refused',
    code,
    message,
  });
  const product = store.product(item.sku);
  if (!product) return refused('unknown_sku', 'The store has no product with this SKU.');
  if (item.stock === undefined && item.price === undefined) {
    return refused('nothing_to_change', 'Neither stock nor price is given.');
  }
  for (const [name, value] of [['stock', item.stock] as const, ['price', item.price] as const]) {
    if (value === undefined) continue;
    if (!decimalSchema.safeParse(value).success)
      return refused('invalid_value', `The ${name} is not a decimal number.`);
    if (new Big(value).lt(0)) return refused('invalid_value', `The ${name} is below zero.`);
  }
  const stock = item.stock === undefined ? product.stock : new Big(item.stock).toFixed();
  const price = item.price === undefined ? product.price : new Big(item.price).toFixed(2);
  if (stock === product.stock && price === product.price) return { sku: item.sku, status: 'unchanged' };
  store.putProducts([{ ...product, stock, price }]);
  return { sku: item.sku, status: 'updated' };
}

function body<T>(schema: z.ZodType<T>, request: Request): T {
  const value = parseJson(request.body);
  if (value === undefined) throw new Refusal(400, 'invalid_json', 'The body is not JSON.');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal(
    422,
    'invalid_body',
    issue?.message ?? 'The body is not as expected.',
    issue?.path.join('.'),
  );
}

function wholeNumber(request: Request, name: string, low: number, high: number, usual: number): number {
  const text = request.query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new Refusal(
      400,
      'invalid_parameter',
      `${name} must be a whole number from ${low} to ${high}.`,
      name,
    );
  }
  return value;
}

/** Cursors are opaque to clients; inside they say which list they belong to and where in it. */
function writeCursor(list: 'order' | 'product', place: string): string {
  return Buffer.from(`${list}:${place}`, 'utf8').toString('base64url');
}

function readCursor(request: Request, list: 'order' | 'product'): string | null {
  const text = request.query.get('after');
  if (text === null || text === '') return null;
  const plain = Buffer.from(text, 'base64url').toString('utf8');
  const place = plain.startsWith(`${list}:`) ? plain.slice(list.length + 1) : null;
  if (place === null || (list === 'order' && !/^\d+$/.test(place))) {
    throw new Refusal(400, 'invalid_cursor', 'This cursor was not given out by this list.', 'after');
  }
  return place;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw unknownAddress();
  }
}

const unknownAddress = (): Refusal => new Refusal(404, 'not_found', 'There is nothing at this address.');

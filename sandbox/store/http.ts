import type { z } from 'zod';
import { json, parseJson, type Reply, type Request } from '../http/message';
import { batchSchema, mostItems, writeItems } from './batch';
import { type ChangePlace, toProduct } from './catalogue';
import type { StoreCore } from './core';
import { readCursor, writeCursor } from './cursor';
import { RateLimit } from './limit';
import { exportMarkSchema } from './order';
import { spoilProduct } from './productFlaws';
import { Refusal, unknownAddress } from './refusal';

export interface StoreProfile {
  name: string;
  country: string;
  currency: string;
  timeZone: string;
}

const longestWait = 25;

/** The store's HTTP face, as docs/store-api.yaml describes it. */
export function storeHandler(
  store: StoreCore,
  profile: StoreProfile,
  token: string,
): (request: Request) => Promise<Reply> {
  const limit = new RateLimit(() => store.clock.now());
  async function answer(request: Request): Promise<Reply> {
    try {
      if (store.switches.down === 'maintenance') {
        const later = { 'retry-after': '60' };
        throw new Refusal(503, 'unavailable', 'The store is being maintained.', undefined, later);
      }
      if (request.headers.authorization !== `Bearer ${token}`) {
        throw new Refusal(401, 'unauthorized', 'The token is missing or wrong.');
      }
      const seconds = limit.take(store.switches.requestsPerMinute);
      if (seconds !== null) {
        const message = `At most ${store.switches.requestsPerMinute} requests a minute.`;
        const later = { 'retry-after': String(seconds) };
        throw new Refusal(429, 'too_many_requests', message, undefined, later);
      }
      return await route(store, profile, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.reply();
    }
  }
  return async (request) => {
    const reply = await answer(request);
    return { ...reply, headers: { ...reply.headers, date: new Date(store.now()).toUTCString() } };
  };
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
  // Written to, it is the batch; read, it is a product of this SKU like any other.
  if (place === 'products/*' && key === 'batch' && request.method !== 'GET') {
    return only(request, 'POST', () => writeBatch(store, request));
  }
  if (place === 'products/*') return only(request, 'GET', () => oneProduct(store, key ?? ''));
  if (place === 'price-lists')
    return only(request, 'GET', () => json(200, { lists: store.catalogue.lists() }));
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
  const from = Number(readCursor(request.query.get('after'), 'order', store.cursorAge()) ?? 0);
  let entries = store.sent(from, limit + 1);
  if (entries.length === 0 && wait > 0) {
    await store.news(wait * 1000, request.signal);
    if (request.signal.aborted) return { status: 499 };
    entries = store.sent(from, limit + 1);
  }
  const page = entries.slice(0, limit);
  const last = page.at(-1)?.seq ?? from;
  const again = store.switches.repeatOrders && page.length > 0 ? store.sentAt(from) : [];
  // The orders are put together as the texts they are kept as: reading them would only cost time.
  const orders = [...again, ...page].map((entry) => entry.text).join(',');
  const rest = JSON.stringify({
    cursor: writeCursor('order', store.cursorAge(), String(last)),
    more: entries.length > limit,
  });
  return textReply(`{"orders":[${orders}],${rest.slice(1)}`);
}

function oneOrder(store: StoreCore, number: string): Reply {
  const text = store.sentOrder(number);
  if (text === null) throw noOrder(number);
  return textReply(text);
}

function markExported(store: StoreCore, number: string, request: Request): Reply {
  const mark = body(exportMarkSchema, request);
  if (!store.mark(number, mark)) throw noOrder(number);
  return { status: 204 };
}

function catalogue(store: StoreCore, request: Request): Reply {
  const asOf = store.catalogue.stamp();
  const limit = wholeNumber(request, 'limit', 1, 500, 200);
  const since = instant(request, 'changedSince');
  const from = readCursor(request.query.get('after'), 'product', store.cursorAge()) ?? '';
  const found =
    since === null
      ? store.catalogue.page(from, limit + 1)
      : store.catalogue.changes(since, changePlace(from), limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const place = last === undefined ? from : since === null ? last.sku : `${last.updatedAt} ${last.sku}`;
  const { productFlaws } = store.switches;
  const flawless = Object.keys(productFlaws).length === 0;
  // The products are put together as the texts that SQLite made of them: reading them would only cost time.
  const products = flawless
    ? page.map((product) => product.text)
    : page.flatMap((product) =>
        spoilProduct(toProduct(product), productFlaws).map((one) => JSON.stringify(one)),
      );
  const cursor = writeCursor('product', store.cursorAge(), place);
  const rest = JSON.stringify({ cursor, more: found.length > limit, asOf });
  return textReply(`{"products":[${products.join(',')}],${rest.slice(1)}`);
}

function changePlace(place: string): ChangePlace | null {
  const end = place.indexOf(' ');
  return end < 0 ? null : { updatedAt: place.slice(0, end), sku: place.slice(end + 1) };
}

function oneProduct(store: StoreCore, sku: string): Reply {
  const product = store.catalogue.sent(sku);
  const [sent] = product === null ? [] : spoilProduct(toProduct(product), store.switches.productFlaws);
  if (sent === undefined) throw new Refusal(404, 'not_found', `There is no product ${sku}.`);
  return json(200, sent);
}

const textReply = (body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body,
});

function writeBatch(store: StoreCore, request: Request): Reply {
  const { items } = body(batchSchema, request);
  if (items.length > mostItems) {
    throw new Refusal(413, 'too_many_items', `At most ${mostItems} items fit into one batch.`, 'items');
  }
  return json(200, { results: writeItems(store, items) });
}

function body<T>(schema: z.ZodType<T>, request: Request): T {
  const value = parseJson(request.body);
  if (value === undefined) throw new Refusal(400, 'invalid_json', 'The body is not JSON.');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const message = issue?.message ?? 'The body is not as expected.';
  throw new Refusal(422, 'invalid_body', message, issue?.path.join('.'));
}

function wholeNumber(request: Request, name: string, low: number, high: number, usual: number): number {
  const text = request.query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) {
    const message = `${name} must be a whole number from ${low} to ${high}.`;
    throw new Refusal(400, 'invalid_parameter', message, name);
  }
  return value;
}

/** An instant as the store writes them, or null where none is given. */
function instant(request: Request, name: string): string | null {
  const text = request.query.get(name);
  if (text === null) return null;
  // A plus that was not encoded arrives as a blank.
  const ms = Date.parse(text.replace(' ', '+'));
  if (Number.isNaN(ms)) throw new Refusal(400, 'invalid_parameter', `${name} must be an instant.`, name);
  return new Date(ms).toISOString();
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw unknownAddress();
  }
}

const noOrder = (number: string): Refusal => new Refusal(404, 'not_found', `There is no order ${number}.`);

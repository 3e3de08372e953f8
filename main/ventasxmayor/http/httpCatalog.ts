import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { failed, ok, type Problem, problem, type Result } from '../../../contract/problem';
import type { CatalogStore, StoreReadRequest, StoreWrite, WriteResult } from '../../engine/catalog/ports';
import type { ReadEnd } from '../../engine/catalog/readRequest';
import type { InStore, UnreadableProduct } from '../../engine/catalog/unreadable';
import { nodeFetch } from '../../net/nodeFetch';
import {
  batchResultSchema,
  inStoreSchema,
  listsSchema,
  type ProductPage,
  productPageSchema,
  resultOf,
} from './catalogWire';
import { createStoreClient, type StoreClientOptions } from './client';
import { infoSchema } from './wire';

/** Most products of one answer, and of one batch (docs/store-api.yaml). */
const pageSize = 500;
const mostItems = 200;
/** Waits between the tries of a page, in milliseconds. */
const waitsMs = [500, 1_000, 2_000, 4_000];
const longestAskedMs = 70_000;
/** Instants may be written a little after they were taken: so far back a reading of changes looks again. */
const overlapMs = 60_000;

/** The store's catalogue behind Puente's own HTTP contract (docs/store-api.yaml). */
export function createHttpCatalog(options: StoreClientOptions): CatalogStore {
  const call = createStoreClient({ fetch: nodeFetch, ...options });

  async function page(
    query: URLSearchParams,
    { onWaiting, signal }: Pick<StoreReadRequest, 'onWaiting' | 'signal'>,
  ): Promise<Result<ProductPage>> {
    const request = {
      method: 'GET',
      path: `/v1/products?${query}`,
      answer: productPageSchema,
      signal,
    } as const;
    for (const waitMs of waitsMs) {
      const answer = await call(request);
      const asked = answer.ok ? 0 : askedMs(answer.problem);
      if (answer.ok || signal.aborted || !passes(answer.problem) || asked > longestAskedMs) {
        onWaiting(null);
        return answer;
      }
      const forMs = Math.max(waitMs, asked);
      onWaiting({ problem: answer.problem, forMs });
      await sleep(forMs, undefined, { signal }).catch(() => undefined);
    }
    const last = await call(request);
    onWaiting(null);
    return last;
  }

  async function read(request: StoreReadRequest): Promise<Result<ReadEnd>> {
    const { since } = request;
    const query = new URLSearchParams({ limit: String(pageSize) });
    if (since !== null) query.set('changedSince', new Date(Date.parse(since) - overlapMs).toISOString());
    let mark: string | null = null;
    const handOn = createHandOn(request);
    const places = new Set<string>();
    let coming: Promise<Result<ProductPage>> | null = page(query, request);
    while (coming !== null) {
      const answer: Result<ProductPage> = await coming;
      if (!answer.ok) return answer;
      const { entries, cursor, more, asOf }: ProductPage = answer.value;
      mark ??= asOf ?? null;
      if (more && entries.products.length + entries.unreadable.length === 0)
        return badAnswer('a page without products before the end');
      if (more && places.has(cursor)) return badAnswer('a cursor that was given out before');
      const [first] = entries.unreadable;
      if (first !== undefined && isAnotherContract(entries, since)) return badAnswer(cannotRead(first));
      places.add(cursor);
      // The next page is on its way while this one is put away.
      query.set('after', cursor);
      coming = more ? page(new URLSearchParams(query), request) : null;
      // Not before it has gone out, or the store would be idle meanwhile.
      await setImmediate();
      await handOn.page(entries);
    }
    const rows = handOn.end();
    return rows.ok ? ok({ rows: rows.value, mark }) : rows;
  }

  return {
    mostItems,
    read,

    async currency(signal) {
      const info = await call({ method: 'GET', path: '/v1/store', answer: infoSchema, signal });
      return info.ok ? ok(info.value.currency) : info;
    },

    async priceLists(signal) {
      const answer = await call({
        method: 'GET',
        path: '/v1/price-lists',
        answer: listsSchema,
        // A store that has only the general price need not know the address.
        missing: { lists: [] },
        signal,
      });
      return answer.ok ? ok(answer.value.lists) : answer;
    },

    product: (sku, signal) =>
      call<InStore>({
        method: 'GET',
        path: `/v1/products/${encodeURIComponent(sku)}`,
        answer: inStoreSchema,
        missing: { kind: 'none' },
        signal,
      }),

    async write(items, signal) {
      const answer = await call({
        method: 'POST',
        path: '/v1/products/batch',
        body: { items: items.map(toWire) },
        answer: batchResultSchema,
        signal,
      });
      if (!answer.ok) return answer;
      // By SKU, not by place: an answer that leaves one out must not lend it its neighbour's luck.
      const told = new Map(answer.value.results.map((result) => [result.sku, resultOf(result)]));
      const results: WriteResult[] = [];
      for (const { sku } of items) {
        const result = told.get(sku);
        if (result === undefined) return badAnswer(`no result for ${sku}`);
        results.push(result);
      }
      return ok(results);
    },
  };
}

const passes = ({ class: kind }: Problem): boolean => kind === 'transient' || kind === 'quota';
const askedMs = ({ class: kind, params }: Problem): number =>
  kind === 'quota' ? Number(params['value'] ?? 0) * 1000 : 0;

/**
 * Hands pages on. A catalogue of which nothing can be read is not this contract's: until something is, nothing of it is set
 * aside.
 */
function createHandOn({ since, take, setAside }: StoreReadRequest) {
  let rows = 0;
  let held: UnreadableProduct[] | null = since === null ? [] : null;

  return {
    async page({ products, unreadable }: ProductPage['entries']): Promise<void> {
      rows += products.length + unreadable.length;
      if (products.length > 0) await take(products);
      held?.push(...unreadable);
      const aside = held ?? unreadable;
      if (rows > aside.length) held = null;
      if (held === null && aside.length > 0) await setAside(aside);
    },

    /** How many there were. */
    end(): Result<number> {
      const [first] = held ?? [];
      return first === undefined ? ok(rows) : badAnswer(cannotRead(first));
    },
  };
}

/** From so many on, a page of which more than half cannot be read is no slip of single products. */
const mostSlips = { whole: 20, changes: pageSize / 2 };

/** What changed may well be wrong all at once, as when somebody has imported it so. */
const isAnotherContract = ({ products, unreadable }: ProductPage['entries'], since: string | null): boolean =>
  unreadable.length >= (since === null ? mostSlips.whole : mostSlips.changes) &&
  unreadable.length > products.length;

const cannotRead = ({ sku, told, notes }: UnreadableProduct): string =>
  `products that cannot be read, the first of them: ${sku ?? ''} ${told} (${notes.join(', ')})`;

const badAnswer = (detail: string) => failed(problem('store.badAnswer', {}, { detail }));

const toWire = ({ sku, stock, price, lists }: StoreWrite): Record<string, unknown> => ({
  sku,
  ...(stock === undefined ? {} : { stock }),
  ...(price === undefined ? {} : { price }),
  ...(lists === undefined ? {} : { prices: lists }),
});

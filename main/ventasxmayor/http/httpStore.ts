import { z } from 'zod';
import { ok, type Result } from '../../../contract/problem';
import type { Store, StoreInfo } from '../../engine/ports';
import { createStoreClient, type StoreClientOptions } from './client';
import { feedSchema, infoSchema, readOrder } from './wire';

/** The store's orders behind Puente's own HTTP contract (docs/store-api.yaml). */
export function createHttpStore(options: StoreClientOptions): Store {
  const call = createStoreClient(options);
  let country: string | null = null;

  async function info(signal: AbortSignal): Promise<Result<StoreInfo>> {
    const asked = await call({ method: 'GET', path: '/v1/store', answer: infoSchema, signal });
    if (asked.ok) country = asked.value.country;
    return asked;
  }

  async function knownCountry(signal: AbortSignal): Promise<Result<string>> {
    if (country !== null) return ok(country);
    const asked = await info(signal);
    return asked.ok ? ok(asked.value.country) : asked;
  }

  return {
    info,

    async orders(after, { limit, waitSeconds, signal }) {
      const home = await knownCountry(signal);
      if (!home.ok) return home;
      const query = new URLSearchParams({ limit: String(limit), wait: String(waitSeconds) });
      if (after !== null) query.set('after', after);
      const page = await call({
        method: 'GET',
        path: `/v1/orders?${query}`,
        answer: feedSchema,
        waitMs: waitSeconds * 1000,
        signal,
      });
      if (!page.ok) return page;
      const { orders, cursor, more } = page.value;
      return ok({ items: orders.map((item) => readOrder(item, home.value)), cursor, more });
    },

    async markExported(orderNumber, mark, signal) {
      const marked = await call({
        method: 'PUT',
        path: `/v1/orders/${encodeURIComponent(orderNumber)}/export`,
        body: { state: 'exported', reference: mark.reference, url: mark.url },
        answer: z.unknown(),
        signal,
      });
      return marked.ok ? ok(undefined) : marked;
    },
  };
}

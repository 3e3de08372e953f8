import Big from 'big.js';
import { z } from 'zod';
import type { StoreCore } from './core';
import { decimalSchema, type StoreProduct } from './order';
import { refusesWrite } from './productFlaws';

export const mostItems = 200;

export const batchSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      sku: z.string().min(1),
      stock: z.string().optional(),
      price: z.string().optional(),
      prices: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type BatchItem = z.infer<typeof batchSchema>['items'][number];

type ItemResult =
  | { sku: string; status: 'updated' | 'unchanged' }
  | { sku: string; status: 'refused'; code: string; message: string };

/** Writes each item for itself and tells what became of it, in the same order. */
export function writeItems(store: StoreCore, items: readonly BatchItem[]): ItemResult[] {
  const lists = new Set(store.catalogue.lists().map((list) => list.id));
  const stamp = store.catalogue.stamp();
  return store.step(() => items.map((item) => writeItem(store, item, lists, stamp)));
}

function writeItem(store: StoreCore, item: BatchItem, lists: ReadonlySet<string>, stamp: string): ItemResult {
  const refused = (code: string, message: string): ItemResult => ({
    sku: item.sku,
    status: 'refused',
    code,
    message,
  });
  const product = store.catalogue.product(item.sku);
  if (!product) return refused('unknown_sku', 'The store has no product with this SKU.');
  const prices = Object.entries(item.prices ?? {});
  if (item.stock === undefined && item.price === undefined && prices.length === 0) {
    return refused('nothing_to_change', 'Neither stock nor price is given.');
  }
  for (const [name, value] of [['stock', item.stock] as const, ['price', item.price] as const, ...prices]) {
    if (value === undefined) continue;
    if (!decimalSchema.safeParse(value).success)
      return refused('invalid_value', `The value of ${name} is not a decimal number.`);
    if (value.startsWith('-') && new Big(value).lt(0))
      return refused('invalid_value', `The value of ${name} is below zero.`);
  }
  const unknown = prices.find(([list]) => !lists.has(list));
  if (unknown) return refused('unknown_list', `The store has no price list "${unknown[0]}".`);
  if (refusesWrite(item.sku, store.switches.productFlaws)) {
    return refused('locked', 'The store does not let this product be changed.');
  }
  const changed = changedBy(product, item);
  if (isSame(product, changed)) return { sku: item.sku, status: 'unchanged' };
  store.catalogue.put(changed, stamp);
  return { sku: item.sku, status: 'updated' };
}

function changedBy(product: StoreProduct, { stock, price, prices = {} }: BatchItem): StoreProduct {
  const lists = Object.entries(prices).map(([list, value]) => [list, new Big(value).toFixed(2)]);
  return {
    ...product,
    stock: stock === undefined ? product.stock : new Big(stock).toFixed(),
    price: price === undefined ? product.price : new Big(price).toFixed(2),
    prices: { ...product.prices, ...Object.fromEntries(lists) },
  };
}

function isSame(one: StoreProduct, other: StoreProduct): boolean {
  const lists = new Set([...Object.keys(one.prices), ...Object.keys(other.prices)]);
  return (
    one.stock === other.stock &&
    one.price === other.price &&
    [...lists].every((list) => one.prices[list] === other.prices[list])
  );
}

import Big from 'big.js';
import { z } from 'zod';
import type { StoreCore } from './core';
import { decimalSchema, type StoreProduct } from './order';
import { refusesWrite } from './productFlaws';

export const mostItems = 200;

export const batchSchema = z.strictObject({
  items: z.array(
    z.strictObject({ sku: z.string().min(1), stock: z.string().optional(), price: z.string().optional() }),
  ),
});
type BatchItem = z.infer<typeof batchSchema>['items'][number];

type ItemResult =
  | { sku: string; status: 'updated' | 'unchanged' }
  | { sku: string; status: 'refused'; code: string; message: string };

/** Writes each item for itself and tells what became of it, in the same order. */
export function writeItems(store: StoreCore, items: readonly BatchItem[]): ItemResult[] {
  return store.step(() => items.map((item) => writeItem(store, item)));
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
  if (refusesWrite(item.sku, store.switches.productFlaws)) {
    return refused('locked', 'The store does not let this product be changed.');
  }
  const changed = changedBy(product, item);
  if (changed.stock === product.stock && changed.price === product.price) {
    return { sku: item.sku, status: 'unchanged' };
  }
  store.setProduct(changed);
  return { sku: item.sku, status: 'updated' };
}

const changedBy = (product: StoreProduct, { stock, price }: BatchItem): StoreProduct => ({
  ...product,
  stock: stock === undefined ? product.stock : new Big(stock).toFixed(),
  price: price === undefined ? product.price : new Big(price).toFixed(2),
});

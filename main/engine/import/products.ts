import type { Decimal } from '../../../contract/decimal';
import type { PlannedOrder } from './orders';
import type { Pause } from './table';

export interface FileProduct {
  sku: string;
  name: string;
  price: Decimal;
}

/**
 * The products that the importable orders of a file name, each SKU once, compared exactly (`15056BL` and
 * `15056bl` are two). Name and price are the first that are not blank or zero.
 */
export async function productsOf(orders: readonly PlannedOrder[], pause: Pause): Promise<FileProduct[]> {
  const bySku = new Map<string, FileProduct>();
  for (const { order } of orders) {
    await pause();
    for (const { sku, name, unitPrice } of order?.lines ?? []) {
      const known = bySku.get(sku);
      if (known === undefined) bySku.set(sku, { sku, name, price: unitPrice });
      else {
        if (known.name === '') known.name = name;
        if (known.price === '0') known.price = unitPrice;
      }
    }
  }
  return [...bySku.values()].map((product) => ({ ...product, name: product.name || product.sku }));
}

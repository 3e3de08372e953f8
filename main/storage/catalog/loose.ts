import { looseSku } from '../../engine/catalog/sku';

/** The loose form of a SKU as it is kept: null where it is the SKU itself. */
export function looseOf(sku: string): string | null {
  const loose = looseSku(sku);
  return loose === sku ? null : loose;
}

/** Another SKU of the same loose form, given twice; then the SKU that it is not to be. */
export const nearMiss = (table: 'products' | 'store'): string =>
  `SELECT sku FROM ${table} WHERE (loose = ? OR (sku = ? AND loose IS NULL)) AND sku <> ? LIMIT 1`;

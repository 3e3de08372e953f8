import { looseSku } from '../../engine/catalog/sku';
import { textAt } from './columns';
import type { CatalogDatabase } from './database';

/** The loose form of a SKU as it is kept: null where it is the SKU itself. */
export function looseOf(sku: string): string | null {
  const loose = looseSku(sku);
  return loose === sku ? null : loose;
}

const tables = { org: 'products', store: 'store' } as const;

/** Finds another SKU of the same loose form. */
export function createNearMisses({ db }: CatalogDatabase) {
  const prepare = (table: string) =>
    db.prepare(
      `SELECT sku FROM ${table} WHERE (loose = ? OR (sku = ? AND loose IS NULL)) AND sku <> ? LIMIT 1`,
    );
  const statements = { org: prepare(tables.org), store: prepare(tables.store) };

  return (sku: string, side: keyof typeof tables): string | null => {
    const loose = looseSku(sku);
    const row = statements[side].get(loose, loose, sku);
    return row === undefined ? null : textAt(row, 'sku');
  };
}

import type { CatalogDatabase } from './database';

/**
 * The index of the org's products by their SKU. SKUs come in no order, so that keeping it up to date row by row makes the
 * products cost as much as all other tables: a first reading goes without, and the index is made when it is over.
 */
export function createSkuIndex(catalog: CatalogDatabase) {
  const { db } = catalog;
  const isThere = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'products_sku'`);
  const anyProduct = db.prepare('SELECT 1 FROM products LIMIT 1');

  return {
    leaveOutWhileEmpty(): void {
      if (anyProduct.get() === undefined) catalog.step(() => db.exec('DROP INDEX IF EXISTS products_sku'));
    },

    /** To be awaited when readings are over and before SKUs are asked for by the thousand. */
    async complete(): Promise<void> {
      if (isThere.get() === undefined)
        await catalog.aside('CREATE INDEX IF NOT EXISTS products_sku ON products (sku)');
    },
  };
}

export type SkuIndex = ReturnType<typeof createSkuIndex>;

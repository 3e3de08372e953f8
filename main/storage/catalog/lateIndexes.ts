import { textAt } from './columns';
import type { CatalogDatabase } from './database';

/** What a SKU's products are found by carries all that is asked of them, so that they need not be looked up as well. */
const indexes = {
  products: {
    products_sku: 'products (sku, active, company)',
    products_loose: 'products (loose) WHERE loose IS NOT NULL',
  },
  store: { store_loose: 'store (loose) WHERE loose IS NOT NULL' },
} as const;

/**
 * The indexes whose keys come in no order, so that keeping them up to date row by row costs as much as the rows themselves
 * and more: a first reading goes without, and they are made when it is over.
 */
export function createLateIndexes(catalog: CatalogDatabase) {
  const { db } = catalog;
  const there = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index'`);
  const anyRow = {
    products: db.prepare('SELECT 1 FROM products LIMIT 1'),
    store: db.prepare('SELECT 1 FROM store LIMIT 1'),
  };

  return {
    leaveOutWhileEmpty(table: keyof typeof indexes): void {
      if (anyRow[table].get() !== undefined) return;
      const names = Object.keys(indexes[table]);
      catalog.step(() => db.exec(names.map((name) => `DROP INDEX IF EXISTS ${name};`).join(' ')));
    },

    /** To be awaited when readings are over and before SKUs are asked for by the thousand. */
    async complete(): Promise<void> {
      const names = new Set(there.all().map((row) => textAt(row, 'name')));
      const missing = Object.values(indexes)
        .flatMap((ofTable) => Object.entries(ofTable))
        .filter(([name]) => !names.has(name));
      if (missing.length === 0) return;
      const statements = missing.map(([name, on]) => `CREATE INDEX IF NOT EXISTS ${name} ON ${on};`);
      await catalog.overall(statements.join(' '));
    },
  };
}

export type LateIndexes = ReturnType<typeof createLateIndexes>;

import type { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import { type StoreProduct, storeProductSchema } from './order';

/** A price list beside the general price. */
export interface PriceList {
  id: string;
  name: string;
}

const listRow = z.object({ id: z.string(), name: z.string() });
const textRow = z.object({ sku: z.string(), updatedAt: z.string(), text: z.string() });

/** A product as it is sent, and its place in the list. */
export interface SentProduct {
  sku: string;
  updatedAt: string;
  text: string;
}

/** The place after which a list of changes goes on. */
export interface ChangePlace {
  updatedAt: string;
  sku: string;
}

const tables = `
  CREATE TABLE IF NOT EXISTS product (
    sku TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, stock TEXT NOT NULL, price TEXT NOT NULL,
    active INTEGER NOT NULL, updatedAt TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS price_list (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
const index = 'CREATE INDEX IF NOT EXISTS product_changed ON product (updatedAt, sku)';

/** Written by SQLite itself: a catalogue of 500,000 is read more often than anything else. */
const sentText = `json_object('sku', sku, 'name', name, 'stock', stock, 'price', price, 'prices', json(prices),
  'active', json(iif(active, 'true', 'false')), 'updatedAt', updatedAt) AS text`;

/** The store's products with their stock and prices. */
export class Catalogue {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(
    private readonly db: InstanceType<typeof DatabaseSync>,
    private readonly now: () => number,
  ) {
    db.exec(tables);
    const columns = db.prepare("SELECT 1 FROM pragma_table_info('product') WHERE name = 'prices'");
    if (columns.get() === undefined)
      db.exec(`ALTER TABLE product ADD COLUMN prices TEXT NOT NULL DEFAULT '{}'`);
    db.exec(index);
    this.statements = prepare(db);
  }

  clear(): void {
    this.db.exec('DELETE FROM product; DELETE FROM price_list;');
  }

  count(): number {
    return Number(this.db.prepare('SELECT count(*) AS count FROM product').get()?.count ?? 0);
  }

  lists(): PriceList[] {
    return this.statements.lists.all().map((row: unknown) => listRow.parse(row));
  }

  setLists(lists: readonly PriceList[]): void {
    for (const { id, name } of lists) this.statements.putList.run(id, name);
  }

  /** Products after a SKU, in the order of their SKUs. */
  page(after: string, limit: number): SentProduct[] {
    return this.statements.page.all(after, limit).map((row: unknown) => textRow.parse(row));
  }

  /** Products that changed at or after an instant, in the order of their changes. */
  changes(since: string, after: ChangePlace | null, limit: number): SentProduct[] {
    const { updatedAt, sku } = after ?? { updatedAt: since, sku: '' };
    return this.statements.changes.all(updatedAt, sku, limit).map((row: unknown) => textRow.parse(row));
  }

  sent(sku: string): SentProduct | null {
    const row = this.statements.sent.get(sku);
    return row === undefined ? null : textRow.parse(row);
  }

  product(sku: string): StoreProduct | null {
    const row = this.sent(sku);
    return row === null ? null : toProduct(row);
  }

  products(after: string, limit: number): StoreProduct[] {
    return this.page(after, limit).map(toProduct);
  }

  /** Adds a product or replaces it whole; inside a transaction where there are many. */
  put(item: Omit<StoreProduct, 'updatedAt'>, stamp: string = this.stamp()): void {
    const { sku, name, stock, price, prices, active } = item;
    this.statements.put.run(sku, name, stock, price, active ? 1 : 0, stamp, JSON.stringify(prices));
  }

  /** As an administrator takes a product out of the store: nothing of it stands among the changes. */
  remove(sku: string): void {
    this.statements.remove.run(sku);
  }

  stamp(): string {
    return new Date(this.now()).toISOString();
  }
}

export const toProduct = ({ text }: SentProduct): StoreProduct => storeProductSchema.parse(JSON.parse(text));

function prepare(db: InstanceType<typeof DatabaseSync>) {
  const select = `SELECT sku, updatedAt, ${sentText} FROM product`;
  return {
    lists: db.prepare('SELECT id, name FROM price_list ORDER BY id'),
    putList: db.prepare('INSERT OR REPLACE INTO price_list VALUES (?, ?)'),
    page: db.prepare(`${select} WHERE sku > ? ORDER BY sku LIMIT ?`),
    changes: db.prepare(`${select} WHERE (updatedAt, sku) > (?, ?) ORDER BY updatedAt, sku LIMIT ?`),
    sent: db.prepare(`${select} WHERE sku = ?`),
    remove: db.prepare('DELETE FROM product WHERE sku = ?'),
    put: db.prepare(
      'INSERT OR REPLACE INTO product (sku, name, stock, price, active, updatedAt, prices) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
  };
}

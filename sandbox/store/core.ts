import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import type { SandboxClock } from '../clock';
import { type ExportMark, type StoreOrder, type StoreProduct, storeOrderSchema } from './order';

const feedRow = z.object({ seq: z.number(), json: z.string() });
const productRow = z.object({
  sku: z.string(),
  name: z.string(),
  stock: z.string(),
  price: z.string(),
  active: z.number(),
  updatedAt: z.string(),
});
const markRow = z.object({ number: z.string(), reference: z.string(), url: z.string().nullable() });

export interface FeedEntry {
  seq: number;
  order: StoreOrder;
}

/** The store's data: confirmed orders in the order of their confirmation, and the catalogue. */
export class StoreCore {
  private readonly db: InstanceType<typeof DatabaseSync>;
  private readonly waiting = new Set<() => void>();

  constructor(
    file: string,
    private readonly clock: SandboxClock,
  ) {
    this.db = new DatabaseSync(file);
    this.db.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS feed (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, json TEXT NOT NULL,
        reference TEXT, url TEXT) STRICT;
      CREATE TABLE IF NOT EXISTS product (
        sku TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, stock TEXT NOT NULL, price TEXT NOT NULL,
        active INTEGER NOT NULL, updatedAt TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `);
  }

  close(): void {
    this.db.close();
  }

  /** Confirms orders, as one step, and wakes whoever waits for news. Numbers must be new. */
  confirm(orders: readonly StoreOrder[]): void {
    const insert = this.db.prepare('INSERT INTO feed (number, json) VALUES (?, ?)');
    this.step(() => {
      for (const order of orders) insert.run(order.number, JSON.stringify(order));
    });
    for (const wake of [...this.waiting]) wake();
  }

  /** Orders after a place in the feed, oldest first. */
  feed(after: number, limit: number): FeedEntry[] {
    const rows = this.db
      .prepare('SELECT seq, json FROM feed WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(after, limit);
    return rows.map((row) => {
      const { seq, json } = feedRow.parse(row);
      return { seq, order: storeOrderSchema.parse(JSON.parse(json)) };
    });
  }

  /** Resolves when an order has been confirmed, the time is over, or the signal aborts. */
  news(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(ms, done);
      const { waiting } = this;
      function done(): void {
        cancel();
        waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      }
      waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  order(number: string): StoreOrder | null {
    const row = this.db.prepare('SELECT seq, json FROM feed WHERE number = ?').get(number);
    return row === undefined ? null : storeOrderSchema.parse(JSON.parse(feedRow.parse(row).json));
  }

  /** Notes that an order has reached the org; false when there is no such order. */
  mark(number: string, mark: ExportMark): boolean {
    const { changes } = this.db
      .prepare('UPDATE feed SET reference = ?, url = ? WHERE number = ?')
      .run(mark.reference, mark.url, number);
    return Number(changes) > 0;
  }

  /** Which orders the store has been told are exported. */
  marks(): { number: string; reference: string; url: string | null }[] {
    return this.db
      .prepare('SELECT number, reference, url FROM feed WHERE reference IS NOT NULL ORDER BY seq')
      .all()
      .map((row: unknown) => markRow.parse(row));
  }

  orderCount(): number {
    return this.count('feed');
  }

  productCount(): number {
    return this.count('product');
  }

  products(after: string, limit: number): StoreProduct[] {
    return this.db
      .prepare('SELECT * FROM product WHERE sku > ? ORDER BY sku LIMIT ?')
      .all(after, limit)
      .map(toProduct);
  }

  product(sku: string): StoreProduct | null {
    const row = this.db.prepare('SELECT * FROM product WHERE sku = ?').get(sku);
    return row === undefined ? null : toProduct(row);
  }

  /** Adds products or replaces them whole. */
  putProducts(products: readonly Omit<StoreProduct, 'updatedAt'>[]): void {
    const put = this.db.prepare('INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?, ?, ?)');
    const stamp = new Date(this.clock.now()).toISOString();
    this.step(() => {
      for (const item of products) {
        put.run(item.sku, item.name, item.stock, item.price, item.active ? 1 : 0, stamp);
      }
    });
  }

  private step(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  private count(table: 'feed' | 'product'): number {
    return Number(this.db.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0);
  }
}

function toProduct(row: unknown): StoreProduct {
  const { active, ...product } = productRow.parse(row);
  return { ...product, active: active === 1 };
}

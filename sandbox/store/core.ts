import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import type { SandboxClock } from '../clock';
import { Catalogue } from './catalogue';
import { type ExportMark, type StoreOrder, type StoreProduct, storeOrderSchema } from './order';
import { spoilOrder } from './orderFlaws';
import { defaultStoreSwitches, type OrderFlaw, type StoreSwitches } from './switches';

const feedRow = z.object({ seq: z.number(), json: z.string() });
const markRow = z.object({ number: z.string(), reference: z.string(), url: z.string().nullable() });

const markColumns = z.object({ reference: z.string().nullable(), url: z.string().nullable() });

export interface FeedEntry {
  seq: number;
  order: StoreOrder;
}

/** An order as the store sends it, which may be wrong. */
export interface SentOrder {
  seq: number;
  text: string;
}

const sentRow = z.object({ seq: z.number(), text: z.string() });

/** The store's data: confirmed orders in the order of their confirmation, and the catalogue. */
export class StoreCore {
  switches: StoreSwitches = defaultStoreSwitches;
  readonly catalogue: Catalogue;
  private readonly db: InstanceType<typeof DatabaseSync>;
  private readonly waiting = new Set<() => void>();
  private readonly statements: Statements;
  private confirmed = 0;

  constructor(
    file: string,
    readonly clock: SandboxClock,
  ) {
    this.db = new DatabaseSync(file);
    this.db.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS feed (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, json TEXT NOT NULL,
        reference TEXT, url TEXT) STRICT;
    `);
    const columns = this.db.prepare("SELECT 1 FROM pragma_table_info('feed') WHERE name = 'sent'");
    if (columns.get() === undefined) this.db.exec('ALTER TABLE feed ADD COLUMN sent TEXT');
    this.catalogue = new Catalogue(this.db, () => this.now());
    this.statements = prepare(this.db);
  }

  close(): void {
    this.db.close();
  }

  /** Takes all orders and products out. Places in the feed go on, so that no client's cursor points beyond it. */
  clear(): void {
    this.db.exec('DELETE FROM feed');
    this.catalogue.clear();
  }

  /** Time as the store sees it. */
  now(): number {
    return this.clock.now() + this.switches.clockSkewMs;
  }

  /**
   * Confirms orders, as one step, and wakes whoever waits for news. Numbers must be new. With a flaw all of
   * them are sent with it, otherwise as many as the switches want.
   */
  confirm(orders: readonly StoreOrder[], flaw: OrderFlaw | null = null): void {
    this.step(() => {
      for (const order of orders) {
        const wrong = flaw ?? this.nextFlaw();
        const sent = wrong === null ? null : JSON.stringify(spoilOrder(order, wrong));
        this.statements.confirm.run(order.number, JSON.stringify(order), sent);
      }
    });
    for (const wake of [...this.waiting]) wake();
  }

  /**
   * Replaces an order by what became of it. It comes in the feed again, after everything else, and what the store
   * has been told of its export stays. False when there is no such order.
   */
  revise(order: StoreOrder): boolean {
    const found = this.step(() => {
      const row = this.statements.take.get(order.number);
      if (row === undefined) return false;
      const { reference, url } = markColumns.parse(row);
      this.statements.revise.run(order.number, JSON.stringify(order), reference, url);
      return true;
    });
    for (const wake of [...this.waiting]) wake();
    return found;
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

  /** The same as the store sends them. */
  sent(after: number, limit: number): SentOrder[] {
    return this.statements.sent.all(after, limit).map((row: unknown) => sentRow.parse(row));
  }

  /** The order at a place of the feed, if there is one. */
  sentAt(seq: number): SentOrder[] {
    return this.statements.sentAt.all(seq).map((row: unknown) => sentRow.parse(row));
  }

  sentOrder(number: string): string | null {
    const row = this.statements.sentOrder.get(number);
    return row === undefined ? null : sentRow.parse(row).text;
  }

  /** Every cursor given out so far is of an older age; lasts between starts. */
  forgetCursors(): void {
    this.db.exec(`PRAGMA user_version = ${this.cursorAge() + 1}`);
  }

  cursorAge(): number {
    return z.object({ user_version: z.number() }).parse(this.statements.age.get()).user_version;
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
    return Number(this.db.prepare('SELECT count(*) AS count FROM feed').get()?.count ?? 0);
  }

  exportedCount(): number {
    return Number(this.statements.exported.get()?.count ?? 0);
  }

  /** Adds products or replaces them whole. */
  putProducts(products: Iterable<Omit<StoreProduct, 'updatedAt'>>): void {
    this.step(() => {
      const stamp = this.catalogue.stamp();
      for (const product of products) this.catalogue.put(product, stamp);
    });
  }

  /** Does all of it or nothing. */
  step<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  private nextFlaw(): OrderFlaw | null {
    const { orderFlaw } = this.switches;
    return orderFlaw !== null && this.confirmed++ % orderFlaw.every === 0 ? orderFlaw.kind : null;
  }
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: InstanceType<typeof DatabaseSync>) {
  const sent = 'SELECT seq, coalesce(sent, json) AS text FROM feed';
  return {
    confirm: db.prepare('INSERT INTO feed (number, json, sent) VALUES (?, ?, ?)'),
    take: db.prepare('DELETE FROM feed WHERE number = ? RETURNING reference, url'),
    revise: db.prepare('INSERT INTO feed (number, json, reference, url) VALUES (?, ?, ?, ?)'),
    sent: db.prepare(`${sent} WHERE seq > ? ORDER BY seq LIMIT ?`),
    sentAt: db.prepare(`${sent} WHERE seq = ?`),
    sentOrder: db.prepare(`${sent} WHERE number = ?`),
    exported: db.prepare('SELECT count(*) AS count FROM feed WHERE reference IS NOT NULL'),
    age: db.prepare('PRAGMA user_version'),
  };
}

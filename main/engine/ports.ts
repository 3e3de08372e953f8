import type { Decimal } from '../../contract/decimal';
import type { OutgoingRecord } from '../../contract/export';
import type { Address, Order } from '../../contract/order';
import type { Problem, Result } from '../../contract/problem';
import type { VerifyStep } from '../../contract/settings';
import type { Link, LogEntry } from '../../contract/status';

/*
 * What the engine needs of the world, named by the engine. Adapters in storage/, salesforce/ and
 * ventasxmayor/ implement these; the composition root hands them in. All are asynchronous, so that a
 * database shared by a team can stand where SQLite stands without the engine knowing.
 */

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Chance in [0, 1), for jitter. */
export type Random = () => number;

/** The log that people read. Entries are on disk when the promise resolves. */
export interface Journal {
  record(entry: Omit<LogEntry, 'id'>): Promise<void>;
}

export interface LogQuery {
  level: 'all' | 'warning' | 'error';
  search: string;
  offset: number;
  limit: number;
}

/** The log with its readers' side. */
export interface LogBook extends Journal {
  list(query: LogQuery): { entries: LogEntry[]; total: number };
}

/** A text of the locales in the person's language, by its full key. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Tells the windows that something changed; they fetch what they show. */
export interface Announcer {
  ordersChanged(ids: readonly number[]): void;
  linkChanged(side: 'store' | 'org', link: Link): void;
}

// --- Store ---------------------------------------------------------------------------------------

export interface StoreInfo {
  name: string;
  country: string;
  currency: string;
  timeZone: string;
}

/** An order of the feed. One that cannot be read is kept all the same: it must not be lost. */
export type FeedItem =
  | { kind: 'order'; order: Order; raw: string }
  | { kind: 'unreadable'; number: string | null; raw: string; detail: string };

export interface FeedPage {
  items: FeedItem[];
  /** Where the next page begins; opaque. */
  cursor: string;
  more: boolean;
}

export interface ExportMark {
  reference: string;
  url: string | null;
}

export interface Store {
  info(signal: AbortSignal): Promise<Result<StoreInfo>>;
  /** Confirmed orders after the cursor; with `waitSeconds` the answer may be held until there is one. */
  orders(
    after: string | null,
    options: { limit: number; waitSeconds: number; signal: AbortSignal },
  ): Promise<Result<FeedPage>>;
  /** Tells the store that an order has reached the org. Safe to repeat. */
  markExported(orderNumber: string, mark: ExportMark, signal: AbortSignal): Promise<Result<void>>;
}

// --- Org -----------------------------------------------------------------------------------------

export type PriceMatch =
  | { kind: 'one'; entryId: string }
  | { kind: 'none' }
  /** The product is there, but its entry or the product itself is switched off. */
  | { kind: 'inactive' }
  /** More than one product carries this SKU. */
  | { kind: 'many'; count: number };

export interface PriceLookup {
  priceBook: { id: string; name: string };
  /** The org's currency of the entries when it has several, else null. */
  currency: string | null;
  /** One match for every SKU asked for. SKUs are compared exactly, case included. */
  matches: Map<string, PriceMatch>;
}

export type BuyerMatch =
  | { kind: 'none' }
  | { kind: 'one'; id: string; name: string }
  | { kind: 'many'; count: number };

export interface NewBuyer {
  name: string;
  taxId: string;
  vatStatus: string;
  address: Address | null;
  phone: string | null;
  email: string | null;
}

export interface UnitLine {
  /** Unique in the org for ever: the order's export key and the line's number. */
  key: string;
  sku: string;
  entryId: string;
  quantity: Decimal;
  /** After discount, at most two decimals, so that quantity times price is exact to the cent. */
  unitPrice: Decimal;
  discountPercent: Decimal;
  note: string;
}

/** One order, ready to be written: buyer if new, order, lines. All of it or nothing. */
export interface OrderUnit {
  exportKey: string;
  identifier: string;
  orderNumber: string;
  /** Calendar day of confirmation in the store's own time zone, `YYYY-MM-DD`. */
  effectiveDate: string;
  currency: string;
  company: string | null;
  paymentTerms: string;
  notes: string;
  delivery: Address | null;
  priceBookId: string;
  buyer: { kind: 'existing'; id: string; name: string; taxId: string } | { kind: 'new'; record: NewBuyer };
  lines: UnitLine[];
  total: Decimal;
}

/** What became of a write. Only `answerLost` leaves a doubt, and it is settled by `find`. */
export type WriteOutcome =
  | { kind: 'written'; orgId: string; orgNumber: string | null }
  /** A unique value of the unit is already in the org: ours from before, or a buyer made meanwhile. */
  | { kind: 'duplicate'; problem: Problem }
  /** The org will not take it as it is: a person is needed. */
  | { kind: 'refused'; problems: Problem[] }
  /** Certainly not written; the problem's class says whether and when to try again. */
  | { kind: 'notSent'; problem: Problem; retryAfterMs?: number }
  /** It may or may not have been written. */
  | { kind: 'answerLost'; problem: Problem };

export interface FoundOrder {
  orgId: string;
  orgNumber: string | null;
  lineCount: number;
  total: Decimal | null;
}

/** Watches a check of the connection go from step to step. */
export type VerifyListener = (steps: readonly VerifyStep[]) => void;

export interface Org {
  /** Up to so many lines a unit is written all or nothing; above, a replay of `write` completes it. */
  readonly maxAtomicLines: number;
  /** Signs in if need be and asks for something small: is the org there, and are we welcome? */
  ping(signal: AbortSignal): Promise<Result<void>>;
  lookUpPrices(skus: readonly string[], signal: AbortSignal): Promise<Result<PriceLookup>>;
  /** Buyers by tax ID, digits only; one match for each asked for. */
  findBuyers(taxIds: readonly string[], signal: AbortSignal): Promise<Result<Map<string, BuyerMatch>>>;
  write(unit: OrderUnit, signal: AbortSignal): Promise<WriteOutcome>;
  /** The orders that carry these export keys, by key; absent keys are absent. */
  find(exportKeys: readonly string[], signal: AbortSignal): Promise<Result<Map<string, FoundOrder>>>;
  /** What `write` would send, in the org's own field names. */
  outgoing(unit: OrderUnit): Promise<Result<OutgoingRecord[]>>;
  /** Checks everything an export needs, step by step; a failed step never stops the rest from being told. */
  verify(onProgress: VerifyListener, signal: AbortSignal): Promise<VerifyStep[]>;
  /** The org's host name once signed in, for people to recognise it by. */
  host(): string | null;
  /** Address of the order's page in the org, once signed in. */
  orderUrl(orgId: string): string | null;
}

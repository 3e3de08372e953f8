import type { Decimal } from '../../contract/decimal';
import type { OutgoingRecord } from '../../contract/export';
import type { Address, Order } from '../../contract/order';
import type { Problem, Result } from '../../contract/problem';
import type { VerifyStep } from '../../contract/settings';
import type { Link, LogEntry, LogLine } from '../../contract/status';
import type { CallRoom } from './orders/packing';

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
  list(query: LogQuery): { entries: LogLine[]; total: number };
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
  /** The currency of the entries; null where the org does not tell. */
  currency: string | null;
  /** One match for every SKU asked for. SKUs are compared exactly, case included. */
  matches: Map<string, PriceMatch>;
}

/** What the org has of a buyer, in its own words; null where it has nothing. */
export interface BuyerFacts {
  vatText: string | null;
  phone: string | null;
  email: string | null;
  address: Address | null;
}

export type BuyerMatch =
  | { kind: 'none' }
  | { kind: 'one'; id: string; name: string; known?: BuyerFacts }
  | { kind: 'many'; count: number };

export interface NewBuyer {
  name: string;
  taxId: string;
  vatStatus: string;
  /** The org's text for the VAT status where the rules name one; else the profile's counts. */
  vatText?: string;
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

/** What the org has of a known buyer, and what it should have. Only what differs is written. */
export interface BuyerUpdate {
  known: BuyerFacts;
  wanted: NewBuyer;
}

/** Amounts of the order that stand beside its lines; null where there is none or it goes elsewhere. */
export interface HeaderAmounts {
  discount: Decimal | null;
  shipping: Decimal | null;
  surcharge: Decimal | null;
  tax: Decimal | null;
}

/** One order, ready to be written: buyer if new, order, lines, activation. All of it or nothing. */
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
  buyer:
    | { kind: 'existing'; id: string; name: string; taxId: string; update?: BuyerUpdate }
    | { kind: 'new'; record: NewBuyer };
  lines: UnitLine[];
  header: HeaderAmounts;
  /** The org's status, by its label or its API name, that the complete order gets; null leaves it a draft. */
  activateAs: string | null;
  /** The store's total. */
  total: Decimal;
}

/** What became of a unit. Only `answerLost` leaves a doubt, and it is settled by `find`. */
export type WriteOutcome =
  | { kind: 'written'; orgId: string; orgNumber: string | null; buyerMade: boolean }
  /** A unique value of the unit is already in the org: ours from before, or a buyer made meanwhile. */
  | { kind: 'duplicate'; problem: Problem }
  /** The org will not take it as it is: a person is needed. */
  | { kind: 'refused'; problems: Problem[] }
  /** Certainly not written; the problem's class says whether and when to try again. */
  | { kind: 'notSent'; problem: Problem; retryAfterMs?: number }
  /** Certainly not written, for a reason that is only this unit's: the others of the call went their way. */
  | { kind: 'stuck'; problem: Problem }
  /** Certainly not written: the org did not come to it, after failures of others in the call. */
  | { kind: 'skipped' }
  /** It may or may not have been written. */
  | { kind: 'answerLost'; problem: Problem };

/** What became of a change to an order in the org, or of taking it back out. */
export type AmendOutcome =
  | { kind: 'done' }
  /** The org will not have it, or people have worked on the order there; a person is needed. */
  | { kind: 'refused'; problems: Problem[] }
  /** Nothing was changed; it can be tried again. */
  | { kind: 'notSent'; problem: Problem }
  | { kind: 'answerLost'; problem: Problem };

/** A line as it was sent. When the org's differ from these, people have worked on the order there. */
export type SentLine = Pick<UnitLine, 'key' | 'quantity' | 'unitPrice'>;

/** An order in the org that is to change, or to go. */
export interface InOrg {
  /** What was sent, header and lines. */
  before: OrderUnit;
  sent: readonly SentLine[];
  /** A person has said that what was changed in the org meanwhile may be lost. */
  overwrite: boolean;
}

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
  /** Both of the following at once, at the cost of one call to the org where that is possible. */
  lookUp(
    skus: readonly string[],
    taxIds: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<{ prices: PriceLookup; buyers: Map<string, BuyerMatch> }>>;
  /** Buyers by tax ID, digits only; one match for each asked for. */
  findBuyers(taxIds: readonly string[], signal: AbortSignal): Promise<Result<Map<string, BuyerMatch>>>;
  /** How much one call to `write` takes, and how much of it a unit needs. */
  readonly callRoom: CallRoom;
  recordsOf(unit: OrderUnit): number;
  /** Writes units that fit in one call; one outcome for each, in their order. Each is all or nothing by itself. */
  write(units: readonly OrderUnit[], signal: AbortSignal): Promise<WriteOutcome[]>;
  /** Makes the order in the org what `unit` says, while it is a draft there. */
  amend(order: InOrg, after: OrderUnit, signal: AbortSignal): Promise<AmendOutcome>;
  /** Takes an order back out of the org, while it is a draft there. Done as well when it is not there. */
  remove(order: Omit<InOrg, 'before'> & { exportKey: string }, signal: AbortSignal): Promise<AmendOutcome>;
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

import type {
  ChangeFilter,
  changeSorts,
  OrgChoices,
  PriceList,
  ProductChange,
  RefusalCode,
  RowState,
  Run,
  RunRow,
} from '../../../contract/catalog';
import type { ItemRule } from '../../../contract/catalogRules';
import type { Decimal } from '../../../contract/decimal';
import type { Result } from '../../../contract/problem';
import type { BothSides, StoreProduct } from './compare';
import type { FoundScope, OrgScope, PriceScope, ScopeWish, StockScope } from './orgScope';
import type { ReadEnd, ReadRequest } from './readRequest';
import type { OrgProduct, SkuFacts, Target } from './target';
import type { InStore, UnreadableProduct } from './unreadable';

/*
 * What updates of stock and prices need of the world. The mirror is a copy of both sides on this computer, kept by
 * reading them whole or by what changed; plans are made from it, so that nothing has to fit into memory.
 */

// --- Org -----------------------------------------------------------------------------------------

/** `gone`: the record was deleted; only reads of changes tell. */
export interface ProductRow {
  id: string;
  sku: string;
  active: boolean;
  company: string | null;
  gone: boolean;
}

/** The price is null when it is no number that can be kept. */
export interface PriceRow {
  product: string;
  price: Decimal | null;
  active: boolean;
  gone: boolean;
}

export interface StockRow {
  id: string;
  product: string;
  quantity: Decimal | null;
  gone: boolean;
}

export interface FoundProduct {
  sku: string;
  name: string;
}

export interface NamedOrgProduct extends OrgProduct {
  name: string;
}

export interface CatalogOrg {
  /** Warehouses, companies and price books with how much there is of each. */
  choices(signal: AbortSignal): Promise<Result<OrgChoices>>;
  /** A name that is not there is a problem, that of a price book one of the prices alone. */
  findScope(wish: ScopeWish, signal: AbortSignal): Promise<Result<FoundScope>>;
  readProducts(request: ReadRequest<ProductRow>): Promise<Result<ReadEnd>>;
  readPrices(
    scope: PriceScope,
    priceBookId: string,
    request: ReadRequest<PriceRow>,
  ): Promise<Result<ReadEnd>>;
  readStock(scope: StockScope, request: ReadRequest<StockRow>): Promise<Result<ReadEnd>>;
  /** The products that carry this SKU exactly, as they are now. */
  lookUpSku(sku: string, scope: OrgScope, signal: AbortSignal): Promise<Result<NamedOrgProduct[]>>;
  /** The names of the products that carry these SKUs exactly, by SKU; one that nothing carries has none. */
  namesOf(skus: readonly string[], signal: AbortSignal): Promise<Result<Map<string, string>>>;
  /** Products whose SKU or name contains the text. */
  search(text: string, limit: number, signal: AbortSignal): Promise<Result<FoundProduct[]>>;
}

// --- Store ---------------------------------------------------------------------------------------

/** One product of a batch; what is left out stays as it is. */
export interface StoreWrite {
  sku: string;
  stock?: Decimal;
  price?: Decimal;
  lists?: Readonly<Record<string, Decimal>>;
}

export type WriteResult = { kind: 'written' } | { kind: 'refused'; code: RefusalCode; message: string };

export interface StoreReadRequest extends ReadRequest<StoreProduct> {
  /** Products that break the store's contract, one by one; where much does, the reading fails instead. */
  setAside: (products: readonly UnreadableProduct[]) => Promise<void>;
}

export interface CatalogStore {
  priceLists(signal: AbortSignal): Promise<Result<PriceList[]>>;
  currency(signal: AbortSignal): Promise<Result<string>>;
  read(request: StoreReadRequest): Promise<Result<ReadEnd>>;
  product(sku: string, signal: AbortSignal): Promise<Result<InStore>>;
  /** Set where changes go into a file that a person uploads: the name of the store's file, null when none is open. */
  readonly file?: () => string | null;
  readonly mostItems: number;
  /** One result for each item, in their order. Writing the same values twice is harmless. */
  write(items: readonly StoreWrite[], signal: AbortSignal): Promise<Result<WriteResult[]>>;
}

// --- On disk -------------------------------------------------------------------------------------

/** Something that is read by itself. Each choice of price book or warehouses is a source of its own. */
export type Source =
  | { kind: 'products' }
  | { kind: 'prices'; priceBookId: string; currency: string | null }
  | { kind: 'stock'; warehouses: readonly string[] | null }
  | { kind: 'store' };

export interface SourceState {
  mark: string | null;
  /** When everything was last read. */
  readAt: number;
}

/** A reading on its way into the mirror. What a whole reading did not bring is gone when it is finished. */
export interface Intake<Row> {
  take(rows: readonly Row[]): Promise<void>;
  finish(end: { mark: string | null; at: number }): Promise<void>;
}

export interface StoreIntake extends Intake<StoreProduct> {
  /** These are there, and what is known of them is no longer true. */
  setAside(products: readonly UnreadableProduct[]): Promise<void>;
}

/** The sources that targets are made from; null where there is none, and targets say nothing of it. */
export interface TargetSources {
  prices: Source | null;
  lists: readonly { list: string; source: Source }[];
  stock: Source | null;
}

/** Those of which targets say everything. */
export interface AllSources extends TargetSources {
  prices: Source;
  stock: Source;
}

/** A stretch of SKUs with both sides. */
export interface ComparedPart {
  rows: BothSides[];
  /** Where the next stretch begins; null at the end. */
  next: string | null;
}

/** What comes of the facts of a SKU that the org has. */
export type Think = (facts: SkuFacts) => Target;

/**
 * A stretch of SKUs of which there is something to say, after `passed` products of the store were gone over for it. A
 * product's prices in lists are told where its target has any.
 */
export interface LookedPart {
  rows: BothSides[];
  passed: number;
}

export interface Mirror {
  /** Null when it was never read whole. */
  stateOf(source: Source): Promise<SourceState | null>;
  intakeProducts(full: boolean): Promise<Intake<ProductRow>>;
  intakePrices(source: Source, full: boolean): Promise<Intake<PriceRow>>;
  intakeStock(source: Source, full: boolean): Promise<Intake<StockRow>>;
  intakeStore(full: boolean): Promise<StoreIntake>;
  hasRows(source: Source): Promise<boolean>;
  /**
   * What targets are made of, and by which rules (any text that changes with them). When either is new, every SKU has
   * to be thought over; otherwise those whose facts have changed.
   */
  aim(sources: TargetSources, rules: string): Promise<void>;
  setOpenUnits(units: ReadonlyMap<string, Decimal>): Promise<void>;
  /** Has every SKU thought over whose facts have changed since its target was made. Rejects when it is called off. */
  thinkOver(think: Think, signal: AbortSignal): Promise<void>;
  /**
   * Has SKUs thought over as `thinkOver` does, and gives all whose values differ or of which there is something else to
   * say, in stretches: found by going through all of them, or only through what has changed since that was last done to
   * its end.
   */
  worthALook(think: Think, signal: AbortSignal): AsyncIterable<LookedPart>;
  storeStock(): Promise<{ products: number; inStock: number }>;
  /** The store's products in the order of their SKUs, after this one. */
  compareStore(after: string, limit: number): Promise<ComparedPart>;
  /** Targets that the store has no product for. */
  compareOrgAlone(after: string, limit: number): Promise<ComparedPart>;
  storeProducts(skus: readonly string[]): Promise<Map<string, InStore>>;
  /** Something is known of this store's product alone. */
  noteStore(sku: string, product: InStore): Promise<void>;
  /** SKUs of the store's products that cannot be read. */
  unreadableSkus(limit: number): Promise<string[]>;
  /** How many the store has whose SKU cannot be read, and the first of them. */
  nameless(limit: number): Promise<{ count: number; first: UnreadableProduct[] }>;
  /** The store's products whose SKU or name contains the text. */
  searchStore(text: string, limit: number): Promise<FoundProduct[]>;
  /** A SKU of this side that is almost the given one, which it does not know. */
  similarTo(sku: string, side: 'org' | 'store'): Promise<string | null>;
  /** Whether the store has given the SKU out more than once. */
  isRepeated(sku: string): Promise<boolean>;
  itemRule(sku: string): Promise<ItemRule | null>;
  setItemRule(sku: string, rule: ItemRule | null): Promise<void>;
}

/** A run whose rows are added this many at a time, or a multiple of it, is read and written fastest. */
export const rowsOfPart = 200;

export interface NewRow extends ProductChange {
  sku: string;
  name: string;
  /** `drifted` where an undo finds something else than what was written. */
  state: 'pending' | 'drifted';
}

/** A row with where it stands in its run. */
export interface PlacedRow extends RunRow {
  place: number;
}

/** `next`: the place from which on there may be more; null at the end. */
export interface RowStretch {
  rows: PlacedRow[];
  next: number | null;
}

/** Where a product stands in another run. */
export interface LaterRow {
  run: number;
  place: number;
  sku: string;
  state: Extract<RowState, 'applied' | 'pending'>;
}

/** Why the store would not have a row, by SKU. */
export type Refusals = ReadonlyMap<string, NonNullable<RunRow['refusal']>>;

export interface RowFilter {
  filter: ChangeFilter;
  search: string;
}

export interface RowQuery extends RowFilter {
  sort: (typeof changeSorts)[number];
  descending: boolean;
  offset: number;
  limit: number;
}

export interface ProductHistoryEntry {
  run: Run;
  row: RunRow;
}

/** Rows that are found by their SKUs, in any order. */
export interface WaitingRows {
  of(skus: readonly string[]): Promise<RunRow[]>;
  /** No more are looked for. */
  close(): void;
}

/** Runs and what they change, kept for as long as they may be asked about. */
export interface RunBook {
  create(run: Omit<Run, 'id'>): Promise<number>;
  save(run: Run): Promise<void>;
  /** Takes a run away with all its rows. */
  remove(id: number): Promise<void>;
  get(id: number): Promise<Run | null>;
  list(offset: number, limit: number): Promise<{ runs: Run[]; total: number }>;
  /** Runs that were not at their end when the program stopped. */
  unfinished(): Promise<Run[]>;
  addRows(id: number, rows: readonly NewRow[]): Promise<void>;
  /** Rows in this state from a place on, in the order they were added. */
  rowsIn(id: number, state: RowState, from: number, limit: number): Promise<RowStretch>;
  /**
   * The store has answered these rows: those it refused, and all the others, which it has taken. The mirror notes what the
   * store has now, in the same transaction: a product that it does not know is gone.
   */
  settle(id: number, rows: readonly PlacedRow[], refusals: Refusals): Promise<void>;
  /** Rows that wait to be written, as they are when they are first looked for. */
  waitingRows(id: number): WaitingRows;
  countRows(id: number): Promise<Record<RowState, number>>;
  /** Rows of later runs for these SKUs that were written, or still wait. */
  laterRows(id: number, skus: readonly string[]): Promise<LaterRow[]>;
  /** This of a product was written by itself: waiting rows of this run keep what they have beyond it. */
  supersede(id: number, sku: string, written: ProductChange): Promise<void>;
  rows(id: number, query: RowQuery): Promise<{ rows: RunRow[]; total: number }>;
  /** All rows that pass the filter, in the order of their SKUs. */
  walk(id: number, filter: RowFilter): AsyncIterable<RunRow>;
  history(sku: string, limit: number): Promise<ProductHistoryEntry[]>;
}

/** What has become of a slot: nothing was begun, an update was, or one that found nothing to change. */
export type SlotEnd = { kind: 'none' } | { kind: 'run'; run: number } | { kind: 'nothing' };

/** The schedule's memory, which no restart and no clock can confuse. Slots are named by the instant they begin at. */
export interface SlotBook {
  /** The interval that the schedule last went by; null while it was off. */
  interval(): Promise<number | null>;
  /** The schedule goes by another interval; the slot under way is used up. */
  setInterval(everyMinutes: number | null, startsAt: number, at: number): Promise<void>;
  /** The slots that are used up, this one and later ones. */
  takenFrom(startsAt: number): Promise<number[]>;
  /** Uses a slot up. False when it was before. */
  take(startsAt: number, at: number): Promise<boolean>;
  /** Nothing came of it: the slot is to be had again. */
  free(startsAt: number): Promise<void>;
  note(startsAt: number, end: SlotEnd): Promise<void>;
  /** The last slot that an update was made in; no run where there was nothing to change. */
  last(): Promise<{ at: number; run: number | null } | null>;
}

export interface OpenOrders {
  /** Units of each SKU in confirmed orders that the org has not got. */
  units(): Promise<Map<string, Decimal>>;
}

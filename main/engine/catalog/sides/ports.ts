import type { CatalogNote, ProductChange } from '../../../../contract/catalog';
import type { Compared, SideStatus, SidesFilter, SidesQuery } from '../../../../contract/catalogSides';
import type { BothSides } from '../compare';
import type { AllSources } from '../ports';
import type { OrgProduct } from '../target';

/** What the targets on disk were made of. */
export interface ComparedSides extends Compared {
  sources: AllSources;
  /** The rules that count, as a text that changes with them. */
  rules: string;
}

/** Remembers what the targets on disk were made of. */
export interface ComparedBook {
  /** Null where they are not complete. */
  get(): Promise<ComparedSides | null>;
  set(compared: ComparedSides | null): Promise<void>;
  /** Whether nothing has been read since that they do not know of. */
  isSettled(): Promise<boolean>;
}

/** What a SKU is filtered and sorted by. */
export interface SideEntry {
  sku: string;
  name: string;
  status: SideStatus;
  change: ProductChange | null;
  notes: readonly CatalogNote[];
}

/** The list of all SKUs, laid down for as long as it is looked at. */
export interface SideList {
  clear(): Promise<void>;
  add(entries: readonly SideEntry[]): Promise<void>;
  /** The SKUs of one page. */
  page(query: SidesQuery): Promise<{ skus: string[]; total: number }>;
  /** SKUs after this one, in their order. */
  after(sku: string, filter: SidesFilter, limit: number): Promise<string[]>;
}

export interface SkuSides {
  sides: BothSides;
  /** The products of the org that carry the SKU, with the values of these sources. */
  products: OrgProduct[];
}

/** What is on disk of single SKUs, in the order they are asked for. */
export interface SideFacts {
  of(skus: readonly string[], sources: AllSources): Promise<SkuSides[]>;
}

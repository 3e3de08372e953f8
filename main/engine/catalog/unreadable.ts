import type { UnreadableNote, Unreadables } from '../../../contract/catalog';
import type { StoreProduct } from './compare';

/** A product of the store's catalogue that breaks its contract: it is set aside, and nothing is written to it. */
export interface UnreadableProduct {
  /** Null where the SKU itself cannot be read. */
  sku: string | null;
  /** Its name where that can be read; else, without a SKU, a piece of what the store sent. */
  told: string;
  notes: readonly UnreadableNote[];
}

/** What the store has of a SKU. */
export type InStore =
  | { kind: 'product'; product: StoreProduct }
  | { kind: 'unreadable'; product: UnreadableProduct }
  | { kind: 'none' };

/** So many are told by name. */
export const namedUnreadables = 20;

/** Counts products that cannot be read, and remembers the first of them. */
export function createUnreadables() {
  let count = 0;
  const first: Unreadables['first'] = [];

  return {
    /** `alike`: so many there are, of which these are the first. */
    add(products: readonly UnreadableProduct[], alike: number = products.length): void {
      count += alike;
      for (const { sku, told, notes } of products.slice(0, namedUnreadables - first.length))
        first.push({ sku, told, notes: [...notes] });
    },
    get: (): Unreadables => ({ count, first: [...first] }),
  };
}

/** As it is shown: it is there, and its values are not known. */
export const blankProduct = (sku: string, name: string): StoreProduct => ({
  sku,
  name,
  stock: null,
  price: null,
  lists: {},
});

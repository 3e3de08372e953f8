import type { CatalogNote, ProductChange, UnreadableNote } from '../../../contract/catalog';
import type { MatchRules, UpdatePart } from '../../../contract/catalogRules';
import type { Decimal } from '../../../contract/decimal';
import { none } from './stock';
import type { Target } from './target';

/** A product as the store has it. Decimals are in their shortest form. */
export interface StoreProduct {
  sku: string;
  name: string;
  /** Null where it is not known: a blank cell of a file. */
  stock: Decimal | null;
  price: Decimal | null;
  lists: Readonly<Record<string, Decimal>>;
}

/** Stock below zero is none. */
export const hasStock = (stock: Decimal | null): boolean =>
  stock !== null && stock !== none && !stock.startsWith('-');

/** A SKU with what is known of it on both sides. */
export interface BothSides {
  sku: string;
  store: StoreProduct | null;
  target: Target | null;
  /** A SKU of the other side that is almost this one, where this side stands alone. */
  similar: string | null;
  /** The store has given the SKU out more than once. */
  repeated: boolean;
  /** What the store's contract is broken by; its values are blank then. Mostly empty. */
  unreadable: readonly UnreadableNote[];
}

export interface Comparison {
  status: 'equal' | 'differs' | 'storeOnly' | 'orgOnly' | 'unreadable';
  /** Null where nothing is to be written. */
  change: ProductChange | null;
  notes: CatalogNote[];
}

export interface ComparisonRules {
  part: UpdatePart;
  match: MatchRules;
}

/** What an update would do to one SKU. SKUs match exactly or not at all. Pure. */
export function compare(sides: BothSides, rules: ComparisonRules): Comparison {
  const { store, target, similar, repeated, unreadable } = sides;
  if (store === null) {
    const notes: CatalogNote[] = [similar === null ? 'missingInStore' : 'similarInStore'];
    return { status: 'orgOnly', change: null, notes: [...notes, ...notesFor(target, rules.part)] };
  }
  // It is there, and nobody knows with what.
  if (unreadable.length > 0)
    return { status: 'unreadable', change: null, notes: [...unreadable, ...notesFor(target, rules.part)] };
  // Which of the two would be written to is not for this program to guess.
  if (repeated)
    return {
      status: target === null ? 'storeOnly' : 'equal',
      change: null,
      notes: ['duplicateInStore', ...notesFor(target, rules.part)],
    };
  const wanted = target ?? storeAlone(store.sku, similar, rules.match);
  const change = changeTo(store, wanted, rules.part);
  const status = target === null ? 'storeOnly' : change === null ? 'equal' : 'differs';
  return { status, change, notes: notesFor(wanted, rules.part) };
}

const ofStock: readonly CatalogNote[] = ['noStockRow', 'stockNegative', 'stockFractional', 'stockInvalid'];
const ofPrices: readonly CatalogNote[] = ['noPrice', 'priceInactive', 'priceZero', 'priceInvalid'];

/** What there is to say of a target, but of what is not updated. */
function notesFor(target: Target | null, part: UpdatePart): CatalogNote[] {
  const notes = target?.notes ?? [];
  if (part === 'both') return [...notes];
  const others = part === 'stock' ? ofPrices : ofStock;
  return notes.filter((note) => !others.includes(note));
}

/** A product that the org does not know; one with a near miss is a mistake in writing and is left alone. */
function storeAlone(sku: string, similar: string | null, match: MatchRules): Target {
  const zero = match.missingInOrg === 'zero' && similar === null;
  const note: CatalogNote = similar === null ? 'missingInOrg' : 'similarInOrg';
  return { sku, stock: zero ? none : null, price: null, lists: {}, notes: [note] };
}

function changeTo(store: StoreProduct, wanted: Target, part: UpdatePart): ProductChange | null {
  const stock =
    part === 'prices' || wanted.stock === null || wanted.stock === store.stock
      ? null
      : { old: store.stock, new: wanted.stock };
  const price =
    part === 'stock' || wanted.price === null || wanted.price === store.price
      ? null
      : { old: store.price, new: wanted.price };
  const lists = part === 'stock' ? [] : listChanges(store.lists, wanted.lists);
  return stock === null && price === null && lists.length === 0 ? null : { stock, price, lists };
}

function listChanges(
  before: Readonly<Record<string, Decimal>>,
  wanted: Readonly<Record<string, Decimal>>,
): ProductChange['lists'] {
  const changes: ProductChange['lists'] = [];
  for (const [list, value] of Object.entries(wanted)) {
    const old = before[list] ?? null;
    if (old !== value) changes.push({ list, old, new: value });
  }
  return changes;
}

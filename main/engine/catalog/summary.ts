import type { PlanSummary, PriceMove, ProductChange } from '../../../contract/catalog';
import { type BothSides, type Comparison, hasStock } from './compare';
import { createUnreadables, type UnreadableProduct } from './unreadable';

/** Price moves that a plan's front page names. */
const namedMoves = 10;

/** Counts a plan as it is made. */
export function createSummary() {
  const summary: PlanSummary = {
    compared: 0,
    equal: 0,
    changes: 0,
    stock: 0,
    prices: 0,
    toZero: 0,
    fromZero: 0,
    priceUp: 0,
    priceDown: 0,
    inStock: 0,
    storeOnly: 0,
    orgOnly: 0,
    notes: {},
    unreadable: { count: 0, first: [] },
    biggestMoves: [],
  };
  const unreadable = createUnreadables();

  return {
    /** Products that are as they should be, `inStock` of them with stock. */
    addEqual(count: number, inStock: number): void {
      summary.compared += count;
      summary.equal += count;
      summary.inStock += inStock;
    },

    /** A product that this plan is not about: it belongs to the whole that the plan's are a share of. */
    addBeside({ store, unreadable }: BothSides): void {
      if (store === null || unreadable.length > 0) return;
      summary.compared += 1;
      if (hasStock(store.stock)) summary.inStock += 1;
    },

    add(sides: BothSides, comparison: Comparison): void {
      for (const note of comparison.notes) summary.notes[note] = (summary.notes[note] ?? 0) + 1;
      if (sides.store === null) {
        summary.orgOnly += 1;
        return;
      }
      if (comparison.status === 'unreadable') {
        const { sku, name } = sides.store;
        unreadable.add([{ sku, told: name, notes: sides.unreadable }]);
        return;
      }
      summary.compared += 1;
      if (hasStock(sides.store.stock)) summary.inStock += 1;
      if (comparison.status === 'storeOnly') summary.storeOnly += 1;
      if (comparison.change === null) {
        if (comparison.status !== 'storeOnly') summary.equal += 1;
      } else addChange(sides.store, comparison.change);
    },

    /** Products that cannot be read and take no part; `alike`: so many there are, of which these are the first. */
    addUnreadable: (products: readonly UnreadableProduct[], alike?: number): void =>
      unreadable.add(products, alike),

    get: (): PlanSummary => ({
      ...summary,
      unreadable: unreadable.get(),
      biggestMoves: [...summary.biggestMoves],
    }),
  };

  function addChange({ sku, name }: { sku: string; name: string }, change: ProductChange): void {
    summary.changes += 1;
    if (change.stock !== null) {
      summary.stock += 1;
      if (goesToZero(change)) summary.toZero += 1;
      if (comesFromZero(change)) summary.fromZero += 1;
    }
    if (change.price === null && change.lists.length === 0) return;
    summary.prices += 1;
    const move = biggestMove(change);
    if (move === null) return;
    if (move.percent > 0) summary.priceUp += 1;
    if (move.percent < 0) summary.priceDown += 1;
    noteMove({ sku, name, ...move });
  }

  function noteMove(move: PriceMove): void {
    const moves = summary.biggestMoves;
    const least = moves.at(-1);
    if (moves.length === namedMoves && least !== undefined && size(move) <= size(least)) return;
    moves.push(move);
    moves.sort((a, b) => size(b) - size(a));
    moves.length = Math.min(moves.length, namedMoves);
  }
}

export type SummaryBuilder = ReturnType<typeof createSummary>;

const size = ({ percent }: PriceMove): number => Math.abs(percent);

/** The product had stock and is to have none; below zero is none, and so is what is not known. */
export const goesToZero = ({ stock }: ProductChange): boolean =>
  stock !== null && hasStock(stock.old) && !hasStock(stock.new);

/** The product had none and is to have stock. */
export const comesFromZero = ({ stock }: ProductChange): boolean =>
  stock !== null && !hasStock(stock.old) && hasStock(stock.new);

type Move = Pick<PriceMove, 'old' | 'new' | 'percent'>;

/**
 * The price of a product that moves most, the general one or a list's; null where none had a value before. From zero to
 * something is a move of 100 %.
 */
export function biggestMove({ price, lists }: ProductChange): Move | null {
  let biggest: Move | null = null;
  for (const change of price === null ? lists : [price, ...lists]) {
    if (change.old === null) continue;
    const old = Number(change.old);
    const percent = old === 0 ? 100 : ((Number(change.new) - old) / old) * 100;
    if (biggest === null || Math.abs(percent) > Math.abs(biggest.percent))
      biggest = { old: change.old, new: change.new, percent };
  }
  return biggest;
}

import type { ProductChange, RefusalCode } from '../../../contract/catalog';
import type { ProductScope } from '../../../contract/catalogProduct';
import type { ItemRule, UpdatePart } from '../../../contract/catalogRules';
import { ok, type Problem, type Result } from '../../../contract/problem';
import type { CatalogDeps } from './deps';
import type { NoteWritten } from './ownUpdates';
import type { FoundProduct } from './ports';
import { lookAtProduct, type ProductSides } from './productSides';
import { writeProduct } from './writeProduct';

export interface ProductUpdate {
  sku: string;
  scope: ProductScope;
  part: UpdatePart;
  /** The change as the person was shown it. */
  shown: ProductChange;
}

/** `changed`: what would be written is no longer what the person was shown, so nothing was. */
export type ProductOutcome =
  | { kind: 'written' | 'changed'; sides: ProductSides }
  | { kind: 'refused'; code: RefusalCode; message: string; sides: ProductSides };

/** Has a product updated while nothing else is written to it; what was written is noted. */
type ByItself = <T>(sku: string, update: (note: NoteWritten) => Promise<T>) => Promise<T>;

const mostFound = 20;

/** Products by themselves: found, looked at on both sides, and updated while a run of all products may be at work. */
export function createOneProduct(deps: CatalogDeps, byItself: ByItself) {
  const { org, mirror } = deps;

  const look = (sku: string, scope: ProductScope, signal: AbortSignal) =>
    lookAtProduct(deps, sku, scope, signal);

  return {
    look,

    /** Products whose SKU or name contains the text, of both sides; an org that is away leaves the store's. */
    async search(
      text: string,
      signal: AbortSignal,
    ): Promise<{ found: FoundProduct[]; problem: Problem | null }> {
      const [inOrg, inStore] = await Promise.all([
        org.search(text, mostFound, signal),
        mirror.searchStore(text, mostFound),
      ]);
      const found = new Map(inStore.map((product) => [product.sku, product]));
      for (const product of inOrg.ok ? inOrg.value : [])
        if (!found.has(product.sku)) found.set(product.sku, product);
      const ordered = [...found.values()].sort((a, b) => rank(a, text) - rank(b, text) || order(a, b));
      return { found: ordered.slice(0, mostFound), problem: inOrg.ok ? null : inOrg.problem };
    },

    /** Brings stock, price or both of one product into the store, if they still are what the person was shown. */
    async update(wanted: ProductUpdate, signal: AbortSignal): Promise<Result<ProductOutcome>> {
      const { sku, scope, part } = wanted;
      const outcome = await byItself<Result<ProductOutcome>>(sku, async (note) => {
        const sides = await look(sku, scope, signal);
        if (!sides.ok) return sides;
        const change = partOf(sides.value.comparison.change, part);
        if (change === null || JSON.stringify(change) !== JSON.stringify(partOf(wanted.shown, part)))
          return ok({ kind: 'changed', sides: sides.value });
        const choice = { ...scope, part, reading: 'auto' } as const;
        const result = await writeProduct(deps, choice, sides.value, change, note);
        return result.ok ? ok({ ...result.value, sides: sides.value }) : result;
      });
      if (!outcome.ok || outcome.value.kind === 'changed') return outcome;
      const after = await look(sku, scope, signal);
      return after.ok ? ok({ ...outcome.value, sides: after.value }) : after;
    },

    /** Gives a product a rule of its own, or takes it away. */
    setRule: (sku: string, rule: ItemRule | null): Promise<void> => mirror.setItemRule(sku, rule),
  };
}

export type OneProduct = ReturnType<typeof createOneProduct>;

/** The part of a change that is asked for; null where nothing of it would be written. */
function partOf(change: ProductChange | null, part: UpdatePart): ProductChange | null {
  if (change === null) return null;
  const { stock, price, lists }: ProductChange = {
    stock: part === 'prices' ? null : change.stock,
    price: part === 'stock' ? null : change.price,
    lists: part === 'stock' ? [] : change.lists,
  };
  return stock === null && price === null && lists.length === 0 ? null : { stock, price, lists };
}

/** The SKU itself first, then SKUs that begin so, then all others. */
function rank({ sku }: FoundProduct, text: string): number {
  const [have, want] = [sku.toLowerCase(), text.trim().toLowerCase()];
  if (have === want) return 0;
  return have.startsWith(want) ? 1 : 2;
}

const order = (a: FoundProduct, b: FoundProduct): number => (a.sku < b.sku ? -1 : 1);

import type { BothSides } from '../../engine/catalog/compare';
import type { LookedPart, Think } from '../../engine/catalog/ports';
import type { SkuFacts, Target } from '../../engine/catalog/target';
import { later } from '../../engine/later';
import { askAhead } from './ahead';
import type { Comparison } from './comparison';
import type { CatalogDatabase, Hand, PassSizes } from './database';
import type { Looks } from './looks';
import type { Piece } from './pieces';
import type { Targets } from './targets';

/** The SKUs of which there is something to say, after all have been thought over that have to be. */
export function createPass(
  catalog: CatalogDatabase,
  targets: Targets,
  looks: Looks,
  comparison: Comparison,
  { compared }: PassSizes,
) {
  /** The SKUs after one, and the store's first products among them as soon as it is known which. */
  async function stretchAfter(hand: Hand, after: string): Promise<Stretch> {
    const facts = await targets.factsAfter(hand, after);
    const to = facts.at(-1)?.sku ?? null;
    return { facts, to, products: productsOfStore(hand, after, to) };
  }

  const productsOfStore = (hand: Hand, after: string, to: string | null) =>
    later(comparison.productsOfStore(hand, after, to, compared));

  /**
   * A new aim has every SKU thought over and looked at: both in one go, so that targets need not be read back from the
   * disk, and with the next SKUs being read while these are thought over. Broken off half-way, the next plan thinks over
   * what is left and then goes through all of them.
   */
  async function* firstPass(think: Think, signal: AbortSignal): AsyncGenerator<LookedPart> {
    const hand = catalog.hand();
    targets.beginWalk();
    looks.begin();
    let written = Promise.resolve();
    const write = (pieces: readonly Piece[]) => {
      const all = Promise.all([written, hand.write(pieces)]);
      written = later(all.then(() => undefined));
    };
    try {
      const takeNext = askAhead(
        (after) => stretchAfter(hand, after),
        ({ to }) => to,
      );
      for (let stretch = await takeNext(); stretch !== null; stretch = await takeNext()) {
        await targets.pause(signal);
        const before = written;
        const { facts, to, products } = stretch;
        const made = facts.map(think);
        write(targets.settling(made, to));
        for await (const part of lookBeside(hand, made, to, products)) {
          await before;
          write([looks.adding(part.rows.map(({ sku }) => sku))]);
          yield part;
        }
      }
    } finally {
      // Also where it is broken off: what follows must not be overtaken by what is left of this.
      await Promise.allSettled([written]);
    }
    await written;
    looks.finish();
  }

  /** The store's products up to a SKU, the first of which are coming, then the targets that it has no product for. */
  async function* lookBeside(
    hand: Hand,
    made: readonly Target[],
    to: string | null,
    first: Promise<unknown[][]>,
  ): AsyncGenerator<LookedPart> {
    const alone = new Map(made.map((target) => [target.sku, target]));
    for (let coming: Promise<unknown[][]> | null = first; coming !== null; ) {
      const products: unknown[][] = await coming;
      const last = products.at(-1);
      coming =
        last === undefined || products.length < compared
          ? null
          : productsOfStore(hand, comparison.skuOf(last), to);
      const rows = comparison.beside(products, alone);
      if (coming === null) rows.push(...orgAlone(alone));
      yield { rows, passed: products.length };
    }
  }

  const orgAlone = (targets: ReadonlyMap<string, Target>): BothSides[] =>
    [...targets].map(([sku, target]) => comparison.orgAloneOf(sku, target));

  return {
    async *worthALook(think: Think, signal: AbortSignal): AsyncGenerator<LookedPart> {
      if (targets.isNew() && looks.isDue()) yield* firstPass(think, signal);
      else {
        await targets.thinkOver(think, signal);
        yield* looks.worth(signal);
      }
    },
  };
}

/** SKUs of the org up to one, the last where that is null, and what the store has among them. */
interface Stretch {
  facts: SkuFacts[];
  to: string | null;
  products: Promise<unknown[][]>;
}

import type { LookedPart, Think } from '../../engine/catalog/ports';
import type { Target } from '../../engine/catalog/target';
import type { Comparison } from './comparison';
import type { CatalogDatabase, PassSizes } from './database';
import type { Looks } from './looks';
import type { Targets } from './targets';

/** The SKUs of which there is something to say, after all have been thought over that have to be. */
export function createPass(
  catalog: CatalogDatabase,
  targets: Targets,
  looks: Looks,
  comparison: Comparison,
  { compared }: PassSizes,
) {
  /**
   * A new aim has every SKU thought over and looked at: both in one go, so that targets need not be read back from the
   * disk. Broken off half-way, the next plan thinks over what is left and then goes through all of them.
   */
  async function* firstPass(think: Think, signal: AbortSignal): AsyncGenerator<LookedPart> {
    const lostBefore = catalog.lost();
    targets.beginWalk();
    looks.begin();
    for (let after = ''; ; ) {
      await targets.pause(signal);
      const left = new Map<string, Target>();
      let to: string | null = null;
      catalog.gather(() => {
        for (const target of targets.walkOn(think, after) ?? []) {
          left.set(target.sku, target);
          to = target.sku;
        }
      });
      yield* lookBeside(left, after, to);
      // What was gathered may have gone with another's work.
      if (catalog.lost() !== lostBefore) throw new Error('what was thought over has been lost');
      if (to === null) break;
      after = to;
    }
    looks.finish();
  }

  /** The store's products after one SKU and up to another, then the targets that it has no product for. */
  async function* lookBeside(
    left: Map<string, Target>,
    after: string,
    to: string | null,
  ): AsyncGenerator<LookedPart> {
    for (let from: string | null = after; from !== null; ) {
      const { rows, passed, next } = comparison.beside(left, from, to, compared);
      if (next === null)
        for (const target of left.values()) rows.push(comparison.orgAloneOf(target.sku, target));
      catalog.gather(() => looks.add(rows.map(({ sku }) => sku)));
      yield { rows, passed };
      from = next;
    }
  }

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

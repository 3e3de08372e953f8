import type { ProductChange } from '../../../contract/catalog';

/** Takes down what a product's own update has written, or may have, before anybody else may write the product. */
export type NoteWritten = (change: ProductChange) => Promise<void>;

/**
 * Updates of single products while a run of many waits or is at work: which are under way, and what they have written, so
 * that the run writes nothing older over it.
 */
export function createOwnUpdates() {
  const underWay = new Map<string, Promise<unknown>>();
  let beside: { run: number; written: Map<string, ProductChange> } | null = null;

  /** What own updates have written since the run began or was taken up; of one run at a time. */
  function writtenBeside(run: number): Map<string, ProductChange> {
    if (beside?.run !== run) beside = { run, written: new Map() };
    return beside.written;
  }

  return {
    writtenBeside,

    note(run: number, sku: string, change: ProductChange): void {
      const written = writtenBeside(run);
      written.set(sku, together(written.get(sku), change));
    },

    /** Does something with a product while no run sends anything of it; one thing after the other. */
    async hold<T>(sku: string, work: () => Promise<T>): Promise<T> {
      const before = underWay.get(sku) ?? Promise.resolve();
      const mine = before.then(work);
      const over = mine.catch(() => undefined);
      underWay.set(sku, over);
      void over.then(() => {
        if (underWay.get(sku) === over) underWay.delete(sku);
      });
      return mine;
    },

    /** Settles when what is done with these products by themselves is over; null where nothing is. */
    held(skus: Iterable<string>): Promise<unknown> | null {
      const found = [...skus].flatMap((sku) => underWay.get(sku) ?? []);
      return found.length === 0 ? null : Promise.all(found);
    },
  };
}

export type OwnUpdates = ReturnType<typeof createOwnUpdates>;

/** What a change has beyond another of the same product; null where that is nothing. Pure. */
export function beyond(change: ProductChange, written: ProductChange): ProductChange | null {
  const stock = written.stock === null ? change.stock : null;
  const price = written.price === null ? change.price : null;
  const lists = change.lists.filter(({ list }) => written.lists.every((other) => other.list !== list));
  return stock === null && price === null && lists.length === 0 ? null : { stock, price, lists };
}

function together(before: ProductChange | undefined, change: ProductChange): ProductChange {
  if (before === undefined) return change;
  const lists = [...(beyond(before, change)?.lists ?? []), ...change.lists];
  return { stock: change.stock ?? before.stock, price: change.price ?? before.price, lists };
}

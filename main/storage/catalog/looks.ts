import type { LookedPart } from '../../engine/catalog/ports';
import { later } from '../../engine/later';
import { askAhead } from './ahead';
import { number, numberAt, text, textOrNull } from './columns';
import { type ComparedStretch, type Comparison, isWorthALook, pairColumns, pairSelect } from './comparison';
import { breathe, type CatalogDatabase, type Hand, type PassSizes } from './database';
import { doNotNoteStore, noteStore } from './lookTables';
import { asText, inserting, insertSql, type Piece } from './pieces';

/** Which SKUs there is something to say of (lookTables.ts). */
export function createLooks(catalog: CatalogDatabase, comparison: Comparison, { compared }: PassSizes) {
  const { db } = catalog;
  const state = db.prepare('SELECT due, noting FROM looking');

  const isDue = (): boolean => numberAt(state.get(), 'due') === 1;
  const adding = (skus: readonly string[]): Piece =>
    inserting(
      addLooks,
      skus.map((sku) => [sku]),
    );

  /** From now on what changes is noted. */
  function begin(): void {
    catalog.step(() => db.exec(`DELETE FROM looks; UPDATE looking SET due = 1, noting = 1; ${noteStore}`));
  }

  /** All have been gone through, and those of which there is something to say were added. */
  function finish(): void {
    catalog.step(() => db.exec('UPDATE looking SET due = 0'));
  }

  async function* goThroughAll(signal: AbortSignal): AsyncGenerator<LookedPart> {
    begin();
    for (const side of ['store', 'orgAlone'] as const) {
      for (let after: string | null = ''; after !== null; await breathe()) {
        signal.throwIfAborted();
        const { rows, passed, next }: ComparedStretch = comparison[side](after, compared);
        await catalog.hand().write([adding(rows.map(({ sku }) => sku))]);
        yield { rows, passed };
        after = next;
      }
    }
    finish();
  }

  async function* goThroughNoted(signal: AbortSignal): AsyncGenerator<LookedPart> {
    const hand = catalog.hand();
    const takeNext = askAhead(
      (after) => notedAfter(hand, after),
      ({ to }) => to,
    );
    let written = Promise.resolve();
    try {
      for (let stretch = await takeNext(); stretch?.to != null; stretch = await takeNext()) {
        signal.throwIfAborted();
        const { after, to, passed } = stretch;
        const rows = stretch.rows.map(([sku, ...pair]) => comparison.sidesOf(text(sku), pair));
        await written;
        written = later(hand.write([{ sql: dropOthers, each: [[after, to]] }]));
        yield { rows, passed };
        await breathe();
      }
    } finally {
      // Also where it is broken off: what follows must not be overtaken by what is left of this.
      await Promise.allSettled([written]);
    }
    await written;
  }

  /** The next noted SKUs, and those of them that are still worth a look. */
  async function notedAfter(hand: Hand, after: string): Promise<NotedStretch> {
    const [[last, count] = []] = await hand.read(stretchEnd, [after, compared]);
    const to = textOrNull(last);
    const rows = to === null ? [] : await hand.read(noted, [after, to]);
    return { after, to, passed: number(count), rows };
  }

  return {
    isDue,
    begin,
    adding,
    finish,

    worth: (signal: AbortSignal): AsyncGenerator<LookedPart> =>
      isDue() ? goThroughAll(signal) : goThroughNoted(signal),

    /** To be written together with targets. */
    notingTargets: (skus: readonly string[]): Piece[] =>
      numberAt(state.get(), 'noting') === 1 ? [adding(skus)] : [],

    /** To be called in the step that throws all targets away. */
    forget(): void {
      db.exec(`DELETE FROM looks; UPDATE looking SET due = 1, noting = 0; ${doNotNoteStore}`);
    },
  };
}

/** Noted SKUs after one and up to another, null where there are none, and so many. */
interface NotedStretch {
  after: string;
  to: string | null;
  passed: number;
  rows: unknown[][];
}

const stretchEnd = asText(
  'SELECT max(sku), count(*) FROM (SELECT sku FROM looks WHERE sku > ? ORDER BY sku LIMIT ?)',
  2,
);
/** Among the noted SKUs after one and up to another, those of which there is still something to say. */
const stillNoted = `FROM looks k
  LEFT JOIN store s ON s.sku = k.sku LEFT JOIN targets t ON t.sku = k.sku
  WHERE k.sku > ?1 AND k.sku <= ?2 AND iif(s.sku IS NULL, t.sku IS NOT NULL, ${isWorthALook})`;
const noted = asText(`SELECT k.sku, ${pairSelect} ${stillNoted} ORDER BY k.sku`, 1 + pairColumns);
/** Looks at them once more: what has changed since they were read stays noted. */
const dropOthers = `DELETE FROM looks WHERE sku > ?1 AND sku <= ?2 AND sku NOT IN (SELECT k.sku ${stillNoted})`;
const addLooks = insertSql({ into: 'looks', columns: 1, onConflict: 'ON CONFLICT (sku) DO NOTHING' });

export type Looks = ReturnType<typeof createLooks>;

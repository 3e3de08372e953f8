import type { LookedPart } from '../../engine/catalog/ports';
import { numberAt, rowsAsLists, text, textAt } from './columns';
import { type ComparedStretch, type Comparison, isWorthALook, pairSelect } from './comparison';
import { breathe, type CatalogDatabase, type PassSizes } from './database';
import { doNotNoteStore, noteStore } from './lookTables';
import { createMany } from './many';

/** Which SKUs there is something to say of (lookTables.ts). */
export function createLooks(catalog: CatalogDatabase, comparison: Comparison, { compared }: PassSizes) {
  const { db } = catalog;
  const state = db.prepare('SELECT due, noting FROM looking');
  const addMany = createMany(db, { into: 'looks', columns: 1, onConflict: 'ON CONFLICT (sku) DO NOTHING' });
  const end = db.prepare(
    'SELECT max(sku) AS sku, count(*) AS count FROM (SELECT sku FROM looks WHERE sku > ? ORDER BY sku LIMIT ?)',
  );
  const noted = rowsAsLists(
    db.prepare(
      `SELECT k.sku, ${pairSelect} FROM looks k
       LEFT JOIN store s ON s.sku = k.sku LEFT JOIN targets t ON t.sku = k.sku
       WHERE k.sku > ? AND k.sku <= ? AND iif(s.sku IS NULL, t.sku IS NOT NULL, ${isWorthALook})
       ORDER BY k.sku`,
    ),
  );
  const dropOthers = db.prepare(
    'DELETE FROM looks WHERE sku > ? AND sku <= ? AND sku NOT IN (SELECT value FROM json_each(?))',
  );

  const isDue = (): boolean => numberAt(state.get(), 'due') === 1;
  const add = (skus: readonly string[]): void => addMany(skus);

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
        catalog.step(() => add(rows.map(({ sku }) => sku)));
        yield { rows, passed };
        after = next;
      }
    }
    finish();
  }

  async function* goThroughNoted(signal: AbortSignal): AsyncGenerator<LookedPart> {
    for (let after = ''; ; await breathe()) {
      signal.throwIfAborted();
      const stretch = end.get(after, compared);
      const passed = numberAt(stretch, 'count');
      if (passed === 0) return;
      const to = textAt(stretch, 'sku');
      const rows = noted(after, to).map(([sku, ...pair]) => comparison.sidesOf(text(sku), pair));
      catalog.step(() => dropOthers.run(after, to, JSON.stringify(rows.map(({ sku }) => sku))));
      yield { rows, passed };
      after = to;
    }
  }

  return {
    isDue,
    begin,
    add,
    finish,

    worth: (signal: AbortSignal): AsyncGenerator<LookedPart> =>
      isDue() ? goThroughAll(signal) : goThroughNoted(signal),

    /** To be called in the step that writes targets. */
    noteTargets(skus: readonly string[]): void {
      if (numberAt(state.get(), 'noting') === 1) add(skus);
    },

    /** To be called in the step that throws all targets away. */
    forget(): void {
      db.exec(`DELETE FROM looks; UPDATE looking SET due = 1, noting = 0; ${doNotNoteStore}`);
    },
  };
}

export type Looks = ReturnType<typeof createLooks>;

import type { LookedPart } from '../../engine/catalog/ports';
import { numberAt, rowsAsLists, text, textAt } from './columns';
import { type ComparedStretch, type Comparison, isWorthALook, pairSelect } from './comparison';
import { breathe, type CatalogDatabase } from './database';
import { createMany } from './many';

/** Which SKUs there is something to say of (lookTables.ts). */
export function createLooks(catalog: CatalogDatabase, comparison: Comparison) {
  const { db } = catalog;
  const state = db.prepare('SELECT due, noting FROM looking');
  const add = createMany(db, { into: 'looks', columns: 1, onConflict: 'ON CONFLICT (sku) DO NOTHING' });
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

  async function* goThroughAll(limit: number): AsyncGenerator<LookedPart> {
    catalog.step(() => db.exec('DELETE FROM looks; UPDATE looking SET due = 1, noting = 1'));
    for (const side of ['store', 'orgAlone'] as const) {
      for (let after: string | null = ''; after !== null; await breathe()) {
        const { rows, passed, next }: ComparedStretch = comparison[side](after, limit);
        catalog.step(() => add(rows.map(({ sku }) => sku)));
        yield { rows, passed };
        after = next;
      }
    }
    catalog.step(() => db.exec('UPDATE looking SET due = 0'));
  }

  async function* goThroughNoted(limit: number): AsyncGenerator<LookedPart> {
    for (let after = ''; ; await breathe()) {
      const stretch = end.get(after, limit);
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
    worth: (limit: number): AsyncGenerator<LookedPart> =>
      numberAt(state.get(), 'due') === 1 ? goThroughAll(limit) : goThroughNoted(limit),

    /** To be called in the step that writes targets. */
    noteTargets(skus: readonly string[]): void {
      if (numberAt(state.get(), 'noting') === 1) add(skus);
    },

    /** To be called in the step that throws all targets away. */
    forget(): void {
      db.exec('DELETE FROM looks; UPDATE looking SET due = 1, noting = 0');
    },
  };
}

export type Looks = ReturnType<typeof createLooks>;

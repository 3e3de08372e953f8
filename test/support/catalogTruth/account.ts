import { expect } from 'vitest';
import { z } from 'zod';
import type { Run, RunRow } from '../../../contract/catalog';
import type { Problem } from '../../../contract/problem';
import { resources } from '../../../renderer/i18n';
import type { CatalogAtWork } from '../catalogAtWork';
import { millionths, storeValues } from './oracle';

/** A person is told of it in both languages, with everything that the sentences speak of. */
export function expectTold({ code, params }: Problem): void {
  for (const texts of [resources['es-AR'].problem, resources.en.problem]) {
    const sentences = code.split('.').reduce<unknown>((tree, part) => Reflect.get(Object(tree), part), texts);
    const { title, action } = z
      .object({ title: z.string().min(1), action: z.string().min(1) })
      .parse(sentences);
    const meant = [...`${title} ${action}`.matchAll(/{{(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(params)).toEqual(expect.arrayContaining(meant));
  }
}

/** All rows of a run. */
export async function rowsOf({ catalog }: CatalogAtWork, run: number): Promise<RunRow[]> {
  const query = { filter: 'all', sort: 'sku', descending: false, search: '' } as const;
  const rows: RunRow[] = [];
  for (;;) {
    const page = await catalog.runs.rows(run, { ...query, offset: rows.length, limit: 200 });
    rows.push(...page.rows);
    if (rows.length >= page.total || page.rows.length === 0) return rows;
  }
}

/**
 * What a run says of itself is what the store really has: written rows their new values, all others their old ones, and the
 * counts are the rows'. `doubtful`: rows still to be written may have been, since answers were lost.
 */
export async function expectNothingHalfTold(work: CatalogAtWork, run: Run, doubtful = false): Promise<void> {
  const rows = await rowsOf(work, run.id);
  const inStore = storeValues(work.sandbox);
  for (const row of rows) {
    const now = inStore.get(row.sku);
    for (const part of ['stock', 'price'] as const) {
      const change = row[part];
      if (change === null || now === undefined || (doubtful && row.state === 'pending')) continue;
      const wanted = row.state === 'applied' ? change.new : (change.old ?? '0');
      expect([row.sku, part, row.state, now[part]]).toEqual([row.sku, part, row.state, millionths(wanted)]);
    }
  }
  const count = (state: RunRow['state']) => rows.filter((row) => row.state === state).length;
  expect(run.status).toMatchObject({
    applied: count('applied'),
    refused: count('refused'),
    left: count('pending'),
  });
  expect(rows.length).toBe(run.summary?.changes);
}

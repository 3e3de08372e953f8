import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

const dayMs = 24 * 3_600_000;
let work: CatalogAtWork;
beforeEach(async () => {
  work = await startCatalog();
});
afterEach(() => work.stop());

const ids = async () => (await work.catalog.runs.list(0, 50)).runs.map(({ id }) => id);

it('old updates leave the history by themselves; the last that can be undone stays, and can be', async () => {
  const first = await work.update({}, true);
  const failed = await work.update({ warehouse: 'Nowhere' }, true);
  expect(failed.status.state).toBe('failed');
  work.sandbox.clock.advance(100 * dayMs);
  const last = await work.update({ warehouse: 'Nowhere' }, true);
  expect(await ids()).toEqual([last.id, failed.id, first.id]);
  work.sandbox.clock.advance(81 * dayMs);
  await work.restart();
  await vi.waitFor(async () => expect(await ids()).toEqual([last.id, first.id]));
  expect(work.log.map(({ event }) => event)).toContain('catalog.forgotten');

  const undone = await work.catalog.updates.undo(first.id);
  expect(undone.ok).toBe(true);
  expect(await work.until('done', 'planned')).toMatchObject({ kind: 'undo', of: first.id });
});

it('an update that goes between the click and its turn is not undone into nothing', async () => {
  const { id } = await work.update({}, true);
  const { runs } = work.catalog;
  const count = vi.spyOn(runs, 'countRows');
  count.mockImplementationOnce(async (asked) => {
    count.mockRestore();
    const counts = await runs.countRows(asked);
    await runs.hide([id]);
    return counts;
  });
  expect((await work.catalog.updates.undo(id)).ok).toBe(true);
  expect((await work.until('done', 'failed')).status).toMatchObject({
    state: 'failed',
    problem: { code: 'catalog.nothingToUndo' },
  });
});

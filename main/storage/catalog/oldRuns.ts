import { z } from 'zod';
import { type RunStateName, runKinds, runSchema, runStateSchema } from '../../../contract/catalog';
import type { OldRuns, RunTrace } from '../../engine/catalog/retention';
import { breathe, type CatalogDatabase } from './database';

/** Parts that go in one step, their states with them. */
const partsAtOnce = 10;
/** Runs that are looked at in one go: a few milliseconds. */
const tracesAtOnce = 200;

/** In place of a run's state once it is out of sight, so that a removal that is cut off is known of. */
export const leaving = 'leaving';

const stateNames = runStateSchema.options.map(({ shape }): RunStateName => shape.state.value);
const traceRow = z.object({
  id: z.number(),
  kind: z.enum(runKinds),
  trigger: runSchema.shape.trigger,
  of: z.number().nullable(),
  undoneBy: z.number().nullable(),
  state: z.enum(stateNames),
  at: z.number(),
  written: z.number(),
}) satisfies z.ZodType<RunTrace>;
const idRow = z.object({ id: z.number() });

/**
 * Takes runs away: out of sight at once, then their rows step by step, since one may have as many as the store has
 * products. `isReadOut` says whose rows are being read from the first to the last.
 */
export function createOldRuns(
  catalog: CatalogDatabase,
  isReadOut: (id: number) => boolean,
): OldRuns & { remove(id: number): Promise<void> } {
  const { db } = catalog;
  const traces = db.prepare(
    `SELECT id, state, body ->> '$.kind' AS kind, body ->> '$.trigger' AS trigger, body ->> '$.of' AS of,
       body ->> '$.undoneBy' AS undoneBy, applied + coalesce(body ->> '$.status.unsure', 0) AS written,
       coalesce(body ->> '$.finishedAt', body ->> '$.status.savedAt', body ->> '$.startedAt') AS at
     FROM runs WHERE state <> '${leaving}' AND id < ? ORDER BY id DESC LIMIT ${tracesAtOnce}`,
  );
  const hidden = db.prepare(`SELECT id FROM runs WHERE state = '${leaving}' LIMIT 1`);
  const parts = db.prepare(`SELECT id FROM run_parts WHERE run = ? LIMIT ${partsAtOnce}`);

  const hide = (ids: readonly number[]): Promise<void> =>
    catalog.hand().write([{ sql: hideRun, each: ids.map((id) => [id]) }]);

  /** False when it was called off before the end. */
  async function clearOne(id: number, signal?: AbortSignal): Promise<boolean> {
    for (;;) {
      if (signal?.aborted) return false;
      const ids = parts.all(id).map((row) => idRow.parse(row).id);
      if (ids.length === 0) break;
      await catalog.hand().write([{ sql: dropPart, each: ids.map((id) => [id]) }]);
      await catalog.room();
      await breathe();
    }
    await catalog.hand().write([{ sql: dropRun, each: [[id]] }]);
    return true;
  }

  return {
    async *traces() {
      for (let before = Number.MAX_SAFE_INTEGER; ; await breathe()) {
        const found = traces.all(before).map((row) => traceRow.parse(row));
        const last = found.at(-1);
        if (last === undefined) return;
        yield found;
        before = last.id;
      }
    },

    async hide(ids) {
      const free = ids.filter((id) => !isReadOut(id));
      await hide(free);
      return free.length;
    },

    async clear(signal) {
      for (;;) {
        const next = hidden.get();
        if (next === undefined || !(await clearOne(idRow.parse(next).id, signal))) return;
      }
    },

    async remove(id) {
      await hide([id]);
      await clearOne(id);
    },
  };
}

const hideRun = `UPDATE runs SET state = '${leaving}' WHERE id = ?`;
const dropPart = 'DELETE FROM run_parts WHERE id = ?';
const dropRun = 'DELETE FROM runs WHERE id = ?';

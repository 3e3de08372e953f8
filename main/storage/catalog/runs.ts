import { z } from 'zod';
import { type RowState, type Run, rowStates, runSchema } from '../../../contract/catalog';
import type { RunBook } from '../../engine/catalog/ports';
import type { OldRuns } from '../../engine/catalog/retention';
import { countRow, json } from '../rows';
import type { CatalogDatabase } from './database';
import { elsewhereColumn } from './house';
import { createLaterRows } from './laterRows';
import { createOldRuns, leaving } from './oldRuns';
import { createParts } from './parts';
import { createRowViews } from './rowViews';
import { createRowWalk } from './rowWalk';
import { createSettlement } from './settlement';
import { createWaitingRows } from './waitingRows';

const countsRow = z.object(
  Object.fromEntries(rowStates.map((state) => [state, z.number()])) as Record<RowState, z.ZodNumber>,
);
const runRow = z.object({
  id: z.number(),
  body: json(runSchema.omit({ id: true, elsewhere: true })),
  elsewhere: runSchema.shape.elsewhere,
});

/** A product's history goes back over so many runs. */
const historyRuns = 200;

/** What has been taken away may still be on its way out, which nobody is to see or to bring back. */
const inSight = `state <> '${leaving}'`;

const runColumns = `id, body, ${elsewhereColumn}`;

const atWork = ['reading', 'comparing', 'planned', 'applying', 'paused'];

/** Runs with their rows. How many rows are in which state is kept with the run, and moves in the same transaction. */
export function createRunBook(catalog: CatalogDatabase): RunBook & OldRuns {
  const { db } = catalog;
  const parts = createParts(catalog);
  const views = createRowViews(catalog, parts);
  const settlement = createSettlement(catalog, parts);
  const walk = createRowWalk(parts, (id) => getRun.get(id) !== undefined);
  const insertRun = db.prepare('INSERT INTO runs (state, body) VALUES (?, ?) RETURNING id');
  const getRun = db.prepare(`SELECT ${runColumns} FROM runs WHERE id = ? AND ${inSight}`);
  const listRuns = db.prepare(
    `SELECT ${runColumns} FROM runs WHERE ${inSight} ORDER BY id DESC LIMIT ? OFFSET ?`,
  );
  const countRuns = db.prepare(`SELECT count(*) AS count FROM runs WHERE ${inSight}`);
  const unfinished = db.prepare(
    `SELECT ${runColumns} FROM runs WHERE state IN (${atWork.map((state) => `'${state}'`).join(', ')}) ORDER BY id`,
  );
  const counts = db.prepare(`SELECT ${rowStates.join(', ')} FROM runs WHERE id = ?`);

  const readRun = (row: unknown): Run => {
    const { id, body, elsewhere } = runRow.parse(row);
    return { id, ...body, elsewhere };
  };

  const get = (id: number): Run | null => {
    const row = getRun.get(id);
    return row === undefined ? null : readRun(row);
  };

  return {
    async create(run) {
      const row = catalog.step(() => insertRun.get(run.status.state, JSON.stringify(run)));
      return z.object({ id: z.number() }).parse(row).id;
    },
    async save({ id, ...body }) {
      await catalog.hand().write([{ sql: saveRun, each: [[body.status.state, JSON.stringify(body), id]] }]);
    },
    ...createOldRuns(catalog, walk.isUnderWay),
    get: async (id) => get(id),
    list: async (offset, limit) => ({
      runs: listRuns.all(limit, offset).map(readRun),
      total: countRow.parse(countRuns.get()).count,
    }),
    unfinished: async () => unfinished.all().map(readRun),

    async addRows(id, rows) {
      const count = (state: RowState) => rows.filter((row) => row.state === state).length;
      await catalog
        .hand()
        .write([
          ...parts.adding(id, rows),
          { sql: countAdded, each: [[count('pending'), count('drifted'), id]] },
        ]);
    },

    rowsIn: settlement.rowsIn,
    settle: settlement.settle,
    laterRows: createLaterRows(catalog),
    supersede: settlement.supersede,
    waitingRows: createWaitingRows(catalog),
    countRows: async (id) => countsRow.parse(counts.get(id)),
    rows: views.rows,
    walk: walk.rows,

    async history(sku, limit) {
      return listRuns
        .all(historyRuns, 0)
        .map(readRun)
        .flatMap((run) => parts.ofSku(run.id, sku).map((row) => ({ run, row })))
        .slice(0, limit);
    },
  };
}

const saveRun = `UPDATE runs SET state = ?, body = ? WHERE id = ? AND ${inSight}`;
const countAdded = 'UPDATE runs SET pending = pending + ?, drifted = drifted + ? WHERE id = ?';

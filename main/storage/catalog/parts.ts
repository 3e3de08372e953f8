import type { RowState, RunRow } from '../../../contract/catalog';
import { type NewRow, type PlacedRow, rowsOfPart } from '../../engine/catalog/ports';
import { numberAt, textAt } from './columns';
import type { CatalogDatabase } from './database';
import type { Piece } from './pieces';
import { type KeptRefusals, letterOf, readRefusals, readRow, readRows, rowsText, rowText } from './runRows';
import { bySku } from './skuOrder';

/** A stretch of a run's rows. `start` is the place of its first row in the run. */
export interface Part {
  id: number;
  start: number;
  rows: readonly PlacedRow[];
}

/** A part whose states are being moved. */
interface OpenPart {
  id: number;
  start: number;
  end: number;
  states: string[];
  refusals: KeptRefusals;
}

const partColumns = 'p.id, p.start, p.rows, s.states, s.refusals';

/** The rows of runs, in parts. All that writes has to be called within a step. */
export function createParts({ db }: CatalogDatabase) {
  const from = `FROM run_parts p JOIN run_states s ON s.part = p.id WHERE p.run = ?`;
  // From the part on that the place is in: those before it are not gone through for each question.
  const nextWith = db.prepare(
    `SELECT ${partColumns} ${from}
     AND p.start >= coalesce((SELECT max(start) FROM run_parts WHERE run = ?1 AND start <= ?2), 0)
     AND p.start + p.size > ?2 AND instr(s.states, ?3) > 0 ORDER BY p.start LIMIT 1`,
  );
  const next = db.prepare(`SELECT ${partColumns} ${from} AND p.start >= ? ORDER BY p.start LIMIT 1`);
  const statesAt = db.prepare(
    `SELECT p.id, p.start, p.size, s.states, s.refusals ${from} AND p.start <= ? ORDER BY p.start DESC LIMIT 1`,
  );
  const ofSku = db.prepare(
    `SELECT p.start, j.key AS at, j.value AS cells, s.states, s.refusals
     FROM run_parts p JOIN run_states s ON s.part = p.id, json_each(p.rows) j
     WHERE p.run = ? AND p.first <= ? AND p.last >= ? AND j.value ->> 0 = ?`,
  );

  function open(run: number, place: number): OpenPart {
    const found = statesAt.get(run, place);
    const start = numberAt(found, 'start');
    return {
      id: numberAt(found, 'id'),
      start,
      end: start + numberAt(found, 'size'),
      states: [...textAt(found, 'states')],
      refusals: { ...readRefusals(textAt(found, 'refusals')) },
    };
  }

  return {
    /** What adds rows to a run, behind those that it has. */
    adding: (run: number, rows: readonly NewRow[]): Piece[] =>
      Array.from({ length: Math.ceil(rows.length / rowsOfPart) }, (_part, index) =>
        rows.slice(index * rowsOfPart, (index + 1) * rowsOfPart),
      ).flatMap((some) => {
        const skus = some.map(({ sku }) => sku).sort(bySku);
        return [
          { sql: addPart, each: [[run, some.length, skus[0] ?? '', skus.at(-1) ?? '', rowsText(some)]] },
          { sql: addStates, each: [[some.map(({ state }) => letterOf(state)).join('')]] },
        ];
      }),

    /** The next part from a place on that has rows in this state, or just the next. */
    next(run: number, place: number, state: RowState | null): Part | null {
      const row = state === null ? next.get(run, place) : nextWith.get(run, place, letterOf(state));
      return row === undefined ? null : readPart(row);
    },

    /** What moves waiting rows on, with those that are still waiting. A refused row keeps why. */
    moving(
      run: number,
      rows: readonly PlacedRow[],
      moveOf: (row: PlacedRow) => { to: RowState; refusal: RunRow['refusal'] },
    ): { moved: PlacedRow[]; pieces: Piece[] } {
      const moved: PlacedRow[] = [];
      const opened: OpenPart[] = [];
      let part: OpenPart | null = null;
      for (const row of rows) {
        if (part === null || row.place >= part.end) {
          part = open(run, row.place);
          opened.push(part);
        }
        const at = row.place - part.start;
        if (part.states[at] !== letterOf('pending')) continue;
        const { to, refusal } = moveOf(row);
        part.states[at] = letterOf(to);
        if (refusal !== null) part.refusals[at] = refusal;
        moved.push(row);
      }
      const pieces = opened.map(({ id, states, refusals }) => ({
        sql: setStates,
        each: [[states.join(''), JSON.stringify(refusals), id]],
      }));
      return { moved, pieces };
    },

    /** What puts another row into this place, in the same state. */
    changing: (run: number, place: number, row: NewRow): Piece => ({
      sql: setRow,
      each: [[run, place, rowText(row)]],
    }),

    /** A SKU's rows in a run: an undo may have two, one put back and one drifted. */
    ofSku: (run: number, sku: string): PlacedRow[] =>
      ofSku.all(run, sku, sku, sku).map((found) => {
        const at = numberAt(found, 'at');
        const cells: unknown = JSON.parse(textAt(found, 'cells'));
        const refusals = readRefusals(textAt(found, 'refusals'));
        const place = numberAt(found, 'start') + at;
        return readRow(cells, place, textAt(found, 'states')[at], refusals[at] ?? null);
      }),
  };
}

const addPart = `INSERT INTO run_parts (run, start, size, first, last, rows)
   VALUES (?1, (SELECT coalesce(max(start + size), 0) FROM run_parts WHERE run = ?1), ?2, ?3, ?4, ?5)`;
const setRow = `UPDATE run_parts SET rows = json_set(rows, '$[' || (?2 - start) || ']', json(?3))
   WHERE run = ?1 AND start = (SELECT max(start) FROM run_parts WHERE run = ?1 AND start <= ?2)`;
const setStates = 'UPDATE run_states SET states = ?, refusals = ? WHERE part = ?';
const addStates = `INSERT INTO run_states VALUES (last_insert_rowid(), ?, '{}')`;

export type Parts = ReturnType<typeof createParts>;

function readPart(row: unknown): Part {
  const start = numberAt(row, 'start');
  const refusals = readRefusals(textAt(row, 'refusals'));
  return {
    id: numberAt(row, 'id'),
    start,
    rows: readRows(textAt(row, 'rows'), start, textAt(row, 'states'), refusals),
  };
}

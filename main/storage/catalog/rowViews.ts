import type { ChangeFilter, RunRow } from '../../../contract/catalog';
import type { RowQuery } from '../../engine/catalog/ports';
import { biggestMove, comesFromZero, goesToZero } from '../../engine/catalog/summary';
import { countRow, fold } from '../rows';
import { numberAt, textAt } from './columns';
import { breathe, type CatalogDatabase } from './database';
import { createMany } from './many';
import type { Parts } from './parts';
import type { Row } from './pieces';
import { readRefusals, readRow } from './runRows';

/** What each filter asks of a row. */
export const conditions: Record<ChangeFilter, (row: RunRow) => boolean> = {
  all: () => true,
  stock: ({ stock }) => stock !== null,
  price: ({ price, lists }) => price !== null || lists.length > 0,
  toZero: goesToZero,
  fromZero: comesFromZero,
  priceUp: (row) => priceBy(row) > 0,
  priceDown: (row) => priceBy(row) < 0,
  refused: ({ state }) => state === 'refused',
  drifted: ({ state }) => state === 'drifted',
};
const keys: Record<RowQuery['sort'], (row: RunRow) => string | number> = {
  sku: ({ sku }) => sku,
  name: ({ name }) => name,
  stock: ({ stock }) => (stock === null ? 0 : Number(stock.new) - Number(stock.old ?? 0)),
  price: priceBy,
};

function priceBy(row: RunRow): number {
  return biggestMove(row)?.percent ?? 0;
}

/** A list whose rows have moved is laid down anew; while a run is written they always do, and it is kept for so long. */
const keepMs = 5_000;

/** Parts looked through in one go: a few milliseconds. */
const partsAtOnce = 10;

/**
 * A run's rows, filtered and sorted. Their order is laid down once for a filter, in stretches that leave the event loop
 * its turn, so that any place of a list of 500,000 is found at once.
 */
export function createRowViews(catalog: CatalogDatabase, parts: Parts) {
  const { db } = catalog;
  db.exec(
    'CREATE TEMP TABLE row_view (key, part INTEGER, at INTEGER, PRIMARY KEY (key, part, at)) WITHOUT ROWID',
  );
  const addPlaces = createMany(db, { into: 'row_view', columns: 3 });
  const pageOf = (direction: 'ASC' | 'DESC') =>
    db.prepare(
      `SELECT p.start, v.at, json_extract(p.rows, '$[' || v.at || ']') AS cells, substr(s.states, v.at + 1, 1) AS state,
         s.refusals
       FROM (SELECT key, part, at FROM row_view
             ORDER BY key ${direction}, part ${direction}, at ${direction} LIMIT ? OFFSET ?) v
       JOIN run_parts p ON p.id = v.part JOIN run_states s ON s.part = v.part
       ORDER BY v.key ${direction}, v.part ${direction}, v.at ${direction}`,
    );
  const pages = { up: pageOf('ASC'), down: pageOf('DESC') };
  const standing = db.prepare(
    `SELECT state = 'applying' AS applying, pending || ' ' || drifted AS rows FROM runs WHERE id = ?`,
  );
  let current: { key: string; at: number; rows: string; total: number } | null = null;
  let building: Promise<unknown> = Promise.resolve();

  async function build(run: number, { filter, sort, search }: RowQuery): Promise<number> {
    db.exec('DELETE FROM row_view');
    const wanted = fold(search.trim());
    const isWanted = (row: RunRow) =>
      conditions[filter](row) && (wanted === '' || fold(`${row.sku} ${row.name}`).includes(wanted));
    for (let place: number | null = 0; place !== null; await breathe())
      place = catalog.step(() => addStretch(run, place ?? 0, isWanted, keys[sort]));
    return countRow.parse(db.prepare('SELECT count(*) AS count FROM row_view').get()).count;
  }

  /** Answers where the next stretch begins; null at the end. */
  function addStretch(
    run: number,
    from: number,
    isWanted: (row: RunRow) => boolean,
    keyOf: (row: RunRow) => string | number,
  ): number | null {
    const found: Row[] = [];
    let place: number | null = from;
    for (let count = 0; count < partsAtOnce && place !== null; count += 1) {
      const part = parts.next(run, place, null);
      for (const [at, row] of part?.rows.entries() ?? [])
        if (part !== null && isWanted(row)) found.push([keyOf(row), part.id, at]);
      place = part === null ? null : part.start + part.rows.length;
    }
    addPlaces(found);
    return place;
  }

  /** Every row that moves leaves the waiting ones, and every row that is added counts. */
  function standingOf(run: number): { applying: boolean; rows: string } {
    const found = standing.get(run);
    return found === undefined
      ? { applying: false, rows: '' }
      : { applying: numberAt(found, 'applying') === 1, rows: textAt(found, 'rows') };
  }

  async function viewed(run: number, query: RowQuery): Promise<{ rows: RunRow[]; total: number }> {
    const { filter, sort, search } = query;
    const key = JSON.stringify([run, filter, sort, search]);
    // Before the list is laid down: what moves meanwhile may have been passed already.
    const { applying, rows } = standingOf(run);
    const isKept =
      current?.key === key &&
      (current.rows === rows || (applying && performance.now() - current.at <= keepMs));
    if (current === null || !isKept) {
      current = null;
      current = { total: await build(run, query), key, rows, at: performance.now() };
    }
    const page = query.descending ? pages.down : pages.up;
    return { rows: page.all(query.limit, query.offset).map(rowOf), total: current.total };
  }

  return {
    /** One list is laid down at a time: the next caller waits for it. */
    async rows(run: number, query: RowQuery): Promise<{ rows: RunRow[]; total: number }> {
      const answer = building.then(() => viewed(run, query));
      building = answer.catch(() => undefined);
      return answer;
    },
  };
}

function rowOf(found: unknown): RunRow {
  const at = numberAt(found, 'at');
  const cells: unknown = JSON.parse(textAt(found, 'cells'));
  const refusal = readRefusals(textAt(found, 'refusals'))[at] ?? null;
  return readRow(cells, numberAt(found, 'start') + at, textAt(found, 'state'), refusal);
}

import type { OrgDatabase, Stored } from '../database';
import type { CompiledQuery, RecordsQuery } from './compiled';

/** What a query found: rows by their position, all of one moment, whatever is written meanwhile. */
export interface QueryResult {
  readonly compiled: CompiledQuery;
  readonly totalSize: number;
  /** Rows from position `from` up to, not including, `to`. */
  rows(from: number, to: number): Stored[][];
  /** Lets go of what was kept for later pages. */
  close(): void;
}

/**
 * Runs a query. Up to `atOnce` rows are held in memory; of a larger result only the rows' numbers are kept,
 * in a temporary table, and each page is read when it is asked for.
 */
export function openResult(db: OrgDatabase, compiled: CompiledQuery, atOnce: number): QueryResult {
  switch (compiled.kind) {
    case 'count': {
      const [row] = db.rows(compiled.sql, ...compiled.parameters);
      return { compiled, totalSize: Number(row?.[0] ?? 0), rows: () => [], close: nothing };
    }
    case 'aggregate':
      return held(compiled, db.rows(compiled.sql, ...compiled.parameters));
    case 'records': {
      const first = db.rows(selectRows(compiled, atOnce + 1), ...compiled.parameters);
      return first.length <= atOnce ? held(compiled, first) : kept(db, compiled, first.slice(0, atOnce));
    }
  }
}

const held = (compiled: CompiledQuery, rows: Stored[][]): QueryResult => ({
  compiled,
  totalSize: rows.length,
  rows: (from, to) => rows.slice(from, to),
  close: nothing,
});

function kept(db: OrgDatabase, compiled: RecordsQuery, head: Stored[][]): QueryResult {
  const cursor = `temp.cursor${db.next('cursor')}`;
  const { columns, source, where, order, limit, parameters, rowNumber } = compiled;
  db.exec(`CREATE TABLE ${cursor} (position INTEGER PRIMARY KEY, number INTEGER)`);
  db.run(
    `INSERT INTO ${cursor} (number) SELECT ${rowNumber} FROM ${source.join(' ')}${where}${order}${limitClause(limit)}`,
    ...parameters,
  );
  const [count] = db.rows(`SELECT max(position) FROM ${cursor}`);
  const [own, ...parents] = source;
  const page = `SELECT ${columns.join(', ')} FROM ${cursor} c CROSS JOIN ${own} ON ${rowNumber} = c.number
     ${parents.join(' ')} WHERE c.position > ? AND c.position <= ? ORDER BY c.position`;
  return {
    compiled,
    totalSize: Number(count?.[0] ?? 0),
    rows: (from, to) => (to <= head.length ? head.slice(from, to) : db.rows(page, from, to)),
    close: () => db.exec(`DROP TABLE ${cursor}`),
  };
}

function selectRows(query: RecordsQuery, most: number): string {
  const { columns, source, where, order, limit } = query;
  const count = limit.count === null ? most : Math.min(limit.count, most);
  return `SELECT ${columns.join(', ')} FROM ${source.join(' ')}${where}${order}${limitClause({ ...limit, count })}`;
}

const limitClause = ({ count, offset }: RecordsQuery['limit']): string =>
  count === null && offset === 0 ? '' : ` LIMIT ${count ?? -1} OFFSET ${offset}`;

function nothing(): void {}

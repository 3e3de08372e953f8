export type Value = string | number | null;

/** A statement that is run for each row of its values, and the same for many rows at a time. */
export interface RowsSql {
  /** How many values a row has. */
  columns: number;
  one: string;
  /** Null where the statement cannot take several rows. */
  many: { sql: string; rows: number } | null;
}

/** Part of a transaction: a statement with its rows, their values one after the other. */
export interface Piece {
  sql: RowsSql;
  values: readonly Value[];
}

export interface InsertOptions {
  into: string;
  /** How many the table has; all of them are given. */
  columns: number;
  /** A conflict clause. */
  onConflict?: string;
}

/** Rows of one statement: twice as fast as one by one, and hardly faster beyond. */
const rowsAtOnce = 50;

/** The statements that write rows of a table, many at a time. */
export function insertSql({ into, columns, onConflict = '' }: InsertOptions): RowsSql {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
  const sqlFor = (rows: number) =>
    `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, () => row).join(', ')} ${onConflict}`;
  return { columns, one: sqlFor(1), many: { sql: sqlFor(rowsAtOnce), rows: rowsAtOnce } };
}

/** A statement that takes one row's values at a time. */
export const eachRow = (columns: number, sql: string): RowsSql => ({ columns, one: sql, many: null });

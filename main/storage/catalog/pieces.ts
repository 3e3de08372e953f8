export type Value = string | number | null;

/** The values of a row. */
export type Row = readonly Value[];

/** Part of a transaction: a statement that is run for each of these. */
export interface Piece {
  sql: string;
  each: readonly Row[];
}

/** A statement that writes a row, and the same for all rows at once. */
export interface InsertSql {
  one: string;
  /** Takes them as one text: a JSON list of lists. */
  all: string;
}

export interface InsertOptions {
  into: string;
  /** How many the table has; all of them are given. */
  columns: number;
  /** A conflict clause. */
  onConflict?: string;
}

/** The statements that write rows of a table. */
export function insertSql({ into, columns, onConflict = '' }: InsertOptions): InsertSql {
  const each = <T>(make: (index: number) => T) =>
    Array.from({ length: columns }, (_column, index) => make(index)).join(', ');
  return {
    one: `INSERT INTO ${into} VALUES (${each(() => '?')}) ${onConflict}`,
    // Without a condition the conflict clause would be read as one of a join.
    all: `INSERT INTO ${into} SELECT ${each((index) => `value ->> ${index}`)} FROM json_each(?) WHERE true ${onConflict}`,
  };
}

/** Below so many rows one by one is as fast. */
const manyRows = 4;

/** What writes these rows. Many go over as one text, which costs a fraction of handing over their values. */
export const inserting = ({ one, all }: InsertSql, rows: readonly Row[]): Piece =>
  rows.length < manyRows ? { sql: one, each: rows } : { sql: all, each: [[JSON.stringify(rows)]] };

/**
 * A query that answers the rows of a statement with so many columns as one text, a JSON list of lists in the one column of
 * its one row: several times as fast as fetching their values.
 */
export function asText(select: string, columns: number): string {
  const names = Array.from({ length: columns }, (_column, index) => `c${index}`).join(', ');
  return `WITH r (${names}) AS (${select}) SELECT json_group_array(json_array(${names})) FROM r`;
}

import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { type InsertOptions, insertSql, type Piece, type RowsSql, type Value } from './pieces';

/** Runs pieces on a connection, whose statements it keeps. To be called within a transaction. */
export function createPieceRunner(db: DatabaseSyncInstance) {
  const kept = new Map<string, StatementSyncInstance>();

  function prepared(sql: string): StatementSyncInstance {
    let statement = kept.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      kept.set(sql, statement);
    }
    return statement;
  }

  function run({ columns, one, many }: RowsSql, values: readonly Value[]): void {
    let at = 0;
    if (many !== null)
      for (const step = many.rows * columns; at + step <= values.length; at += step)
        prepared(many.sql).run(...values.slice(at, at + step));
    for (; at < values.length; at += columns) prepared(one).run(...values.slice(at, at + columns));
  }

  return (pieces: readonly Piece[]): void => {
    for (const { sql, values } of pieces) run(sql, values);
  };
}

/** Writes rows many at a time, their values one after the other in one list. */
export function createMany(db: DatabaseSyncInstance, options: InsertOptions) {
  const run = createPieceRunner(db);
  const sql = insertSql(options);
  return (values: readonly Value[]): void => run([{ sql, values }]);
}

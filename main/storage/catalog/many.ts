import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { type InsertOptions, inserting, insertSql, type Piece, type Row } from './pieces';

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

  return (pieces: readonly Piece[]): void => {
    for (const { sql, each } of pieces) for (const values of each) prepared(sql).run(...values);
  };
}

/** Writes rows many at a time. */
export function createMany(db: DatabaseSyncInstance, options: InsertOptions) {
  const run = createPieceRunner(db);
  const sql = insertSql(options);
  return (rows: readonly Row[]): void => run([inserting(sql, rows)]);
}

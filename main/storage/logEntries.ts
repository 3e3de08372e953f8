import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { LogEntry } from '../../contract/status';
import { fold, idRow } from './rows';

/** Runs work that may write to the log, and tells of it once that is on disk. */
export type Telling = <T>(work: (note: (entry: LogEntry) => void) => Promise<T>) => Promise<T>;

/** Writes an entry of the log inside the caller's transaction; answers with the entry and its id. */
export function insertEntry(db: DatabaseSyncInstance, entry: Omit<LogEntry, 'id'>): LogEntry {
  const row = db
    .prepare(
      `INSERT INTO log (at, level, event, params, problem, order_id, search)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    )
    .get(
      entry.at,
      entry.level,
      entry.event,
      JSON.stringify(entry.params),
      entry.problem === null ? null : JSON.stringify(entry.problem),
      entry.orderId,
      searchText(entry),
    );
  return { ...entry, id: idRow.parse(row).id };
}

function searchText(entry: Omit<LogEntry, 'id'>): string {
  const params = { ...entry.params, ...entry.problem?.params };
  return fold([...Object.values(params), entry.problem?.detail ?? ''].join(' '));
}

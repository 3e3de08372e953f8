import { z } from 'zod';
import { exportStates } from '../../contract/export';
import { problemSchema } from '../../contract/problem';
import { type LogEntry, type LogLine, logEvents } from '../../contract/status';
import type { LogBook, LogQuery } from '../engine/ports';
import type { Database } from './database';
import { insertEntry } from './logEntries';
import { containing, countRow, json } from './rows';

const levels: Record<LogQuery['level'], string> = {
  all: "'info', 'warning', 'error'",
  warning: "'warning', 'error'",
  error: "'error'",
};

/** The log in SQLite; `onRecorded` hears of every new entry once it is on disk. */
export function createJournal(
  database: Database,
  onRecorded: (entries: readonly LogEntry[]) => void,
): LogBook {
  return {
    async record(entry) {
      onRecorded([await database.transaction((db) => insertEntry(db, entry))]);
    },

    list: (query) =>
      database.read((db) => {
        const where = `WHERE log.level IN (${levels[query.level]}) AND log.search LIKE ? ESCAPE '\\'`;
        const pattern = containing(query.search.trim());
        const count = db.prepare(`SELECT count(*) AS count FROM log ${where}`).get(pattern);
        const rows = db
          .prepare(
            `SELECT log.*, orders.state AS order_state FROM log LEFT JOIN orders ON orders.id = log.order_id
             ${where} ORDER BY log.id DESC LIMIT ? OFFSET ?`,
          )
          .all(pattern, query.limit, query.offset);
        return { entries: rows.map(readLine), total: countRow.parse(count).count };
      }),
  };
}

const entryRow = z.object({
  id: z.number(),
  at: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  event: z.enum(logEvents),
  params: json(z.record(z.string(), z.union([z.string(), z.number()]))),
  problem: json(problemSchema).nullable(),
  order_id: z.number().nullable(),
  order_state: z.enum(exportStates).nullable(),
});

function readLine(row: unknown): LogLine {
  const { order_id: orderId, order_state: orderState, ...columns } = entryRow.parse(row);
  return { ...columns, orderId, orderState };
}

import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';

/** What one desktop's database says of its orders and of every attempt to export them. */
export interface Ledger {
  desktop: string;
  orders: LedgerOrder[];
  attempts: LedgerAttempt[];
}

export type LedgerOrder = z.infer<typeof orderRow>;
export type LedgerAttempt = z.infer<typeof attemptRow>;

const parsed = z.string().transform((text): unknown => JSON.parse(text));

const orderRow = z.object({
  number: z.string(),
  state: z.string(),
  /** The state with its reason, as the program keeps it. */
  status: parsed.pipe(
    z.looseObject({
      reason: z.string().optional(),
      problem: z.unknown().optional(),
      problems: z.array(z.unknown()).optional(),
    }),
  ),
});

const attemptRow = z.object({
  number: z.string(),
  kind: z.string(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  outcome: z.string(),
  problems: parsed.pipe(z.array(z.unknown())),
});

/** Reads a database of the program's without its code. Throws while the file is not there or not whole yet. */
export function readLedger(desktop: string, file: string): Ledger {
  return reading(file, (db) => ({
    desktop,
    orders: db
      .prepare('SELECT number, state, status FROM orders ORDER BY id')
      .all()
      .map((row) => orderRow.parse(row)),
    attempts: db
      .prepare(
        `SELECT o.number, a.kind, a.started_at AS startedAt, a.finished_at AS finishedAt, a.outcome, a.problems
         FROM attempts a JOIN orders o ON o.id = a.order_id ORDER BY a.id`,
      )
      .all()
      .map((row) => attemptRow.parse(row)),
  }));
}

/** How many orders are in which state. Throws as `readLedger` does. */
export function readCounts(file: string): Map<string, number> {
  return reading(file, (db) => {
    const rows = db.prepare('SELECT state, count(*) AS count FROM orders GROUP BY state').all();
    return new Map(rows.map((row) => countRow.parse(row)).map(({ state, count }) => [state, count]));
  });
}

const countRow = z.object({ state: z.string(), count: z.number() });

function reading<T>(file: string, work: (db: DatabaseSyncInstance) => T): T {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

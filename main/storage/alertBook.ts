import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import { problemSchema } from '../../contract/problem';
import type { Link } from '../../contract/status';
import type { Digest } from '../engine/alerts/digest';
import type {
  AlertBook,
  Conditions,
  FailedOrder,
  Outage,
  ScheduleTrouble,
  Side,
  Situation,
} from '../engine/alerts/ports';
import { reasonOf, type ScheduleHealth } from '../engine/catalog/scheduleHealth';
import type { Database } from './database';
import { insertMail } from './mailRepository';
import { countRow, json, orderColumns, readOrderRow } from './rows';

/** A mail lists at most so many orders by name; it counts the others. */
const mostOrders = 50;

/** The reason that an order's failure is known by: the code of its first problem. */
const reason = "coalesce(json_extract(o.status, '$.problems[0].code'), '')";
const untold = `orders o LEFT JOIN told_orders t ON t.order_id = o.id AND t.reason = ${reason}
                WHERE o.state = 'failed' AND t.order_id IS NULL`;

/**
 * What has been told, in SQLite. Failures are read from the orders themselves and not from the log: an order
 * and its failure are one row, so that no crash can leave a failure that nobody hears of.
 */
export function createAlertBook(database: Database): AlertBook {
  return {
    report: (conditions, at, decide) =>
      database.transaction((db) => {
        // Settled by a person or by the org; an order that is on its way again is not settled yet.
        db.exec(`DELETE FROM told_orders WHERE order_id IN
                 (SELECT id FROM orders WHERE state IN ('exported', 'held', 'dismissed'))`);
        followLink(db, 'store', conditions.links.store, at);
        followLink(db, 'org', conditions.links.org, at);
        const schedule = forMail(conditions.schedule);
        if (schedule.state === 'well') db.exec('DELETE FROM told_schedule');
        const situation = readSituation(db, { ...conditions, schedule });
        const decision = decide(situation);
        if (decision.digest !== null && decision.letter !== null) {
          insertMail(db, decision.letter, at);
          markTold(db, decision.digest, at);
        }
        return { digest: decision.digest, nextAt: decision.nextAt };
      }),
  };
}

/** A side that is connecting, at the start of the program say, is neither up nor down: what is known stays. */
function followLink(db: DatabaseSyncInstance, side: Side, link: Link, at: number): void {
  if (link.state === 'connecting') return;
  if (link.state !== 'down') {
    db.prepare('DELETE FROM outages WHERE side = ?').run(side);
    return;
  }
  // The smaller instant: the outage began before a restart, or the clock has been set back.
  db.prepare(
    `INSERT INTO outages (side, since, problem) VALUES (?, ?, ?)
     ON CONFLICT (side) DO UPDATE SET since = min(since, excluded.since, ?), problem = excluded.problem`,
  ).run(side, link.since, JSON.stringify(link.problem), at);
}

const outageRow = z.object({
  side: z.enum(['store', 'org']),
  since: z.number(),
  problem: json(problemSchema),
  told: z.string().nullable(),
});
const reasonRow = z.object({ reason: z.string() });
const stateRow = z.object({ open: z.number(), last_mail_at: z.number().nullable() });

function readSituation(db: DatabaseSyncInstance, { links, schedule }: Conditions): Situation {
  const count = (sql: string) =>
    countRow.parse(db.prepare(`SELECT count(*) AS count FROM ${sql}`).get()).count;
  const state = stateRow.parse(db.prepare('SELECT open, last_mail_at FROM alert_state').get());
  const columns = orderColumns
    .split(', ')
    .map((name) => `o.${name}`)
    .join(', ');
  return {
    untold: db
      .prepare(`SELECT ${columns} FROM ${untold} ORDER BY o.id LIMIT ${mostOrders}`)
      .all()
      .flatMap(readFailed),
    untoldCount: count(untold),
    failedCount: count("orders WHERE state = 'failed'"),
    openCount: count('told_orders'),
    outages: db.prepare('SELECT side, since, problem, told FROM outages ORDER BY side').all().map(readOutage),
    schedule: readSchedule(db, schedule),
    scheduleWell: schedule.state === 'well',
    linksUp: [links.store, links.org].every((link) => link.state === 'up' || link.state === 'off'),
    open: state.open === 1,
    lastMailAt: state.last_mail_at,
    waitingMails: count('mails WHERE next_try_at IS NOT NULL'),
  };
}

/** A dry run's plan waits for a person as it is meant to: that is no trouble. */
const forMail = (health: ScheduleHealth): ScheduleHealth =>
  health.state === 'needsPerson' && health.matter.kind === 'planned' ? { state: 'well' } : health;

function readSchedule(db: DatabaseSyncInstance, health: ScheduleHealth): ScheduleTrouble | null {
  if (health.state !== 'needsPerson') return null;
  const { matter } = health;
  const row = db.prepare('SELECT reason FROM told_schedule').get();
  return { matter, told: row !== undefined && reasonRow.parse(row).reason === reasonOf(matter) };
}

function readFailed(row: unknown): FailedOrder[] {
  const { status, id, number, buyerName, total, currency } = readOrderRow(row);
  if (status.state !== 'failed') return [];
  return [{ id, number, buyerName, total, currency, problems: status.problems, since: status.since }];
}

function readOutage(row: unknown): Outage {
  const columns = outageRow.parse(row);
  const told = problemSchema.shape.code.safeParse(columns.told);
  return { ...columns, told: told.success ? told.data : null };
}

function markTold(db: DatabaseSyncInstance, digest: Digest, at: number): void {
  db.prepare('UPDATE alert_state SET open = ?, last_mail_at = ?').run(digest.kind === 'trouble' ? 1 : 0, at);
  if (digest.kind === 'allWell') return;
  // In one transaction with what was read: the failed orders now are those the mail stands for.
  db.exec(`INSERT INTO told_orders (order_id, reason) SELECT o.id, ${reason} FROM orders o WHERE o.state = 'failed'
           ON CONFLICT (order_id) DO UPDATE SET reason = excluded.reason`);
  if (digest.schedule !== null)
    db.prepare('INSERT OR REPLACE INTO told_schedule VALUES (1, ?)').run(reasonOf(digest.schedule));
  const told = db.prepare('UPDATE outages SET told = ? WHERE side = ?');
  for (const { side, problem } of digest.outages) told.run(problem.code, side);
}

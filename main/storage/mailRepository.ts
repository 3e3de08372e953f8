import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import { problemSchema } from '../../contract/problem';
import type { Letter, MailQueue } from '../engine/alerts/ports';
import type { Database } from './database';
import { countRow, json } from './rows';

/** Mails that are done with are kept this long, for the page that tells what was sent. */
const keptMs = 30 * 86_400_000;

/** Puts a mail into the queue, inside the transaction that records what it tells. */
export function insertMail(
  db: DatabaseSyncInstance,
  letter: Letter & { messageId: string },
  at: number,
): void {
  db.prepare(
    `INSERT INTO mails (message_id, subject, text, html, created_at, next_try_at) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(letter.messageId, letter.subject, letter.text, letter.html, at, at);
}

/** The mails on their way, in SQLite: there before they are sent, and marked after the server has taken them. */
export function createMailQueue(database: Database): MailQueue {
  return {
    due: (now) =>
      database.transaction((db) => {
        const row = db
          .prepare('SELECT * FROM mails WHERE next_try_at <= ? ORDER BY next_try_at, id LIMIT 1')
          .get(now);
        if (row === undefined) return null;
        const { message_id: messageId, created_at: createdAt, ...mail } = mailRow.parse(row);
        return { ...mail, messageId, createdAt };
      }),

    nextDueAt: () =>
      database.transaction(
        (db) => dueRow.parse(db.prepare('SELECT min(next_try_at) AS due FROM mails').get()).due,
      ),

    sent: (id, at, problem) =>
      database.transaction((db) => {
        db.prepare(
          'UPDATE mails SET tries = tries + 1, next_try_at = NULL, sent_at = ?, problem = ? WHERE id = ?',
        ).run(at, problem === null ? null : JSON.stringify(problem), id);
        db.prepare('DELETE FROM mails WHERE next_try_at IS NULL AND created_at < ?').run(at - keptMs);
      }),

    postponed: (id, nextTryAt, problem) =>
      database.transaction((db) => {
        db.prepare('UPDATE mails SET tries = tries + 1, next_try_at = ?, problem = ? WHERE id = ?').run(
          nextTryAt,
          JSON.stringify(problem),
          id,
        );
      }),

    givenUp: (id, at, problem) =>
      database.transaction((db) => {
        db.prepare(
          'UPDATE mails SET tries = tries + 1, next_try_at = NULL, given_up_at = ?, problem = ? WHERE id = ?',
        ).run(at, JSON.stringify(problem), id);
      }),

    hurry: (at) =>
      database.transaction((db) => {
        db.prepare('UPDATE mails SET next_try_at = ? WHERE next_try_at > ?').run(at, at);
      }),

    view: (now) =>
      database.read((db) => {
        const waiting = db.prepare('SELECT count(*) AS count FROM mails WHERE next_try_at IS NOT NULL').get();
        const givenUp = db
          .prepare('SELECT count(*) AS count FROM mails WHERE given_up_at > ?')
          .get(now - keptMs);
        const sent = db.prepare('SELECT max(sent_at) AS due FROM mails').get();
        const lastSentAt = dueRow.parse(sent).due;
        const last = db
          .prepare(
            `SELECT problem FROM mails
             WHERE problem IS NOT NULL AND (next_try_at IS NOT NULL OR sent_at = :last OR given_up_at > :last)
             ORDER BY next_try_at IS NULL, id DESC LIMIT 1`,
          )
          .get({ last: lastSentAt ?? 0 });
        return {
          waiting: countRow.parse(waiting).count,
          givenUp: countRow.parse(givenUp).count,
          lastSentAt,
          lastProblem: last === undefined ? null : problemRow.parse(last).problem,
          nextTryAt: dueRow.parse(db.prepare('SELECT min(next_try_at) AS due FROM mails').get()).due,
        };
      }),
  };
}

const dueRow = z.object({ due: z.number().nullable() });
const problemRow = z.object({ problem: json(problemSchema) });
const mailRow = z.object({
  id: z.number(),
  message_id: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  created_at: z.number(),
  tries: z.number(),
});

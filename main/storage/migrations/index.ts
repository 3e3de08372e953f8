import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { z } from 'zod';
import { migration as orders } from './0001-orders';
import { migration as mail } from './0002-mail';
import { migration as changes } from './0003-changes';
import { migration as schedule } from './0004-schedule';

/** The tables of orders, log and mails. In order; a migration that has shipped never changes. */
export const orderMigrations: readonly string[] = [orders, mail, changes, schedule];

/** Brings the tables up to date, each step in a transaction of its own. Throws on a newer program's file. */
export function migrate(db: DatabaseSyncInstance, migrations: readonly string[]): void {
  const { user_version: version } = z
    .object({ user_version: z.number().int() })
    .parse(db.prepare('PRAGMA user_version').get());
  if (version > migrations.length)
    throw new Error(`database version ${version} is newer than this program's ${migrations.length}`);
  migrations.slice(version).forEach((sql, index) => {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version + index + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  });
}

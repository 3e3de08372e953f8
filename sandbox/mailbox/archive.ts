import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import { type ReceivedMail, receivedMailSchema } from './mail';

const row = z.object({ id: z.number(), json: z.string() });
const rawRow = z.object({ raw: z.instanceof(Uint8Array) });

/** The messages that arrived, oldest first; in a file they outlive the mailbox. */
export class MailArchive {
  private readonly db: InstanceType<typeof DatabaseSync>;
  private kept: readonly ReceivedMail[];

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS message (
        id INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL, raw BLOB NOT NULL) STRICT;
    `);
    this.kept = this.db
      .prepare('SELECT id, json FROM message ORDER BY id')
      .all()
      .map((found: unknown) => {
        const { id, json } = row.parse(found);
        return receivedMailSchema.parse({ ...JSON.parse(json), id });
      });
  }

  messages(): readonly ReceivedMail[] {
    return this.kept;
  }

  add(mail: Omit<ReceivedMail, 'id'>, raw: Buffer): void {
    const { lastInsertRowid } = this.db
      .prepare('INSERT INTO message (json, raw) VALUES (?, ?)')
      .run(JSON.stringify(mail), raw);
    this.kept = [...this.kept, { ...mail, id: Number(lastInsertRowid) }];
  }

  /** A message as it came over the wire. */
  raw(id: number): Buffer | null {
    const found = this.db.prepare('SELECT raw FROM message WHERE id = ?').get(id);
    return found === undefined ? null : Buffer.from(rawRow.parse(found).raw);
  }

  clear(): void {
    this.db.exec('DELETE FROM message');
    this.kept = [];
  }

  close(): void {
    this.db.close();
  }
}

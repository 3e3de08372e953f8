import { randomBytes } from 'node:crypto';
import type { OrgDatabase, Row } from './database';

/** Whose a session is, and how it came to be. */
export interface SessionOwner {
  userId: string;
  /** The app that asked for it. */
  clientId: string;
  scope: string;
  /** The approval it hangs on, if it came with a refresh token: they die together. */
  approvalId: number | null;
}

export interface Session extends SessionOwner {
  token: string;
  openedAt: number;
  lastUse: number;
}

/**
 * Access tokens and when they were last used. A session slides: any call keeps it alive. They are kept in the
 * org's database, so that an org on disk still knows them after a restart.
 */
export class Sessions {
  constructor(
    private readonly db: OrgDatabase,
    private readonly organizationId: string,
    private readonly now: () => number,
    private readonly timeout: () => number,
  ) {
    db.run(
      `CREATE TABLE IF NOT EXISTS "sandbox_session" (token TEXT PRIMARY KEY, userId TEXT NOT NULL,
         clientId TEXT NOT NULL, scope TEXT NOT NULL, approvalId INTEGER, openedAt INTEGER NOT NULL,
         lastUse INTEGER NOT NULL) STRICT`,
    );
  }

  open(owner: SessionOwner): string {
    const token = `${this.organizationId.slice(0, 15)}!AQEAQ${tokenText(66)}`;
    this.db.run(
      'INSERT INTO "sandbox_session" VALUES (?, ?, ?, ?, ?, ?, ?)',
      token,
      owner.userId,
      owner.clientId,
      owner.scope,
      owner.approvalId,
      this.now(),
      this.now(),
    );
    return token;
  }

  /** The session of a good token, which is then good for another while. */
  use(token: string): Session | null {
    const session = this.look(token);
    if (!session) return null;
    // A write for every call would cost more than the precision is worth.
    if (this.now() - session.lastUse >= Math.min(1000, this.timeout() / 10)) {
      this.db.run('UPDATE "sandbox_session" SET lastUse = ? WHERE token = ?', this.now(), token);
    }
    return session;
  }

  /** The same without keeping it alive. */
  look(token: string): Session | null {
    const row = this.db.get('SELECT * FROM "sandbox_session" WHERE token = ?', token);
    if (!row) return null;
    const session = toSession(row);
    if (this.now() - session.lastUse <= this.timeout()) return session;
    this.close(token);
    return null;
  }

  /** When an unused session will be over. */
  endsAt(session: Session): number {
    return session.lastUse + this.timeout();
  }

  close(token: string): boolean {
    return this.closeWhere('token = ?', token) > 0;
  }

  closeAll(): number {
    return this.closeWhere('1 = 1');
  }

  closeOfUser(userId: string): number {
    return this.closeWhere('userId = ?', userId);
  }

  closeOfApproval(approvalId: number): number {
    return this.closeWhere('approvalId = ?', approvalId);
  }

  get count(): number {
    return Number(this.db.get('SELECT count(*) AS sessions FROM "sandbox_session"')?.['sessions'] ?? 0);
  }

  private closeWhere(condition: string, ...parameters: (string | number)[]): number {
    const before = this.count;
    this.db.run(`DELETE FROM "sandbox_session" WHERE ${condition}`, ...parameters);
    return before - this.count;
  }
}

/** Random text in the letters that Salesforce's tokens are made of. */
export const tokenText = (bytes: number): string =>
  randomBytes(bytes)
    .toString('base64')
    .replace(/[+/=]/g, (char) => (char === '+' ? '.' : '_'));

const toSession = (row: Row): Session => ({
  token: String(row['token']),
  userId: String(row['userId']),
  clientId: String(row['clientId']),
  scope: String(row['scope']),
  approvalId: typeof row['approvalId'] === 'number' ? row['approvalId'] : null,
  openedAt: Number(row['openedAt']),
  lastUse: Number(row['lastUse']),
});

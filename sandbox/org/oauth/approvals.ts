import type { OrgDatabase, Row } from '../database';
import { type Sessions, tokenText } from '../sessions';

/** A user's consent to an app, with the refresh tokens that have come of it one after the other. */
export interface Approval {
  id: number;
  userId: string;
  clientId: string;
  scope: string;
  approvedAt: number;
  lastUse: number;
}

/** Most approvals of one app by one user: the next one ends the oldest (research/salesforce.md 1.1). */
const mostApprovals = 5;

/** Approvals and refresh tokens, kept in the org's database. A refresh token that has been replaced stays known. */
export class Approvals {
  constructor(
    private readonly db: OrgDatabase,
    private readonly sessions: Sessions,
    private readonly now: () => number,
  ) {
    db.run(
      `CREATE TABLE IF NOT EXISTS "sandbox_approval" (id INTEGER PRIMARY KEY AUTOINCREMENT, userId TEXT NOT NULL,
         clientId TEXT NOT NULL, scope TEXT NOT NULL, approvedAt INTEGER NOT NULL, lastUse INTEGER NOT NULL) STRICT`,
    );
    db.run(
      `CREATE TABLE IF NOT EXISTS "sandbox_refresh_token" (token TEXT PRIMARY KEY, approvalId INTEGER NOT NULL,
         replaced INTEGER NOT NULL DEFAULT 0) STRICT`,
    );
  }

  /** A new approval with its first refresh token. */
  approve(userId: string, clientId: string, scope: string): { approval: Approval; refreshToken: string } {
    return this.db.atomic(() => {
      this.db.run(
        'INSERT INTO "sandbox_approval" (userId, clientId, scope, approvedAt, lastUse) VALUES (?, ?, ?, ?, ?)',
        userId,
        clientId,
        scope,
        this.now(),
        this.now(),
      );
      const all = this.of(userId, clientId);
      for (const oldest of all.slice(0, -mostApprovals)) this.end(oldest.id);
      const approval = all.at(-1);
      if (!approval) throw new Error('the approval just written is not there');
      return { approval, refreshToken: this.addToken(approval.id) };
    });
  }

  /** The approvals of an app by a user, oldest first. */
  of(userId: string, clientId: string): Approval[] {
    return this.db
      .all('SELECT * FROM "sandbox_approval" WHERE userId = ? AND clientId = ? ORDER BY id', userId, clientId)
      .map(toApproval);
  }

  /**
   * The approval behind a refresh token, or nothing when the token is no good. Presenting a token that has been
   * replaced ends the whole family, since one of its holders must be a thief (research/salesforce.md 1.1, RTR).
   */
  find(token: string, idleMs: number | null): Approval | null {
    const row = this.row(token);
    if (!row) return null;
    const approval = toApproval(row);
    const idle = idleMs !== null && this.now() - approval.lastUse > idleMs;
    if (row['replaced'] === 0 && !idle) return approval;
    this.end(approval.id);
    return null;
  }

  /** The same without consequences. */
  look(token: string): Approval | null {
    const row = this.row(token);
    return row?.['replaced'] === 0 ? toApproval(row) : null;
  }

  /** Marks a token as used; with rotation it is replaced, and the answer is its successor. */
  use(approval: Approval, token: string, rotate: boolean): string | null {
    return this.db.atomic(() => {
      this.db.run('UPDATE "sandbox_approval" SET lastUse = ? WHERE id = ?', this.now(), approval.id);
      if (!rotate) return null;
      this.db.run('UPDATE "sandbox_refresh_token" SET replaced = 1 WHERE token = ?', token);
      return this.addToken(approval.id);
    });
  }

  /** Ends an approval with all its refresh and access tokens. */
  end(approvalId: number): void {
    this.db.run('DELETE FROM "sandbox_refresh_token" WHERE approvalId = ?', approvalId);
    this.db.run('DELETE FROM "sandbox_approval" WHERE id = ?', approvalId);
    this.sessions.closeOfApproval(approvalId);
  }

  private row(token: string): Row | undefined {
    return this.db.get(
      `SELECT a.*, t.replaced FROM "sandbox_refresh_token" t JOIN "sandbox_approval" a ON a.id = t.approvalId
       WHERE t.token = ?`,
      token,
    );
  }

  private addToken(approvalId: number): string {
    const token = `5Aep861${tokenText(60)}`;
    this.db.run('INSERT INTO "sandbox_refresh_token" (token, approvalId) VALUES (?, ?)', token, approvalId);
    return token;
  }
}

const toApproval = (row: Row): Approval => ({
  id: Number(row['id']),
  userId: String(row['userId']),
  clientId: String(row['clientId']),
  scope: String(row['scope']),
  approvedAt: Number(row['approvedAt']),
  lastUse: Number(row['lastUse']),
});

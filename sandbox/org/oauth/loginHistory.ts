import type { OrgDatabase } from '../database';
import type { KnownUser } from '../users';

/** What Setup's Login History says of a sign-in; the caller of the API is never told as much. */
export type LoginStatus =
  | 'Success'
  | 'Invalid Password'
  | 'API security token required'
  | 'Username-Password Flow Disabled'
  | 'User is Inactive';

/** `Application`: in the browser. */
const loginTypes = ['Remote Access 2.0', 'Application', 'Other Apex API'] as const;
export type LoginType = (typeof loginTypes)[number];

export interface LoginRecord {
  userId: string;
  username: string;
  /** ISO, UTC. */
  loginTime: string;
  loginType: LoginType;
  status: LoginStatus;
  /** The app that asked. */
  application: string;
}

/** Who tried to sign in and what came of it. A name the org does not know leaves no trace, as in Salesforce. */
export class LoginHistory {
  constructor(
    private readonly db: OrgDatabase,
    private readonly now: () => number,
  ) {
    db.run(
      `CREATE TABLE IF NOT EXISTS "sandbox_login" (id INTEGER PRIMARY KEY, userId TEXT NOT NULL,
         username TEXT NOT NULL, loginTime TEXT NOT NULL, loginType TEXT NOT NULL, status TEXT NOT NULL,
         application TEXT NOT NULL) STRICT`,
    );
  }

  add(user: KnownUser, loginType: LoginType, status: LoginStatus, application: string): void {
    this.db.run(
      `INSERT INTO "sandbox_login" (userId, username, loginTime, loginType, status, application)
       VALUES (?, ?, ?, ?, ?, ?)`,
      user.id,
      user.username,
      new Date(this.now()).toISOString(),
      loginType,
      status,
      application,
    );
  }

  /** Newest first. */
  list(): LoginRecord[] {
    const rows = this.db.all('SELECT * FROM "sandbox_login" ORDER BY id DESC LIMIT 1000');
    return rows.map((row) => ({
      userId: String(row['userId']),
      username: String(row['username']),
      loginTime: String(row['loginTime']),
      loginType: loginTypes.find((type) => type === row['loginType']) ?? 'Remote Access 2.0',
      status: statuses.find((status) => status === row['status']) ?? 'Success',
      application: String(row['application']),
    }));
  }
}

const statuses: readonly LoginStatus[] = [
  'Success',
  'Invalid Password',
  'API security token required',
  'Username-Password Flow Disabled',
  'User is Inactive',
];

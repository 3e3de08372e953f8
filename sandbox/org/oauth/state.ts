import type { OrgDatabase } from '../database';
import type { Sessions } from '../sessions';
import { Approvals } from './approvals';
import { Apps, type OrgAppInput } from './apps';
import { Codes } from './codes';
import { SigningKeys } from './keys';
import { LoginHistory } from './loginHistory';
import { Visits } from './visits';

/** Everything that sign-in remembers beside the sessions themselves. */
export class SignIn {
  readonly apps: Apps;
  readonly approvals: Approvals;
  readonly codes: Codes;
  readonly visits: Visits;
  readonly history: LoginHistory;
  readonly keys = new SigningKeys();

  constructor(db: OrgDatabase, sessions: Sessions, now: () => number, apps: readonly OrgAppInput[]) {
    this.apps = new Apps(apps);
    this.approvals = new Approvals(db, sessions, now);
    this.codes = new Codes(now);
    this.visits = new Visits(now);
    this.history = new LoginHistory(db, now);
  }
}

import type { OrgCore } from '../core';
import type { KnownUser } from '../users';
import type { OrgApp } from './apps';
import { notApprovedByAdmin, notInstalled } from './errors';
import type { LoginStatus, LoginType } from './loginHistory';

/** Why somebody with a name and a password does not come in. */
export type LoginFailure = Exclude<LoginStatus, 'Success'> | 'Unknown User';

export type Login = { ok: true; user: KnownUser } | { ok: false; why: LoginFailure };

export interface LoginAttempt {
  username: string;
  password: string;
  type: LoginType;
  /** Name of the app for the login history. */
  application: string;
  /** The API wants the security token behind the password; the login page does not. */
  wantsToken: boolean;
  /** The username-password flow is switched off in this org. */
  blocked?: boolean;
}

/** Checks name and password and writes the attempt into the login history. */
export function login(org: OrgCore, attempt: LoginAttempt): Login {
  const user = org.users.byUsername(attempt.username);
  if (!user) return { ok: false, why: 'Unknown User' };
  const status = judge(user, attempt);
  org.signIn.history.add(user, attempt.type, status, attempt.application);
  return status === 'Success' ? { ok: true, user } : { ok: false, why: status };
}

function judge(user: KnownUser, attempt: LoginAttempt): LoginStatus {
  if (attempt.blocked) return 'Username-Password Flow Disabled';
  const { password } = attempt;
  const expected = attempt.wantsToken ? user.password + user.securityToken : user.password;
  if (password !== expected) {
    return password === user.password ? 'API security token required' : 'Invalid Password';
  }
  return user.active ? 'Success' : 'User is Inactive';
}

/** Throws OAuthError when this user cannot use this app (research/salesforce.md 1.1). */
export function checkAppAccess(app: OrgApp, user: KnownUser): void {
  if (!app.installed && !user.approvesUninstalledApps) throw notInstalled();
  if (app.permittedUsers === 'adminApproved' && !isApprovedByAdmin(app, user)) throw notApprovedByAdmin();
}

export const isApprovedByAdmin = (app: OrgApp, user: KnownUser): boolean =>
  app.permittedUsers === 'adminApproved' &&
  app.approvedUsers.some((name) => name.toLowerCase() === user.username.toLowerCase());

import { createPublicKey } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';
import type { OrgCore } from '../core';
import type { TokenBody } from './answer';
import type { OrgApp } from './apps';
import { invalidGrant, OAuthError } from './errors';
import { checkAppAccess, isApprovedByAdmin } from './login';
import { online } from './scopes';

const claimsSchema = z.object({
  iss: z.string(),
  /** `prn` is the name older clients use. */
  sub: z.string().optional(),
  prn: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.coerce.number(),
});

/**
 * The JWT bearer flow (https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_jwt_flow.htm):
 * an assertion signed with the key of the app's certificate, for a user who has approved the app before.
 */
export function jwtBearer(org: OrgCore, form: URLSearchParams): TokenBody {
  const assertion = form.get('assertion') ?? '';
  const claims = claimsSchema.safeParse(jsonwebtoken.decode(assertion));
  if (!claims.success) throw invalidGrant('invalid assertion');
  const { iss, aud, exp, sub = claims.data.prn ?? '' } = claims.data;
  const app = org.signIn.apps.get(iss);
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (!isSigned(assertion, app)) throw invalidGrant('invalid assertion');
  const audiences = typeof aud === 'string' ? [aud] : aud;
  // https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
  if (!audiences.some((audience) => isThisOrg(org, audience)))
    throw invalidGrant('Audience validation failed');
  // The words are those of https://salesforce.stackexchange.com/questions/282513.
  if (exp * 1000 <= org.now()) throw invalidGrant('expired authorization code');
  const user = org.users.byUsername(sub);
  if (!user) throw invalidGrant("user hasn't approved this consumer");
  if (!user.active) throw invalidGrant('inactive user');
  checkAppAccess(app, user);
  if (!isApprovedByAdmin(app, user) && org.signIn.approvals.of(user.id, app.clientId).length === 0) {
    throw invalidGrant("user hasn't approved this consumer");
  }
  org.signIn.history.add(user, 'Remote Access 2.0', 'Success', app.name);
  const scope = online(app.scopes.join(' '));
  return {
    access_token: org.sessions.open({ userId: user.id, clientId: app.clientId, scope, approvalId: null }),
    scope,
    instance_url: org.instanceUrl(),
    id: org.identityUrl(user.id),
    token_type: 'Bearer',
  };
}

function isSigned(assertion: string, app: OrgApp): boolean {
  if (app.certificate === null) return false;
  try {
    // The sandbox has a clock of its own: what has expired is decided by it.
    jsonwebtoken.verify(assertion, createPublicKey(app.certificate), {
      algorithms: ['RS256'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    return true;
  } catch {
    return false;
  }
}

/** The login address by either name of this computer, the instance, and Salesforce's two. */
function isThisOrg(org: OrgCore, audience: string): boolean {
  const own = [org.loginUrl(), org.instanceUrl()];
  const byName = own.map((url) => url.replace('//127.0.0.1:', '//localhost:'));
  const known = [...own, ...byName, 'https://login.salesforce.com', 'https://test.salesforce.com'];
  return known.includes(audience.replace(/\/$/, ''));
}

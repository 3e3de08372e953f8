import { json, type Reply, type Request } from '../../http/message';
import type { OrgCore } from '../core';
import { authenticateClient } from './apps';
import { errorReply, noStore, OAuthError } from './errors';
import { claimOf } from './token';

/**
 * Ends a token. A refresh token takes every access token that came of it along
 * (https://help.salesforce.com/s/articleView?id=sf.remoteaccess_revoke_token.htm).
 */
export function revoke(org: OrgCore, request: Request): Reply {
  const token = new URLSearchParams(request.body).get('token') ?? request.query.get('token') ?? '';
  const approval = org.signIn.approvals.find(token, null);
  if (approval) org.signIn.approvals.end(approval.id);
  else if (!org.sessions.close(token)) {
    return errorReply(new OAuthError('unsupported_token_type', 'this token type is not supported'));
  }
  return { status: 200, headers: { ...noStore }, body: '' };
}

/**
 * Whether a token of the asking app is good
 * (https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oidc_token_introspection_endpoint.htm).
 */
export function introspect(org: OrgCore, request: Request): Reply {
  const form = new URLSearchParams(request.body);
  try {
    if (request.method !== 'POST') throw new OAuthError('invalid_request', 'must use HTTP POST');
    const app = authenticateClient(org.signIn.apps, claimOf(form, request), () => true);
    return json(200, stateOf(org, app.clientId, form.get('token') ?? ''), noStore);
  } catch (error) {
    if (error instanceof OAuthError) return errorReply(error);
    throw error;
  }
}

function stateOf(org: OrgCore, clientId: string, token: string): unknown {
  const { refreshTokenIdleMs } = org.options.switches;
  const session = org.sessions.look(token);
  const approval = session ? null : org.signIn.approvals.look(token);
  const found = session
    ? { ...session, type: 'access_token', since: session.openedAt, until: org.sessions.endsAt(session) }
    : approval && {
        ...approval,
        type: 'refresh_token',
        since: approval.approvedAt,
        until: refreshTokenIdleMs === null ? null : approval.lastUse + refreshTokenIdleMs,
      };
  if (!found || found.clientId !== clientId || (found.until !== null && found.until <= org.now())) {
    return { active: false };
  }
  return {
    active: true,
    scope: found.scope,
    client_id: clientId,
    username: org.users.byId(found.userId)?.username,
    sub: org.identityUrl(found.userId),
    token_type: found.type,
    ...(found.until === null ? {} : { exp: seconds(found.until) }),
    iat: seconds(found.since),
    nbf: seconds(found.since),
  };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

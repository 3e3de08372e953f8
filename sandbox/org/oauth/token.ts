import type { Reply, Request } from '../../http/message';
import type { OrgCore } from '../core';
import type { KnownUser } from '../users';
import { plainAnswer, scopedAnswer, type TokenBody, tokenReply } from './answer';
import { authenticateClient, type ClientClaim, type OrgApp } from './apps';
import { type CodeGrant, verifierFits } from './codes';
import { errorReply, expiredToken, invalidGrant, OAuthError } from './errors';
import { jwtBearer } from './jwtBearer';
import { checkAppAccess, login } from './login';
import { has, offline, online } from './scopes';

/** POST /services/oauth2/token: every way to a session (research/salesforce.md 1.1, 1.2). */
export function token(org: OrgCore, request: Request): Reply {
  if (request.method !== 'POST') {
    return errorReply(new OAuthError('invalid_request', 'must use HTTP POST'));
  }
  // Salesforce takes the parameters from the address too.
  const form = new URLSearchParams([...request.query, ...new URLSearchParams(request.body)]);
  try {
    return tokenReply(grant(org, form, claimOf(form, request)), form.get('format'));
  } catch (error) {
    if (error instanceof OAuthError) return errorReply(error);
    throw error;
  }
}

/** Whose client a request says it is: parameters, or basic authentication. */
export function claimOf(form: URLSearchParams, request: Request): ClientClaim {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined || form.has('client_id')) {
    return { id: form.get('client_id'), secret: form.get('client_secret') };
  }
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? { id: text, secret: null } : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function grant(org: OrgCore, form: URLSearchParams, claim: ClientClaim): TokenBody {
  const type = form.get('grant_type');
  switch (type) {
    case 'password':
      return password(org, form, claim);
    case 'client_credentials':
      return clientCredentials(org, claim);
    case 'authorization_code':
      return authorizationCode(org, form, claim);
    case 'refresh_token':
      return refresh(org, form, claim);
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return jwtBearer(org, form);
    case null:
    case '':
      throw new OAuthError('invalid_request', 'missing required parameter: grant_type');
    default:
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
}

function password(org: OrgCore, form: URLSearchParams, claim: ClientClaim): TokenBody {
  const app = authenticateClient(org.signIn.apps, claim, () => true);
  const result = login(org, {
    username: form.get('username') ?? '',
    password: form.get('password') ?? '',
    type: 'Remote Access 2.0',
    application: app.name,
    wantsToken: true,
    blocked: org.options.switches.passwordFlow === 'blocked',
  });
  if (!result.ok) {
    if (result.why === 'User is Inactive') throw new OAuthError('inactive_user', 'user is inactive');
    // A blocked flow answers with the same words as a wrong password; only the login history tells them apart.
    throw invalidGrant('authentication failure');
  }
  checkAppAccess(app, result.user);
  return plainAnswer(org, { app, user: result.user, accessToken: open(org, app, result.user, 'full') });
}

/** https://help.salesforce.com/s/articleView?id=xcloud.meta_configure_client_credentials_flow_for_external_client_apps.htm */
function clientCredentials(org: OrgCore, claim: ClientClaim): TokenBody {
  const app = authenticateClient(org.signIn.apps, claim, () => true);
  const user = app.runAs === null ? undefined : org.users.byUsername(app.runAs);
  if (!user?.active) throw invalidGrant('no client credentials user enabled');
  checkAppAccess(app, user);
  org.signIn.history.add(user, 'Remote Access 2.0', 'Success', app.name);
  const scope = online(app.scopes.join(' '));
  return scopedAnswer(org, { app, user, accessToken: open(org, app, user, scope) }, { scope });
}

/** https://help.salesforce.com/HTViewHelpDoc?id=remoteaccess_oauth_web_server_flow.htm */
function authorizationCode(org: OrgCore, form: URLSearchParams, claim: ClientClaim): TokenBody {
  const { codes, approvals, apps, keys } = org.signIn;
  const app = authenticateClient(apps, claim, (known) => known.requireSecret);
  const code = form.get('code') ?? '';
  const held = codes.find(code);
  if (held === 'expired') throw invalidGrant('expired authorization code');
  if (held === 'unknown' || held.clientId !== app.clientId) throw invalidGrant('invalid authorization code');
  if (form.get('redirect_uri') !== held.redirectUri) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  checkVerifier(org, held, form.get('code_verifier'));
  codes.spend(code);
  const user = activeUser(org, held.userId);
  checkAppAccess(app, user);
  const approved = offline(held.scope) ? approvals.approve(user.id, app.clientId, held.scope) : null;
  org.signIn.history.add(user, 'Remote Access 2.0', 'Success', app.name);
  const accessToken = open(org, app, user, held.scope, approved?.approval.id ?? null);
  const idToken = has(held.scope, 'openid')
    ? keys.idToken({
        issuer: org.loginUrl(),
        subject: org.identityUrl(user.id),
        audience: app.clientId,
        accessToken,
        nonce: held.nonce,
        now: org.now(),
      })
    : null;
  const refreshToken = approved?.refreshToken ?? null;
  return scopedAnswer(org, { app, user, accessToken }, { scope: held.scope, refreshToken, idToken });
}

function checkVerifier(org: OrgCore, { codeChallenge }: CodeGrant, verifier: string | null): void {
  if (codeChallenge === null && verifier === null) return;
  const long = org.options.switches.longCodeVerifier === 'allowed';
  if (codeChallenge === null || verifier === null || !verifierFits(codeChallenge, verifier, long)) {
    throw invalidGrant('invalid code verifier');
  }
}

/** https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm; rotation as in research 1.1. */
function refresh(org: OrgCore, form: URLSearchParams, claim: ClientClaim): TokenBody {
  const { apps, approvals } = org.signIn;
  const { refreshTokenIdleMs, refreshTokenRotation } = org.options.switches;
  const app = authenticateClient(apps, claim, (known) => known.requireSecret);
  const presented = form.get('refresh_token') ?? '';
  const approval = approvals.find(presented, refreshTokenIdleMs);
  if (!approval || approval.clientId !== app.clientId) throw expiredToken();
  const user = activeUser(org, approval.userId);
  checkAppAccess(app, user);
  const refreshToken = approvals.use(approval, presented, refreshTokenRotation === 'on');
  const { scope } = approval;
  const accessToken = open(org, app, user, scope, approval.id);
  return scopedAnswer(org, { app, user, accessToken }, { scope, refreshToken });
}

/** The words are those of https://github.com/restforce/restforce/issues/303. */
function activeUser(org: OrgCore, id: string): KnownUser {
  const user = org.users.byId(id);
  if (!user?.active) throw invalidGrant('inactive user');
  return user;
}

const open = (org: OrgCore, app: OrgApp, user: KnownUser, scope: string, approvalId: number | null = null) =>
  org.sessions.open({ userId: user.id, clientId: app.clientId, scope, approvalId });

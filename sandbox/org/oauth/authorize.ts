import type { Reply, Request } from '../../http/message';
import type { OrgCore } from '../core';
import { fullName, type KnownUser } from '../users';
import type { OrgApp } from './apps';
import { OAuthError } from './errors';
import { checkAppAccess, isApprovedByAdmin, login } from './login';
import { consentPage, errorPage, loginPage, overPage } from './pages';
import { grantedScope } from './scopes';
import { type PageTexts, pageTexts } from './texts';
import type { AuthorizeRequest, Visit } from './visits';

/**
 * /services/oauth2/authorize, the browser's half of the web server flow
 * (https://help.salesforce.com/HTViewHelpDoc?id=remoteaccess_oauth_web_server_flow.htm): a login page, a consent
 * page unless the app was allowed before, and back to the app with a code.
 */
export function authorize(org: OrgCore, request: Request): Reply {
  const texts = pageTexts(request.headers['accept-language']);
  try {
    if (request.method === 'GET') return begin(org, request.query, texts);
    if (request.method !== 'POST') throw new OAuthError('invalid_request', 'must use HTTP GET or POST');
    const form = new URLSearchParams(request.body);
    return form.has('visit') ? goOn(org, form, texts) : begin(org, form, texts);
  } catch (error) {
    if (error instanceof OAuthError) return errorPage(texts, error);
    throw error;
  }
}

function begin(org: OrgCore, query: URLSearchParams, texts: PageTexts): Reply {
  const app = org.signIn.apps.get(query.get('client_id'));
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app.redirectUris.includes(redirectUri)) {
    throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const state = query.get('state');
  // From here on the address to come back to is known to be the app's own, and errors go there.
  try {
    const request = { ...readRequest(app, query), redirectUri, state };
    const visit = org.signIn.visits.begin({ request, userId: null });
    return loginPage(texts, {
      visit,
      app: app.name,
      username: request.loginHint,
      problem: null,
      redirectUri,
    });
  } catch (error) {
    if (error instanceof OAuthError) return backWithError(redirectUri, state, error);
    throw error;
  }
}

function readRequest(app: OrgApp, query: URLSearchParams): Omit<AuthorizeRequest, 'redirectUri' | 'state'> {
  if (query.get('response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'response type not supported');
  }
  const codeChallenge = query.get('code_challenge');
  if (codeChallenge === null && app.requirePkce) {
    throw new OAuthError('invalid_request', 'missing required code challenge');
  }
  // Clients that name no method mean SHA-256; Salesforce knows no other (research/salesforce.md 1.3).
  if ((query.get('code_challenge_method') ?? 'S256') !== 'S256') {
    throw new OAuthError('invalid_request', 'invalid code challenge method');
  }
  // Nobody is ever signed in to the sandbox in a browser already.
  if (query.get('immediate') === 'true' || query.get('prompt') === 'none') {
    throw new OAuthError('immediate_unsuccessful', 'immediate unsuccessful');
  }
  return {
    clientId: app.clientId,
    scope: grantedScope(app, query.get('scope')),
    codeChallenge,
    nonce: query.get('nonce'),
    askAgain: (query.get('prompt') ?? '').split(' ').includes('consent'),
    loginHint: query.get('login_hint') ?? '',
  };
}

function goOn(org: OrgCore, form: URLSearchParams, texts: PageTexts): Reply {
  const visit = org.signIn.visits.take(form.get('visit') ?? '');
  const app = visit && org.signIn.apps.get(visit.request.clientId);
  if (!visit || !app) return overPage(texts);
  const user = visit.userId === null ? null : (org.users.byId(visit.userId) ?? null);
  return user ? decide(org, visit, user, form.get('decision')) : enter(org, visit, app, form, texts);
}

function enter(org: OrgCore, visit: Visit, app: OrgApp, form: URLSearchParams, texts: PageTexts): Reply {
  const { request } = visit;
  const username = form.get('username') ?? '';
  const result = login(org, {
    username,
    password: form.get('password') ?? '',
    type: 'Application',
    application: app.name,
    wantsToken: false,
  });
  if (!result.ok) {
    return loginPage(texts, {
      visit: org.signIn.visits.begin(visit),
      app: app.name,
      username,
      problem: result.why === 'User is Inactive' ? texts.inactive : texts.wrong,
      redirectUri: request.redirectUri,
    });
  }
  const { user } = result;
  try {
    checkAppAccess(app, user);
  } catch (error) {
    if (!(error instanceof OAuthError) || error.error !== 'invalid_app_access') throw error;
    // In the browser this one is passed on, under a name of its own.
    const denied = new OAuthError('OAUTH_APP_ACCESS_DENIED', error.description);
    return backWithError(request.redirectUri, request.state, denied);
  }
  if (isAllowedAlready(org, app, user, request)) return back(org, user, request);
  return consentPage(texts, {
    visit: org.signIn.visits.begin({ request, userId: user.id }),
    app: app.name,
    user: fullName(user),
    scopes: request.scope.split(' '),
    redirectUri: request.redirectUri,
  });
}

function isAllowedAlready(org: OrgCore, app: OrgApp, user: KnownUser, request: AuthorizeRequest): boolean {
  if (isApprovedByAdmin(app, user)) return true;
  if (request.askAgain) return false;
  return org.signIn.approvals.of(user.id, app.clientId).some((approval) => {
    const allowed = approval.scope.split(' ');
    return request.scope.split(' ').every((scope) => allowed.includes(scope));
  });
}

function decide(org: OrgCore, { request }: Visit, user: KnownUser, decision: string | null): Reply {
  if (decision === 'allow') return back(org, user, request);
  return backWithError(
    request.redirectUri,
    request.state,
    new OAuthError('access_denied', 'end-user denied authorization'),
  );
}

function back(org: OrgCore, user: KnownUser, request: AuthorizeRequest): Reply {
  const { clientId, redirectUri, scope, codeChallenge, nonce, state } = request;
  const code = org.signIn.codes.issue({
    clientId,
    userId: user.id,
    redirectUri,
    scope,
    codeChallenge,
    nonce,
  });
  return redirect(redirectUri, { code, state });
}

const backWithError = (redirectUri: string, state: string | null, error: OAuthError): Reply =>
  redirect(redirectUri, { error: error.error, error_description: error.description, state });

function redirect(redirectUri: string, parameters: Readonly<Record<string, string | null>>): Reply {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, value);
  const mark = redirectUri.includes('?') ? '&' : '?';
  return {
    status: 302,
    headers: {
      location: `${redirectUri}${mark}${query}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  };
}

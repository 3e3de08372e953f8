import { createHmac } from 'node:crypto';
import { json, type Reply, type Request } from '../http/message';
import type { OrgCore } from './core';

/** Sign-in (research/salesforce.md 1.2): the token endpoint, revocation and who-am-I. */
export function oauth(org: OrgCore, request: Request): Reply | null {
  switch (request.path) {
    case '/services/oauth2/token':
      return request.method === 'POST'
        ? token(org, request)
        : oauthError('invalid_request', 'must use HTTP POST');
    case '/services/oauth2/revoke':
      return revoke(org, request);
    case '/services/oauth2/userinfo':
      return withSession(org, request, () => userInfo(org));
  }
  if (/^\/id\/\w+\/\w+$/.test(request.path)) return withSession(org, request, () => identity(org));
  return null;
}

function token(org: OrgCore, request: Request): Reply {
  const form = new URLSearchParams(request.body);
  const { credentials } = org.options;
  const grant = form.get('grant_type');
  if (grant !== 'password' && grant !== 'client_credentials') {
    return grant === null
      ? oauthError('invalid_request', 'missing required parameter: grant_type')
      : oauthError('unsupported_grant_type', 'grant type not supported');
  }
  const client = clientOf(form, request);
  if (client.id !== credentials.clientId) return oauthError('invalid_client_id', 'client identifier invalid');
  if (client.secret !== credentials.clientSecret)
    return oauthError('invalid_client', 'invalid client credentials');
  if (grant === 'password') {
    const { switches } = org.options;
    const right =
      form.get('username')?.toLowerCase() === credentials.username.toLowerCase() &&
      form.get('password') === credentials.password + credentials.securityToken;
    // A blocked flow answers with the same words as a wrong password; only the login history tells them apart.
    if (!right || switches.passwordFlow === 'blocked') {
      return oauthError('invalid_grant', 'authentication failure');
    }
  }
  const issuedAt = String(org.now());
  const id = org.identityUrl();
  const body = {
    access_token: org.sessions.open(),
    instance_url: org.instanceUrl(),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
    signature: createHmac('sha256', credentials.clientSecret)
      .update(id + issuedAt)
      .digest('base64'),
  };
  return json(200, grant === 'password' ? body : { ...body, scope: 'api' });
}

function clientOf(form: URLSearchParams, request: Request): { id: string | null; secret: string | null } {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (basic !== undefined && !form.has('client_id')) {
    const [id = null, secret = null] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return { id, secret };
  }
  return { id: form.get('client_id'), secret: form.get('client_secret') };
}

function revoke(org: OrgCore, request: Request): Reply {
  const token = new URLSearchParams(request.body).get('token') ?? request.query.get('token') ?? '';
  return org.sessions.close(token)
    ? { status: 200, body: '' }
    : oauthError('unsupported_token_type', 'this token type is not supported');
}

function withSession(org: OrgCore, request: Request, answer: () => Reply): Reply {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? request.query.get('oauth_token') ?? '';
  if (token === '')
    return { status: 403, headers: { 'content-type': 'text/html' }, body: 'Missing_OAuth_Token' };
  return org.sessions.use(token)
    ? answer()
    : { status: 403, headers: { 'content-type': 'text/html' }, body: 'Bad_OAuth_Token' };
}

function userInfo(org: OrgCore): Reply {
  const { credentials } = org.options;
  return json(200, {
    sub: org.identityUrl(),
    user_id: org.userId,
    organization_id: org.organizationId,
    preferred_username: credentials.username,
    nickname: 'puente',
    name: 'Puente Integración',
    email: credentials.username,
    email_verified: true,
    given_name: 'Puente',
    family_name: 'Integración',
    zoneinfo: org.options.timeZone,
    photos: {},
    profile: `${org.instanceUrl()}/${org.userId}`,
    urls: urls(org),
    active: true,
    user_type: 'STANDARD',
    language: 'es',
    locale: 'es_AR',
    utcOffset: -10_800_000,
    updated_at: new Date(org.now()).toISOString(),
  });
}

function identity(org: OrgCore): Reply {
  const { credentials } = org.options;
  return json(200, {
    id: org.identityUrl(),
    asserted_user: true,
    user_id: org.userId,
    organization_id: org.organizationId,
    username: credentials.username,
    nick_name: 'puente',
    display_name: 'Puente Integración',
    email: credentials.username,
    email_verified: true,
    first_name: 'Puente',
    last_name: 'Integración',
    timezone: org.options.timeZone,
    photos: {},
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: urls(org),
    active: true,
    user_type: 'STANDARD',
    language: 'es',
    locale: 'es_AR',
    utcOffset: -10_800_000,
    last_modified_date: new Date(org.now()).toISOString(),
    is_app_installed: true,
  });
}

function urls(org: OrgCore): Record<string, string> {
  const base = org.instanceUrl();
  return {
    enterprise: `${base}/services/Soap/c/{version}/${org.organizationId.slice(0, 15)}`,
    partner: `${base}/services/Soap/u/{version}/${org.organizationId.slice(0, 15)}`,
    rest: `${base}/services/data/v{version}/`,
    sobjects: `${base}/services/data/v{version}/sobjects/`,
    query: `${base}/services/data/v{version}/query/`,
    recent: `${base}/services/data/v{version}/recent/`,
    profile: `${base}/${org.userId}`,
  };
}

function oauthError(error: string, description: string): Reply {
  return json(400, { error, error_description: description }, { 'cache-control': 'no-store' });
}

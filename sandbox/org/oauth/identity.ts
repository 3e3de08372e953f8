import { json, type Reply, type Request } from '../../http/message';
import type { OrgCore } from '../core';
import { normaliseId } from '../ids';
import type { Session } from '../sessions';
import { fullName, type KnownUser } from '../users';

/** Who is signed in: OpenID Connect's userinfo and Salesforce's own identity address. */

/** https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_using_userinfo_endpoint.htm */
export function userInfo(org: OrgCore, request: Request): Reply {
  return withSession(org, request, (_session, user) => {
    const photos = photosOf(org);
    return json(200, {
      sub: org.identityUrl(user.id),
      user_id: user.id,
      organization_id: org.organizationId,
      preferred_username: user.username,
      nickname: user.alias,
      name: fullName(user),
      email: user.username,
      email_verified: true,
      given_name: user.firstName,
      family_name: user.lastName,
      zoneinfo: org.options.timeZone,
      photos,
      profile: `${org.instanceUrl()}/${user.id}`,
      picture: photos.picture,
      address: { country: 'AR' },
      is_salesforce_integration_user: false,
      urls: urls(org, user),
      active: user.active,
      user_type: 'STANDARD',
      language: 'es',
      locale: 'es_AR',
      utcOffset: -10_800_000,
      updated_at: changedAt(org, user),
      is_app_installed: isAppInstalled(org, _session),
    });
  });
}

/** /id/<org>/<user>: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm */
export function identity(org: OrgCore, request: Request, organizationId: string, userId: string): Reply {
  return withSession(org, request, (session) => {
    if (normaliseId(organizationId) !== org.organizationId) return plain(403, 'Wrong_Org');
    const user = org.users.byId(normaliseId(userId) ?? '');
    if (!user) return plain(404, 'Bad_Id');
    return json(200, {
      id: org.identityUrl(user.id),
      asserted_user: user.id === session.userId,
      user_id: user.id,
      organization_id: org.organizationId,
      username: user.username,
      nick_name: user.alias,
      display_name: fullName(user),
      email: user.username,
      email_verified: true,
      first_name: user.firstName === '' ? null : user.firstName,
      last_name: user.lastName,
      timezone: org.options.timeZone,
      photos: photosOf(org),
      addr_street: null,
      addr_city: null,
      addr_state: null,
      addr_country: 'AR',
      addr_zip: null,
      mobile_phone: null,
      mobile_phone_verified: false,
      is_lightning_login_user: false,
      status: { created_date: null, body: null },
      urls: urls(org, user),
      active: user.active,
      user_type: 'STANDARD',
      language: 'es',
      locale: 'es_AR',
      utcOffset: -10_800_000,
      last_modified_date: changedAt(org, user),
      is_app_installed: isAppInstalled(org, session),
    });
  });
}

/** These addresses refuse with one word of plain text (research/salesforce.md 1.4). */
function withSession(
  org: OrgCore,
  request: Request,
  answer: (session: Session, user: KnownUser) => Reply,
): Reply {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const form = request.method === 'POST' ? new URLSearchParams(request.body) : null;
  const token = bearer ?? request.query.get('oauth_token') ?? form?.get('oauth_token') ?? '';
  if (token === '') return plain(403, 'Missing_OAuth_Token');
  const session = org.sessions.use(token);
  const user = session && org.users.byId(session.userId);
  return session && user ? answer(session, user) : plain(403, 'Bad_OAuth_Token');
}

const plain = (status: number, word: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  body: word,
});

const isAppInstalled = (org: OrgCore, session: Session): boolean =>
  org.signIn.apps.get(session.clientId)?.installed ?? false;

function changedAt(org: OrgCore, user: KnownUser): string {
  const row = org.records.get({ name: 'User' }, user.id);
  const stamp = row?.['LastModifiedDate'];
  return new Date(typeof stamp === 'string' ? stamp : org.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}

const photosOf = (org: OrgCore) => ({
  picture: `${org.instanceUrl()}/profilephoto/005/F`,
  thumbnail: `${org.instanceUrl()}/profilephoto/005/T`,
});

function urls(org: OrgCore, user: KnownUser): Record<string, string> {
  const base = org.instanceUrl();
  const id15 = org.organizationId.slice(0, 15);
  const rest = `${base}/services/data/v{version}`;
  return {
    enterprise: `${base}/services/Soap/c/{version}/${id15}`,
    metadata: `${base}/services/Soap/m/{version}/${id15}`,
    partner: `${base}/services/Soap/u/{version}/${id15}`,
    rest: `${rest}/`,
    sobjects: `${rest}/sobjects/`,
    search: `${rest}/search/`,
    query: `${rest}/query/`,
    recent: `${rest}/recent/`,
    tooling_soap: `${base}/services/Soap/T/{version}/${id15}`,
    tooling_rest: `${rest}/tooling/`,
    profile: `${base}/${user.id}`,
    feeds: `${rest}/chatter/feeds`,
    groups: `${rest}/chatter/groups`,
    users: `${rest}/chatter/users`,
    feed_items: `${rest}/chatter/feed-items`,
    feed_elements: `${rest}/chatter/feed-elements`,
    custom_domain: base,
  };
}

import { json, type Reply, type Request } from '../../http/message';
import type { OrgCore } from '../core';
import { authorize } from './authorize';
import { openIdConfiguration } from './discovery';
import { identity, userInfo } from './identity';
import { introspect, revoke } from './inspect';
import { token } from './token';

/** Sign-in (research/salesforce.md 1.1, 1.2); `null` for an address that is not part of it. */
export function oauth(org: OrgCore, request: Request): Reply | null {
  switch (request.path) {
    case '/services/oauth2/authorize':
      return authorize(org, request);
    case '/services/oauth2/token':
      return token(org, request);
    case '/services/oauth2/revoke':
      return revoke(org, request);
    case '/services/oauth2/introspect':
      return introspect(org, request);
    case '/services/oauth2/userinfo':
      return userInfo(org, request);
    case '/.well-known/openid-configuration':
      return openIdConfiguration(org);
    case '/id/keys':
      return json(200, org.signIn.keys.keySet());
  }
  const who = /^\/id\/(\w+)\/(\w+)$/.exec(request.path);
  return who ? identity(org, request, who[1] ?? '', who[2] ?? '') : null;
}

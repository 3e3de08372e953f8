import type { OrgApp } from './apps';
import { OAuthError } from './errors';

/**
 * The scopes a request gets: those it asks for, or all of the app's. Throws `invalid_scope` for one that the app
 * does not have (https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_tokens_scopes.htm).
 */
export function grantedScope(app: OrgApp, asked: string | null): string {
  const wanted = [...new Set((asked ?? '').split(/\s+/).filter((scope) => scope !== ''))];
  if (wanted.length === 0) return app.scopes.join(' ');
  const known = new Set(app.scopes.flatMap((scope) => [scope, ...(included[scope] ?? [])]));
  if (wanted.some((scope) => !known.has(scope))) {
    throw new OAuthError('invalid_scope', 'the requested scope is not allowed');
  }
  return wanted.join(' ');
}

export const has = (scope: string, ...names: string[]): boolean =>
  scope.split(' ').some((part) => names.includes(part));

/** Whether a scope brings a refresh token. */
export const offline = (scope: string): boolean => has(scope, 'refresh_token', 'offline_access');

/** The scope of a session that no refresh token belongs to. */
export const online = (scope: string): string =>
  scope
    .split(' ')
    .filter((part) => !offline(part))
    .join(' ');

const included: Readonly<Record<string, readonly string[]>> = {
  openid: ['profile', 'email', 'address', 'phone'],
  refresh_token: ['offline_access'],
  full: ['api', 'web', 'id', 'openid', 'profile', 'email', 'address', 'phone', 'chatter_api', 'visualforce'],
};

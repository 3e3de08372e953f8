import { json, type Reply } from '../../http/message';
import type { OrgCore } from '../core';

/** /.well-known/openid-configuration, with the keys that Salesforce's own has, in its order. */
export function openIdConfiguration(org: OrgCore): Reply {
  const base = org.loginUrl();
  const oauth = `${base}/services/oauth2`;
  return json(200, {
    issuer: base,
    authorization_endpoint: `${oauth}/authorize`,
    token_endpoint: `${oauth}/token`,
    revocation_endpoint: `${oauth}/revoke`,
    userinfo_endpoint: `${oauth}/userinfo`,
    jwks_uri: `${base}/id/keys`,
    introspection_endpoint: `${oauth}/introspect`,
    scopes_supported: [
      'id',
      'api',
      'web',
      'full',
      'refresh_token',
      'openid',
      'profile',
      'email',
      'address',
      'phone',
      'offline_access',
    ],
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: [
      'active',
      'address',
      'email',
      'email_verified',
      'family_name',
      'given_name',
      'is_app_installed',
      'language',
      'locale',
      'name',
      'nickname',
      'organization_id',
      'photos',
      'picture',
      'preferred_username',
      'profile',
      'sub',
      'updated_at',
      'urls',
      'user_id',
      'user_type',
      'zoneinfo',
    ],
  });
}

import { json, type Reply } from '../../http/message';

/** A sign-in that the org refuses, in the words of its OAuth endpoints (research/salesforce.md 1.2). */
export class OAuthError extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
  ) {
    super(`${error}: ${description}`);
    this.name = 'OAuthError';
  }
}

/** One object with HTTP 400, where the REST API answers with an array. */
export const errorReply = ({ error, description }: OAuthError): Reply =>
  json(400, { error, error_description: description }, noStore);

export const noStore: Readonly<Record<string, string>> = { 'cache-control': 'no-cache, no-store' };

export const invalidGrant = (description: string): OAuthError => new OAuthError('invalid_grant', description);

export const invalidClient = (): OAuthError => new OAuthError('invalid_client', 'invalid client credentials');

export const expiredToken = (): OAuthError => invalidGrant('expired access/refresh token');

/** https://help.salesforce.com/s/articleView?id=005132365 (research/salesforce.md 1.1). */
export const notInstalled = (): OAuthError =>
  new OAuthError('invalid_client', 'app must be installed into org');

export const notApprovedByAdmin = (): OAuthError =>
  new OAuthError('invalid_app_access', 'user is not admin approved to access this app');

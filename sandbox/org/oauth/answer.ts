import { createHmac } from 'node:crypto';
import { json, type Reply } from '../../http/message';
import type { OrgCore } from '../core';
import type { KnownUser } from '../users';
import type { OrgApp } from './apps';
import { noStore } from './errors';

export type TokenBody = Record<string, string>;

export interface Issued {
  app: OrgApp;
  user: KnownUser;
  accessToken: string;
}

/**
 * The answer of the username-password flow, in the order of a real one
 * (https://salesforce.stackexchange.com/questions/305477). It names no scope.
 */
export function plainAnswer(org: OrgCore, { app, user, accessToken }: Issued): TokenBody {
  const id = org.identityUrl(user.id);
  const issuedAt = String(org.now());
  return {
    access_token: accessToken,
    instance_url: org.instanceUrl(),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
    signature: sign(app, id, issuedAt),
  };
}

/** The answer of the flows with scopes, in the order of Salesforce's web server flow page. */
export function scopedAnswer(
  org: OrgCore,
  { app, user, accessToken }: Issued,
  extra: { scope: string; refreshToken?: string | null; idToken?: string | null },
): TokenBody {
  const id = org.identityUrl(user.id);
  const issuedAt = String(org.now());
  return {
    access_token: accessToken,
    ...(extra.refreshToken ? { refresh_token: extra.refreshToken } : {}),
    signature: sign(app, id, issuedAt),
    scope: extra.scope,
    ...(extra.idToken ? { id_token: extra.idToken } : {}),
    instance_url: org.instanceUrl(),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}

/** JSON, or what `format` asks for (https://help.salesforce.com/HTViewHelpDoc?id=remoteaccess_oauth_web_server_flow.htm). */
export function tokenReply(body: TokenBody, format: string | null): Reply {
  if (format === 'urlencoded') {
    return {
      status: 200,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', ...noStore },
      body: new URLSearchParams(body).toString(),
    };
  }
  if (format === 'xml') {
    const parts = Object.entries(body).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
    return {
      status: 200,
      headers: { 'content-type': 'application/xml;charset=UTF-8', ...noStore },
      body: `<?xml version="1.0" encoding="UTF-8"?><OAuth>${parts.join('')}</OAuth>`,
    };
  }
  return json(200, body, noStore);
}

const sign = (app: OrgApp, id: string, issuedAt: string): string =>
  createHmac('sha256', app.secret ?? '')
    .update(id + issuedAt)
    .digest('base64');

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

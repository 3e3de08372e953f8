import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import {
  fetchCode,
  ownApp,
  redeemCode,
  refreshWith,
  refusal,
  signInByBrowser,
  statusWith,
  tokensOf,
} from './browser';
import { read } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty' });
});
afterEach(() => sandbox.stop());

// restforce spec/fixtures/refresh_error_response.json; help remoteaccess_oauth_flow_errors (research 1.2)
const expired = refusal('invalid_grant', 'expired access/refresh token');
const day = 24 * 3_600_000;

const post = async (path: string, form: Record<string, string>) =>
  read(await fetch(sandbox.org.url + path, { method: 'POST', body: new URLSearchParams(form) }));

describe('a refresh token without rotation', () => {
  it('is good again and again, and stays the same', async () => {
    const { refresh } = await signInByBrowser(sandbox);
    sandbox.org.expireSessions();
    const answer = await refreshWith(sandbox, refresh);
    expect(answer.status).toBe(200);
    // Order of the refresh token flow's page: no refresh token, then as in the web server flow.
    expect(Object.keys(z.record(z.string(), z.string()).parse(answer.body))).toEqual([
      'access_token',
      'signature',
      'scope',
      'instance_url',
      'id',
      'token_type',
      'issued_at',
    ]);
    expect(await statusWith(sandbox, tokensOf(answer).access_token)).toBe(200);
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
  });

  it('belongs to its app, which must say its secret', async () => {
    const { refresh } = await signInByBrowser(sandbox);
    expect(await refreshWith(sandbox, refresh, { client_secret: '' })).toMatchObject(
      refusal('invalid_client', 'invalid client credentials'),
    );
    expect(
      await refreshWith(sandbox, refresh, { client_id: 'PlatformCLI', client_secret: '' }),
    ).toMatchObject(expired);
    expect(await refreshWith(sandbox, 'nonsense')).toMatchObject(expired);
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
  });

  it('dies when it is not used for too long, where the app has such a policy', async () => {
    sandbox.org.setSwitches({ refreshTokenIdleMs: 30 * day });
    const { refresh } = await signInByBrowser(sandbox);
    sandbox.clock.advance(29 * day);
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
    sandbox.clock.advance(29 * day);
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
    sandbox.clock.advance(31 * day);
    expect(await refreshWith(sandbox, refresh)).toMatchObject(expired);
  });

  it('lives on for years where it has none', async () => {
    const { refresh } = await signInByBrowser(sandbox);
    sandbox.clock.advance(1000 * day);
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
  });

  it('is no good for a user who has been made inactive (restforce issue 303)', async () => {
    const { access, refresh } = await signInByBrowser(sandbox);
    sandbox.org.setUser(sandbox.org.credentials.username, { active: false });
    expect(await statusWith(sandbox, access)).toBe(401);
    expect(await refreshWith(sandbox, refresh)).toMatchObject(refusal('invalid_grant', 'inactive user'));
    sandbox.org.setUser(sandbox.org.credentials.username, { active: true });
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
  });
});

// https://github.com/forcedotcom/sfdx-core/pull/1340 (research 1.1)
describe('a refresh token with rotation', () => {
  beforeEach(() => sandbox.org.setSwitches({ refreshTokenRotation: 'on' }));

  it('is replaced by each use', async () => {
    const { refresh } = await signInByBrowser(sandbox);
    const second = tokensOf(await refreshWith(sandbox, refresh)).refresh_token ?? '';
    expect(second).toMatch(/^5Aep861/);
    expect(second).not.toBe(refresh);
    const third = tokensOf(await refreshWith(sandbox, second)).refresh_token ?? '';
    expect(new Set([refresh, second, third]).size).toBe(3);
  });

  it('kills the whole family when an old one comes back, and leaves others alone', async () => {
    const other = await signInByBrowser(sandbox);
    const { access, refresh } = await signInByBrowser(sandbox);
    const renewed = tokensOf(await refreshWith(sandbox, refresh));
    expect(await refreshWith(sandbox, refresh)).toMatchObject(expired);
    expect(await refreshWith(sandbox, renewed.refresh_token ?? '')).toMatchObject(expired);
    expect(await statusWith(sandbox, renewed.access_token)).toBe(401);
    expect(await statusWith(sandbox, access)).toBe(401);
    expect(await statusWith(sandbox, other.access)).toBe(200);
    expect((await refreshWith(sandbox, other.refresh)).status).toBe(200);
  });
});

describe('approvals', () => {
  it('are five at most for a user and an app: the sixth ends the oldest', async () => {
    const { username, password } = sandbox.org.credentials;
    const admin = { username: 'administracion@santelmo.example', password: 'Administra2026' };
    const others = await signInByBrowser(sandbox, admin);
    const mine: { access: string; refresh: string }[] = [];
    for (let n = 0; n < 6; n++) mine.push(await signInByBrowser(sandbox, { username, password }));
    const states = [];
    for (const { refresh } of mine) states.push((await refreshWith(sandbox, refresh)).status);
    expect(states).toEqual([400, 200, 200, 200, 200, 200]);
    expect(await statusWith(sandbox, mine[0]?.access ?? '')).toBe(401);
    expect((await refreshWith(sandbox, others.refresh)).status).toBe(200);
  });
});

// https://help.salesforce.com/s/articleView?id=sf.remoteaccess_revoke_token.htm
describe('revoking', () => {
  it('a refresh token ends the sessions that came of it, by POST or GET', async () => {
    for (const method of ['POST', 'GET'] as const) {
      const { access, refresh } = await signInByBrowser(sandbox);
      const later = tokensOf(await refreshWith(sandbox, refresh)).access_token;
      const query = new URLSearchParams({ token: refresh });
      const url = `${sandbox.org.url}/services/oauth2/revoke`;
      const answer = await read(
        await (method === 'GET' ? fetch(`${url}?${query}`) : fetch(url, { method, body: query })),
      );
      expect([answer.status, answer.body]).toEqual([200, '']);
      expect(await refreshWith(sandbox, refresh)).toMatchObject(expired);
      expect([await statusWith(sandbox, access), await statusWith(sandbox, later)]).toEqual([401, 401]);
    }
  });

  it('an access token leaves its refresh token alone', async () => {
    const { access, refresh } = await signInByBrowser(sandbox);
    expect((await post('/services/oauth2/revoke', { token: access })).status).toBe(200);
    expect(await statusWith(sandbox, access)).toBe(401);
    expect((await refreshWith(sandbox, refresh)).status).toBe(200);
    expect(await post('/services/oauth2/revoke', { token: access })).toMatchObject(
      refusal('unsupported_token_type', 'this token type is not supported'),
    );
  });
});

// https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oidc_token_introspection_endpoint.htm
describe('introspection', () => {
  const ask = (token: string, changes: Record<string, string> = {}) =>
    post('/services/oauth2/introspect', { token, ...ownApp(sandbox), ...changes });

  it('describes a live token to its app, in the order of the page', async () => {
    const { access, refresh } = await signInByBrowser(sandbox);
    const { body } = await ask(access);
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(body))).toEqual([
      'active',
      'scope',
      'client_id',
      'username',
      'sub',
      'token_type',
      'exp',
      'iat',
      'nbf',
    ]);
    expect(body).toMatchObject({ active: true, token_type: 'access_token' });
    expect((await ask(refresh)).body).toMatchObject({ active: true, token_type: 'refresh_token' });
  });

  it('says no more than false of a dead or foreign one, and does not keep it alive', async () => {
    const { access } = await signInByBrowser(sandbox);
    sandbox.clock.advance(1.5 * 3_600_000);
    expect((await ask(access)).body).toMatchObject({ active: true });
    sandbox.clock.advance(3_600_000);
    expect((await ask(access)).body).toEqual({ active: false });
    sandbox.org.setApp('other', { secret: 's' });
    const own = await signInByBrowser(sandbox);
    expect((await ask(own.access, { client_id: 'other', client_secret: 's' })).body).toEqual({
      active: false,
    });
    expect(await ask(own.access, { client_secret: 'wrong' })).toMatchObject(
      refusal('invalid_client', 'invalid client credentials'),
    );
  });
});

describe('an org that is kept', () => {
  it('still knows its sessions, refresh tokens and inactive users after a restart', async () => {
    const keep = await mkdtemp(join(tmpdir(), 'puente-sandbox-'));
    try {
      const first = await startSandbox({ content: 'empty', keep });
      const sales = 'ventas@santelmo.example';
      first.org.setSwitches({ refreshTokenRotation: 'on' });
      first.org.setUser(sales, { active: false });
      const { access_token, refresh_token = '' } = tokensOf(await redeemCode(first, await fetchCode(first)));
      const replaced = await signInByBrowser(first);
      await refreshWith(first, replaced.refresh);
      await first.stop();
      const second = await startSandbox({ content: 'empty', keep });
      expect(await statusWith(second, access_token)).toBe(200);
      expect((await refreshWith(second, refresh_token)).status).toBe(200);
      expect(await refreshWith(second, replaced.refresh)).toMatchObject(expired);
      expect(second.org.users().find((user) => user.username === sales)?.active).toBe(false);
      expect(second.org.users()).toHaveLength(3);
      expect(second.org.loginHistory().length).toBeGreaterThan(2);
      await second.stop();
    } finally {
      await rm(keep, { recursive: true, force: true });
    }
  });
});

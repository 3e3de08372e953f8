import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { read, requestToken, signIn } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 5, buyers: 3 } });
});
afterAll(() => sandbox.stop());

describe('the token endpoint', () => {
  it('answers as the documentation shows', async () => {
    const answer = await requestToken(sandbox);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^00D\w{12}![\w.]{80,}$/),
      instance_url: sandbox.org.url,
      id: `${sandbox.org.url}/id/${sandbox.org.organizationId}/${sandbox.org.core.userId}`,
      token_type: 'Bearer',
      issued_at: expect.stringMatching(/^\d{13}$/),
      signature: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
  });

  it('answers the password flow with these keys in this order (a real answer, stackexchange 305477)', async () => {
    const { body } = await requestToken(sandbox);
    expect(Object.keys(z.record(z.string(), z.string()).parse(body))).toEqual([
      'access_token',
      'instance_url',
      'id',
      'token_type',
      'issued_at',
      'signature',
    ]);
  });

  it('takes the client by basic authentication as well', async () => {
    const { clientId, clientSecret } = sandbox.org.credentials;
    const ask = async (secret: string) =>
      read(
        await fetch(`${sandbox.org.url}/services/oauth2/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
          body: new URLSearchParams({ grant_type: 'client_credentials' }),
        }),
      );
    // Order: https://developer.salesforce.com/blogs/2023/03/using-the-client-credentials-flow-for-easier-api-authentication
    const { body } = await ask(clientSecret);
    expect(Object.keys(z.record(z.string(), z.string()).parse(body))).toEqual([
      'access_token',
      'signature',
      'scope',
      'instance_url',
      'id',
      'token_type',
      'issued_at',
    ]);
    expect(body).toMatchObject({
      id: `${sandbox.org.url}/id/${sandbox.org.organizationId}/${sandbox.org.core.userId}`,
    });
    expect((await ask('wrong')).body).toEqual({
      error: 'invalid_client',
      error_description: 'invalid client credentials',
    });
  });

  it('runs client credentials as somebody, or says that there is nobody', async () => {
    const changes = { grant_type: 'client_credentials', client_id: 'robot', client_secret: 's' };
    sandbox.org.setApp('robot', { secret: 's', runAs: 'ventas@santelmo.example' });
    const { body } = await requestToken(sandbox, changes);
    const sales = sandbox.org.users().find((user) => user.username === 'ventas@santelmo.example');
    expect(body).toMatchObject({ id: expect.stringMatching(new RegExp(`/${sales?.id}$`)) });
    sandbox.org.setApp('robot', { runAs: null });
    expect(await requestToken(sandbox, changes)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'no client credentials user enabled' },
    });
  });

  it('tells the login history what it does not tell the caller', async () => {
    const { username } = sandbox.org.credentials;
    await requestToken(sandbox);
    await requestToken(sandbox, { password: 'wrong' });
    sandbox.org.setSwitches({ passwordFlow: 'blocked' });
    await requestToken(sandbox);
    sandbox.org.setSwitches({ passwordFlow: 'allowed' });
    sandbox.org.setUser(username, { securityToken: 'XYZ' });
    expect((await requestToken(sandbox)).body).toMatchObject({ error_description: 'authentication failure' });
    sandbox.org.setUser(username, { securityToken: '', active: false });
    // Codes as listed in research/salesforce.md 1.2; the body itself was never recorded.
    expect(await requestToken(sandbox)).toMatchObject({ status: 400, body: { error: 'inactive_user' } });
    sandbox.org.setUser(username, { active: true });
    await requestToken(sandbox, { username: 'nobody@x.example' });
    expect(
      sandbox.org
        .loginHistory()
        .slice(0, 5)
        .map((entry) => entry.status),
    ).toEqual([
      'User is Inactive',
      'API security token required',
      'Username-Password Flow Disabled',
      'Invalid Password',
      'Success',
    ]);
    expect(sandbox.org.loginHistory()[0]).toMatchObject({ username, loginType: 'Remote Access 2.0' });
  });

  it('is closed to an app that is not installed', async () => {
    sandbox.org.setApp(sandbox.org.credentials.clientId, { installed: false });
    expect((await requestToken(sandbox)).body).toEqual({
      error: 'invalid_client',
      error_description: 'app must be installed into org',
    });
    sandbox.org.setApp(sandbox.org.credentials.clientId, { installed: true });
  });

  it('names an instance that is not the login address, and both answer; the identity stays at the login', async () => {
    const instance = sandbox.org.url.replace('127.0.0.1', 'localhost');
    sandbox.org.setInstanceUrl(instance);
    const { body } = await requestToken(sandbox);
    const token = z
      .object({ access_token: z.string(), instance_url: z.string(), id: z.string() })
      .parse(body);
    expect(token.instance_url).toBe(instance);
    expect(token.id.startsWith(`${sandbox.org.url}/id/`)).toBe(true);
    const headers = { authorization: `Bearer ${token.access_token}` };
    for (const base of [token.instance_url, sandbox.org.url]) {
      expect((await fetch(`${base}/services/data/v62.0/limits`, { headers })).status).toBe(200);
    }
    const identity = await read(await fetch(token.id, { headers }));
    expect(identity.body).toMatchObject({
      id: token.id,
      urls: { rest: `${instance}/services/data/v{version}/` },
    });
    sandbox.org.setInstanceUrl(null);
  });

  it.each([
    [{ password: 'wrong' }, 'invalid_grant', 'authentication failure'],
    [{ username: 'nobody@x.example' }, 'invalid_grant', 'authentication failure'],
    [{ client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
    [{ client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
    [{ grant_type: 'magic' }, 'unsupported_grant_type', 'grant type not supported'],
  ])('refuses %j with one object, not an array', async (changes, error, description) => {
    const answer = await requestToken(sandbox, changes);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error, error_description: description });
  });

  it('gives no more than a wrong password when the flow is blocked', async () => {
    sandbox.org.setSwitches({ passwordFlow: 'blocked' });
    expect((await requestToken(sandbox)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'authentication failure',
    });
    expect((await requestToken(sandbox, { grant_type: 'client_credentials' })).status).toBe(200);
    sandbox.org.setSwitches({ passwordFlow: 'allowed' });
  });

  it('wants the security token behind the password where there is one, and names another instance', async () => {
    const strict = await startSandbox({
      content: 'empty',
      org: {
        instanceUrl: 'https://santelmo.my.example',
        credentials: { ...sandbox.org.credentials, securityToken: 'XYZ' },
      },
    });
    expect((await requestToken(strict)).status).toBe(400);
    const answer = await requestToken(strict, { password: `${strict.org.credentials.password}XYZ` });
    expect(answer.body).toMatchObject({ instance_url: 'https://santelmo.my.example' });
    await strict.stop();
  });
});

describe('a session', () => {
  it('dies when idle for too long, but lives on while used', async () => {
    const client = await signIn(sandbox);
    const hour = 3_600_000;
    for (let calls = 0; calls < 3; calls++) {
      sandbox.clock.advance(1.5 * hour);
      expect((await client.call('GET', '/limits')).status).toBe(200);
    }
    sandbox.clock.advance(2.5 * hour);
    const dead = await client.call('GET', '/limits');
    expect(dead.status).toBe(401);
    expect(dead.body).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('can be ended for everybody, and by revoking', async () => {
    const first = await signIn(sandbox);
    expect(sandbox.org.expireSessions()).toBeGreaterThan(0);
    expect((await first.call('GET', '/limits')).status).toBe(401);
    const second = await signIn(sandbox);
    const body = new URLSearchParams({ token: second.token });
    expect((await fetch(`${sandbox.org.url}/services/oauth2/revoke`, { method: 'POST', body })).status).toBe(
      200,
    );
    expect((await second.call('GET', '/limits')).status).toBe(401);
  });

  it('says who is signed in, or Bad_OAuth_Token as plain text', async () => {
    const { token } = await signIn(sandbox);
    const url = `${sandbox.org.url}/id/${sandbox.org.organizationId}/${sandbox.org.core.userId}`;
    const known = await read(await fetch(url, { headers: { authorization: `Bearer ${token}` } }));
    expect(known.body).toMatchObject({ username: sandbox.org.credentials.username, active: true });
    const at = async (path: string) => {
      const answer = await read(
        await fetch(sandbox.org.url + path, { headers: { authorization: `Bearer ${token}` } }),
      );
      return [answer.status, answer.body];
    };
    const { organizationId, core } = sandbox.org;
    expect(await at(`/id/00D000000000001EAA/${core.userId}`)).toEqual([403, 'Wrong_Org']);
    expect(await at(`/id/${organizationId}/005000000000001AAA`)).toEqual([404, 'Bad_Id']);
    expect((await at(`/id/${organizationId.slice(0, 15)}/${core.userId.slice(0, 15)}`))[0]).toBe(200);
    const bare = await read(await fetch(url));
    expect([bare.status, bare.body]).toEqual([403, 'Missing_OAuth_Token']);
    const unknown = await read(await fetch(url, { headers: { authorization: 'Bearer x' } }));
    expect([unknown.status, unknown.body]).toEqual([403, 'Bad_OAuth_Token']);
  });

  it('gives its user by userinfo, with the keys of a recorded answer in their order', async () => {
    const { token } = await signIn(sandbox);
    const url = `${sandbox.org.url}/services/oauth2/userinfo`;
    const { body } = await read(await fetch(url, { headers: { authorization: `Bearer ${token}` } }));
    const keys =
      'sub user_id organization_id preferred_username nickname name email email_verified given_name family_name ' +
      'zoneinfo photos profile picture address is_salesforce_integration_user urls active user_type language ' +
      'locale utcOffset updated_at is_app_installed';
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(body))).toEqual(keys.split(' '));
    expect(body).toMatchObject({
      preferred_username: sandbox.org.credentials.username,
      organization_id: sandbox.org.organizationId,
    });
  });
});

describe('every REST answer', () => {
  it('tells how much of the daily limit is used, and refuses beyond it', async () => {
    const client = await signIn(sandbox);
    const used = (headers: Headers) =>
      Number(/^api-usage=(\d+)\/100000$/.exec(headers.get('sforce-limit-info') ?? '')?.[1]);
    const first = used((await client.call('GET', '/limits')).headers);
    const second = used((await client.query('SELECT Nope FROM Order')).headers);
    expect(second).toBe(first + 1);
    sandbox.org.setSwitches({ dailyApiLimit: sandbox.org.core.apiCalls });
    const refused = await client.call('GET', '/limits');
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    sandbox.org.setSwitches({ dailyApiLimit: 100_000 });
  });

  it('needs an address and headers that are not too long', async () => {
    const client = await signIn(sandbox);
    expect((await client.query(`SELECT Id FROM Order WHERE Name = '${'x'.repeat(16_400)}'`)).status).toBe(
      414,
    );
    expect((await client.call('GET', '/limits', undefined, { 'x-long': 'x'.repeat(16_200) })).status).toBe(
      431,
    );
  });

  it('knows its versions', async () => {
    const list = await read(await fetch(`${sandbox.org.url}/services/data`));
    expect(list.body).toEqual(
      expect.arrayContaining([{ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' }]),
    );
    const { token } = await signIn(sandbox);
    const get = async (path: string) =>
      (
        await fetch(`${sandbox.org.url}/services/data/${path}`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await get('v25.0/limits')).toBe(410);
    expect(await get('v99.0/limits')).toBe(404);
    expect(await get('v62.0/')).toBe(200);
  });
});

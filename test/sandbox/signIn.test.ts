import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const unknown = await read(await fetch(url, { headers: { authorization: 'Bearer x' } }));
    expect([unknown.status, unknown.body]).toEqual([403, 'Bad_OAuth_Token']);
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

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failed, ok, problem } from '../../../../contract/problem';
import type { OrgCredentials } from '../../../../main/salesforce/session/credentials';
import { createSession, type Session } from '../../../../main/salesforce/session/session';
import { jsonResponse, type ScriptedFetch, type Sent, scriptFetch } from '../../../support/scriptedFetch';

const credentials: Extract<OrgCredentials, { signIn: 'password' }> = {
  signIn: 'password',
  settings: {
    signIn: 'password',
    loginUrl: 'https://login.example.com',
    username: 'integration@example.com',
    clientId: 'client-id',
    identifier: 'PAGINAWEB',
    warehouse: '',
    companies: [],
  },
  secrets: { password: 'secret password', clientSecret: 'secret-of-client' },
};

const isToken = (sent: Sent) => sent.path === '/services/oauth2/token';
const grant = (token: string, instance = 'https://org.example.com') =>
  jsonResponse(200, { access_token: token, instance_url: instance });
const expired = () =>
  jsonResponse(401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);

interface Setup {
  session: Session;
  script: ScriptedFetch;
  clock: { now: number };
}

function setUp(answer: (sent: Sent, tokens: number) => Response | Promise<Response>, changes = {}): Setup {
  let tokens = 0;
  const clock = { now: 1_000_000 };
  const script = scriptFetch((sent) => {
    if (isToken(sent)) tokens += 1;
    return answer(sent, tokens);
  });
  const session = createSession({
    credentials: async () => ok(credentials),
    apiVersion: '62.0',
    timeouts: { token: 500, read: 500, write: 500 },
    fetch: script.fetch,
    now: () => clock.now,
    ...changes,
  });
  return { session, script, clock };
}

const read = (session: Session, signal = new AbortController().signal) =>
  session.call({
    call: 'read',
    method: 'GET',
    path: '/thing',
    answer: z.object({ value: z.number() }),
    signal,
  });

describe('session', () => {
  it('signs in once for callers that come together, and asks with the token', async () => {
    const { session, script } = setUp((sent, tokens) =>
      isToken(sent) ? grant(`token-${tokens}`) : jsonResponse(200, { value: 7 }),
    );
    const answers = await Promise.all([read(session), read(session), read(session)]);
    expect(answers.every((answer) => answer.ok && answer.value.value === 7)).toBe(true);
    expect(script.sent.filter(isToken)).toHaveLength(1);
    const form = new URLSearchParams(script.sent[0]?.body);
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'password',
      username: 'integration@example.com',
      password: 'secret password',
      client_id: 'client-id',
      client_secret: 'secret-of-client',
    });
    expect(script.sent[1]).toMatchObject({
      path: '/services/data/v62.0/thing',
      authorization: 'Bearer token-1',
    });
  });

  it('renews an expired session once and repeats the call once', async () => {
    let valid = 'token-1';
    const { session, script } = setUp((sent, tokens) => {
      if (isToken(sent)) return grant(`token-${tokens}`);
      return sent.authorization === `Bearer ${valid}` ? jsonResponse(200, { value: 1 }) : expired();
    });
    expect((await read(session)).ok).toBe(true);
    valid = 'token-2';
    const answers = await Promise.all([read(session), read(session), read(session)]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(script.sent.filter(isToken)).toHaveLength(2);
    // Each of the three may have been sent twice, never more.
    expect(script.sent.filter((sent) => !isToken(sent)).length).toBeLessThanOrEqual(1 + 6);
  });

  it('gives up on an org that always says 401: no loop, few calls', async () => {
    const { session, script } = setUp((sent, tokens) =>
      isToken(sent) ? grant(`token-${tokens}`) : expired(),
    );
    const answers = await Promise.all([read(session), read(session), read(session)]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, problem: { code: 'org.sessionRefused', class: 'signIn' } });
    }
    expect(await read(session)).toMatchObject({ ok: false, problem: { code: 'org.sessionRefused' } });
    // The first sign-in and one renewal; three calls and their replays, and one that is not replayed.
    expect(script.sent.filter(isToken)).toHaveLength(2);
    expect(script.sent.filter((sent) => !isToken(sent))).toHaveLength(7);
  });

  it('renews a session whose very first call is refused, once', async () => {
    let refused = 0;
    const { session, script } = setUp((sent, tokens) => {
      if (isToken(sent)) return grant(`token-${tokens}`);
      refused += 1;
      return refused === 1 ? expired() : jsonResponse(200, { value: 7 });
    });
    expect(await read(session)).toMatchObject({ ok: true });
    expect(script.sent.filter(isToken)).toHaveLength(2);
  });

  it('does renew a session that was never used and has grown old', async () => {
    const { session, script, clock } = setUp((sent, tokens) => {
      if (isToken(sent)) return grant(`token-${tokens}`);
      return sent.authorization === 'Bearer token-2' ? jsonResponse(200, { value: 1 }) : expired();
    });
    await session.open(new AbortController().signal);
    clock.now += 3_600_000;
    expect((await read(session)).ok).toBe(true);
    expect(script.sent.filter(isToken)).toHaveLength(2);
  });

  it('follows the org to another instance when the renewal says so', async () => {
    let moved = false;
    const { session, script } = setUp((sent, tokens) => {
      if (isToken(sent)) return grant(`token-${tokens}`, `https://org${tokens}.example.com`);
      return moved && sent.url.startsWith('https://org1.') ? expired() : jsonResponse(200, { value: 1 });
    });
    expect((await read(session)).ok).toBe(true);
    moved = true;
    expect((await read(session)).ok).toBe(true);
    expect(session.instanceUrl()).toBe('https://org2.example.com');
    expect(script.sent.at(-1)?.url).toBe('https://org2.example.com/services/data/v62.0/thing');
  });

  it('takes up changed credentials at the next sign-in', async () => {
    let username = 'old@example.com';
    const { session, script } = setUp(
      (sent) => (isToken(sent) ? grant('t') : jsonResponse(200, { value: 1 })),
      {
        credentials: async () => ok({ ...credentials, settings: { ...credentials.settings, username } }),
      },
    );
    await read(session);
    username = 'new@example.com';
    await read(session);
    expect(script.sent.filter(isToken)).toHaveLength(1);
    session.reset();
    await read(session);
    const forms = script.sent.filter(isToken).map((sent) => new URLSearchParams(sent.body).get('username'));
    expect(forms).toEqual(['old@example.com', 'new@example.com']);
  });

  it('does not keep a session that began before the settings changed', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { session, script } = setUp(async (sent, tokens) => {
      if (!isToken(sent)) return jsonResponse(200, { value: 1 });
      if (tokens === 1) await held;
      return grant(`token-${tokens}`);
    });
    const early = read(session);
    session.reset();
    const late = read(session);
    await late;
    release();
    await early;
    await read(session);
    expect(script.sent.at(-1)?.authorization).toBe('Bearer token-2');
  });

  it('sends nothing when the credentials are not there', async () => {
    const { session, script } = setUp(() => jsonResponse(500, {}), {
      credentials: async () => failed(problem('secret.missing', { name: 'password' })),
    });
    expect(await read(session)).toMatchObject({
      ok: false,
      certainty: 'neverSent',
      problem: { code: 'secret.missing' },
    });
    expect(script.sent).toHaveLength(0);
  });

  it('never lets a secret or the token into a problem, even when the org echoes them', async () => {
    const echo = 'password "secret password" client_secret=secret-of-client token-1 secret%20password';
    const { session } = setUp((sent, tokens) =>
      isToken(sent) ? grant(`token-${tokens}`) : jsonResponse(400, [{ message: echo, errorCode: 'X' }]),
    );
    const text = JSON.stringify(await read(session));
    expect(text).not.toMatch(/secret password|secret%20password|secret-of-client|token-1/);
    const refusing = setUp(() => jsonResponse(400, { error: 'weird', error_description: echo }));
    expect(JSON.stringify(await read(refusing.session))).not.toMatch(
      /secret password|secret%20password|secret-of-client/,
    );
  });

  it('sends the token to the instance alone, whatever address it is given', async () => {
    const { session, script } = setUp((sent) =>
      isToken(sent) ? grant('t') : jsonResponse(200, { value: 1 }),
    );
    const answer = await session.call({
      call: 'read',
      method: 'GET',
      path: 'https://evil.example/steal',
      answer: z.unknown(),
      signal: new AbortController().signal,
    });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'org.wrongAddress' } });
    expect(script.sent.every((sent) => !sent.url.includes('evil'))).toBe(true);
  });

  it('takes no instance address in the clear outside this computer', async () => {
    const { session, script } = setUp(() => grant('t', 'http://org.example.com'));
    expect(await read(session)).toMatchObject({ ok: false, problem: { code: 'org.wrongAddress' } });
    expect(script.sent).toHaveLength(1);
  });

  it('lets a caller go that is called off while another signs in', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { session } = setUp(async (sent) => {
      if (!isToken(sent)) return jsonResponse(200, { value: 1 });
      await held;
      return grant('t');
    });
    const controller = new AbortController();
    const patient = read(session);
    const hasty = read(session, controller.signal);
    controller.abort();
    expect(await hasty).toMatchObject({ ok: false, certainty: 'neverSent' });
    release();
    expect((await patient).ok).toBe(true);
  });

  it('checks what the org answered, and calls cut-off JSON a bad answer', async () => {
    const { session } = setUp((sent) =>
      isToken(sent) ? grant('t') : new Response('{"val', { headers: { 'content-type': 'application/json' } }),
    );
    expect(await read(session)).toMatchObject({ ok: false, problem: { code: 'org.badAnswer' } });
  });

  it('knows the calls of the day from the latest answer', async () => {
    const { session } = setUp((sent) =>
      isToken(sent)
        ? grant('t')
        : jsonResponse(
            200,
            { value: 1 },
            { 'sforce-limit-info': 'api-usage=18/5000; per-app-api-usage=1/2(appName=x)' },
          ),
    );
    expect(session.usage()).toBeNull();
    await read(session);
    expect(session.usage()).toEqual({ used: 18, limit: 5000 });
  });
});

describe('sign-in', () => {
  const page = (status: number) =>
    new Response('<html><title>Sign in</title></html>', { status, headers: { 'content-type': 'text/html' } });

  it.each([
    [
      'wrong password',
      jsonResponse(400, { error: 'invalid_grant', error_description: 'authentication failure' }),
      'org.wrongCredentials',
    ],
    [
      'wrong password, in words',
      jsonResponse(400, {
        error: 'invalid_grant',
        error_description: 'authentication failure - Invalid Password',
      }),
      'org.wrongCredentials',
    ],
    [
      'not approved',
      jsonResponse(400, { error: 'invalid_grant', error_description: "user hasn't approved this consumer" }),
      'org.appNotApproved',
    ],
    [
      'a refresh token that has ended',
      jsonResponse(400, { error: 'invalid_grant', error_description: 'expired access/refresh token' }),
      'org.signInAgain',
    ],
    [
      'an assertion that ended before it came',
      jsonResponse(400, { error: 'invalid_grant', error_description: 'expired authorization code' }),
      'org.keyRefused',
    ],
    [
      'wrong client',
      jsonResponse(400, { error: 'invalid_client_id', error_description: 'client identifier invalid' }),
      'org.wrongClient',
    ],
    [
      'wrong client secret',
      jsonResponse(400, { error: 'invalid_client', error_description: 'invalid client credentials' }),
      'org.wrongClient',
    ],
    [
      'inactive user',
      jsonResponse(400, { error: 'inactive_user', error_description: 'user is inactive' }),
      'org.userInactive',
    ],
    [
      'too many sign-ins',
      jsonResponse(400, { error: 'rate_limit_exceeded', error_description: 'login rate exceeded' }),
      'org.concurrentLimit',
    ],
    ['a page with 200', page(200), 'org.wrongAddress'],
    ['a page with 404', page(404), 'org.wrongAddress'],
    ['a page with 503', page(503), 'org.unavailable'],
    [
      'a redirect',
      new Response(null, { status: 302, headers: { location: 'https://x.example/' } }),
      'org.wrongAddress',
    ],
    ['other JSON with 200', jsonResponse(200, { hello: 1 }), 'org.wrongAddress'],
    ["Lightning's address", grant('t', 'https://shop.lightning.force.com'), 'org.wrongAddress'],
  ])('%s', async (_name, response, code) => {
    const { session, script } = setUp(() => response);
    const answer = await read(session);
    expect(answer).toMatchObject({ ok: false, certainty: 'neverSent', problem: { code } });
    expect(script.sent).toHaveLength(1);
  });

  it('says which host could not be reached', async () => {
    const { session } = setUp(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
    });
    expect(await read(session)).toMatchObject({
      ok: false,
      problem: { code: 'org.unreachable', params: { host: 'login.example.com' } },
    });
  });
});

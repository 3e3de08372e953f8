import jsforce from '@jsforce/jsforce-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import {
  fetchCode,
  makeVerifier,
  openAuthorize,
  postToken,
  redeemCode,
  redirectUri,
  refusal,
  send,
  statusWith,
  tokensOf,
  wayBack,
} from './browser';
import { read } from './client';

// https://help.salesforce.com/HTViewHelpDoc?id=remoteaccess_oauth_web_server_flow.htm (research/salesforce.md 1.1)

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: 'empty' });
});
afterAll(() => sandbox.stop());

const person = () => ({
  username: sandbox.org.credentials.username,
  password: sandbox.org.credentials.password,
});

describe('the login page', () => {
  it('says which app, in the language of the browser, and loads nothing from elsewhere', async () => {
    const english = await openAuthorize(sandbox, {}, 'en-GB,en;q=0.9,es;q=0.8');
    expect(english.html).toContain('<html lang="en">');
    expect(english.html).toContain('to go on to Puente');
    const spanish = await openAuthorize(sandbox, {}, 'fr, es-AR;q=0.9, en;q=0.5');
    expect(spanish.html).toContain('<html lang="es">');
    expect(spanish.html).toContain('Contraseña');
    expect(english.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' http:\/\/localhost:1717; /,
    );
    expect(english.html).not.toMatch(/<script|<img|<link|src=|https?:\/\//);
  });

  it('can be used with the keyboard and read aloud: labels, focus, one button', async () => {
    const { html } = await openAuthorize(sandbox);
    expect(html).toMatch(/<label for="username">/);
    expect(html).toMatch(/<label for="password">/);
    expect(html).toMatch(/id="username"[^>]*autofocus/);
    expect(html.match(/<button type="submit"/g)).toHaveLength(1);
  });

  it('tells of a wrong password on the page, keeps the name, and lets a person try again', async () => {
    const { username, password } = person();
    const login = await openAuthorize(sandbox);
    const again = await send(sandbox, login, { username, password: '"><b>x' });
    expect(again.status).toBe(200);
    expect(again.html).toMatch(/role="alert"[^>]*>That username and password do not go together/);
    expect(again.html).toContain(`value="${username}"`);
    expect(again.html).not.toContain('<b>x');
    expect((await send(sandbox, again, { username, password })).html).toContain('Allow access?');
    expect(sandbox.org.loginHistory().slice(0, 2)).toMatchObject([
      { username, status: 'Success', loginType: 'Application', application: 'Puente' },
      { username, status: 'Invalid Password' },
    ]);
  });

  it('does not wait for ever, and takes each form once', async () => {
    const login = await openAuthorize(sandbox);
    await send(sandbox, login, person());
    expect((await send(sandbox, login, person())).status).toBe(400);
    const late = await openAuthorize(sandbox);
    sandbox.clock.advance(16 * 60_000);
    expect((await send(sandbox, late, person())).html).toContain('This page is too old');
  });
});

describe('the consent page', () => {
  it('names app, person and wishes; Allow goes back with code and state', async () => {
    const login = await openAuthorize(sandbox, { scope: 'api refresh_token' });
    const consent = await send(sandbox, login, person());
    expect(consent.html).toContain('Puente asks to:');
    expect(consent.html).toContain('You are logged in as Puente Integración.');
    expect(consent.html.match(/<li>/g)).toHaveLength(2);
    const back = wayBack(await send(sandbox, consent, { decision: 'allow' }));
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect([...back.searchParams.keys()]).toEqual(['code', 'state']);
    expect(back.searchParams.get('state')).toBe('a b&c');
    expect(back.searchParams.get('code')).toMatch(/^aPrx[\w.]{80,}==$/);
  });

  it('Deny goes back with access_denied (test data of sfdx-core webOAuthServer)', async () => {
    const consent = await send(sandbox, await openAuthorize(sandbox, { state: 's1' }), person());
    const back = await send(sandbox, consent, { decision: 'deny' });
    expect(back.headers.get('location')).toBe(
      `${redirectUri}?error=access_denied&error_description=end-user+denied+authorization&state=s1`,
    );
  });

  it('is not shown again for what was allowed before, unless prompt=consent', async () => {
    const scope = 'api refresh_token';
    await redeemCode(sandbox, await fetchCode(sandbox, { scope }));
    const second = await send(sandbox, await openAuthorize(sandbox, { scope }), person());
    expect(second.status).toBe(302);
    const more = await send(sandbox, await openAuthorize(sandbox, { scope: `${scope} web` }), person());
    expect(more.html).toContain('Allow access?');
    const asked = await openAuthorize(sandbox, { scope, prompt: 'login consent' });
    expect((await send(sandbox, asked, person())).html).toContain('Allow access?');
  });
});

describe('a request for consent', () => {
  it.each([
    ['http://localhost:1718/OauthRedirect'],
    ['http://localhost:1717/OauthRedirect/'],
    ['http://localhost:1717/oauthredirect'],
    ['https://evil.example/'],
    [null],
  ])('is never sent on to %s, which nobody has registered', async (redirect_uri) => {
    const answer = await openAuthorize(sandbox, { redirect_uri });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.html).toContain('error=redirect_uri_mismatch');
    expect(answer.html).toContain('redirect_uri must match configuration');
  });

  it('is refused on a page for an unknown app', async () => {
    const answer = await openAuthorize(sandbox, { client_id: 'x' });
    expect([answer.status, answer.html.includes('error=invalid_client_id')]).toEqual([400, true]);
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_request'],
    [{ scope: 'api everything' }, 'invalid_scope'],
    [{ client_id: 'PlatformCLI' }, 'invalid_request'],
    [{ prompt: 'none' }, 'immediate_unsuccessful'],
  ])('%j goes back as %s', async (changes, error) => {
    const back = wayBack(await openAuthorize(sandbox, changes));
    expect(back.searchParams.get('error')).toBe(error);
    expect(back.searchParams.get('state')).toBe('a b&c');
  });

  it('can come back to an address of the app’s own, and keeps its query', async () => {
    sandbox.org.setApp('mine', { redirectUris: ['puente://back?x=1'] });
    const changes = { client_id: 'mine', redirect_uri: 'puente://back?x=1', state: null };
    const login = await openAuthorize(sandbox, changes);
    expect(login.headers.get('content-security-policy')).toContain("form-action 'self' puente:;");
    const consent = await send(sandbox, login, person());
    const back = await send(sandbox, consent, { decision: 'allow' });
    expect(back.headers.get('location')).toMatch(/^puente:\/\/back\?x=1&code=aPrx[\w.]+%3D%3D$/);
  });

  it('is told that the app must be installed, except by who may approve it (help 005132365)', async () => {
    sandbox.org.setApp('stranger', { name: 'Stranger', installed: false });
    const login = () => openAuthorize(sandbox, { client_id: 'stranger' });
    const refused = await send(sandbox, await login(), person());
    expect([refused.status, refused.headers.get('location')]).toEqual([400, null]);
    expect(refused.html).toContain('error=invalid_client');
    expect(refused.html).toContain('app must be installed into org');
    const admin = { username: 'administracion@santelmo.example', password: 'Administra2026' };
    expect((await send(sandbox, await login(), admin)).html).toContain('Allow access?');
  });
});

describe('a code', () => {
  it('brings tokens in the order of the web server flow page', async () => {
    const code = await fetchCode(sandbox, { scope: 'refresh_token api openid', nonce: 'n-1' });
    const answer = await redeemCode(sandbox, code);
    expect(Object.keys(z.record(z.string(), z.string()).parse(answer.body))).toEqual([
      'access_token',
      'refresh_token',
      'signature',
      'scope',
      'id_token',
      'instance_url',
      'id',
      'token_type',
      'issued_at',
    ]);
    const tokens = tokensOf(answer);
    expect(tokens.refresh_token).toMatch(/^5Aep861[\w.]{60,}$/);
    expect(tokens.scope).toBe('refresh_token api openid');
    expect(await statusWith(sandbox, tokens.access_token)).toBe(200);
    const [, claims = ''] = (tokens.id_token ?? '').split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      sub: tokens.id,
      aud: sandbox.org.credentials.clientId,
      nonce: 'n-1',
    });
  });

  it('brings no refresh token without that scope, and answers in the form asked for', async () => {
    const code = await fetchCode(sandbox, { scope: 'api' });
    const answer = await redeemCode(sandbox, code, { format: 'urlencoded' });
    const fields = new URLSearchParams(String(answer.body));
    expect([fields.get('scope'), fields.has('refresh_token')]).toEqual(['api', false]);
    expect(await statusWith(sandbox, fields.get('access_token') ?? '')).toBe(200);
  });

  it('is good once, for 15 minutes, for its app and its address', async () => {
    const first = await fetchCode(sandbox);
    expect((await redeemCode(sandbox, first)).status).toBe(200);
    expect(await redeemCode(sandbox, first)).toMatchObject(
      refusal('invalid_grant', 'expired authorization code'),
    );
    const second = await fetchCode(sandbox);
    expect(
      await redeemCode(sandbox, second, { redirect_uri: 'http://127.0.0.1:1717/OauthRedirect' }),
    ).toMatchObject(refusal('redirect_uri_mismatch', 'redirect_uri must match configuration'));
    expect(await redeemCode(sandbox, second, { client_secret: '' })).toMatchObject(
      refusal('invalid_client', 'invalid client credentials'),
    );
    expect(await redeemCode(sandbox, second, { client_id: 'PlatformCLI', client_secret: '' })).toMatchObject(
      refusal('invalid_grant', 'invalid authorization code'),
    );
    sandbox.clock.advance(15 * 60_000 + 1000);
    expect(await redeemCode(sandbox, second)).toMatchObject(
      refusal('invalid_grant', 'expired authorization code'),
    );
    expect(await redeemCode(sandbox, 'aPrxNobody')).toMatchObject(
      refusal('invalid_grant', 'invalid authorization code'),
    );
  });

  it('with a challenge needs the verifier behind it', async () => {
    const { verifier, challenge } = makeVerifier();
    const code = await fetchCode(sandbox, { code_challenge: challenge, code_challenge_method: 'S256' });
    const wrong = refusal('invalid_grant', 'invalid code verifier');
    expect(await redeemCode(sandbox, code)).toMatchObject(wrong);
    expect(await redeemCode(sandbox, code, { code_verifier: makeVerifier().verifier })).toMatchObject(wrong);
    expect((await redeemCode(sandbox, code, { code_verifier: verifier })).status).toBe(200);
  });

  it('takes a verifier of 43 to 128 characters, and of 171 where that is allowed', async () => {
    const redeem = async (bytes: number) => {
      const { verifier, challenge } = makeVerifier(bytes);
      const code = await fetchCode(sandbox, { code_challenge: challenge });
      return [verifier.length, (await redeemCode(sandbox, code, { code_verifier: verifier })).status];
    };
    expect(await redeem(31)).toEqual([42, 400]);
    expect(await redeem(32)).toEqual([43, 200]);
    expect(await redeem(96)).toEqual([128, 200]);
    expect(await redeem(128)).toEqual([171, 200]);
    sandbox.org.setSwitches({ longCodeVerifier: 'refused' });
    expect(await redeem(96)).toEqual([128, 200]);
    expect(await redeem(128)).toEqual([171, 400]);
    sandbox.org.setSwitches({ longCodeVerifier: 'allowed' });
  });

  it('of a public client comes without a secret, and a secret is refused', async () => {
    const { verifier, challenge } = makeVerifier();
    const wish = { client_id: 'PlatformCLI', scope: 'refresh_token api web', code_challenge: challenge };
    const code = await fetchCode(sandbox, { ...wish, prompt: 'login' });
    const form = {
      grant_type: 'authorization_code',
      client_id: 'PlatformCLI',
      code,
      code_verifier: verifier,
    };
    expect(
      await postToken(sandbox, { ...form, redirect_uri: redirectUri, client_secret: 'x' }),
    ).toMatchObject(refusal('invalid_client', 'invalid client credentials'));
    const tokens = tokensOf(await postToken(sandbox, { ...form, redirect_uri: redirectUri }));
    const again = await postToken(sandbox, {
      grant_type: 'refresh_token',
      client_id: 'PlatformCLI',
      refresh_token: tokens.refresh_token ?? '',
    });
    expect(tokensOf(again).scope).toBe('refresh_token api web');
  });
});

describe('an app that only an admin lets people into', () => {
  it('asks nobody for consent, and turns the others away', async () => {
    const { username } = person();
    sandbox.org.setApp('closed', { permittedUsers: 'adminApproved', approvedUsers: [username] });
    const login = () => openAuthorize(sandbox, { client_id: 'closed', state: null });
    expect(wayBack(await send(sandbox, await login(), person())).searchParams.has('code')).toBe(true);
    const sales = { username: 'ventas@santelmo.example', password: 'Ventas2026' };
    expect((await send(sandbox, await login(), sales)).headers.get('location')).toBe(
      `${redirectUri}?error=OAUTH_APP_ACCESS_DENIED&error_description=user+is+not+admin+approved+to+access+this+app`,
    );
  });
});

describe('jsforce, as it comes', () => {
  it('signs in with its own verifier, refreshes and revokes', async () => {
    const { clientId, clientSecret } = sandbox.org.credentials;
    const oauth2 = new jsforce.OAuth2({
      loginUrl: sandbox.org.url,
      clientId,
      clientSecret,
      redirectUri,
      useVerifier: true,
    });
    const asked = new URL(oauth2.getAuthorizationUrl({ scope: 'api refresh_token' })).searchParams;
    const code = await fetchCode(sandbox, Object.fromEntries(asked));
    const connection = new jsforce.Connection({ oauth2, version: '62.0' });
    await connection.authorize(code);
    expect(await connection.identity()).toMatchObject({ username: sandbox.org.credentials.username });
    sandbox.org.expireSessions();
    expect((await connection.query('SELECT Id FROM Organization')).totalSize).toBe(1);
    const { accessToken, refreshToken } = connection;
    await connection.logout(true);
    expect(await statusWith(sandbox, accessToken ?? '')).toBe(401);
    await expect(oauth2.refreshToken(refreshToken ?? '')).rejects.toMatchObject({ name: 'invalid_grant' });
  });
});

describe('what the org says about itself', () => {
  it('is found where OpenID Connect looks for it', async () => {
    const at = async (path: string) => (await read(await fetch(sandbox.org.url + path))).body;
    const { url } = sandbox.org;
    expect(await at('/.well-known/openid-configuration')).toMatchObject({
      issuer: url,
      authorization_endpoint: `${url}/services/oauth2/authorize`,
      token_endpoint: `${url}/services/oauth2/token`,
      jwks_uri: `${url}/id/keys`,
    });
    expect(await at('/id/keys')).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] });
  });
});

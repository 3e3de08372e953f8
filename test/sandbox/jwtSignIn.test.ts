import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { fetchCode, postToken, redeemCode, refusal, signInByBrowser, statusWith, tokensOf } from './browser';
import { read } from './client';

// https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_jwt_flow.htm

let sandbox: Sandbox;
let key: string;
let certificate: string;
beforeAll(async () => {
  sandbox = await startSandbox({ content: 'empty' });
  const made = await generate([{ name: 'commonName', value: 'puente' }], {
    algorithm: 'sha256',
    keySize: 2048,
  });
  key = made.private;
  certificate = made.cert;
  sandbox.org.setApp(sandbox.org.credentials.clientId, { certificate });
  await signInByBrowser(sandbox);
});
afterAll(() => sandbox.stop());

const claims = () => ({
  iss: sandbox.org.credentials.clientId,
  sub: sandbox.org.credentials.username,
  aud: sandbox.org.url,
  exp: Math.floor(sandbox.clock.now() / 1000) + 180,
});

const present = (assertion: string) =>
  postToken(sandbox, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });

const presentClaims = (changes: Record<string, unknown> = {}, withKey = key) =>
  present(jsonwebtoken.sign({ ...claims(), ...changes }, withKey, { algorithm: 'RS256' }));

describe('a signed assertion', () => {
  it('brings an access token without secret or password, in the order of the page', async () => {
    const answer = await presentClaims();
    expect(Object.keys(z.record(z.string(), z.string()).parse(answer.body))).toEqual([
      'access_token',
      'scope',
      'instance_url',
      'id',
      'token_type',
    ]);
    expect(await statusWith(sandbox, tokensOf(answer).access_token)).toBe(200);
  });

  it.each(['https://login.salesforce.com', 'https://test.salesforce.com', 'localhost'])(
    'may be meant for %s',
    async (aud) => {
      const audience = aud === 'localhost' ? sandbox.org.url.replace('127.0.0.1', aud) : aud;
      expect((await presentClaims({ aud: audience })).status).toBe(200);
    },
  );

  it('may be checked with a bare public key, and keeps to the clock of the sandbox', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const { username } = sandbox.org.credentials;
    sandbox.org.setApp('keyed', {
      certificate: pem,
      permittedUsers: 'adminApproved',
      approvedUsers: [username],
    });
    sandbox.clock.advance(3_600_000);
    const assertion = jsonwebtoken.sign({ ...claims(), iss: 'keyed' }, pair.privateKey, {
      algorithm: 'RS256',
    });
    expect((await present(assertion)).status).toBe(200);
  });

  it.each([
    ['is for somebody else', { aud: 'https://example.com' }, 'Audience validation failed'],
    ['is over', { exp: 1_700_000_000 }, 'expired authorization code'],
    ['names nobody', { sub: 'nobody@x.example' }, "user hasn't approved this consumer"],
    [
      'names one who never approved',
      { sub: 'ventas@santelmo.example' },
      "user hasn't approved this consumer",
    ],
    ['has no audience', { aud: undefined }, 'invalid assertion'],
  ])('that %s is refused', async (_what, changes, description) => {
    expect(await presentClaims(changes)).toMatchObject(refusal('invalid_grant', description));
  });

  it('by another key, by no key, or for an unknown app is refused', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const foreign = jsonwebtoken.sign(claims(), other, { algorithm: 'RS256' });
    const invalid = refusal('invalid_grant', 'invalid assertion');
    expect(await present(foreign)).toMatchObject(invalid);
    expect(await present(jsonwebtoken.sign(claims(), null, { algorithm: 'none' }))).toMatchObject(invalid);
    // The certificate is public: signing with it as a shared secret must not pass for signing with the key.
    expect(await present(jsonwebtoken.sign(claims(), certificate, { algorithm: 'HS256' }))).toMatchObject(
      invalid,
    );
    expect(await present('nonsense')).toMatchObject(invalid);
    expect(await presentClaims({ iss: 'x' })).toMatchObject(
      refusal('invalid_client_id', 'client identifier invalid'),
    );
    expect(await presentClaims({ iss: 'PlatformCLI' })).toMatchObject(invalid);
  });

  it('for one whom the admin has not let in says so', async () => {
    sandbox.org.setApp('closed', { certificate, permittedUsers: 'adminApproved' });
    expect(await presentClaims({ iss: 'closed' })).toMatchObject(
      refusal('invalid_app_access', 'user is not admin approved to access this app'),
    );
  });

  it('for an inactive user says so', async () => {
    const { username } = sandbox.org.credentials;
    sandbox.org.setUser(username, { active: false });
    expect(await presentClaims()).toMatchObject(refusal('invalid_grant', 'inactive user'));
    sandbox.org.setUser(username, { active: true });
  });
});

describe('an id token', () => {
  it('is signed with the key that the org publishes', async () => {
    const tokens = tokensOf(await redeemCode(sandbox, await fetchCode(sandbox, { scope: 'openid' })));
    const { body } = await read(await fetch(`${sandbox.org.url}/id/keys`));
    const published = z.object({ keys: z.array(z.looseObject({ kid: z.string() })).length(1) }).parse(body);
    const [jwk] = published.keys;
    const publicKey = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const told = jsonwebtoken.verify(tokens.id_token ?? '', publicKey, {
      algorithms: ['RS256'],
      ignoreExpiration: true,
    });
    expect(told).toMatchObject({ iss: sandbox.org.url, sub: tokens.id });
    expect(jsonwebtoken.decode(tokens.id_token ?? '', { complete: true })?.header.kid).toBe(jwk?.kid);
  });
});

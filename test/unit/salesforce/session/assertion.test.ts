import { generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { makeAssertion, readPrivateKey } from '../../../../main/salesforce/session/assertion';

const pem = (type: 'pkcs1' | 'pkcs8') =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type, format: 'pem' }).toString();
const claims = { clientId: 'app', username: 'u@example.com', now: 1_700_000_000_500 };

describe('assertion', () => {
  it.each([
    ['https://login.salesforce.com', 'https://login.salesforce.com'],
    ['https://test.salesforce.com/', 'https://test.salesforce.com'],
    ['https://shop.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://shop--uat.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://my.salesforce.com.evil.example', 'https://my.salesforce.com.evil.example'],
  ])('for %s names %s and ends within minutes', (loginUrl, aud) => {
    const decoded = jsonwebtoken.decode(makeAssertion({ ...claims, loginUrl }, pem('pkcs8')) ?? '', {
      complete: true,
    });
    expect(decoded?.header.alg).toBe('RS256');
    expect(decoded?.payload).toMatchObject({ iss: 'app', sub: 'u@example.com', aud, exp: 1_700_000_180 });
  });

  it.each([
    ['RSA as PKCS #8', pem('pkcs8'), true],
    ['RSA as PKCS #1', pem('pkcs1'), true],
    ['an elliptic curve', ec(), false],
    ['half a key', pem('pkcs8').slice(0, 400), false],
    ['nothing', '', false],
  ])('takes a key that is one: %s', (_name, key, taken) => {
    expect(readPrivateKey(key) !== null).toBe(taken);
    expect(makeAssertion({ ...claims, loginUrl: 'https://login.salesforce.com' }, key) !== null).toBe(taken);
  });
});

function ec(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

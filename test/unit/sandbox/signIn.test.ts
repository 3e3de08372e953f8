import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { orgAppSchema } from '../../../sandbox/org/oauth/apps';
import { verifierFits } from '../../../sandbox/org/oauth/codes';
import { grantedScope, offline, online } from '../../../sandbox/org/oauth/scopes';
import { pageTexts } from '../../../sandbox/org/oauth/texts';

describe('the language of the login page', () => {
  it.each([
    [undefined, 'en'],
    ['es-AR,es;q=0.9,en;q=0.8', 'es'],
    ['en-US,en;q=0.9,es;q=0.8', 'en'],
    ['en;q=0.3, es;q=0.7', 'es'],
    ['de, fr;q=0.9', 'en'],
    ['es;q=0, en;q=0.1', 'en'],
    ['ES-419', 'es'],
  ])('for %s is %s', (header, lang) => {
    expect(pageTexts(header).lang).toBe(lang);
  });
});

describe('a code verifier', () => {
  // The example of RFC 7636, appendix B.
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

  it('fits its own challenge alone, padded or not', () => {
    expect(verifierFits(challenge, verifier, false)).toBe(true);
    expect(verifierFits(`${challenge}=`, verifier, false)).toBe(true);
    expect(verifierFits(challenge, `${verifier.slice(0, -1)}x`, false)).toBe(false);
  });

  it.each([
    [42, false, false],
    [43, false, true],
    [128, false, true],
    [129, false, false],
    [171, false, false],
    [171, true, true],
    [172, true, false],
  ])('of %i characters (long ones allowed: %s): %s', (length, long, fits) => {
    const text = 'v'.repeat(length);
    expect(verifierFits(createHash('sha256').update(text).digest('base64url'), text, long)).toBe(fits);
  });
});

describe('scopes', () => {
  const app = orgAppSchema.parse({ clientId: 'x', name: 'X', scopes: ['api', 'openid', 'refresh_token'] });

  it('are all of the app’s unless some are asked for, each once', () => {
    expect(grantedScope(app, null)).toBe('api openid refresh_token');
    expect(grantedScope(app, ' ')).toBe('api openid refresh_token');
    expect(grantedScope(app, 'refresh_token  api api')).toBe('refresh_token api');
    expect(grantedScope(app, 'profile offline_access')).toBe('profile offline_access');
  });

  it('that the app does not have are refused', () => {
    expect(() => grantedScope(app, 'api web')).toThrow(/invalid_scope/);
  });

  it('tell whether there is a refresh token, and are shown without it where there is none', () => {
    expect([offline('api'), offline('api refresh_token'), offline('offline_access')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(online('api refresh_token id offline_access')).toBe('api id');
  });
});

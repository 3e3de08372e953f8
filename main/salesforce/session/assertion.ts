import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';

/** Salesforce takes assertions that end within a few minutes (research/salesforce.md 1.1). */
const lifetimeSeconds = 180;

/**
 * The assertion of the JWT bearer flow
 * (https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_jwt_flow.htm): who signs in with which
 * app, signed with the app's key. Null when the key is none.
 */
export function makeAssertion(
  claims: { clientId: string; username: string; loginUrl: string; now: number },
  privateKey: string,
): string | null {
  const key = readPrivateKey(privateKey);
  if (key === null) return null;
  const issuedAt = Math.floor(claims.now / 1000);
  return jsonwebtoken.sign(
    {
      iss: claims.clientId,
      sub: claims.username,
      aud: audienceOf(claims.loginUrl),
      exp: issuedAt + lifetimeSeconds,
      // Two assertions of the same second are not the same assertion.
      jti: randomUUID(),
    },
    key,
    { algorithm: 'RS256', noTimestamp: true },
  );
}

/** An RSA key in PEM, without a passphrase; null when the text is anything else. */
export function readPrivateKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

/**
 * Salesforce wants one of its two general addresses as audience, also where a company's own is signed in at (as the
 * Salesforce CLI does it: @salesforce/core, org/authInfo and util/sfdcUrl).
 */
function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (hostname.endsWith('.sandbox.my.salesforce.com')) return 'https://test.salesforce.com';
  if (hostname.endsWith('.my.salesforce.com')) return 'https://login.salesforce.com';
  return origin;
}

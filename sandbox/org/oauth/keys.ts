import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';

interface IdTokenOf {
  issuer: string;
  /** The user's identity address. */
  subject: string;
  /** Client id of the app. */
  audience: string;
  accessToken: string;
  nonce: string | null;
  /** Milliseconds. */
  now: number;
}

/** The key that id tokens are signed with: made when first needed, and another one after a restart. */
export class SigningKeys {
  private pair: { publicKey: KeyObject; privateKey: KeyObject } | null = null;

  /** /id/keys, what id tokens are checked with. */
  keySet(): unknown {
    const { n, e } = this.keys().publicKey.export({ format: 'jwk' });
    return { keys: [{ kty: 'RSA', n, e, alg: 'RS256', use: 'sig', kid: this.keyId() }] };
  }

  /** Who has signed in, for scope `openid` (https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm). */
  idToken(of: IdTokenOf): string {
    const now = Math.floor(of.now / 1000);
    const half = createHash('sha256').update(of.accessToken).digest().subarray(0, 16);
    const claims = {
      at_hash: half.toString('base64url'),
      sub: of.subject,
      aud: of.audience,
      iss: of.issuer,
      ...(of.nonce === null ? {} : { nonce: of.nonce }),
      exp: now + 120,
      iat: now,
    };
    return jsonwebtoken.sign(claims, this.keys().privateKey, { algorithm: 'RS256', keyid: this.keyId() });
  }

  private keyId(): string {
    const der = this.keys().publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(der).digest('hex').slice(0, 16);
  }

  private keys(): { publicKey: KeyObject; privateKey: KeyObject } {
    this.pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return this.pair;
  }
}

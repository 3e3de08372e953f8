import { createHash, randomBytes } from 'node:crypto';

export interface Pkce {
  verifier: string;
  challenge: string;
}

/**
 * Proof that whoever redeems a code is who asked for it (RFC 7636, S256). 48 bytes make 64 characters; Salesforce
 * wants 43 to 128, and jsforce's own has 171 (research/salesforce.md 1.1, 1.3).
 */
export function makePkce(): Pkce {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

import { createHash } from 'node:crypto';
import { tokenText } from '../sessions';

/** What a person has allowed in the browser, waiting to be fetched by the app. */
export interface CodeGrant {
  clientId: string;
  userId: string;
  redirectUri: string;
  scope: string;
  codeChallenge: string | null;
  nonce: string | null;
}

type Held = CodeGrant & { issuedAt: number; used: boolean };

/** Codes are good for 15 minutes and once (https://help.salesforce.com/HTViewHelpDoc?id=remoteaccess_oauth_web_server_flow.htm). */
const lifetimeMs = 15 * 60 * 1000;

const mostCodes = 500;

/** Authorization codes. They do not outlive the process, as they hardly outlive their 15 minutes. */
export class Codes {
  private readonly held = new Map<string, Held>();

  constructor(private readonly now: () => number) {}

  issue(grant: CodeGrant): string {
    // Salesforce's end in `==`, which tells a client that does not decode its query.
    const code = `aPrx${tokenText(63)}==`;
    this.held.set(code, { ...grant, issuedAt: this.now(), used: false });
    const oldest = [...this.held.keys()][0];
    if (this.held.size > mostCodes && oldest !== undefined) this.held.delete(oldest);
    return code;
  }

  find(code: string): CodeGrant | 'unknown' | 'expired' {
    const held = this.held.get(code);
    if (!held) return 'unknown';
    return held.used || this.now() - held.issuedAt > lifetimeMs ? 'expired' : held;
  }

  spend(code: string): void {
    const held = this.held.get(code);
    if (held) held.used = true;
  }
}

/**
 * Whether a verifier fits the challenge. The rule says 43 to 128 characters; jsforce and the Salesforce CLI send
 * 171, the base64 of 128 bytes, and Salesforce takes them (research/salesforce.md 1.3).
 */
export function verifierFits(challenge: string, verifier: string, longVerifier: boolean): boolean {
  const longest = longVerifier ? 171 : 128;
  if (verifier.length < 43 || verifier.length > longest) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge.replace(/=+$/, '');
}

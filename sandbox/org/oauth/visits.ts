import { randomBytes } from 'node:crypto';

/** What an app has asked the browser for, checked. */
export interface AuthorizeRequest {
  clientId: string;
  redirectUri: string;
  scope: string;
  state: string | null;
  codeChallenge: string | null;
  nonce: string | null;
  /** Consent is asked for even if it was given before. */
  askAgain: boolean;
  loginHint: string;
}

/** A person between the login page and the way back to the app. */
export interface Visit {
  request: AuthorizeRequest;
  /** Who has signed in, once somebody has. */
  userId: string | null;
}

const lifetimeMs = 15 * 60 * 1000;
const mostVisits = 200;

/**
 * The visits under way, each known by a random key in its page's form. Without that key nobody can send the
 * form, so no other site can consent for a person.
 */
export class Visits {
  private readonly open = new Map<string, Visit & { since: number }>();

  constructor(private readonly now: () => number) {}

  begin(visit: Visit): string {
    const key = randomBytes(24).toString('base64url');
    this.open.set(key, { ...visit, since: this.now() });
    const oldest = [...this.open.keys()][0];
    if (this.open.size > mostVisits && oldest !== undefined) this.open.delete(oldest);
    return key;
  }

  /** The visit of a form; each form can be sent once. */
  take(key: string): Visit | null {
    const visit = this.open.get(key);
    this.open.delete(key);
    return visit && this.now() - visit.since <= lifetimeMs ? visit : null;
  }
}

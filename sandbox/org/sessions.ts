import { randomBytes } from 'node:crypto';

/** Access tokens and when they were last used. A session slides: any call keeps it alive. */
export class Sessions {
  private readonly lastUse = new Map<string, number>();

  constructor(
    private readonly organizationId: string,
    private readonly now: () => number,
    private readonly timeout: () => number,
  ) {}

  open(): string {
    const secret = randomBytes(66)
      .toString('base64')
      .replace(/[+/=]/g, (char) => (char === '+' ? '.' : '_'));
    const token = `${this.organizationId.slice(0, 15)}!AQEAQ${secret}`;
    this.lastUse.set(token, this.now());
    return token;
  }

  /** True if the token is good, and it is then good for another while. */
  use(token: string): boolean {
    const last = this.lastUse.get(token);
    if (last === undefined) return false;
    if (this.now() - last > this.timeout()) {
      this.lastUse.delete(token);
      return false;
    }
    this.lastUse.set(token, this.now());
    return true;
  }

  close(token: string): boolean {
    return this.lastUse.delete(token);
  }

  closeAll(): number {
    const count = this.lastUse.size;
    this.lastUse.clear();
    return count;
  }

  get count(): number {
    return this.lastUse.size;
  }
}

const minute = 60_000;

/** Counts the requests of the last minute, while there is a limit. */
export class RateLimit {
  private times: number[] = [];

  constructor(private readonly now: () => number) {}

  /** Takes a request in; above the limit it answers after how many whole seconds another one may come. */
  take(most: number | null): number | null {
    if (most === null) return null;
    const now = this.now();
    this.times = this.times.filter((time) => time > now - minute);
    if (this.times.length < most) {
      this.times.push(now);
      return null;
    }
    const free = this.times[this.times.length - most] ?? now;
    return Math.max(1, Math.ceil((free + minute - now) / 1000));
  }
}

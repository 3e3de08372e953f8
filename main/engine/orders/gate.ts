import type { Problem } from '../../../contract/problem';
import type { Link, LogEvent } from '../../../contract/status';
import type { Announcer, Clock, Journal, Random } from '../ports';
import { backoff } from './backoff';

export interface GateDeps {
  clock: Clock;
  random: Random;
  journal: Journal;
  announcer: Announcer;
}

/** Waits of a closed gate by the class of what closed it, in milliseconds; null waits for a person. */
const waits = {
  transient: { firstMs: 1_000, maxMs: 60_000 },
  concurrent: { firstMs: 5_000, maxMs: 60_000 },
  quota: { firstMs: 15 * 60_000, maxMs: 60 * 60_000 },
  /** Sign-ins are counted by the hour (Salesforce Help, "Error Messages: OAuth"). */
  signInRate: { firstMs: 10 * 60_000, maxMs: 30 * 60_000 },
  setup: { firstMs: 60_000, maxMs: 10 * 60_000 },
} as const;

/**
 * Stands before one side of the bridge. When that side is down, refuses the sign-in or has no calls left,
 * the whole queue waits here instead of every order failing by itself (design, Orders 5). Says so once
 * when it closes and once when it opens again.
 */
export function createGate(side: 'store' | 'org', deps: GateDeps) {
  let link: Link = { state: 'connecting' };
  let tries = 0;
  /** The wait that was chosen when the gate closed. */
  let chosenMs = 0;
  /** Closed because writes went unanswered: that questions are answered does not open it. */
  let forWrites = false;

  const set = (next: Link) => {
    link = next;
    deps.announcer.linkChanged(side, next);
  };

  /** Milliseconds until the next try is allowed: 0 when open, Infinity when a person must act first. */
  function waitMs(): number {
    if (link.state !== 'down') return 0;
    if (link.nextTryAt === null) return Number.POSITIVE_INFINITY;
    const now = deps.clock.now();
    // A clock that is set back by hours must not keep the queue waiting for hours: the wait begins anew.
    if (link.nextTryAt - now > chosenMs) set({ ...link, nextTryAt: now + chosenMs });
    return Math.min(chosenMs, Math.max(0, link.nextTryAt - now));
  }

  const gate = {
    link: (): Link => link,

    waitMs,

    /** The other side has answered. */
    async opened(): Promise<void> {
      tries = 0;
      if (link.state === 'up') return;
      const wasDown = link.state === 'down';
      set({ state: 'up', since: deps.clock.now() });
      if (wasDown) await record(deps, `${side}.up`, null);
    },

    async closed(problem: Problem, retryAfterMs?: number): Promise<void> {
      forWrites = false;
      const now = deps.clock.now();
      // Several calls are on their way at a time. What they come back with is one trouble, and the longest
      // of their waits holds.
      const left = waitMs();
      if (left === 0) tries += 1;
      const wait = retryAfterMs ?? waitFor(problem, tries, deps.random);
      if (left > 0 && (wait ?? Number.POSITIVE_INFINITY) <= left) return;
      chosenMs = wait ?? 0;
      const first = link.state !== 'down' || link.problem.code !== problem.code;
      const since = link.state === 'down' ? link.since : now;
      set({ state: 'down', since, problem, nextTryAt: wait === null ? null : now + wait });
      if (first) await record(deps, `${side}.down`, problem);
    },

    /** The same, unless the program itself called the question off: that says nothing about the other side. */
    async closedUnless(signal: AbortSignal, problem: Problem): Promise<null> {
      if (!signal.aborted) await gate.closed(problem);
      return null;
    },

    /** Writes have gone unanswered: only one that is answered opens the gate again. */
    async closedForWrites(problem: Problem): Promise<void> {
      await gate.closed(problem);
      forWrites = true;
    },
    doubtsWrites: (): boolean => link.state === 'down' && forWrites,

    /** The program itself is in trouble (a full disk): shown, and not written anywhere. */
    broken(problem: Problem, forMs: number): void {
      const now = deps.clock.now();
      const since = link.state === 'down' ? link.since : now;
      chosenMs = forMs;
      set({ state: 'down', since, problem, nextTryAt: now + forMs });
    },

    /** A person, new settings or a returning network ask for a try now. */
    tryNow(): void {
      tries = 0;
      if (link.state === 'down') set({ ...link, nextTryAt: deps.clock.now() });
    },

    off(): void {
      tries = 0;
      set({ state: 'off' });
    },
  };
  return gate;
}

export type Gate = ReturnType<typeof createGate>;

function waitFor(problem: Problem, tries: number, random: Random): number | null {
  switch (problem.class) {
    case 'signIn':
      return null;
    case 'quota':
      return backoff(tries, quotaWaits(problem.code), random);
    case 'transient':
      return backoff(tries, waits.transient, random);
    case 'setup':
    case 'data':
      return backoff(tries, waits.setup, random);
  }
}

function quotaWaits(code: Problem['code']) {
  if (code === 'org.dailyLimit') return waits.quota;
  return code === 'org.signInRate' ? waits.signInRate : waits.concurrent;
}

async function record(deps: GateDeps, event: LogEvent, problem: Problem | null): Promise<void> {
  await deps.journal.record({
    at: deps.clock.now(),
    level: problem === null ? 'info' : 'error',
    event,
    params: {},
    problem,
    orderId: null,
  });
}

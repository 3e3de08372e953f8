import type { ScheduleMatter } from '../catalog/scheduleHealth';
import type { FailedOrder, Outage, Situation } from './ports';

/** What one mail tells. */
export type Digest =
  | {
      kind: 'trouble';
      orders: FailedOrder[];
      /** All orders it stands for; the list may be shorter. */
      orderCount: number;
      /** All orders that need a person now, those of earlier mails among them. */
      failedCount: number;
      outages: Outage[];
      /** What updates of stock and prices by schedule need a person for. */
      schedule: ScheduleMatter | null;
    }
  | { kind: 'allWell' };

export interface Decision {
  digest: Digest | null;
  /** When to look again even if nothing happens; null: no need. */
  nextAt: number | null;
}

export interface DigestRules {
  /** After the first mail, failures within this time are told together. */
  gatherMs: number;
  /** A side that is down this long is told. */
  downMs: number;
}

/** Failures of one batch come within moments of each other: the first mail waits this long for the rest. */
const settleMs = 2_000;
/** With so many mails unsent no further ones are written: what there is to tell is told when they are out. */
const mostWaiting = 3;

/**
 * Decides what the administrator is told now. Pure. The first failure is told at once, later ones gathered;
 * a refused sign-in at once, since nothing moves until a person acts; a side that is down when it has been
 * for some time; updates by schedule that need a person; and that all is well when nothing does any more and both sides
 * answer.
 */
export function decide(situation: Situation, rules: DigestRules, now: number): Decision {
  if (situation.waitingMails >= mostWaiting) return { digest: null, nextAt: null };
  const times = [
    ordersDueAt(situation, rules, now),
    ...situation.outages.map((one) => outageDueAt(one, rules)),
    scheduleDueAt(situation, rules, now),
  ];
  const due = times.filter((at): at is number => at !== null);
  if (due.some((at) => at <= now)) return { digest: trouble(situation, rules, now), nextAt: null };
  if (isOver(situation)) return { digest: { kind: 'allWell' }, nextAt: null };
  return { digest: null, nextAt: due.length === 0 ? null : Math.min(...due) };
}

function ordersDueAt(situation: Situation, rules: DigestRules, now: number): number | null {
  const [oldest] = situation.untold;
  if (oldest === undefined) return null;
  // What lies in the future is from before the clock was set back: no reason to wait for it.
  const settled = oldest.since > now ? now : oldest.since + settleMs;
  return Math.max(settled, gatheredUntil(situation, rules, now));
}

function scheduleDueAt(situation: Situation, rules: DigestRules, now: number): number | null {
  if (situation.schedule === null || situation.schedule.told) return null;
  return Math.max(now, gatheredUntil(situation, rules, now));
}

/** While trouble lasts, what is new is told together, so long after the last mail. */
function gatheredUntil({ open, lastMailAt }: Situation, rules: DigestRules, now: number): number {
  return !open || lastMailAt === null || lastMailAt > now ? 0 : lastMailAt + rules.gatherMs;
}

/** Null when it has been told. A sign-in refused in the middle of an outage is news. */
function outageDueAt({ since, problem, told }: Outage, rules: DigestRules): number | null {
  if (problem.class === 'signIn') return told === problem.code ? null : since;
  return told === null ? since + rules.downMs : null;
}

/** A mail that goes out anyway tells all there is, except outages that may be over in a moment. */
function trouble(situation: Situation, rules: DigestRules, now: number): Digest {
  const outages = situation.outages.filter((one) => {
    const dueAt = outageDueAt(one, rules);
    return dueAt === null || dueAt <= now;
  });
  return {
    kind: 'trouble',
    orders: situation.untold,
    orderCount: situation.untoldCount,
    failedCount: situation.failedCount,
    outages,
    schedule: situation.schedule === null || situation.schedule.told ? null : situation.schedule.matter,
  };
}

function isOver({ open, failedCount, openCount, outages, linksUp, scheduleWell }: Situation): boolean {
  return open && linksUp && scheduleWell && failedCount === 0 && openCount === 0 && outages.length === 0;
}

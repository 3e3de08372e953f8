import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../../contract/decimal';
import { type ProblemCode, problem } from '../../../../contract/problem';
import { decide } from '../../../../main/engine/alerts/digest';
import type { FailedOrder, Outage, Situation } from '../../../../main/engine/alerts/ports';
import type { ScheduleMatter } from '../../../../main/engine/catalog/scheduleHealth';

const minute = 60_000;
const rules = { gatherMs: 15 * minute, downMs: 10 * minute };
const now = 1_800_000_000_000;

const calm: Situation = {
  untold: [],
  untoldCount: 0,
  failedCount: 0,
  openCount: 0,
  outages: [],
  schedule: null,
  scheduleWell: true,
  linksUp: true,
  open: false,
  lastMailAt: null,
  waitingMails: 0,
};

const failedOrder = (since: number): FailedOrder => ({
  id: 1,
  number: '1001',
  buyerName: 'Ana',
  total: decimalSchema.parse('10.00'),
  currency: 'ARS',
  problems: [problem('order.taxIdMissing')],
  since,
});
const failing = (since: number): Partial<Situation> => ({
  untold: [failedOrder(since)],
  untoldCount: 1,
  failedCount: 1,
});
const outage = (code: ProblemCode, since: number, told: ProblemCode | null = null): Outage => ({
  side: 'org',
  since,
  problem: problem(code),
  told,
});

describe('the first failure', () => {
  it('is told as soon as its neighbours have had a moment to join it', () => {
    const situation = { ...calm, ...failing(now) };
    expect(decide(situation, rules, now)).toEqual({ digest: null, nextAt: now + 2_000 });
    expect(decide(situation, rules, now + 2_000).digest).toMatchObject({ kind: 'trouble', orderCount: 1 });
  });

  it('is told at once again after all was well', () => {
    const situation = { ...calm, ...failing(now - 5_000), lastMailAt: now - 10_000 };
    expect(decide(situation, rules, now).digest).not.toBeNull();
  });

  it('does not wait for a clock that has been set back', () => {
    const situation = { ...calm, ...failing(now + 3_600_000), open: true, lastMailAt: now + 3_600_000 };
    expect(decide(situation, rules, now).digest).not.toBeNull();
  });
});

describe('further failures', () => {
  it('are gathered from the last mail on', () => {
    const situation = { ...calm, ...failing(now - 5 * minute), open: true, lastMailAt: now - 10 * minute };
    expect(decide(situation, rules, now)).toEqual({ digest: null, nextAt: now + 5 * minute });
    expect(decide(situation, rules, now + 5 * minute).digest).toMatchObject({ orderCount: 1 });
  });

  it('wait while mails pile up before a server that is away', () => {
    const situation = { ...calm, ...failing(now - minute), waitingMails: 3 };
    expect(decide(situation, rules, now)).toEqual({ digest: null, nextAt: null });
  });
});

describe('a side that is down', () => {
  it('is told when it has been for so long, and once', () => {
    const since = now - 9 * minute;
    const down = { ...calm, linksUp: false, outages: [outage('org.unreachable', since)] };
    expect(decide(down, rules, now)).toEqual({ digest: null, nextAt: since + rules.downMs });
    expect(decide(down, rules, since + rules.downMs).digest).toMatchObject({ outages: [{ side: 'org' }] });
    const told = { ...down, open: true, outages: [outage('org.unreachable', since, 'org.unreachable')] };
    expect(decide(told, rules, now + 60 * minute)).toEqual({ digest: null, nextAt: null });
  });

  it('is told at once when the sign-in is refused, in the middle of another outage too', () => {
    const fresh = { ...calm, linksUp: false, outages: [outage('org.wrongCredentials', now)] };
    expect(decide(fresh, rules, now).digest).toMatchObject({ kind: 'trouble' });
    const later = { ...fresh, outages: [outage('org.wrongCredentials', now, 'org.unreachable')], open: true };
    expect(decide(later, rules, now).digest).toMatchObject({ kind: 'trouble' });
  });

  it('is left out of a mail about orders while it may still be over in a moment', () => {
    const both = {
      ...calm,
      ...failing(now - minute),
      linksUp: false,
      outages: [outage('org.timeout', now - minute)],
    };
    expect(decide(both, rules, now).digest).toMatchObject({ orderCount: 1, outages: [] });
  });
});

describe('an update by schedule that needs a person', () => {
  const matter = { kind: 'failed', part: 'both', problem: problem('store.unreachable') } as const;
  const troubled = { ...calm, schedule: { matter, told: false }, scheduleWell: false };

  it('is told at once, and not again', () => {
    expect(decide(troubled, rules, now).digest).toMatchObject({ kind: 'trouble', schedule: matter });
    const told = { ...troubled, schedule: { matter, told: true }, open: true };
    expect(decide(told, rules, now + 60 * minute)).toEqual({ digest: null, nextAt: null });
  });

  it('waits to be told with other things while there was a mail not long ago', () => {
    const open = { ...troubled, open: true, lastMailAt: now - 5 * minute };
    expect(decide(open, rules, now)).toEqual({ digest: null, nextAt: now + 10 * minute });
    const withOrder = decide({ ...open, ...failing(now) }, rules, now + 10 * minute);
    expect(withOrder.digest).toMatchObject({ orderCount: 1, schedule: matter });
  });
});

describe('all is well', () => {
  it('is told once nothing that was told is left', () => {
    expect(decide({ ...calm, open: true }, rules, now).digest).toEqual({ kind: 'allWell' });
    expect(decide(calm, rules, now)).toEqual({ digest: null, nextAt: null });
  });

  it.each([
    ['an order that is on its way again', { openCount: 1 }],
    ['an order that failed', { failedCount: 1, openCount: 1 }],
    ['updates by schedule that are not known to go well', { scheduleWell: false }],
    ['a side that is still connecting', { linksUp: false }],
    ['a side that is down', { linksUp: false, outages: [outage('org.timeout', now, 'org.timeout')] }],
  ])('is not told over %s', (_what, changes: Partial<Situation>) => {
    expect(decide({ ...calm, open: true, ...changes }, rules, now).digest).toBeNull();
  });
});

const instants = fc.integer({ min: now - 40 * minute, max: now + 40 * minute });
const outages = fc.record({
  side: fc.constantFrom('store' as const, 'org' as const),
  since: instants,
  problem: fc.constantFrom(
    problem('org.unreachable'),
    problem('org.wrongCredentials'),
    problem('org.dailyLimit'),
  ),
  told: fc.constantFrom(null, 'org.unreachable' as const, 'org.wrongCredentials' as const),
});
const situations: fc.Arbitrary<Situation> = fc
  .record({
    untold: fc.array(instants.map(failedOrder), { maxLength: 3 }),
    more: fc.nat(3),
    openCount: fc.nat(3),
    outages: fc.uniqueArray(outages, { selector: (one) => one.side, maxLength: 2 }),
    schedule: fc.option(
      fc.record({
        matter: fc.constantFrom<ScheduleMatter>(
          { kind: 'blocked', part: 'both' },
          { kind: 'refused', part: 'both', count: 2 },
        ),
        told: fc.boolean(),
      }),
    ),
    open: fc.boolean(),
    lastMailAt: fc.option(instants),
    waitingMails: fc.nat(4),
  })
  .map(({ untold, more, ...rest }) => ({
    ...rest,
    untold,
    untoldCount: untold.length,
    failedCount: untold.length + more,
    linksUp: rest.outages.length === 0,
    scheduleWell: rest.schedule === null,
  }));

describe('whatever the situation', () => {
  it('a moment that is named for another look brings a mail, or a later moment', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        let at = now;
        for (let looks = 0; looks < 6; looks += 1) {
          const { digest, nextAt } = decide(situation, rules, at);
          if (digest !== null || nextAt === null) return;
          expect(nextAt).toBeGreaterThan(at);
          at = nextAt;
        }
        expect.fail('never came to a mail');
      }),
    );
  });

  it('a failed order nobody was told of is never forgotten, nor "all is well" said over it', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { digest, nextAt } = decide(situation, rules, now);
        if (situation.failedCount > 0 || situation.schedule !== null)
          expect(digest?.kind).not.toBe('allWell');
        if (situation.schedule?.told === false && situation.waitingMails < 3)
          expect(digest?.kind === 'trouble' || nextAt !== null).toBe(true);
        if (digest?.kind === 'trouble')
          expect(digest.schedule).toEqual(
            situation.schedule?.told === false ? situation.schedule.matter : null,
          );
        if (situation.untoldCount > 0 && situation.waitingMails < 3)
          expect(digest?.kind === 'trouble' || nextAt !== null).toBe(true);
        if (digest?.kind === 'trouble') expect(digest.orderCount).toBe(situation.untoldCount);
      }),
    );
  });
});

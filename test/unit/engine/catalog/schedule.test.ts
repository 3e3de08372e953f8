import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run, RunState } from '../../../../contract/catalog';
import { catalogScheduleSchema, scheduleMinutes } from '../../../../contract/catalogRules';
import { problem } from '../../../../contract/problem';
import { obstacleOf, retryAt, turnAt } from '../../../../main/engine/catalog/schedule';
import { healthOf } from '../../../../main/engine/catalog/scheduleHealth';
import { someRun } from '../../../support/runs';

const minute = 60_000;
const hour = 60 * minute;
const now = 500_000 * hour;
const schedule = (changes: object = {}) => catalogScheduleSchema.parse({ on: true, ...changes });
const counts = { applied: 2, refused: 0, left: 3 };

describe('a turn', () => {
  it('is due until its slot is used up, and comes with the next one then', () => {
    expect(turnAt(now + 5, schedule(), new Set())).toEqual({ kind: 'due', startsAt: now });
    expect(turnAt(now + 5, schedule(), new Set([now]))).toEqual({ kind: 'wait', until: now + hour });
    expect(turnAt(now + 5, schedule({ on: false }), new Set())).toEqual({ kind: 'off' });
  });

  it('passes over slots that were used up before the clock was set back', () => {
    const taken = new Set([now, now + hour, now + 3 * hour]);
    expect(turnAt(now + 5, schedule(), taken)).toEqual({ kind: 'wait', until: now + 2 * hour });
  });

  it('falls on the same hours every day, whatever the interval', () => {
    for (const everyMinutes of scheduleMinutes) {
      const turn = turnAt(now + 7 * minute, schedule({ everyMinutes }), new Set([]));
      if (turn.kind !== 'due') expect.fail(turn.kind);
      const step = everyMinutes * minute;
      expect((turn.startsAt % (24 * hour)) % step).toBe(0);
      expect((24 * hour) % step).toBe(0);
    }
  });

  it('comes once a slot and never stays away, wherever the clock jumps', () => {
    const jumps = fc.oneof(
      fc.integer({ min: 0, max: 2 * hour }),
      fc.integer({ min: -30 * hour, max: 30 * hour }),
      fc.constantFrom(0, 1, -1, hour, -hour, 365 * 24 * hour, -365 * 24 * hour),
    );
    fc.assert(
      fc.property(fc.constantFrom(...scheduleMinutes), fc.array(jumps, { maxLength: 80 }), (every, steps) => {
        const taken = new Set<number>();
        let at = now;
        for (const step of steps) {
          at += step;
          const turn = turnAt(at, schedule({ everyMinutes: every }), taken);
          if (turn.kind === 'due') {
            expect(taken.has(turn.startsAt)).toBe(false);
            expect(at - turn.startsAt).toBeGreaterThanOrEqual(0);
            expect(at - turn.startsAt).toBeLessThan(every * minute);
            taken.add(turn.startsAt);
          } else if (turn.kind === 'wait') {
            expect(turn.until).toBeGreaterThan(at);
            // When that moment comes it is due, and no slot before it is free.
            expect(turnAt(turn.until, schedule({ everyMinutes: every }), taken).kind).toBe('due');
            for (let slot = turn.until - every * minute; slot > at - every * minute; slot -= every * minute)
              expect(taken.has(slot)).toBe(true);
          } else expect.fail(turn.kind);
        }
      }),
    );
  });
});

describe('what stands in the way', () => {
  const at = (status: RunState, changes: Partial<Run> = {}) =>
    obstacleOf(someRun({ status, startedAt: now, ...changes }), now + minute);

  it.each([
    ['a run that is being written', { state: 'comparing', compared: 0, total: 0 }, {}, 'atWork'],
    ['a plan of just now', { state: 'planned', stops: [] }, {}, 'plan'],
    [
      'a plan by schedule of just now, which somebody may look at',
      { state: 'planned', stops: [] },
      { trigger: 'schedule' },
      'plan',
    ],
    ['a forgotten plan', { state: 'planned', stops: [] }, { startedAt: now - 2 * hour }, null],
    [
      'a plan from a time when the clock was wrong',
      { state: 'planned', stops: [] },
      { startedAt: now + 9 * hour },
      null,
    ],
    ['a pause', { state: 'paused', ...counts, problem: null }, { trigger: 'schedule' }, 'paused'],
    ['a halt by hand', { state: 'paused', ...counts, problem: problem('store.tokenRefused') }, {}, 'paused'],
    [
      'a halt by schedule',
      { state: 'paused', ...counts, problem: problem('store.tokenRefused') },
      { trigger: 'schedule' },
      null,
    ],
    ['a run that is over', { state: 'done', ...counts }, {}, null],
  ] as const satisfies [string, RunState, Partial<Run>, unknown][])(
    '%s',
    (_what, status, changes, expected) => {
      expect(at(status, changes)).toBe(expected);
    },
  );
});

describe('a reading that failed', () => {
  const slot = { startsAt: now, everyMinutes: 60 };
  it('is made again after longer and longer waits, a few times', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((tries) => retryAt(problem('store.unreachable'), tries, now, slot));
    expect(waits.map((at) => at && (at - now) / minute)).toEqual([1, 2, 4, 8, 15, null]);
  });

  it('is not made again after its slot, nor for what a person must mend', () => {
    expect(retryAt(problem('store.unreachable'), 5, now + 46 * minute, slot)).toBeNull();
    expect(retryAt(problem('store.tokenRefused'), 1, now, slot)).toBeNull();
    expect(retryAt(problem('org.warehouseMissing'), 1, now, slot)).toBeNull();
  });
});

describe('how the schedule is', () => {
  const of = (status: RunState, trigger: Run['trigger'] = 'schedule') =>
    healthOf(someRun({ status, trigger }));
  it('needs a person for what a person can see on the screen of the run', () => {
    expect(of({ state: 'planned', stops: [{ code: 'toZero', params: {} }] })).toMatchObject({
      matter: { kind: 'stopped' },
    });
    expect(of({ state: 'planned', stops: [] })).toMatchObject({ matter: { kind: 'planned' } });
    expect(of({ state: 'failed', problem: problem('org.timeout') })).toMatchObject({
      matter: { kind: 'failed', problem: { code: 'org.timeout' } },
    });
    expect(of({ state: 'paused', ...counts, problem: problem('store.tokenRefused') })).toMatchObject({
      matter: { kind: 'held', count: 3 },
    });
    expect(of({ state: 'done', ...counts, refused: 4 })).toMatchObject({
      matter: { kind: 'refused', count: 4 },
    });
  });

  it('says what the update was to write', () => {
    const choice = { warehouse: '', companies: [], part: 'prices', reading: 'auto' } as const;
    const failure = { state: 'failed', problem: problem('org.timeout') } as const;
    expect(
      healthOf(someRun({ status: failure, trigger: 'schedule', choice: { ...choice, companies: [] } })),
    ).toMatchObject({ matter: { kind: 'failed', part: 'prices' } });
  });

  it('is well where all was written, or a person has decided, or has begun it', () => {
    expect(of({ state: 'done', ...counts })).toEqual({ state: 'well' });
    expect(of({ state: 'cancelled', ...counts })).toEqual({ state: 'well' });
    expect(of({ state: 'paused', ...counts, problem: null })).toEqual({ state: 'well' });
    expect(of({ state: 'failed', problem: problem('org.timeout') }, 'person')).toEqual({ state: 'well' });
    expect(healthOf(null)).toEqual({ state: 'well' });
  });

  it('is open while an update is at work', () => {
    expect(of({ state: 'comparing', compared: 1, total: 2 })).toEqual({ state: 'open' });
  });
});

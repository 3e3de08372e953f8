import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../contract/catalog';
import { catalogRulesSchema, scheduleMinutes, type UpdatePart } from '../../../../contract/catalogRules';
import { failed, ok, problem } from '../../../../contract/problem';
import type { LogEntry } from '../../../../contract/status';
import { createScheduler } from '../../../../main/engine/catalog/scheduler';
import { openCatalogDatabase } from '../../../../main/storage/catalog/database';
import { createSlotBook } from '../../../../main/storage/catalog/slots';
import { someRun } from '../../../support/runs';
import { createVirtualClock } from '../../../support/virtualClock';

/*
 * The schedule on its real memory, over a clock that goes where it likes, with a program that ends and begins anew at any
 * moment and people who are at work now and then.
 */

const minute = 60_000;
const hour = 60 * minute;

type Every = (typeof scheduleMinutes)[number];
type Step =
  | { do: 'wait'; ms: number }
  | { do: 'setClock'; ms: number }
  | { do: 'restart' }
  | { do: 'interval'; every: Every }
  | { do: 'part'; part: UpdatePart }
  | { do: 'person'; at: boolean };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3 * hour) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('setClock' as const),
      ms: fc.oneof(
        fc.integer({ min: -26 * hour, max: 26 * hour }),
        fc.constantFrom(-1, -minute, 400 * 24 * hour),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'restart' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('interval' as const),
      every: fc.constantFrom(...scheduleMinutes),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('person' as const), at: fc.boolean() }) },
);

async function live(script: readonly Step[]) {
  const clock = createVirtualClock(500_000 * hour + 7 * minute);
  const errors: unknown[] = [];
  const report = (error: unknown) => void errors.push(error);
  const database = openCatalogDatabase(':memory:', report);
  const slots = createSlotBook(database);
  const begun: { at: number; every: Every; part: UpdatePart }[] = [];
  const told: LogEntry['params'][] = [];
  let every: Every = 60;
  let part: UpdatePart = 'both';
  let current: Run | null = null;

  const start = () => {
    const scheduler = createScheduler({
      slots,
      clock,
      runs: { get: async () => null },
      rules: () => catalogRulesSchema.parse({ schedule: { on: true, everyMinutes: every, part } }),
      journal: {
        async record({ event, params }) {
          if (event === 'schedule.on') told.push(params);
        },
      },
      choice: () => ({ warehouse: '', companies: [] }),
      changed: () => undefined,
      healthChanged: () => undefined,
      report,
      updates: {
        current: () => current,
        async begin(choice) {
          if (current !== null) return failed(problem('catalog.busy'));
          begun.push({ at: clock.now(), every, part: choice.part });
          return ok(someRun({ id: begun.length, trigger: 'schedule' }));
        },
        atRest: async () => undefined,
        stop: async () => undefined,
        drop: async () => undefined,
        cancel: async () => ok(undefined),
      },
    });
    scheduler.start();
    return scheduler;
  };

  /** Lets time pass, in the steps in which somebody wakes up. */
  async function wait(ms: number): Promise<void> {
    let over = false;
    void clock.sleep(ms, new AbortController().signal).then(() => {
      over = true;
    });
    while (!over) await clock.advance();
  }

  let scheduler = start();
  await wait(1);
  for (const step of script) {
    if (step.do === 'wait') await wait(step.ms);
    if (step.do === 'setClock') clock.pass(step.ms);
    if (step.do === 'restart') {
      await scheduler.stop();
      scheduler = start();
    }
    if (step.do === 'interval') every = step.every;
    if (step.do === 'part') part = step.part;
    if (step.do === 'interval' || step.do === 'part') scheduler.wake();
    if (step.do === 'person')
      current = step.at ? someRun({ status: { state: 'comparing', compared: 0, total: 1 } }) : null;
    await wait(1);
  }
  current = null;
  const before = begun.length;
  // The last of all slots that were used up may lie ahead of a clock that was set back.
  await scheduler.stop();
  clock.pass(800 * 24 * hour);
  scheduler = start();
  await wait(every * minute);
  await scheduler.stop();
  await database.close();
  expect(errors).toEqual([]);
  return { begun, told, after: begun.length - before };
}

describe('the scheduler', () => {
  it('begins one update a slot at the most and never stops, whatever happens to clock and program', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (script) => {
        const { begun, after } = await live(script);
        const starts = begun.map(({ at, every }) => Math.floor(at / (every * minute)) * every * minute);
        expect(new Set(starts).size).toBe(starts.length);
        expect(after).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('writes what the settings ask for at that moment', async () => {
    const { begun } = await live([
      { do: 'wait', ms: hour },
      { do: 'part', part: 'stock' },
      { do: 'wait', ms: hour },
      { do: 'part', part: 'prices' },
      { do: 'wait', ms: hour },
    ]);
    expect(begun.slice(0, 3).map(({ part }) => part)).toEqual(['both', 'stock', 'prices']);
  });

  it('tells once that it writes something else, and begins no slot anew for it', async () => {
    const { begun, told } = await live([
      { do: 'wait', ms: hour },
      { do: 'part', part: 'stock' },
      { do: 'part', part: 'stock' },
      { do: 'restart' },
      { do: 'wait', ms: 20 * minute },
    ]);
    expect(told).toEqual([
      { count: 24, part: 'both' },
      { count: 24, part: 'stock' },
    ]);
    expect(begun[0]).toMatchObject({ part: 'both' });
    expect(begun.filter(({ at }) => at < 500_002 * hour)).toHaveLength(1);
  });

  it('begins no update in the slot in which it is switched on', async () => {
    const { begun } = await live([
      { do: 'wait', ms: 52 * minute },
      { do: 'interval', every: 15 },
      { do: 'interval', every: 60 },
    ]);
    expect(begun[0]?.at).toBeGreaterThan(500_001 * hour);
  });
});

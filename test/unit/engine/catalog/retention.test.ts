import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../contract/catalog';
import { catalogRulesSchema } from '../../../../contract/catalogRules';
import { decimalSchema } from '../../../../contract/decimal';
import type { LogEntry } from '../../../../contract/status';
import { createRetention, outlived, type RunTrace } from '../../../../main/engine/catalog/retention';
import { createTurn } from '../../../../main/engine/catalog/turn';
import { openCatalogDatabase } from '../../../../main/storage/catalog/database';
import { createRunBook } from '../../../../main/storage/catalog/runs';
import { someRun } from '../../../support/runs';
import { createVirtualClock } from '../../../support/virtualClock';

const day = 24 * 60 * 60 * 1000;
const done = { state: 'done', applied: 1, refused: 0, left: 0 } as const;

const trace: fc.Arbitrary<Omit<RunTrace, 'id' | 'of'> & { back: number }> = fc.record({
  kind: fc.constantFrom('all', 'product', 'undo', 'retry'),
  trigger: fc.constantFrom('person', 'schedule'),
  undoneBy: fc.constantFrom(null, 7),
  state: fc.constantFrom('planned', 'applying', 'paused', 'saved', 'done', 'cancelled', 'failed'),
  at: fc.integer({ min: 0, max: 100 }),
  written: fc.nat(2),
  /** How many runs before this one the run stands that it goes back to; 0: to none. */
  back: fc.nat(6),
});
/** As the history gives them: the newest first, each going back to an older one or to none. */
const history = fc.array(trace, { maxLength: 60 }).map((made) =>
  made
    .map(({ back, ...some }, index): RunTrace => {
      const of = back === 0 || back > index ? null : index + 1 - back;
      return { ...some, id: index + 1, of };
    })
    .reverse(),
);

describe('runs that leave the history', () => {
  it('are old and over, and nothing that stays goes back to one', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 101 }), (traces, before) => {
        const gone = new Set(outlived(traces, before));
        const kept = traces.filter(({ id }) => !gone.has(id));
        for (const { id, at, state } of traces)
          if (gone.has(id)) {
            expect(at).toBeLessThan(before);
            expect(['done', 'cancelled', 'failed', 'saved']).toContain(state);
          }
        for (const { of } of kept) if (of !== null) expect(gone).not.toContain(of);
        const undoable = ({ undoneBy, written, state }: RunTrace) =>
          undoneBy === null && written > 0 && (state === 'done' || state === 'cancelled');
        expect(kept.filter(undoable).slice(0, 10)).toEqual(traces.filter(undoable).slice(0, 10));
        const large = ({ kind }: RunTrace) => kind !== 'product';
        expect(kept.find(large)).toEqual(traces.find(large));
        const bySchedule = (run: RunTrace) => large(run) && run.trigger === 'schedule';
        expect(kept.find(bySchedule)).toEqual(traces.find(bySchedule));
      }),
    );
  });

  it('are all that are too old where nothing keeps them', () => {
    const plain = { kind: 'all', trigger: 'person', of: null, state: 'failed', written: 0 } as const;
    const traces = [5, 4, 3, 2, 1].map((id) => ({ ...plain, id, undoneBy: null, at: id }));
    expect(outlived(traces, 4)).toEqual([3, 2, 1]);
    expect(outlived(traces, 100)).toEqual([4, 3, 2, 1]);
  });

  it('are not the one that an undo went back to, nor those below it', () => {
    const plain = { kind: 'all', trigger: 'person', state: 'done', written: 0, undoneBy: null } as const;
    const traces: RunTrace[] = [
      { ...plain, id: 5, of: null, at: 9 },
      { ...plain, id: 4, of: 3, kind: 'undo', at: 9 },
      { ...plain, id: 3, of: 1, kind: 'retry', at: 1, undoneBy: 4 },
      { ...plain, id: 2, of: null, at: 1 },
      { ...plain, id: 1, of: null, at: 1 },
    ];
    expect(outlived(traces, 5)).toEqual([2]);
  });
});

function keeper(keepDays: number) {
  const clock = createVirtualClock();
  const errors: unknown[] = [];
  const log: Omit<LogEntry, 'id'>[] = [];
  const report = (error: unknown) => void errors.push(error);
  const runs = createRunBook(openCatalogDatabase(':memory:', report));
  const turn = createTurn();
  let days = keepDays;
  let broken = false;
  const retention = createRetention({
    runs: {
      ...runs,
      traces() {
        if (broken) throw new Error('the disk is full');
        return runs.traces();
      },
    },
    rules: () => catalogRulesSchema.parse({ history: { keepDays: days } }),
    turn,
    clock,
    journal: { record: async (entry) => void log.push(entry) },
    changed: () => undefined,
    report,
  });
  /** Adds an update of one product that ended so many days ago. */
  async function add(daysAgo: number, changes: Partial<Run> = {}): Promise<number> {
    const startedAt = clock.now() - daysAgo * day;
    const begun = someRun({ status: done, startedAt, finishedAt: startedAt, undoneBy: 1, ...changes });
    const id = await runs.create(begun);
    const stock = { old: null, new: decimalSchema.parse('1') };
    await runs.addRows(id, [{ sku: 'A', name: '', stock, price: null, lists: [], state: 'pending' }]);
    return id;
  }
  return {
    ...{ clock, runs, turn, retention, log, errors, add },
    keep: (next: number) => {
      days = next;
    },
    breakDown: (now: boolean) => {
      broken = now;
    },
    ids: async () => (await runs.list(0, 100)).runs.map(({ id }) => id),
  };
}

describe('the history is tidied up', () => {
  it('at start and once a day, by the days of that moment, and the log tells', async () => {
    const { clock, retention, log, add, ids, keep } = keeper(30);
    const [old, middle, fresh] = [await add(31), await add(20), await add(1)];
    retention.start();
    await clock.advance();
    expect(await ids()).toEqual([fresh, middle]);
    expect(log).toMatchObject([{ event: 'catalog.forgotten', params: { count: 1, days: 30 } }]);
    expect(old).toBe(1);
    keep(7);
    for (let hour = 0; hour < 22; hour += 1) await clock.advance();
    expect(await ids()).toEqual([fresh, middle]);
    for (let hour = 0; hour < 3; hour += 1) await clock.advance();
    expect(await ids()).toEqual([fresh]);
    await retention.stop();
    expect(log).toHaveLength(2);
  });

  it('waits while something is at work', async () => {
    const { clock, retention, turn, add, ids } = keeper(30);
    const [old, fresh] = [await add(31), await add(1)];
    turn.take();
    retention.start();
    await clock.advance();
    await clock.advance();
    expect(await ids()).toEqual([fresh, old]);
    turn.giveBack();
    await clock.advance();
    await clock.advance();
    expect(await ids()).toEqual([fresh]);
    expect(turn.isTaken()).toBe(false);
    await retention.stop();
  });

  it('is tried again an hour later where it went wrong', async () => {
    const { clock, retention, errors, add, ids, breakDown } = keeper(30);
    const [old, fresh] = [await add(31), await add(1)];
    breakDown(true);
    retention.start();
    await clock.advance();
    expect(await ids()).toEqual([fresh, old]);
    breakDown(false);
    await clock.advance();
    await clock.advance();
    expect(await ids()).toEqual([fresh]);
    await retention.stop();
    expect(errors).not.toEqual([]);
  });

  it('says nothing where nothing is too old', async () => {
    const { clock, retention, log, add, ids } = keeper(30);
    const fresh = await add(1);
    retention.start();
    await clock.advance();
    await retention.stop();
    expect(await ids()).toEqual([fresh]);
    expect(log).toEqual([]);
  });
});

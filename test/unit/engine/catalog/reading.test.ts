import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../contract/catalog';
import { catalogRulesSchema } from '../../../../contract/catalogRules';
import { failed, ok, problem, type Result } from '../../../../contract/problem';
import { readBothSides } from '../../../../main/engine/catalog/reading';
import { createReadingProgress, sourcesOf } from '../../../../main/engine/catalog/readingProgress';
import type { ReadEnd, ReadRequest } from '../../../../main/engine/catalog/readRequest';

const intake = {
  take: async () => undefined,
  setAside: async () => undefined,
  finish: async () => undefined,
};
const end = { rows: 0, mark: null };

/** Both sides; the store's reading goes on until it is called off, and says so. */
function sides(readStock: (scope: unknown, request: ReadRequest<unknown>) => Promise<Result<ReadEnd>>) {
  const told: string[] = [];
  const nothing = async () => ok(end);
  const deps = {
    org: { readProducts: nothing, readPrices: nothing, readStock },
    store: {
      read: ({ signal }: Pick<ReadRequest<unknown>, 'signal'>) =>
        new Promise<Result<ReadEnd>>((resolve) => {
          signal.addEventListener('abort', () => {
            told.push('called off');
            resolve(failed(problem('store.unreachable')));
          });
        }),
      product: async () => ok({ kind: 'none' as const }),
    },
    mirror: {
      stateOf: async () => null,
      intakeProducts: async () => intake,
      intakePrices: async () => intake,
      intakeStock: async () => intake,
      intakeStore: async () => intake,
      unreadableSkus: async () => [],
      noteStore: async () => undefined,
    },
    rules: () => catalogRulesSchema.parse({}),
    clock: { now: () => 0 },
  };
  return { deps, told };
}

describe('what a reading waits for', () => {
  const trouble = problem('org.unavailable');
  function progress() {
    const told: Reading[] = [];
    const made = createReadingProgress(sourcesOf('both'), { now: () => 1_000 }, (reading) =>
      told.push(reading),
    );
    return { ...made, now: () => told.at(-1)?.waiting, told };
  }

  it('is told by the side, the soonest next try of several, and vanishes as soon as rows come', () => {
    const { line, now } = progress();
    const [stock, prices] = [line('stock'), line('prices')];
    stock.waiting({ problem: trouble, forMs: 4_000 });
    prices.waiting({ problem: trouble, forMs: 2_000 });
    expect(now()).toEqual({ org: { problem: trouble, nextTryAt: 3_000 }, store: null });
    line('store').rows(500);
    expect(now()?.org).not.toBeNull();
    line('products').rows(500);
    expect(now()).toEqual({ org: null, store: null });
  });

  it('is over for a reading that goes on, and not for the others', () => {
    const { line, now } = progress();
    const [stock, prices] = [line('stock'), line('prices')];
    stock.waiting({ problem: trouble, forMs: 4_000 });
    prices.waiting({ problem: trouble, forMs: 2_000 });
    prices.waiting(null);
    expect(now()).toEqual({ org: { problem: trouble, nextTryAt: 5_000 }, store: null });
    stock.waiting(null);
    expect(now()).toEqual({ org: null, store: null });
  });

  it('is told before anything is read, by the side whose trouble it is', () => {
    const { waiting, now, told } = progress();
    waiting(null);
    expect(told).toEqual([]);
    const down = problem('store.unavailable');
    waiting({ problem: down, forMs: 1_000 });
    expect(now()).toEqual({ org: null, store: { problem: down, nextTryAt: 2_000 } });
    waiting({ problem: trouble, forMs: 3_000 });
    expect(now()).toEqual({ org: { problem: trouble, nextTryAt: 4_000 }, store: null });
    waiting(null);
    expect(now()).toEqual({ org: null, store: null });
  });
});

describe('reading both sides', () => {
  const scope = {
    warehouse: null,
    companies: [],
    prices: { priceBook: { id: 'b', name: 'Lista' }, lists: [], currency: null },
    stock: { warehouses: null },
    lacks: [],
  };

  it('ends all readings before it tells of what nobody expected', async () => {
    const { deps, told } = sides(() => Promise.reject(new Error('the disk is full')));
    const read = readBothSides(deps, scope, 'both', {
      full: true,
      progress: createReadingProgress(sourcesOf('both'), { now: () => 0 }, () => undefined),
      signal: new AbortController().signal,
    });
    await expect(read).rejects.toThrow('the disk is full');
    expect(told).toEqual(['called off']);
  });

  it('tells nothing more of what a failed reading still waits for', async () => {
    const told: Reading[] = [];
    const late: ReadRequest<unknown>['onWaiting'][] = [];
    const wait = { problem: problem('org.unavailable'), forMs: 4_000 };
    const { deps } = sides(async (_scope, { onWaiting }) => {
      onWaiting(wait);
      late.push(onWaiting);
      return failed(problem('org.badAnswer'));
    });
    const read = await readBothSides(deps, scope, 'both', {
      full: true,
      progress: createReadingProgress(sourcesOf('both'), { now: () => 0 }, (reading) => told.push(reading)),
      signal: new AbortController().signal,
    });
    expect(read).toMatchObject({ ok: false, problem: { code: 'org.badAnswer' } });
    expect(told.some(({ waiting }) => waiting.org !== null)).toBe(true);
    const before = told.length;
    for (const onWaiting of late) {
      onWaiting(null);
      onWaiting(wait);
    }
    expect(late).toHaveLength(1);
    expect(told).toHaveLength(before);
  });
});

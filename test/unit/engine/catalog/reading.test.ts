import { describe, expect, it } from 'vitest';
import { catalogRulesSchema } from '../../../../contract/catalogRules';
import { failed, ok, problem, type Result } from '../../../../contract/problem';
import type { ReadEnd, ReadRequest } from '../../../../main/engine/catalog/ports';
import { readBothSides } from '../../../../main/engine/catalog/reading';

const intake = {
  take: async () => undefined,
  setAside: async () => undefined,
  finish: async () => undefined,
};
const end = { rows: 0, mark: null };

/** Both sides; the store's reading goes on until it is called off, and says so. */
function sides(readStock: () => Promise<never>) {
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

describe('reading both sides', () => {
  it('ends all readings before it tells of what nobody expected', async () => {
    const { deps, told } = sides(() => Promise.reject(new Error('the disk is full')));
    const scope = { warehouse: null, companies: [], stockOf: null, lists: [], currency: null };
    const read = readBothSides(
      deps,
      { ...scope, priceBook: { id: 'b', name: 'Lista' } },
      { full: true, onProgress: () => undefined, signal: new AbortController().signal },
    );
    await expect(read).rejects.toThrow('the disk is full');
    expect(told).toEqual(['called off']);
  });
});

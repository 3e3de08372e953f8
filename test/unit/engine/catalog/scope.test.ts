import { describe, expect, it } from 'vitest';
import { catalogRulesSchema, type UpdatePart } from '../../../../contract/catalogRules';
import { failed, ok, type Problem, problem, type Result } from '../../../../contract/problem';
import type { FoundScope, PriceScope, ScopeWish, StockScope } from '../../../../main/engine/catalog/orgScope';
import { findScope } from '../../../../main/engine/catalog/scope';

const prices: PriceScope = { priceBook: { id: 'b', name: 'Lista' }, lists: [], currency: null };
const stock: StockScope = { warehouses: null };
const noBook = problem('org.priceBookMissing');
const noStock = problem('org.objectMissing');
const down = problem('org.unavailable');

function find(part: UpdatePart | 'either', found: Partial<Pick<FoundScope, 'prices' | 'stock'>>) {
  const scope = { warehouse: null, companies: [], prices: ok(prices), stock: ok(stock), ...found };
  const deps = {
    org: { findScope: async (): Promise<Result<FoundScope>> => ok(scope) },
    store: { currency: async () => ok('ARS'), priceLists: async () => ok([]) },
  };
  const choice = { warehouse: '', companies: [], part };
  return findScope(deps, choice, catalogRulesSchema.parse({}), new AbortController().signal);
}

it('asks both sides at once, and tells the trouble of the store first', async () => {
  const asked: string[] = [];
  const storeDown = problem('store.unreachable');
  const deps = {
    org: {
      findScope: async ({ currency }: ScopeWish): Promise<Result<FoundScope>> => {
        asked.push('org');
        expect(await currency).toEqual(failed(storeDown));
        return failed(down);
      },
    },
    store: {
      currency: async () => {
        await new Promise(setImmediate);
        asked.push('store has answered');
        return failed(storeDown);
      },
      priceLists: async () => ok([]),
    },
  };
  const choice = { warehouse: '', companies: [], part: 'both' as const };
  const rules = catalogRulesSchema.parse({});
  expect(await findScope(deps, choice, rules, new AbortController().signal)).toEqual(failed(storeDown));
  expect(asked).toEqual(['org', 'store has answered']);
});

describe('what an update can go without', () => {
  it.each<[UpdatePart | 'either', Partial<Pick<FoundScope, 'prices' | 'stock'>>, Problem | null]>([
    ['both', { prices: failed(noBook) }, noBook],
    ['both', { stock: failed(noStock) }, noStock],
    ['stock', { prices: failed(noBook) }, null],
    ['stock', { stock: failed(noStock) }, noStock],
    ['prices', { stock: failed(noStock) }, null],
    ['prices', { prices: failed(noBook) }, noBook],
    ['either', { prices: failed(noBook) }, null],
    ['either', { stock: failed(noStock) }, null],
    ['either', { prices: failed(noBook), stock: failed(noStock) }, noBook],
    // Trouble that passes is not of the prices alone: it is waited for.
    ['stock', { prices: failed(down) }, down],
    ['prices', { stock: failed(down) }, down],
  ])('of %s is what it does not ask for (%j)', async (part, found, trouble) => {
    const scope = await find(part, found);
    if (trouble !== null) return expect(scope).toEqual(failed(trouble));
    const lacks = [found.prices, found.stock].flatMap((one) => (one?.ok === false ? [one.problem] : []));
    expect(scope).toMatchObject({
      ok: true,
      value: {
        prices: found.prices === undefined ? prices : null,
        stock: found.stock === undefined ? stock : null,
        lacks,
      },
    });
  });
});

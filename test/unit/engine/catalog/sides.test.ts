import { describe, expect, it } from 'vitest';
import { catalogRulesSchema } from '../../../../contract/catalogRules';
import { type Decimal, decimalSchema } from '../../../../contract/decimal';
import { type BothSides, compare, type StoreProduct } from '../../../../main/engine/catalog/compare';
import { sideRowOf } from '../../../../main/engine/catalog/sides/sideRow';
import { createSidesSummary } from '../../../../main/engine/catalog/sides/sidesSummary';
import { statusOf } from '../../../../main/engine/catalog/sides/status';
import type { OrgProduct, Target } from '../../../../main/engine/catalog/target';
import { createTurn } from '../../../../main/engine/catalog/turn';

const decimal = (text: string): Decimal => decimalSchema.parse(text);
const { match } = catalogRulesSchema.parse({});
const zeroWhatIsMissing = catalogRulesSchema.parse({ match: { missingInOrg: 'zero' } }).match;

const store: StoreProduct = { sku: 'A', name: 'Taza', stock: decimal('5'), price: decimal('10'), lists: {} };
const target: Target = { sku: 'A', stock: decimal('5'), price: decimal('10'), lists: {}, notes: [] };
const sides = (changes: Partial<BothSides> = {}): BothSides => ({
  sku: 'A',
  store,
  target,
  similar: null,
  repeated: false,
  unreadable: [],
  ...changes,
});
const compared = (changes: Partial<BothSides> = {}, rules = match) => {
  const both = sides(changes);
  return { both, comparison: compare(both, { part: 'both', match: rules }) };
};
const statusWith = (changes: Partial<BothSides>, rules = match) => {
  const { both, comparison } = compared(changes, rules);
  return statusOf(both, comparison);
};

describe('the status of a SKU', () => {
  it('tells the values of both sides', () => {
    expect(statusWith({})).toBe('equal');
    expect(statusWith({ target: { ...target, stock: decimal('6') } })).toBe('differs');
    expect(statusWith({ target: { ...target, price: null, notes: ['noPrice'] } })).toBe('equal');
  });

  it('tells a near miss before "only here"', () => {
    expect(statusWith({ target: null })).toBe('storeOnly');
    expect(statusWith({ target: null, similar: 'a' })).toBe('similar');
    expect(statusWith({ store: null })).toBe('orgOnly');
    expect(statusWith({ store: null, similar: 'a' })).toBe('similar');
    expect(statusWith({ target: null }, zeroWhatIsMissing)).toBe('storeOnly');
  });

  it('tells what no update touches', () => {
    const untouched: Target = { ...target, stock: null, price: null, notes: ['excluded'] };
    expect(statusWith({ target: untouched })).toBe('leftAlone');
    expect(statusWith({ target: { ...untouched, lists: { interior: decimal('3') } } })).toBe('differs');
    expect(statusWith({ repeated: true })).toBe('leftAlone');
    expect(statusWith({ repeated: true, target: null })).toBe('storeOnly');
  });

  it('tells what cannot be read, whatever else there is to it', () => {
    expect(statusWith({ unreadable: ['storeStockInvalid'] })).toBe('unreadable');
    expect(statusWith({ unreadable: ['storeStockInvalid'], target: null })).toBe('unreadable');
    expect(statusWith({ unreadable: ['storeStockInvalid'], repeated: true })).toBe('unreadable');
  });
});

describe('the counts of both sides', () => {
  it('count every SKU once, and what an update would change by its kind', () => {
    const summary = createSidesSummary();
    const seen: [Partial<BothSides>, typeof match][] = [
      [{}, match],
      [{ target: { ...target, stock: decimal('0') } }, match],
      [{ target: { ...target, lists: { interior: decimal('3') } } }, match],
      [{ target: null }, zeroWhatIsMissing],
      [{ store: null, similar: 'a' }, match],
      [{ repeated: true }, match],
      [{ target: { ...target, stock: null, price: null, notes: ['duplicateInOrg'] } }, match],
    ];
    for (const [changes, rules] of seen) {
      const { both, comparison } = compared(changes, rules);
      summary.add(both, comparison);
    }
    const counts = summary.get();
    expect(counts).toMatchObject({ inStore: 6, inOrg: 6, differs: 3, stock: 2, price: 1, duplicate: 2 });
    expect(counts.statuses).toEqual({
      equal: 1,
      differs: 2,
      storeOnly: 1,
      orgOnly: 0,
      similar: 1,
      leftAlone: 2,
      unreadable: 0,
    });
    expect(counts.notes).toEqual({
      missingInOrg: 1,
      similarInStore: 1,
      duplicateInStore: 1,
      duplicateInOrg: 1,
    });
  });
});

describe('a row of both sides', () => {
  const product = (changes: Partial<OrgProduct> = {}): OrgProduct => ({
    id: '01t1',
    active: true,
    company: 'San Telmo Bazar',
    price: { price: decimal('12.5'), active: true },
    lists: {},
    stock: [decimal('2'), decimal('3.5')],
    ...changes,
  });
  const orgOf = (products: OrgProduct[], companies: string[] = []) => {
    const { both, comparison } = compared();
    return sideRowOf(both, comparison, products, companies).org;
  };

  it('shows the org’s own values, before any rule', () => {
    expect(orgOf([product()])).toEqual({ products: 1, stock: '5.5', price: '12.5' });
    expect(orgOf([])).toBeNull();
    expect(orgOf([product({ stock: [], price: null })])).toEqual({ products: 1, stock: null, price: null });
  });

  it('shows the products that an update would look at', () => {
    const twin = product({
      id: '01t2',
      price: { price: decimal('13'), active: true },
      stock: [decimal('1')],
    });
    expect(orgOf([product(), twin])).toEqual({ products: 2, stock: '6.5', price: null });
    expect(orgOf([product(), { ...twin, active: false }])).toMatchObject({ products: 1, stock: '5.5' });
    expect(orgOf([product(), { ...twin, company: 'Otra' }], ['Otra'])).toMatchObject({ stock: '1' });
    expect(orgOf([product()], ['Otra'])).toMatchObject({ products: 1, stock: '5.5' });
  });

  it('has a line for each list that either side knows', () => {
    const { both, comparison } = compared({
      store: { ...store, lists: { mayorista: decimal('8') } },
      target: { ...target, lists: { interior: decimal('9') } },
    });
    expect(sideRowOf(both, comparison, [product()], []).lists).toEqual([
      { list: 'interior', store: null, wanted: '9' },
      { list: 'mayorista', store: '8', wanted: null },
    ]);
  });
});

describe('the turn', () => {
  it('is one’s at a time', () => {
    const turn = createTurn();
    turn.take();
    expect(turn.isTaken()).toBe(true);
    expect(() => turn.take()).toThrow('taken');
    turn.giveBack();
    expect(turn.isTaken()).toBe(false);
  });
});

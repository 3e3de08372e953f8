import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../../contract/catalog';
import { catalogRulesSchema } from '../../../../contract/catalogRules';
import { type Decimal, decimalSchema } from '../../../../contract/decimal';
import { type BothSides, compare, type StoreProduct } from '../../../../main/engine/catalog/compare';
import { guard, guardUndo } from '../../../../main/engine/catalog/guard';
import { looseSku } from '../../../../main/engine/catalog/sku';
import { createSummary } from '../../../../main/engine/catalog/summary';
import { type OrgProduct, type Target, targetOf } from '../../../../main/engine/catalog/target';
import { undoOf } from '../../../../main/engine/catalog/undo';

const decimal = (text: string): Decimal => decimalSchema.parse(text);
const rules = (input: object = {}) => catalogRulesSchema.parse(input);

const orgProduct = (changes: Partial<OrgProduct> = {}): OrgProduct => ({
  id: '01t1',
  active: true,
  company: 'San Telmo Bazar',
  price: { price: decimal('10'), active: true },
  lists: {},
  stock: [decimal('5')],
  ...changes,
});
const target = (products: OrgProduct[], input: object = {}, companies: string[] = []): Target =>
  targetOf({ sku: 'A', products, item: null, openUnits: null }, rules(input), new Set(companies));

const store = (changes: Partial<StoreProduct> = {}): StoreProduct => ({
  sku: 'A',
  name: 'Taza',
  stock: decimal('5'),
  price: decimal('10'),
  lists: {},
  ...changes,
});
const sides = (changes: Partial<BothSides> = {}): BothSides => ({
  sku: 'A',
  store: store(),
  target: target([orgProduct()]),
  similar: null,
  repeated: false,
  unreadable: [],
  ...changes,
});
const compared = (
  changes: Partial<BothSides>,
  input: object = {},
  part: 'both' | 'stock' | 'prices' = 'both',
) => compare(sides(changes), { part, match: rules(input).match });

describe('what the store is to have of a SKU', () => {
  it('is what its one active product has', () => {
    expect(target([orgProduct()])).toMatchObject({ stock: '5', price: '10', notes: [] });
    expect(target([orgProduct({ active: false }), orgProduct()])).toMatchObject({ stock: '5', notes: [] });
  });

  it('leaves other companies’ products alone', () => {
    const other = orgProduct({ company: 'Otra' });
    expect(target([other], {}, ['San Telmo Bazar'])).toMatchObject({
      stock: null,
      price: null,
      notes: ['otherCompany'],
    });
    expect(target([other, orgProduct()], {}, ['San Telmo Bazar'])).toMatchObject({ stock: '5', notes: [] });
    expect(target([orgProduct({ company: null })], {}, ['San Telmo Bazar']).notes).toEqual(['otherCompany']);
  });

  it('does not guess between two products, unless it may add them up', () => {
    const twins = [orgProduct(), orgProduct({ id: '01t2', stock: [decimal('3')] })];
    expect(target(twins)).toMatchObject({ stock: null, price: null, notes: ['duplicateInOrg'] });
    expect(target(twins, { match: { duplicates: 'combine' } })).toMatchObject({ stock: '8', price: '10' });
    const dearer = orgProduct({ id: '01t2', price: { price: decimal('11'), active: true } });
    expect(target([orgProduct(), dearer], { match: { duplicates: 'combine' } })).toMatchObject({
      stock: '10',
      price: null,
    });
  });

  it('has a rule for products that are switched off', () => {
    expect(target([orgProduct({ active: false })])).toMatchObject({ stock: null, notes: ['inactive'] });
    expect(target([orgProduct({ active: false })], { match: { inactive: 'zero' } })).toMatchObject({
      stock: '0',
      price: null,
    });
  });

  it('feeds the lists of the table, and only those that have a price', () => {
    const lists = { interior: { price: decimal('12'), active: true }, mayorista: null };
    const table = [
      { priceBook: 'Interior', list: 'interior' },
      { priceBook: 'Mayorista', list: 'mayorista' },
    ];
    expect(target([orgProduct({ lists })], { prices: { lists: table } }).lists).toEqual({ interior: '12' });
  });
});

describe('the comparison of one SKU', () => {
  it('finds nothing where both sides agree', () => {
    expect(compared({})).toEqual({ status: 'equal', change: null, notes: [] });
  });

  it('tells old and new of what differs', () => {
    const change = compared({ store: store({ stock: decimal('2'), price: decimal('9') }) });
    expect(change).toMatchObject({
      status: 'differs',
      change: { stock: { old: '2', new: '5' }, price: { old: '9', new: '10' } },
    });
  });

  it('touches only the part that was asked for', () => {
    const differing = { store: store({ stock: decimal('2'), price: decimal('9') }) };
    expect(compared(differing, {}, 'stock').change).toMatchObject({ price: null, stock: { new: '5' } });
    expect(compared(differing, {}, 'prices').change).toMatchObject({ stock: null, price: { new: '10' } });
  });

  it('reports a near miss and never takes it for the product', () => {
    const alone = { target: null, similar: 'a' };
    expect(compared(alone, { match: { missingInOrg: 'zero' } })).toEqual({
      status: 'storeOnly',
      change: null,
      notes: ['similarInOrg'],
    });
    expect(compared({ target: null }, { match: { missingInOrg: 'zero' } }).change?.stock?.new).toBe('0');
    expect(compared({ target: null })).toEqual({
      status: 'storeOnly',
      change: null,
      notes: ['missingInOrg'],
    });
    expect(compared({ store: null })).toMatchObject({ status: 'orgOnly', notes: ['missingInStore'] });
  });

  it('leaves a SKU alone that the store has twice', () => {
    expect(compared({ repeated: true, store: store({ stock: decimal('1') }) })).toMatchObject({
      change: null,
      notes: ['duplicateInStore'],
    });
  });

  it('leaves alone what cannot be read, and says why before all else', () => {
    const blank = store({ stock: null, price: null });
    expect(compared({ unreadable: ['storeStockInvalid'], repeated: true, store: blank })).toEqual({
      status: 'unreadable',
      change: null,
      notes: ['storeStockInvalid'],
    });
    const zero = { match: { missingInOrg: 'zero' } };
    expect(compared({ unreadable: ['storePriceInvalid'], target: null, store: blank }, zero)).toEqual({
      status: 'unreadable',
      change: null,
      notes: ['storePriceInvalid'],
    });
  });

  it('says nothing of what is not updated', () => {
    const lacking = target([orgProduct({ price: null, stock: [] })]);
    expect(compared({ target: lacking }).notes).toEqual(['noStockRow', 'noPrice']);
    expect(compared({ target: lacking }, {}, 'stock').notes).toEqual(['noStockRow']);
    expect(compared({ target: lacking }, {}, 'prices').notes).toEqual(['noPrice']);
  });

  it('knows SKUs that blanks, capitals or zeros part as near misses', () => {
    expect(looseSku(' 00ab-1 ')).toBe(looseSku('AB-1'));
    expect(looseSku('000')).toBe('0');
    expect(looseSku('AB-1')).not.toBe(looseSku('AB-10'));
  });
});

describe('the guard', () => {
  const given = { products: true, prices: true, stockRows: true, storeProducts: true };

  function summaryOf(pairs: [StoreProduct, Target][]) {
    const summary = createSummary();
    for (const [one, wanted] of pairs) {
      const both = sides({ store: one, target: wanted });
      summary.add(both, compare(both, { part: 'both', match: rules().match }));
    }
    return summary.get();
  }
  const wanted = (stock: string, price: string): Target => ({
    sku: 'A',
    stock: decimal(stock),
    price: decimal(price),
    lists: {},
    notes: [],
  });
  const codes = (pairs: [StoreProduct, Target][], input: object = {}) =>
    guard(summaryOf(pairs), given, 'both', rules({ guard: input }).guard).map((stop) => stop.code);

  it('lets an ordinary plan go', () => {
    expect(codes([[store(), wanted('4', '11')]])).toEqual([]);
  });

  it('stops one that would empty the shop', () => {
    const some: [StoreProduct, Target][] = [1, 2, 3, 4].map((at) => [
      store(),
      wanted(at === 1 ? '0' : '5', '10'),
    ]);
    expect(codes(some)).toEqual(['toZero']);
    expect(codes(some, { toZeroPercent: '25' })).toEqual([]);
    expect(codes(some, { toZeroPercent: null })).toEqual([]);
  });

  it('stops a price that moves too far, up or down', () => {
    expect(codes([[store(), wanted('5', '15')]])).toEqual([]);
    expect(codes([[store(), wanted('5', '15.01')]])).toEqual(['priceMove']);
    expect(codes([[store(), wanted('5', '4')]])).toEqual(['priceMove']);
  });

  it('stops everything that an empty org or store gives, whatever the limits', () => {
    const off = rules({ guard: { toZeroPercent: null, priceMovePercent: null, missingPercent: null } }).guard;
    const nothing = { products: false, prices: false, stockRows: false, storeProducts: false };
    const stops = (part: 'both' | 'stock' | 'prices') =>
      guard(summaryOf([]), nothing, part, off).map((stop) => stop.code);
    expect(stops('both')).toEqual(['orgEmpty', 'noStockRows', 'noPrices', 'storeEmpty']);
    expect(stops('stock')).toEqual(['orgEmpty', 'noStockRows', 'storeEmpty']);
    expect(stops('prices')).toEqual(['orgEmpty', 'noPrices', 'storeEmpty']);
  });
});

describe('the limits of the guard', () => {
  const given = { products: true, prices: true, stockRows: true, storeProducts: true };
  const blank = createSummary().get();
  const limit = fc.integer({ min: 0, max: 9_999 });
  const percentOf = (hundredths: number) => (hundredths / 100).toFixed(2);
  const codes = (summary: object, limits: object) =>
    guard({ ...blank, ...summary }, given, 'both', rules({ guard: limits }).guard).map(({ code }) => code);

  it.each(['toZero', 'missing'] as const)(
    'let a share pass that is just at it, and none above: %s',
    (code) => {
      const counts = (part: number, whole: number) =>
        code === 'toZero' ? { toZero: part, inStock: whole } : { storeOnly: part, compared: whole };
      fc.assert(
        fc.property(limit, fc.integer({ min: 1, max: 50 }), (hundredths, times) => {
          const limits = {
            toZeroPercent: null,
            missingPercent: null,
            [`${code}Percent`]: percentOf(hundredths),
          };
          const [part, whole] = [hundredths * times, 10_000 * times];
          expect(codes(counts(part, whole), limits)).toEqual([]);
          expect(codes(counts(part + 1, whole), limits)).toEqual([code]);
        }),
      );
      // Shares that floats put a little above.
      expect(codes(counts(7, 100), { toZeroPercent: '7', missingPercent: '7' })).toEqual([]);
    },
  );

  it('let a price move that is just at it, and none further', () => {
    const cents = (amount: number) => decimal((amount / 100).toFixed(2));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        (old, percent, up) => {
          const [before, by] = [old * 100, old * percent];
          const move = (more: number) => ({
            biggestMoves: [
              {
                sku: 'A',
                name: '',
                old: cents(before),
                new: cents(up ? before + by + more : before - by - more),
                percent: 0,
              },
            ],
          });
          expect(codes(move(0), { priceMovePercent: String(percent) })).toEqual([]);
          expect(codes(move(1), { priceMovePercent: String(percent) })).toEqual(['priceMove']);
        },
      ),
    );
  });

  it('are no division by nothing: a store without stock or products stops for no share', () => {
    const strictest = { toZeroPercent: '0', missingPercent: '0', priceMovePercent: '0' };
    expect(codes({}, strictest)).toEqual([]);
    expect(codes({ toZero: 1, inStock: 1 }, strictest)).toEqual(['toZero']);
  });

  it('count stock below zero as none', () => {
    const summary = createSummary();
    const both = sides({
      store: store({ stock: decimal('-3') }),
      target: target([orgProduct({ stock: [decimal('0')] })]),
    });
    summary.add(both, compare(both, { part: 'both', match: rules().match }));
    expect(summary.get()).toMatchObject({ stock: 1, toZero: 0, inStock: 0 });
  });

  it('tell a share that is above them as one that is', () => {
    const [stop] = guard({ ...blank, toZero: 20_001, inStock: 100_000 }, given, 'both', rules().guard);
    expect(stop?.params).toMatchObject({ percent: 20.01, limit: '20' });
  });

  it('hold a way back only where it would leave the shop without stock', () => {
    const undo = { ...blank, changes: 30, toZero: 21, inStock: 30 };
    const undone = { ...blank, inStock: 90, toZero: 0, fromZero: 10 };
    expect(guardUndo(undo, undone, rules().guard).map(({ code }) => code)).toEqual(['toZero']);
    expect(guardUndo({ ...undo, toZero: 20 }, undone, rules().guard)).toEqual([]);
    expect(guardUndo(undo, undone, rules({ guard: { toZeroPercent: null } }).guard)).toEqual([]);
  });
});

describe('the way back of a row', () => {
  const row = (changes: Partial<RunRow> = {}): RunRow => ({
    sku: 'A',
    name: 'Taza',
    stock: { old: decimal('5'), new: decimal('8') },
    price: { old: decimal('10'), new: decimal('11') },
    lists: [],
    state: 'applied',
    refusal: null,
    ...changes,
  });

  it('puts old values back where the new ones still stand', () => {
    expect(undoOf(row(), store({ stock: decimal('8'), price: decimal('11') }))).toEqual([
      {
        sku: 'A',
        name: 'Taza',
        stock: { old: '8', new: '5' },
        price: { old: '11', new: '10' },
        lists: [],
        state: 'pending',
      },
    ]);
  });

  it('leaves alone, and tells, what somebody has changed since', () => {
    const rows = undoOf(row(), store({ stock: decimal('7'), price: decimal('11') }));
    expect(rows).toMatchObject([
      { state: 'pending', stock: null, price: { new: '10' } },
      { state: 'drifted', stock: { old: '7', new: '5' }, price: null },
    ]);
  });

  it('has nothing to do where the old value is back already', () => {
    expect(undoOf(row(), store())).toEqual([]);
  });

  it('cannot make a price blank again, and says so', () => {
    const blank = row({ stock: null, price: { old: null, new: decimal('11') } });
    expect(undoOf(blank, store({ price: decimal('11') }))).toMatchObject([{ state: 'drifted' }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Parcel, packCalls } from '../../../../main/engine/orders/packing';

const room = { units: 75, records: 300 };
const parcel = (buyerKey: string, records: number, alone = false): Parcel => ({ buyerKey, records, alone });

const parcels = fc.array(
  fc.record({
    buyerKey: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    records: fc.integer({ min: 3, max: 500 }),
    alone: fc.boolean(),
  }),
  { maxLength: 120 },
);

describe('packCalls', () => {
  it('fills a call before it begins another', () => {
    const calls = packCalls([parcel('a', 200), parcel('b', 90), parcel('c', 20), parcel('d', 280)], room);
    expect(calls.map((call) => call.map(({ buyerKey }) => buyerKey))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('gives what failed before a call of its own', () => {
    const calls = packCalls([parcel('a', 5), parcel('b', 5, true), parcel('c', 5)], room);
    expect(calls.map((call) => call.map(({ buyerKey }) => buyerKey))).toEqual([['a', 'c'], ['b']]);
  });

  it('keeps every call within its room, and a buyer’s orders in one call, in their order', () => {
    fc.assert(
      fc.property(parcels, (all) => {
        const calls = packCalls(all, room);
        for (const call of calls) {
          const records = call.reduce((sum, one) => sum + one.records, 0);
          if (call.length > 1) {
            expect(records).toBeLessThanOrEqual(room.records);
            expect(call.every(({ alone }) => !alone)).toBe(true);
          }
          expect(call.length).toBeLessThanOrEqual(room.units);
        }
        for (const buyer of new Set(all.map(({ buyerKey }) => buyerKey))) {
          const mine = calls.filter((call) => call.some(({ buyerKey }) => buyerKey === buyer));
          expect(mine).toHaveLength(1);
          const sent = (mine[0] ?? []).filter(({ buyerKey }) => buyerKey === buyer);
          // Whoever came first is never left behind.
          expect(all.filter(({ buyerKey }) => buyerKey === buyer).slice(0, sent.length)).toEqual(sent);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

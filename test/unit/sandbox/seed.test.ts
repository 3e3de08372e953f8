import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { isCuit } from '../../../sandbox/seed/cuit';
import { demoSize, sampleHouse } from '../../../sandbox/seed/house';
import { makeOrder } from '../../../sandbox/seed/orders';
import { storeOrderSchema } from '../../../sandbox/store/order';

const noon = Date.UTC(2026, 10, 23, 15);
const { world } = sampleHouse(7, demoSize);
const orders = Array.from({ length: 300 }, (_unused, index) =>
  makeOrder(world, index, noon, { unusual: true }),
);

describe('the sample house', () => {
  it('is the same for the same seed and another for another', () => {
    expect(sampleHouse(7, demoSize).world).toEqual(world);
    expect(makeOrder(world, 12, noon, { unusual: true })).toEqual(orders[12]);
    expect(sampleHouse(8, demoSize).world.products.map((p) => p.priceCents)).not.toEqual(
      world.products.map((p) => p.priceCents),
    );
  });

  it('has 2,000 products, each with a SKU of its own, some with leading zeros', () => {
    const skus = [...world.products, ...world.notInOrg].map((product) => product.sku);
    expect(world.products).toHaveLength(2000);
    expect(new Set(skus).size).toBe(2003);
    expect(skus.filter((sku) => sku.startsWith('0')).length).toBeGreaterThan(200);
    expect(world.products.every((product) => product.priceCents > 0)).toBe(true);
    expect(new Set(world.products.map((product) => product.company)).size).toBe(2);
  });

  it('has 60 buyers with tax ids that check, all different', () => {
    const buyers = world.buyers.map((entry) => entry.buyer);
    expect(buyers).toHaveLength(60);
    expect(new Set(buyers.map((buyer) => buyer.taxId)).size).toBe(60);
    for (const buyer of buyers) {
      const consumer = buyer.vatStatus === 'consumidor-final';
      expect(consumer ? /^\d{7,8}$/.test(buyer.taxId) : isCuit(buyer.taxId), buyer.taxId).toBe(true);
      expect(buyer.businessName === null).toBe(consumer);
      expect(buyer.email ?? 'x@y.example').toMatch(/\.example$/);
    }
    expect(new Set(buyers.map((buyer) => buyer.vatStatus)).size).toBe(4);
  });

  it('makes orders of the contract’s shape whose totals add up to the cent', () => {
    const charged = (['net', 'gross'] as const).flatMap((prices) =>
      Array.from({ length: 100 }, (_unused, index) => makeOrder(world, index, noon, { charged: prices })),
    );
    for (const order of [...orders, ...charged]) {
      expect(storeOrderSchema.parse(order)).toEqual(order);
      let sum = new Big(0);
      for (const line of order.lines) {
        const exact = new Big(line.quantity)
          .times(line.unitPrice)
          .times(new Big(100).minus(line.discountPercent))
          .div(100);
        expect(line.total).toBe(exact.round(2, Big.roundHalfUp).toFixed(2));
        sum = sum.plus(line.total);
      }
      const { lines, discount, shipping, surcharge, tax, total } = order.totals;
      expect(lines).toBe(sum.toFixed(2));
      expect(total).toBe(sum.minus(discount).plus(shipping).plus(surcharge).plus(tax).toFixed(2));
      expect(order.lines.map((line) => line.number)).toEqual(order.lines.map((_line, index) => index + 1));
    }
  });

  it('gives charges to some unusual orders, to all where asked, and to no others', () => {
    const has = ({ totals }: (typeof orders)[number]) => totals.total !== totals.lines;
    expect(orders.filter(has)).toHaveLength(50);
    expect(Array.from({ length: 60 }, (_unused, index) => makeOrder(world, index, noon)).some(has)).toBe(
      false,
    );
    for (const charged of ['net', 'gross'] as const) {
      const all = Array.from({ length: 60 }, (_unused, index) => makeOrder(world, index, noon, { charged }));
      expect(all.every(has)).toBe(true);
      expect(all.every(({ totals }) => (totals.tax === '0.00') === (charged === 'gross'))).toBe(true);
      expect(all.filter(({ buyer }) => buyer.businessName === null).length).toBeGreaterThan(10);
      for (const charge of ['discount', 'shipping', 'surcharge'] as const)
        expect(all.filter(({ totals }) => totals[charge] !== '0.00').length).toBeGreaterThan(10);
    }
  });

  it('lets some orders meet trouble, but only when asked to', () => {
    const blocked = new Set(world.buyers.filter((b) => b.inOrg === 'blocked').map((b) => b.buyer.taxId));
    const missing = new Set(world.notInOrg.map((product) => product.sku));
    const troubled = (list: typeof orders) =>
      list.filter(
        (order) => blocked.has(order.buyer.taxId) || order.lines.some((line) => missing.has(line.sku)),
      ).length;
    expect(troubled(orders)).toBeGreaterThan(20);
    expect(troubled(orders)).toBeLessThan(60);
    const plain = Array.from({ length: 300 }, (_unused, index) => makeOrder(world, index, noon));
    expect(troubled(plain)).toBe(0);
  });
});

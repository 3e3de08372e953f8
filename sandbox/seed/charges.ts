import Big from 'big.js';
import type { StoreLine, StoreOrder } from '../store/order';
import type { Random } from './random';

/** `net`: prices without IVA, which the store adds at the end. `gross`: prices that contain it. */
export const chargedPrices = ['net', 'gross'] as const;
export type ChargedPrices = (typeof chargedPrices)[number];

/** The usual rate of IVA in Argentina. */
const taxRate = new Big('0.21');

/**
 * The same order with a discount on the whole, shipping and a surcharge, each of them not always, and with
 * IVA; one at least is there. Amounts by the store's own rule (docs/store-api.yaml, `Totals`).
 */
export function withCharges(order: StoreOrder, prices: ChargedPrices, random: Random): StoreOrder {
  const lines = prices === 'gross' ? order.lines.map(grossLine) : order.lines;
  const sum = lines.reduce((total, line) => total.plus(line.total), new Big(0));
  const discount = random.chance(0.7)
    ? toCents(sum.times(random.pick([3, 5, 7.5, 10])).div(100))
    : new Big(0);
  const shipping = random.chance(0.6) ? new Big(random.int(150_000, 1_200_000)).div(100) : new Big(0);
  const goods = sum.minus(discount);
  const plain = discount.eq(0) && shipping.eq(0);
  const surcharge = plain || random.chance(0.4) ? toCents(goods.times('0.035')) : new Big(0);
  const beforeTax = goods.plus(shipping).plus(surcharge);
  const tax = prices === 'net' ? toCents(beforeTax.times(taxRate)) : new Big(0);
  const totals = { lines: sum, discount, shipping, surcharge, tax, total: beforeTax.plus(tax) };
  return {
    ...order,
    lines,
    totals: {
      lines: totals.lines.toFixed(2),
      discount: totals.discount.toFixed(2),
      shipping: totals.shipping.toFixed(2),
      surcharge: totals.surcharge.toFixed(2),
      tax: totals.tax.toFixed(2),
      total: totals.total.toFixed(2),
    },
  };
}

function grossLine(line: StoreLine): StoreLine {
  const unitPrice = toCents(new Big(line.unitPrice).times(taxRate.plus(1)));
  const share = new Big(100).minus(line.discountPercent).div(100);
  const total = toCents(unitPrice.times(line.quantity).times(share));
  return { ...line, unitPrice: unitPrice.toFixed(2), total: total.toFixed(2) };
}

const toCents = (value: Big): Big => value.round(2, Big.roundHalfUp);

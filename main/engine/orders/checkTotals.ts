import Big from 'big.js';
import type { Line, Order } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import { isWholeCents, lineTotal, toDecimal } from './money';

/**
 * What is wrong with the amounts of an order by the store's own rules (docs/store-api.yaml): each line is
 * quantity × price less discount, and total = lines − discount + shipping + surcharge + tax. Pure.
 */
export function checkTotals(order: Order): Problem[] {
  if (order.lines.length === 0) return [problem('order.noLines')];
  const { discount, shipping, surcharge, tax, total } = order.totals;
  const lines = order.lines.reduce((sum, line) => sum.plus(line.total), new Big(0));
  const problems = [discount, shipping, surcharge, tax]
    .filter((amount) => new Big(amount).lt(0) || !isWholeCents(new Big(amount)))
    .map((value) => problem('order.chargeInvalid', { value }));
  if (lines.gte(0) && lines.lt(discount)) problems.push(problem('order.chargeInvalid', { value: discount }));
  const found = lines.minus(discount).plus(shipping).plus(surcharge).plus(tax);
  if (!found.eq(total))
    problems.push(problem('order.totalMismatch', { expected: total, found: toDecimal(found) }));
  return problems;
}

/** What is wrong with one line's quantity, price and total. Pure. */
export function checkLine(line: Line): Problem[] {
  const at = { line: line.number };
  if (new Big(line.quantity).lte(0))
    return [problem('order.quantityInvalid', { sku: line.sku, value: line.quantity }, at)];
  const discount = new Big(line.discountPercent);
  if (new Big(line.unitPrice).lt(0) || discount.lt(0) || discount.gt(100))
    return [problem('order.priceInvalid', { sku: line.sku, value: line.unitPrice }, at)];
  // The store may round half to even: a cent either way is its own, more is not the same price.
  const expected = lineTotal(line.quantity, line.unitPrice, line.discountPercent);
  if (expected.minus(line.total).abs().gt('0.01') || new Big(line.total).lt(0))
    return [
      problem('order.totalMismatch', { sku: line.sku, expected: toDecimal(expected), found: line.total }, at),
    ];
  return isWholeCents(new Big(line.total)) ? [] : [notExact(line)];
}

/** No price in cents comes to what the line must come to. */
export const notExact = (line: Line, expected = line.total): Problem =>
  problem('order.amountNotExact', { sku: line.sku, value: line.quantity, expected }, { line: line.number });

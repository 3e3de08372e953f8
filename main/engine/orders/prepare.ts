import type { Buyer, Order } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import type { OrderRules } from '../../../contract/rules';
import type { BuyerMatch, OrderUnit, PriceLookup, PriceMatch } from '../ports';
import { chargeSkus, type OrgAmounts, orgAmounts } from './amounts';
import { buyerKey, buyerName } from './buyerIdentity';
import { makeUnit } from './unit';

export { buyerKey, buyerName };

export type Prepared = { ok: true; unit: OrderUnit } | { ok: false; problems: Problem[] };

export interface PrepareContext {
  exportKey: string;
  identifier: string;
  prices: PriceLookup;
  buyer: BuyerMatch;
  rules: OrderRules;
}

/**
 * Turns a store's order into the unit the org will take, or tells everything that stands in its way at
 * once (design, Orders 3). Pure.
 */
export function prepare(order: Order, context: PrepareContext): Prepared {
  const { rules } = context;
  const amounts = orgAmounts(order, rules.amounts);
  const problems = [
    ...(amounts.ok ? [] : amounts.problems),
    ...checkBuyer(order.buyer, context.buyer, rules),
    ...checkCurrency(order, context.prices),
    ...checkPrices(order, amounts.ok ? amounts.amounts : null, context.prices),
  ];
  if (!amounts.ok || problems.length > 0) return { ok: false, problems: gatherSkus(problems) };
  return { ok: true, unit: makeUnit(order, context, rules, amounts.amounts) };
}

/** Every SKU whose price the order needs: its own, and those of the charges that go as lines. */
export function skusOf(order: Order, rules: OrderRules): string[] {
  return [...order.lines.map((line) => line.sku), ...chargeSkus(rules.amounts)];
}

function checkBuyer(buyer: Buyer, match: BuyerMatch, { buyerPolicy }: OrderRules): Problem[] {
  const problems: Problem[] = [];
  const value = buyer.taxId;
  const known = buyerKey(buyer) !== null;
  if (value.trim() === '') problems.push(problem('order.taxIdMissing'));
  else if (!known) problems.push(problem('order.taxIdInvalid', { value }));
  if (match.kind === 'many') problems.push(problem('order.buyerAmbiguous', { value, found: match.count }));
  if (match.kind !== 'none') return problems;
  if (buyerPolicy === 'mustExist') {
    if (known) problems.push(problem('order.buyerUnknown', { value, name: buyerName(buyer) }));
  } else if (buyerName(buyer) === '') problems.push(problem('order.buyerNameMissing'));
  return problems;
}

function checkCurrency(order: Order, prices: PriceLookup): Problem[] {
  return prices.currency === null || prices.currency === order.currency
    ? []
    : [problem('order.currencyMismatch', { expected: prices.currency, found: order.currency })];
}

/** Every line's SKU, and those of the charges that this order has, must have one price in the org. */
function checkPrices(order: Order, amounts: OrgAmounts | null, prices: PriceLookup): Problem[] {
  const goods = order.lines.flatMap((line) => priceProblem(line.sku, prices, { line: line.number }));
  const charged = (amounts?.lines ?? []).filter((line) => line.kind === 'charge');
  return [...goods, ...charged.flatMap((line) => priceProblem(line.sku, prices, {}))];
}

function priceProblem(sku: string, prices: PriceLookup, at: { line?: number }): Problem[] {
  const match: PriceMatch = prices.matches.get(sku) ?? { kind: 'none' };
  if (match.kind === 'one') return [];
  const params = { sku, priceBook: prices.priceBook.name };
  return match.kind === 'many'
    ? [problem('order.skuAmbiguous', { ...params, found: match.count }, at)]
    : [problem('order.skuNotInPriceBook', params, at)];
}

/** One sentence for all SKUs of one kind is easier to act on than forty. */
function gatherSkus(problems: Problem[]): Problem[] {
  const missing = problems.filter((one) => one.code === 'order.skuNotInPriceBook');
  const [first] = missing;
  if (first === undefined || missing.length < 2) return problems;
  const skus = [...new Set(missing.map((one) => String(one.params['sku'])))];
  const gathered = problem('order.skuNotInPriceBook', {
    sku: skus.join(', '),
    priceBook: first.params['priceBook'] ?? '',
  });
  return [gathered, ...problems.filter((one) => one.code !== 'order.skuNotInPriceBook')];
}

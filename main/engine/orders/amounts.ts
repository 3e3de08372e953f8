import Big from 'big.js';
import type { Decimal } from '../../../contract/decimal';
import type { Line, Order } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import { type AmountRules, type Charge, charges, type leftOutKinds } from '../../../contract/rules';
import { checkLine, checkTotals, notExact } from './checkTotals';
import { allocate, type PricedPart, splitToCents, toCents, toDecimal } from './money';
import { type Converted, convertPrices } from './taxes';

/** A line as the org gets it: goods (the store's line and which part of it), or a charge. */
export type AmountLine = PricedPart &
  ({ kind: 'goods'; line: Line; part: 'whole' | 'rest' } | { kind: 'charge'; charge: Charge; sku: string });

/** An order's amounts as the org gets them. All of the store's total is in one of the places. */
export interface OrgAmounts {
  lines: AmountLine[];
  /** Charges for fields of the order; those that are zero are absent. A discount is above zero. */
  fields: { charge: Charge; amount: Decimal }[];
  /** What the org does not get by the rules; IVA that only the org's prices contain is below zero. */
  leftOut: { kind: (typeof leftOutKinds)[number]; amount: Decimal }[];
}

export type Amounts = { ok: true; amounts: OrgAmounts } | { ok: false; problems: Problem[] };

/**
 * What an order comes to in the org under the rules, exact to the cent: the lines, the fields and what is
 * left out always add up to the store's total (docs/decisions/0060). Pure.
 */
export function orgAmounts(order: Order, rules: AmountRules): Amounts {
  const problems = [...checkTotals(order), ...order.lines.flatMap(checkLine)];
  if (problems.length > 0) return { ok: false, problems };
  const conversion = convertPrices(basisOf(order, rules), rules);
  if (!conversion.ok)
    return refused(
      problem('order.taxMismatch', {
        expected: toDecimal(conversion.expected),
        found: order.totals.tax,
        rate: rules.taxRatePercent,
      }),
    );
  const goods = shareOut(conversion.amounts.goods, order.lines);
  if (!goods.ok) return refused(goods.problem);
  const amounts = place(conversion.amounts, goods.lines, rules);
  const found = tiedOut(amounts);
  if (!found.eq(order.totals.total))
    return refused(problem('order.totalMismatch', { expected: order.totals.total, found: toDecimal(found) }));
  return { ok: true, amounts };
}

/** The codes of products that stand for charges in the org, where the rules want them as lines. */
export function chargeSkus(rules: AmountRules): string[] {
  return charges.flatMap((charge) => (rules[charge] === 'line' ? [rules[`${charge}Sku`]] : []));
}

const refused = (reason: Problem): Amounts => ({ ok: false, problems: [reason] });

function basisOf({ lines, totals }: Order, rules: AmountRules) {
  const sum = lines.reduce((total, line) => total.plus(line.total), new Big(0));
  const discount = new Big(totals.discount);
  const spread = rules.discount === 'spread';
  return {
    goods: spread ? sum.minus(discount) : sum,
    discount: spread ? new Big(0) : discount,
    shipping: new Big(totals.shipping),
    surcharge: new Big(totals.surcharge),
    tax: new Big(totals.tax),
    lineCount: lines.length,
  };
}

type Goods = { ok: true; lines: AmountLine[] } | { ok: false; problem: Problem };

/** Divides what the goods come to among the store's lines and finds the prices in cents that give it. */
function shareOut(target: Big, lines: readonly Line[]): Goods {
  const weights = lines.map((line) => new Big(line.total));
  const untouched = target.eq(weights.reduce((sum, weight) => sum.plus(weight), new Big(0)));
  const shares = untouched ? weights : fittingShares(target, lines, weights);
  const priced: AmountLine[] = [];
  for (const [index, line] of lines.entries()) {
    const share = shares?.[index];
    const parts = share === undefined ? null : splitToCents(line.quantity, share);
    if (parts === null) return { ok: false, problem: notExact(line, share && toDecimal(share)) };
    parts.forEach((part, place) => {
      priced.push({ kind: 'goods', line, part: place === 0 ? 'whole' : 'rest', ...part });
    });
  }
  return { ok: true, lines: priced };
}

/**
 * Shares of the target, pro rata. A quantity with a fraction (metres, kilos) takes the nearest amount that
 * a price in cents can give; the lines with whole quantities, which take any amount, make up for it.
 */
function fittingShares(target: Big, lines: readonly Line[], weights: readonly Big[]): Big[] | null {
  if (target.lt(0)) return null;
  const shares = allocate(target, weights);
  if (shares === null || lines.every(isWhole)) return shares;
  const fixed = lines.map((line, index) => (isWhole(line) ? null : reachable(line, shares[index])));
  const rest = fixed.reduce<Big>((left, share) => left.minus(share ?? 0), target);
  if (rest.lt(0)) return null;
  const others = allocate(
    rest,
    weights.map((weight, index) => (fixed[index] === null ? weight : new Big(0))),
  );
  return others === null ? null : others.map((share, index) => fixed[index] ?? share);
}

const isWhole = ({ quantity }: Line): boolean => new Big(quantity).mod(1).eq(0);

const reachable = ({ quantity }: Line, share = new Big(0)): Big =>
  toCents(toCents(share.div(quantity)).times(quantity));

const one = toDecimal(new Big(1));

function place(amounts: Converted, goods: AmountLine[], rules: AmountRules): OrgAmounts {
  const placed: OrgAmounts = { lines: goods, fields: [], leftOut: [] };
  for (const charge of charges) {
    const amount = amounts[charge];
    // A discount that is spread is in the goods already, and zero here.
    const mode = rules[charge];
    if (amount.eq(0)) continue;
    if (mode === 'line') {
      const unitPrice = toDecimal(charge === 'discount' ? amount.neg() : amount);
      placed.lines.push({ kind: 'charge', charge, sku: rules[`${charge}Sku`], quantity: one, unitPrice });
    } else if (mode === 'leaveOut' && charge !== 'discount') {
      placed.leftOut.push({ kind: charge, amount: toDecimal(amount) });
    } else placed.fields.push({ charge, amount: toDecimal(amount) });
  }
  if (!amounts.taxAdded.eq(0))
    placed.leftOut.push({ kind: 'taxAdded', amount: toDecimal(amounts.taxAdded.neg()) });
  return placed;
}

/** What lines, fields and what is left out come to, reckoned anew from what the org will be sent. */
function tiedOut({ lines, fields, leftOut }: OrgAmounts): Big {
  let sum = lines.reduce(
    (total, { quantity, unitPrice }) => total.plus(partTotal(quantity, unitPrice)),
    new Big(0),
  );
  for (const { charge, amount } of fields) sum = charge === 'discount' ? sum.minus(amount) : sum.plus(amount);
  for (const { amount } of leftOut) sum = sum.plus(amount);
  return sum;
}

/** What the org makes of a line: quantity × price, to the cent. */
export const partTotal = (quantity: Decimal, unitPrice: Decimal): Big =>
  toCents(new Big(quantity).times(unitPrice));

import Big from 'big.js';
import type { AmountRules } from '../../../contract/rules';
import { toCents } from './money';

/** An order's amounts as the store has them. `discount` is zero where the goods are already less it. */
export interface Basis {
  goods: Big;
  discount: Big;
  shipping: Big;
  surcharge: Big;
  tax: Big;
  lineCount: number;
}

/** The same as the org is to have them. */
export interface Converted extends Omit<Basis, 'lineCount'> {
  /** IVA that the org's prices contain and the store's total does not. */
  taxAdded: Big;
}

export type Conversion = { ok: true; amounts: Converted } | { ok: false; expected: Big };

/**
 * Turns amounts with IVA into amounts without, or the other way round, as the rules say. Exact: what the
 * amounts gain or lose is IVA, to the cent (docs/decisions/0061). Pure.
 */
export function convertPrices(basis: Basis, rules: AmountRules): Conversion {
  const { orgPrices, storePrices } = rules;
  const rate = new Big(rules.taxRatePercent);
  if (orgPrices === 'same' || orgPrices === storePrices)
    return { ok: true, amounts: { ...basis, taxAdded: new Big(0) } };
  if (orgPrices === 'net') return { ok: true, amounts: takeOut(basis, rate) };
  return basis.tax.eq(0) ? { ok: true, amounts: addOn(basis, rate) } : absorb(basis, rate);
}

const factor = (rate: Big): Big => rate.plus(100).div(100);

const sumOf = ({ goods, discount, shipping, surcharge }: Omit<Converted, 'tax' | 'taxAdded'>): Big =>
  goods.minus(discount).plus(shipping).plus(surcharge);

/** Prices with IVA become prices without; the IVA taken out of them joins what the store adds itself. */
function takeOut(basis: Basis, rate: Big): Converted {
  const without = (amount: Big) => toCents(amount.div(factor(rate)));
  const amounts = each(basis, without);
  return { ...amounts, tax: basis.tax.plus(sumOf(basis).minus(sumOf(amounts))), taxAdded: new Big(0) };
}

/** Prices without IVA become prices with it, although the store's total has none. */
function addOn(basis: Basis, rate: Big): Converted {
  const amounts = each(basis, (amount) => toCents(amount.times(factor(rate))));
  return { ...amounts, tax: basis.tax, taxAdded: sumOf(amounts).minus(sumOf(basis)) };
}

/** What IVA may have been added to beside the goods; stores differ. */
const taxedCharges = [['shipping', 'surcharge'], ['shipping'], ['surcharge'], []] as const;

/** The IVA that the store adds at the end goes into the prices that it was added to. */
function absorb(basis: Basis, rate: Big): Conversion {
  const including = (amount: Big) => toCents(amount.times(factor(rate)));
  const goods = basis.goods.minus(basis.discount);
  // Stores round once for the order or once a line: half a cent each.
  const tolerance = new Big('0.005').times(basis.lineCount + 3);
  for (const taxed of taxedCharges) {
    const base = taxed.reduce((sum, charge) => sum.plus(basis[charge]), goods);
    if (base.times(rate).div(100).minus(basis.tax).abs().gt(tolerance)) continue;
    const amounts = { ...basis, discount: including(basis.discount) };
    for (const charge of taxed) amounts[charge] = including(basis[charge]);
    // The goods take what rounding leaves, so that nothing of the store's IVA is lost or made up.
    const others = sumOf({ ...amounts, goods: new Big(0) });
    amounts.goods = sumOf(basis).plus(basis.tax).minus(others);
    amounts.tax = new Big(0);
    return { ok: true, amounts: { ...amounts, taxAdded: new Big(0) } };
  }
  return { ok: false, expected: toCents(sumOf(basis).times(rate).div(100)) };
}

const each = ({ goods, discount, shipping, surcharge }: Basis, change: (amount: Big) => Big) => ({
  goods: change(goods),
  discount: change(discount),
  shipping: change(shipping),
  surcharge: change(surcharge),
});

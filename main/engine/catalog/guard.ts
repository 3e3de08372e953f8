import Big from 'big.js';
import type { GuardStop, PlanSummary, PriceMove } from '../../../contract/catalog';
import type { GuardRules, UpdatePart } from '../../../contract/catalogRules';
import type { Decimal } from '../../../contract/decimal';

/** Whether both sides gave anything for the plan. */
export interface SidesYield {
  products: boolean;
  prices: boolean;
  stockRows: boolean;
  storeProducts: boolean;
}

/**
 * Why a plan looks wrong and has to wait for a person's word; none when it may go. A side that gave nothing stops every
 * plan, whatever the limits: at zero stock the store hides a product, so such a plan could empty the shop. Pure.
 */
export function guard(
  summary: PlanSummary,
  given: SidesYield,
  part: UpdatePart,
  rules: GuardRules,
): GuardStop[] {
  const stops: GuardStop[] = [];
  if (!given.products) stops.push({ code: 'orgEmpty', params: {} });
  if (part !== 'prices' && !given.stockRows) stops.push({ code: 'noStockRows', params: {} });
  if (part !== 'stock' && !given.prices) stops.push({ code: 'noPrices', params: {} });
  if (!given.storeProducts) stops.push({ code: 'storeEmpty', params: {} });

  const toZero = shareOf(summary.toZero, summary.inStock);
  if (isOver(toZero, rules.toZeroPercent))
    stops.push({
      code: 'toZero',
      params: { count: summary.toZero, percent: shown(toZero), limit: rules.toZeroPercent },
    });

  const [most] = summary.biggestMoves;
  const move = most === undefined ? new Big(0) : moveOf(most);
  if (most !== undefined && isOver(move.abs(), rules.priceMovePercent))
    stops.push({
      code: 'priceMove',
      params: { sku: most.sku, percent: shown(move), limit: rules.priceMovePercent },
    });

  const missing = shareOf(summary.storeOnly, summary.compared);
  if (isOver(missing, rules.missingPercent))
    stops.push({
      code: 'missing',
      params: { count: summary.storeOnly, percent: shown(missing), limit: rules.missingPercent },
    });
  return stops;
}

/**
 * Why a way back has to wait for a person's word: it would leave much of the shop without stock. The old values were there
 * once, so that no price of theirs is a wrong one. Pure.
 */
export function guardUndo(summary: PlanSummary, undone: PlanSummary | null, rules: GuardRules): GuardStop[] {
  const inStock = undone === null ? summary.inStock : undone.inStock - undone.toZero + undone.fromZero;
  const given = { products: true, prices: true, stockRows: true, storeProducts: true };
  const limits: GuardRules = { ...rules, priceMovePercent: null, missingPercent: null };
  return guard({ ...summary, inStock: Math.max(inStock, summary.inStock) }, given, 'both', limits);
}

/** Exactly: by floats, 7 of 100 products are more than 7 %. */
const shareOf = (part: number, whole: number): Big =>
  whole === 0 ? new Big(0) : new Big(part).times(100).div(whole);

const isOver = (percent: Big, limit: Decimal | null): limit is Decimal => limit !== null && percent.gt(limit);

/** From nothing to something is a move of 100 %. */
const moveOf = ({ old, new: now }: Pick<PriceMove, 'old' | 'new'>): Big =>
  new Big(old).eq(0) ? new Big(100) : new Big(now).minus(old).times(100).div(old);

/** Rounded away from zero, so that what is over a limit does not read like the limit. */
const shown = (percent: Big): number => percent.round(2, Big.roundUp).toNumber();

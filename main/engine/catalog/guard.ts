import type { GuardStop, PlanSummary } from '../../../contract/catalog';
import type { GuardRules, UpdatePart } from '../../../contract/catalogRules';

/** What the org gave for the plan. */
export interface OrgYield {
  products: number;
  prices: number;
  stockRows: number;
}

/**
 * Why a plan looks wrong and has to wait for a person's word; none when it may go. An org that gave nothing stops every
 * plan, whatever the limits: at zero stock the store hides a product, so such a plan could empty the shop. Pure.
 */
export function guard(
  summary: PlanSummary,
  given: OrgYield,
  part: UpdatePart,
  rules: GuardRules,
): GuardStop[] {
  const stops: GuardStop[] = [];
  if (given.products === 0) stops.push({ code: 'orgEmpty', params: {} });
  if (part !== 'prices' && given.stockRows === 0) stops.push({ code: 'noStockRows', params: {} });
  if (part !== 'stock' && given.prices === 0) stops.push({ code: 'noPrices', params: {} });

  const toZero = shareOf(summary.toZero, summary.inStock);
  if (rules.toZeroPercent !== null && toZero > Number(rules.toZeroPercent))
    stops.push({
      code: 'toZero',
      params: { count: summary.toZero, percent: round(toZero), limit: rules.toZeroPercent },
    });

  const [most] = summary.biggestMoves;
  if (
    rules.priceMovePercent !== null &&
    most !== undefined &&
    Math.abs(most.percent) > Number(rules.priceMovePercent)
  )
    stops.push({
      code: 'priceMove',
      params: { sku: most.sku, percent: round(most.percent), limit: rules.priceMovePercent },
    });

  const missing = shareOf(summary.storeOnly, summary.compared);
  if (rules.missingPercent !== null && missing > Number(rules.missingPercent))
    stops.push({
      code: 'missing',
      params: { count: summary.storeOnly, percent: round(missing), limit: rules.missingPercent },
    });
  return stops;
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);
const round = (value: number): number => Math.round(value * 10) / 10;

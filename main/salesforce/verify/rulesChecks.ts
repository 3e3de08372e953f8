import { problem } from '../../../contract/problem';
import { chargeSkus } from '../../engine/orders/amounts';
import { readActiveStatuses } from '../orgFacts';
import type { CheckContext } from './checks';
import { judged, passed, type StepResult } from './steps';

/** The status that complete orders get is one of a binding order; nothing to check where they stay drafts. */
export async function checkActivation({
  session,
  profile,
  rules,
  signal,
}: CheckContext): Promise<StepResult> {
  if (rules.activateAs === '') return passed();
  const statuses = await readActiveStatuses(session, profile, signal);
  if (!statuses.ok) return judged([statuses.problem]);
  const known = [...new Set(statuses.value.values())];
  return statuses.value.has(rules.activateAs)
    ? passed({ name: rules.activateAs })
    : judged([problem('org.activeStatusMissing', { value: rules.activateAs, names: known.join(', ') })]);
}

/** Products that stand for shipping, surcharges and the like have a price: every order that has one needs it. */
export async function checkServiceProducts(context: CheckContext): Promise<StepResult> {
  const skus = [...new Set(chargeSkus(context.rules.amounts))];
  if (skus.length === 0) return passed();
  const prices = await context.lookUpPrices(skus, context.signal);
  if (!prices.ok) return judged([prices.problem]);
  const { priceBook, matches } = prices.value;
  const absent = skus.filter((sku) => matches.get(sku)?.kind !== 'one');
  return judged(
    absent.map((sku) => problem('org.serviceProductMissing', { sku, priceBook: priceBook.name })),
    { names: skus.join(', ') },
  );
}

import { type OrderRules, orderRulesSchema } from '../../contract/rules';

/** The default rules with these changes; sections are merged. */
export function makeRules(changes: {
  amounts?: Record<string, string>;
  hold?: Record<string, unknown>;
  vatCodes?: Record<string, string>;
  buyerPolicy?: OrderRules['buyerPolicy'];
  activateAs?: string;
}): OrderRules {
  return orderRulesSchema.parse(changes);
}

/** Products that stand for charges, for rules that want them as lines. */
export const serviceSkus = {
  discountSku: 'SRV-DESCUENTO',
  shippingSku: 'SRV-ENVIO',
  surchargeSku: 'SRV-RECARGO',
  taxSku: 'SRV-IVA',
};

/** The totals of an order by the store's own rule. */
export function makeTotals(lines: string, charges: Partial<Record<string, string>>, total: string) {
  return { lines, discount: '0.00', shipping: '0.00', surcharge: '0.00', tax: '0.00', ...charges, total };
}

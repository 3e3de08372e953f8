import { decimalSchema } from '../../../contract/decimal';
import type { Buyer, Order } from '../../../contract/order';
import type { Charge, OrderRules } from '../../../contract/rules';
import type { BuyerMatch, HeaderAmounts, NewBuyer, OrderUnit, PriceLookup, UnitLine } from '../ports';
import type { AmountLine, OrgAmounts } from './amounts';
import { buyerKey, buyerName } from './buyerIdentity';
import { chargeKey, lineKey } from './exportKey';

export interface UnitContext {
  exportKey: string;
  identifier: string;
  prices: PriceLookup;
  buyer: BuyerMatch;
}

/** The unit of an order that has passed every check: what the org will be sent. Pure. */
export function makeUnit(
  order: Order,
  context: UnitContext,
  rules: OrderRules,
  amounts: OrgAmounts,
): OrderUnit {
  return {
    exportKey: context.exportKey,
    identifier: context.identifier,
    orderNumber: order.number,
    effectiveDate: order.confirmedAt.slice(0, 10),
    currency: order.currency,
    company: order.company,
    paymentTerms: order.paymentTerms,
    notes: order.notes,
    delivery: order.delivery?.address ?? null,
    priceBookId: context.prices.priceBook.id,
    buyer: unitBuyer(order.buyer, context.buyer, rules),
    lines: amounts.lines.map((line) => unitLine(line, context)),
    header: headerOf(amounts),
    activateAs: rules.activateAs === '' ? null : rules.activateAs,
    total: order.totals.total,
  };
}

const noDiscount = decimalSchema.parse('0');

function unitLine(line: AmountLine, { exportKey, prices }: UnitContext): UnitLine {
  const sku = line.kind === 'goods' ? line.line.sku : line.sku;
  const match = prices.matches.get(sku);
  if (match?.kind !== 'one') throw new Error(`no price for ${sku}, although all were checked`);
  const { quantity, unitPrice } = line;
  const entry = { sku, entryId: match.entryId, quantity, unitPrice };
  if (line.kind === 'charge')
    return { key: chargeKey(exportKey, line.charge), ...entry, discountPercent: noDiscount, note: '' };
  const { number, discountPercent, note } = line.line;
  return { key: lineKey(exportKey, number, line.part), ...entry, discountPercent, note };
}

function headerOf({ fields }: OrgAmounts): HeaderAmounts {
  const of = (charge: Charge) => fields.find((field) => field.charge === charge)?.amount ?? null;
  return {
    discount: of('discount'),
    shipping: of('shipping'),
    surcharge: of('surcharge'),
    tax: of('tax'),
  };
}

function unitBuyer(buyer: Buyer, match: BuyerMatch, rules: OrderRules): OrderUnit['buyer'] {
  const taxId = buyerKey(buyer) ?? buyer.taxId;
  const record = newBuyer(buyer, taxId, rules);
  if (match.kind !== 'one') return { kind: 'new', record };
  const { id, name, known } = match;
  const existing = { kind: 'existing', id, name, taxId } as const;
  return rules.buyerPolicy === 'createOrUpdate' && known !== undefined
    ? { ...existing, update: { known, wanted: record } }
    : existing;
}

function newBuyer(buyer: Buyer, taxId: string, { vatCodes }: OrderRules): NewBuyer {
  const vatText = vatCodes[buyer.vatStatus];
  return {
    name: buyerName(buyer),
    taxId,
    vatStatus: buyer.vatStatus,
    ...(vatText === '' ? {} : { vatText }),
    address: buyer.address,
    phone: buyer.phone,
    email: buyer.email,
  };
}

import Big from 'big.js';
import type { Decimal } from '../../../contract/decimal';
import type { Buyer, Line, Order } from '../../../contract/order';
import { type Problem, problem } from '../../../contract/problem';
import type { BuyerMatch, NewBuyer, OrderUnit, PriceLookup, PriceMatch, UnitLine } from '../ports';
import { parseTaxId } from '../taxId';
import { lineKey } from './exportKey';
import { lineTotal, splitToCents, toDecimal } from './money';

export type Prepared = { ok: true; unit: OrderUnit } | { ok: false; problems: Problem[] };

export interface PrepareContext {
  exportKey: string;
  identifier: string;
  prices: PriceLookup;
  buyer: BuyerMatch;
}

/**
 * Turns a store's order into the unit the org will take, or tells everything that stands in its way at
 * once (design, Orders 3). Pure.
 */
export function prepare(order: Order, context: PrepareContext): Prepared {
  const problems = [...checkOrder(order)];
  problems.push(...checkBuyer(order.buyer, context.buyer));
  problems.push(...checkCurrency(order, context.prices));
  const lines: UnitLine[] = [];
  for (const line of order.lines) {
    const made = prepareLine(line, context);
    if (made.ok) lines.push(...made.lines);
    else problems.push(...made.problems);
  }
  if (problems.length > 0) return { ok: false, problems: gatherSkus(problems) };
  return { ok: true, unit: makeUnit(order, context, lines) };
}

/** The tax ID by which the org knows the buyer: digits for CUIT and DNI, else the text itself. */
export function buyerKey(buyer: Buyer): string | null {
  if (buyer.taxIdKind === 'any') return buyer.taxId.trim() === '' ? null : buyer.taxId.trim();
  const parsed = parseTaxId(buyer.taxId);
  return parsed.kind === 'invalid' ? null : parsed.digits;
}

/** The name to give a new buyer: the business name, else the contact's. */
export function buyerName(buyer: Buyer): string {
  return buyer.businessName || buyer.contactName || '';
}

function checkOrder(order: Order): Problem[] {
  if (order.lines.length === 0) return [problem('order.noLines')];
  const sum = order.lines.reduce((total, line) => total.plus(line.total), new Big(0));
  if (sum.eq(order.totals.total)) return [];
  return [problem('order.totalMismatch', { expected: order.totals.total, found: toDecimal(sum) })];
}

function checkBuyer(buyer: Buyer, match: BuyerMatch): Problem[] {
  const problems: Problem[] = [];
  if (buyer.taxId.trim() === '') problems.push(problem('order.taxIdMissing'));
  else if (buyerKey(buyer) === null) problems.push(problem('order.taxIdInvalid', { value: buyer.taxId }));
  if (match.kind === 'many')
    problems.push(problem('order.buyerAmbiguous', { value: buyer.taxId, found: match.count }));
  if (match.kind === 'none' && buyerName(buyer) === '') problems.push(problem('order.buyerNameMissing'));
  return problems;
}

function checkCurrency(order: Order, prices: PriceLookup): Problem[] {
  return prices.currency === null || prices.currency === order.currency
    ? []
    : [problem('order.currencyMismatch', { expected: prices.currency, found: order.currency })];
}

function prepareLine(
  line: Line,
  context: PrepareContext,
): { ok: true; lines: UnitLine[] } | { ok: false; problems: Problem[] } {
  const problems = checkLine(line);
  const match = context.prices.matches.get(line.sku) ?? { kind: 'none' };
  if (match.kind !== 'one') problems.push(priceProblem(line, match, context.prices));
  if (problems.length > 0 || match.kind !== 'one') return { ok: false, problems };
  const parts = splitToCents(line.quantity, new Big(line.total));
  if (parts === null)
    return { ok: false, problems: [problem('order.amountNotExact', amounts(line), { line: line.number })] };
  return {
    ok: true,
    lines: parts.map((part, index) => ({
      key: lineKey(context.exportKey, line.number, index === 0 ? 'whole' : 'rest'),
      sku: line.sku,
      entryId: match.entryId,
      quantity: part.quantity,
      unitPrice: part.unitPrice,
      discountPercent: line.discountPercent,
      note: line.note,
    })),
  };
}

function checkLine(line: Line): Problem[] {
  const at = { line: line.number };
  if (new Big(line.quantity).lte(0))
    return [problem('order.quantityInvalid', { sku: line.sku, value: line.quantity }, at)];
  const discount = new Big(line.discountPercent);
  if (new Big(line.unitPrice).lt(0) || discount.lt(0) || discount.gt(100))
    return [problem('order.priceInvalid', { sku: line.sku, value: line.unitPrice }, at)];
  // The store may round half to even: a cent either way is its own, more is not the same price.
  const expected = lineTotal(line.quantity, line.unitPrice, line.discountPercent);
  if (expected.minus(line.total).abs().gt('0.01'))
    return [
      problem('order.totalMismatch', { sku: line.sku, expected: toDecimal(expected), found: line.total }, at),
    ];
  return [];
}

function priceProblem(line: Line, match: Exclude<PriceMatch, { kind: 'one' }>, prices: PriceLookup): Problem {
  const at = { line: line.number };
  const params = { sku: line.sku, priceBook: prices.priceBook.name };
  return match.kind === 'many'
    ? problem('order.skuAmbiguous', { ...params, found: match.count }, at)
    : problem('order.skuNotInPriceBook', params, at);
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

const amounts = (line: Line): Record<string, Decimal | string> => ({
  sku: line.sku,
  value: line.quantity,
  expected: line.total,
});

function makeUnit(order: Order, context: PrepareContext, lines: UnitLine[]): OrderUnit {
  const taxId = buyerKey(order.buyer) ?? order.buyer.taxId;
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
    buyer:
      context.buyer.kind === 'one'
        ? { kind: 'existing', id: context.buyer.id, name: context.buyer.name, taxId }
        : { kind: 'new', record: newBuyer(order.buyer, taxId) },
    lines,
    total: order.totals.total,
  };
}

function newBuyer(buyer: Buyer, taxId: string): NewBuyer {
  return {
    name: buyerName(buyer),
    taxId,
    vatStatus: buyer.vatStatus,
    address: buyer.address,
    phone: buyer.phone,
    email: buyer.email,
  };
}

import Big from 'big.js';
import { type Decimal, decimalSchema } from '../../../contract/decimal';
import { type Line, lineSchema, type Order, orderSchema } from '../../../contract/order';
import type { Problem } from '../../../contract/problem';
import { type AmountRules, charges } from '../../../contract/rules';
import type { PreviewLine, RulesPreview } from '../../../contract/rulesView';
import { type AmountLine, orgAmounts, partTotal } from './amounts';
import { lineTotal, toCents, toDecimal } from './money';

/** What the org would get of a sample order under these rules. Pure. */
export function previewRules(rules: AmountRules): RulesPreview {
  const order = sampleOrder(rules);
  const made = orgAmounts(order, rules);
  if (!made.ok) return { kind: 'blocked', problems: made.problems satisfies Problem[] };
  const { lines, fields, leftOut } = made.amounts;
  const sum = lines.reduce(
    (total, { quantity, unitPrice }) => total.plus(partTotal(quantity, unitPrice)),
    new Big(0),
  );
  return {
    kind: 'preview',
    currency: order.currency,
    store: {
      lines: order.lines.map(storeLine),
      charges: charges.flatMap((charge) => {
        const amount = order.totals[charge];
        return new Big(amount).eq(0) ? [] : [{ charge, amount }];
      }),
      total: order.totals.total,
    },
    org: {
      lines: lines.map(orgLine),
      linesTotal: toDecimal(sum),
      fields,
      leftOut,
      storeTotal: order.totals.total,
    },
  };
}

const storeLine = ({ sku, name, quantity, unitPrice, discountPercent, total }: Line): PreviewLine => ({
  sku,
  name,
  charge: null,
  quantity,
  unitPrice,
  discountPercent,
  total,
});

const noDiscount = decimalSchema.parse('0');

function orgLine(line: AmountLine): PreviewLine {
  const { quantity, unitPrice } = line;
  const total = toDecimal(partTotal(quantity, unitPrice));
  const amounts = { quantity, unitPrice, discountPercent: noDiscount, total };
  return line.kind === 'goods'
    ? { sku: line.line.sku, name: line.line.name, charge: null, ...amounts }
    : { sku: line.sku, name: '', charge: line.charge, ...amounts };
}

const goods = [
  { number: 1, sku: 'A-100', name: 'Yerba mate 500 g', quantity: '10', unitPrice: '1050.00', discount: '0' },
  { number: 2, sku: 'B-200', name: 'Termo 1 l', quantity: '7', unitPrice: '8999.90', discount: '10' },
] as const;

/** One of everything: a line's discount, one on the whole order, shipping, a surcharge, and IVA where it is added. */
function sampleOrder({ storePrices, taxRatePercent }: AmountRules): Order {
  const decimal = (text: string): Decimal => decimalSchema.parse(text);
  const lines = goods.map(({ discount, ...line }) => {
    const total = lineTotal(decimal(line.quantity), decimal(line.unitPrice), decimal(discount));
    return lineSchema.parse({ ...line, discountPercent: discount, total: total.toFixed(2), note: '' });
  });
  const sum = lines.reduce((total, line) => total.plus(line.total), new Big(0));
  const discount = toCents(sum.times('0.05'));
  const shipping = new Big('2500');
  const surcharge = toCents(sum.minus(discount).times('0.03'));
  const taxed = sum.minus(discount).plus(shipping).plus(surcharge);
  const tax = storePrices === 'net' ? toCents(taxed.times(taxRatePercent).div(100)) : new Big(0);
  const totals = { lines: sum, discount, shipping, surcharge, tax, total: taxed.plus(tax) };
  return orderSchema.parse({
    number: '1',
    revision: 1,
    confirmedAt: '2026-01-01T12:00:00-03:00',
    channel: 'web',
    salesRep: null,
    currency: 'ARS',
    company: null,
    buyer: {
      id: null,
      businessName: null,
      contactName: null,
      taxId: '',
      taxIdKind: 'any',
      vatStatus: 'other',
      address: null,
      phone: null,
      email: null,
    },
    delivery: null,
    paymentTerms: '',
    notes: '',
    lines,
    totals: Object.fromEntries(Object.entries(totals).map(([name, amount]) => [name, amount.toFixed(2)])),
  });
}

import Big from 'big.js';
import { type Decimal, decimalSchema } from '../../../contract/decimal';
import type { ImportMapping, ImportReason } from '../../../contract/import';
import { type Line, lineSchema } from '../../../contract/order';
import { lineTotal } from '../orders/money';
import type { AmountReading } from './amount';
import type { Findings } from './findings';
import type { RowReader } from './rowReader';
import { chargeKey } from './serviceCodes';
import type { TableRow } from './table';

export interface LineReading {
  /** Null when the row is a charge that is left out, or has a fault. */
  line: Line | null;
  /** What the row comes to if its amounts can be read, even where the row has another fault. */
  total: Big | null;
  kind: 'goods' | 'charge' | 'chargeLeftOut';
}

/** Reads one row as the line of that number, and tells the findings all that is wrong with it. */
export type LineReader = (row: TableRow, number: number, findings: Findings) => LineReading;

export function lineReader(reader: RowReader, mapping: ImportMapping): LineReader {
  const charges = new Set(mapping.serviceCodes.map(chargeKey));

  return (row, number, findings) => {
    const misaligned = reader.misaligned(row);
    if (misaligned !== null) {
      findings.row('columnCount', row.number, misaligned.value);
      return { line: null, total: null, kind: 'goods' };
    }
    const sku = reader.text(row, 'sku');
    const charge = sku !== '' && charges.has(chargeKey(sku));
    const amounts = readAmounts(reader, row);
    // A charge that stays out of the order cannot spoil it: refunds and discounts are negative by nature.
    if (charge && mapping.serviceLines === 'leaveOut') {
      return { line: null, total: totalOf(amounts), kind: 'chargeLeftOut' };
    }
    const faults = amountFaults(amounts, reader, row);
    if (sku === '') faults.unshift({ reason: 'skuMissing', value: null });
    const line = faults.length === 0 ? buildLine(reader, row, number, amounts, faults) : null;
    for (const fault of faults) findings.row(fault.reason, row.number, fault.value);
    if (line !== null) remarkOn(line, amounts, findings);
    return { line, total: totalOf(amounts), kind: charge ? 'charge' : 'goods' };
  };
}

function remarkOn(line: Line, amounts: Amounts, findings: Findings): void {
  if (line.unitPrice === '0') findings.remark('priceZero');
  const unsure = Object.values(amounts).some((amount) => amount.kind === 'amount' && amount.ambiguous);
  if (unsure) findings.remark('amountAmbiguous');
}

type Amounts = {
  quantity: AmountReading;
  unitPrice: AmountReading;
  discountPercent: AmountReading;
};

interface Fault {
  reason: ImportReason;
  value: string | null;
}

const readAmounts = (reader: RowReader, row: TableRow): Amounts => ({
  quantity: reader.amount(row, 'quantity'),
  unitPrice: reader.amount(row, 'unitPrice'),
  discountPercent: reader.amount(row, 'discountPercent'),
});

function amountFaults({ quantity, unitPrice, discountPercent }: Amounts, reader: RowReader, row: TableRow) {
  const faults: Fault[] = [];
  if (quantity.kind !== 'amount') {
    const value = quantity.kind === 'blank' ? null : reader.text(row, 'quantity');
    faults.push({ reason: 'quantityInvalid', value });
  } else if (new Big(quantity.value).lte(0)) {
    faults.push({ reason: 'quantityNotPositive', value: quantity.value });
  }
  if (unitPrice.kind === 'blank') faults.push({ reason: 'priceMissing', value: null });
  else if (unitPrice.kind === 'malformed')
    faults.push({ reason: 'priceInvalid', value: reader.text(row, 'unitPrice') });
  else if (new Big(unitPrice.value).lt(0)) faults.push({ reason: 'priceNegative', value: unitPrice.value });
  const discounted = discountPercent.kind !== 'blank';
  if (discounted && !(discountPercent.kind === 'amount' && isPercentage(discountPercent.value))) {
    faults.push({ reason: 'discountInvalid', value: reader.text(row, 'discountPercent') });
  }
  return faults;
}

const isPercentage = (value: Decimal) => new Big(value).gte(0) && new Big(value).lte(100);

const noDiscount = decimalSchema.parse('0');

function totalOf({ quantity, unitPrice, discountPercent }: Amounts): Big | null {
  if (quantity.kind !== 'amount' || unitPrice.kind !== 'amount') return null;
  if (discountPercent.kind === 'malformed') return null;
  const discount = discountPercent.kind === 'amount' ? discountPercent.value : noDiscount;
  return lineTotal(quantity.value, unitPrice.value, discount);
}

/** Adds to the faults what only shows when the line is put together: texts and totals beyond their limits. */
function buildLine(reader: RowReader, row: TableRow, number: number, amounts: Amounts, faults: Fault[]) {
  const { quantity, unitPrice, discountPercent } = amounts;
  const total = decimalSchema.safeParse(totalOf(amounts)?.toFixed());
  if (!total.success || quantity.kind !== 'amount' || unitPrice.kind !== 'amount') {
    faults.push({ reason: 'priceInvalid', value: reader.text(row, 'unitPrice') });
    return null;
  }
  const line = lineSchema.safeParse({
    number,
    sku: reader.text(row, 'sku'),
    name: reader.text(row, 'productName'),
    quantity: quantity.value,
    unitPrice: unitPrice.value,
    discountPercent: discountPercent.kind === 'amount' ? discountPercent.value : noDiscount,
    total: total.data,
    note: reader.text(row, 'lineNote'),
  });
  if (line.success) return line.data;
  // Every other rule of the schema has been met above, so what is left are texts beyond their length.
  const fields = { sku: 'sku', name: 'productName', note: 'lineNote' } as const;
  for (const [key, field] of Object.entries(fields)) {
    if (line.error.issues.some((issue) => issue.path[0] === key)) {
      faults.push({ reason: 'textTooLong', value: reader.text(row, field) });
    }
  }
  return null;
}

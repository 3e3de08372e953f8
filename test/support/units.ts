import { type Decimal, decimalSchema } from '../../contract/decimal';
import type { OrderUnit, Org, UnitLine, WriteOutcome } from '../../main/engine/ports';

export const decimal = (text: string): Decimal => decimalSchema.parse(text);

/** A unit with so many lines of one piece at one peso, ready to be written. */
export function makeUnit(lineCount: number, changes: Partial<OrderUnit> = {}): OrderUnit {
  const exportKey = changes.exportKey ?? 'PAGINAWEB-1001';
  return {
    exportKey,
    identifier: 'PAGINAWEB',
    orderNumber: '1001',
    effectiveDate: '2026-11-20',
    currency: 'ARS',
    company: null,
    paymentTerms: '30 días',
    notes: '',
    delivery: null,
    priceBookId: '01s000000000001AAA',
    buyer: { kind: 'existing', id: '001000000000001AAA', name: 'El Sol SRL', taxId: '30712345671' },
    lines: Array.from({ length: lineCount }, (_, index) => makeUnitLine(index + 1, exportKey)),
    header: { discount: null, shipping: null, surcharge: null, tax: null },
    activateAs: null,
    total: decimal(String(lineCount)),
    ...changes,
  };
}

export function makeUnitLine(number: number, exportKey: string, changes: Partial<UnitLine> = {}): UnitLine {
  return {
    key: `${exportKey}-${number}`,
    sku: `SKU-${number}`,
    entryId: '01u000000000001AAA',
    quantity: decimal('1'),
    unitPrice: decimal('1.00'),
    discountPercent: decimal('0'),
    note: '',
    ...changes,
  };
}

/** Writes one unit in a call of its own. */
export async function writeOne(
  org: Pick<Org, 'write'>,
  unit: OrderUnit,
  signal = new AbortController().signal,
): Promise<WriteOutcome> {
  const [outcome] = await org.write([unit], signal);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

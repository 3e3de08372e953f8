import type { ImportField, ImportMapping } from '../../../contract/import';
import { type Address, addressSchema, type Buyer, buyerSchema } from '../../../contract/order';
import { parseTaxId } from '../taxId';
import type { Findings } from './findings';
import type { RowReader } from './rowReader';
import type { TableRow } from './table';

export interface BuyerReading {
  buyer: Buyer | null;
  /** What to call the buyer in a list, also where the order is left out. */
  name: string;
}

/**
 * Reads an order's buyer from its rows. All rows must name the same tax ID: a row without one, or with
 * another, may belong to somebody else's order. Name, contact and address come from the first row that
 * has them.
 */
export function readBuyer(
  rows: readonly TableRow[],
  reader: RowReader,
  mapping: ImportMapping,
  findings: Findings,
): BuyerReading {
  const taxId = readTaxId(rows, reader, mapping, findings);
  const first = (field: ImportField) => firstText(rows, reader, field);
  const businessName = first('buyerName') || fromPattern(mapping.buyerNamePattern, taxId);
  const parsed = buyerSchema.safeParse({
    id: null,
    businessName: businessName || null,
    contactName: first('buyerContact') || null,
    taxId,
    taxIdKind: mapping.taxIdKind,
    vatStatus: 'other',
    address: null,
    phone: first('buyerPhone') || null,
    email: first('buyerEmail') || null,
  });
  const address = readAddress(rows, reader, findings);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = buyerFields[String(issue.path[0])];
      findings.order('textTooLong', field === undefined ? businessName : first(field));
    }
  }
  const name = businessName || first('buyerContact') || taxId;
  return { buyer: parsed.success ? { ...parsed.data, address } : null, name };
}

const buyerFields: Partial<Record<string, ImportField>> = {
  contactName: 'buyerContact',
  taxId: 'buyerTaxId',
  phone: 'buyerPhone',
  email: 'buyerEmail',
};

/** The first text of these rows in that field; empty where none has any. */
export function firstText(rows: readonly TableRow[], reader: RowReader, field: ImportField): string {
  for (const row of rows) {
    const text = reader.text(row, field);
    if (text !== '') return text;
  }
  return '';
}

function readTaxId(
  rows: readonly TableRow[],
  reader: RowReader,
  mapping: ImportMapping,
  findings: Findings,
): string {
  const byKey = new Map<string, { text: string; rows: number[] }>();
  const blank: number[] = [];
  for (const row of rows) {
    const text = reader.text(row, 'buyerTaxId');
    const parsed = mapping.taxIdKind === 'argentina' ? parseTaxId(text) : null;
    if (text === '' || (parsed?.kind === 'invalid' && parsed.why === 'blank')) {
      blank.push(row.number);
      continue;
    }
    const key = parsed === null || parsed.kind === 'invalid' ? text : parsed.digits;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { text, rows: [row.number] });
    else known.rows.push(row.number);
    if (parsed?.kind === 'invalid') findings.rows('taxIdInvalid', [row.number], text);
  }
  const [main, ...others] = byKey.values();
  if (blank.length > 0) findings.rows('buyerMissing', blank, null);
  for (const other of others) findings.rows('buyerDiffers', other.rows, other.text);
  return main?.text ?? '';
}

const fromPattern = (pattern: string, taxId: string) =>
  taxId === '' ? '' : pattern.replaceAll('{taxId}', () => taxId).trim();

const addressFields = ['street', 'city', 'province', 'postalCode', 'country'] as const;

/** The address of the first row that has any part of one: parts of two rows would make a third address. */
function readAddress(rows: readonly TableRow[], reader: RowReader, findings: Findings): Address | null {
  const row = rows.find((one) => addressFields.some((field) => reader.text(one, field) !== ''));
  if (row === undefined) return null;
  const texts = Object.fromEntries(addressFields.map((field) => [field, reader.text(row, field)]));
  const parsed = addressSchema.safeParse(texts);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    findings.row('textTooLong', row.number, texts[String(issue.path[0])] ?? null);
  }
  return null;
}

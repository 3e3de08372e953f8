import { type ImportField, type ImportMapping, importFields } from '../../../../contract/import';
import { readAmount } from '../amount';
import { gatherMarkEvidence } from '../evidence';
import { parseLocalDate } from '../localDate';
import { columnPositions } from '../rowReader';
import { suggestServiceCodes } from '../serviceCodes';
import { cellText, type Pause, type TableContent } from '../table';
import { headerKey, suggestColumns } from './columns';
import { countSkus, looksArgentine, sniffCancellationPrefix, sniffDateOrder, soleMark } from './sniff';

/** What no file tells: the account's own currency, time zone, and what to call a buyer without a name. */
export interface MappingDefaults {
  currency: string;
  timeZone: string;
  buyerNamePattern: string;
}

/** Argentina is where most stores are; a person changes it once and it is remembered. */
export const argentineDefaults: MappingDefaults = {
  currency: 'ARS',
  timeZone: 'America/Argentina/Buenos_Aires',
  buyerNamePattern: 'Cliente {taxId}',
};

/** A table with what its file says about the way it was written. */
export interface SuggestInput extends TableContent {
  readonly format: 'csv' | 'xlsx';
  readonly delimiter: string;
}

/**
 * A mapping for a file nobody has mapped yet: columns by their headers (Spanish and English), the rest by
 * looking at the values. Where the values prove nothing: day before month; comma as decimal mark in a file
 * separated by semicolons, as spreadsheets with a decimal comma write them, else the point.
 */
export async function suggestMapping(
  table: SuggestInput,
  pause: Pause,
  defaults: MappingDefaults = argentineDefaults,
): Promise<ImportMapping> {
  const sample = table.rows.slice(0, sampleSize);
  const values = (position: number) => sample.map((row) => row.cells[position]);
  const columns = suggestColumns(table.columns, (field, position) => plausible(field, values(position)));
  const positions = columnPositions(table.columns, { columns });

  const evidence = await gatherMarkEvidence(table, { columns }, pause);
  const decimalMark = soleMark(evidence) ?? (table.delimiter === ';' ? ',' : '.');
  const taxIds = positions.get('buyerTaxId');
  const argentine =
    taxIds !== undefined && looksArgentine(values(taxIds).map(cellText), columns.buyerTaxId ?? '');
  return {
    columns,
    dateOrder: (await sniffDateOrder(table, positions.get('date'), pause)) ?? 'dmy',
    decimalMark,
    currency: defaults.currency,
    timeZone: defaults.timeZone,
    taxIdKind: argentine ? 'argentina' : 'any',
    buyerNamePattern: defaults.buyerNamePattern,
    cancellationPrefix: await sniffCancellationPrefix(
      table,
      { orderNumber: positions.get('orderNumber'), quantity: positions.get('quantity') },
      decimalMark,
      pause,
    ),
    serviceCodes: suggestServiceCodes(await countSkus(table, positions.get('sku'), pause)),
    // The order's total then is the file's total, to the cent.
    serviceLines: 'asLines',
  };
}

/**
 * Fits a mapping set up for an earlier file of this shape to this one: columns are found again although
 * their spelling differs, and where this file's own values prove another decimal mark or order of dates,
 * they win, because the same shop exports from two computers.
 */
export async function adoptMapping(
  remembered: ImportMapping,
  table: TableContent,
  pause: Pause,
): Promise<ImportMapping> {
  const byKey = new Map(table.columns.map((column) => [headerKey(column), column]));
  const columns: ImportMapping['columns'] = {};
  for (const field of importFields) {
    const name = remembered.columns[field];
    if (name === undefined) continue;
    const column = table.columns.includes(name) ? name : byKey.get(headerKey(name));
    if (column !== undefined) columns[field] = column;
  }
  const evidence = await gatherMarkEvidence(table, { columns }, pause);
  const dates = columnPositions(table.columns, { columns }).get('date');
  return {
    ...remembered,
    columns,
    decimalMark: soleMark(evidence) ?? remembered.decimalMark,
    dateOrder: (await sniffDateOrder(table, dates, pause)) ?? remembered.dateOrder,
  };
}

const sampleSize = 200;

/** Whether most of the values could be what the field asks for. Blank columns speak against nothing. */
function plausible(field: ImportField, cells: readonly (string | number | undefined)[]): boolean {
  const texts = cells.map(cellText);
  const share = (test: (text: string, index: number) => boolean) => {
    const filled = texts.filter((text) => text !== '').length;
    return filled === 0 ? 1 : texts.filter((text, index) => text !== '' && test(text, index)).length / filled;
  };
  const amount = (_text: string, index: number) =>
    ([',', '.'] as const).some((mark) => readAmount(cells[index], mark, new Set()).kind === 'amount');
  switch (field) {
    case 'date':
      return share((text) => dateOrders.some((order) => parseLocalDate(text, order) !== null)) >= 0.5;
    case 'quantity':
    case 'unitPrice':
      return share(amount) >= 0.5;
    case 'discountPercent':
      return share((text, index) => amount(text, index) || text.endsWith('%')) >= 0.5;
    case 'buyerTaxId':
      return share((text) => /\d/.test(text)) >= 0.5;
    case 'buyerName':
      return share((text) => /\p{L}/u.test(text)) >= 0.5;
    case 'buyerEmail':
      return share((text) => text.includes('@')) >= 0.5;
    default:
      return true;
  }
}

const dateOrders = ['dmy', 'mdy', 'ymd'] as const;

import {
  type CatalogFileField,
  type CatalogMapping,
  type CatalogMappingDraft,
  catalogFileFields,
  catalogMappingSchema,
} from '../../../../contract/catalogFile';
import type { PriceRules } from '../../../../contract/catalogRules';
import { type MarkEvidence, readAmount } from '../../import/amount';
import { marksProven } from '../../import/evidence';
import { assignColumns, headerKey, names } from '../../import/mapping/columns';
import { soleMark } from '../../import/mapping/sniff';
import { argentineDefaults } from '../../import/mapping/suggest';
import { cellText, type Pause, type TableContent } from '../../import/table';

/** Words that name a field, the surest first, as `headerKey` renders them. */
const phrases: Record<CatalogFileField, readonly string[]> = {
  sku: names.sku,
  name: [...names.productName, 'nombre', 'name', 'titulo', 'title'],
  stock: [
    'stock',
    'stock disponible',
    'stock actual',
    'existencia',
    'existencias',
    'disponible',
    'inventario',
    'inventory',
    ...names.quantity,
  ],
  price: ['precio', 'price', 'precio general', 'precio mayorista', 'wholesale price', ...names.unitPrice],
};

const sampleRows = 200;

/** A table with what its file says about the way it was written. */
interface SuggestInput extends TableContent {
  readonly delimiter: string;
}

/** A mapping for a file nobody has mapped yet: columns by their headers, the decimal mark by the values. */
export async function suggestCatalogMapping(
  table: SuggestInput,
  lists: PriceRules['lists'],
  pause: Pause,
): Promise<CatalogMapping> {
  const sample = table.rows.slice(0, sampleRows);
  const columns = assignColumns(table.columns, phrases, (field, position) => {
    if (field !== 'stock' && field !== 'price') return true;
    const filled = sample.map((row) => row.cells[position]).filter((cell) => cellText(cell) !== '');
    const amounts = filled.filter((cell) =>
      marks.some((mark) => readAmount(cell, mark, none).kind === 'amount'),
    );
    return filled.length === 0 || amounts.length / filled.length >= 0.5;
  });
  const free = table.columns.filter((column) => !Object.values(columns).includes(column));
  const suggested: CatalogMapping = {
    columns,
    lists: lists.flatMap(({ list, priceBook }) => {
      const column = free.find((one) => [list, priceBook].map(headerKey).includes(headerKey(one)));
      return column === undefined ? [] : [{ column, priceBook }];
    }),
    decimalMark: table.delimiter === ';' ? ',' : '.',
    currency: argentineDefaults.currency,
  };
  return withProvenMark(suggested, table, pause);
}

/** Fits a mapping set up for an earlier file of this shape to this one, however its headers are spelled now. */
export async function adoptCatalogMapping(
  remembered: CatalogMapping,
  table: TableContent,
  pause: Pause,
): Promise<CatalogMapping> {
  const byKey = new Map(table.columns.map((column) => [headerKey(column), column]));
  const find = (name: string) => (table.columns.includes(name) ? name : byKey.get(headerKey(name)));
  const columns: CatalogMapping['columns'] = {};
  for (const field of catalogFileFields) {
    const column = find(remembered.columns[field] ?? '');
    if (column !== undefined) columns[field] = column;
  }
  const lists = remembered.lists.flatMap(({ column, priceBook }) => {
    const found = find(column);
    return found === undefined ? [] : [{ column: found, priceBook }];
  });
  return withProvenMark({ ...remembered, columns, lists }, table, pause);
}

async function withProvenMark(
  mapping: CatalogMapping,
  table: TableContent,
  pause: Pause,
): Promise<CatalogMapping> {
  const proven = soleMark(await markEvidence(table, mapping, pause));
  return { ...mapping, decimalMark: proven ?? mapping.decimalMark };
}

/** Which decimal marks the stock and prices of the file prove (see `readAmount`). */
export async function markEvidence(
  table: TableContent,
  mapping: Pick<CatalogMapping, 'columns' | 'lists'>,
  pause: Pause,
): Promise<MarkEvidence> {
  const { stock, price } = mapping.columns;
  const positions = [stock, price, ...mapping.lists.map(({ column }) => column)]
    .map((column) => (column === undefined ? -1 : table.columns.indexOf(column)))
    .filter((position) => position >= 0);
  return marksProven(table, positions, pause);
}

const marks = [',', '.'] as const;
const none: MarkEvidence = new Set();

/** What is wrong with one field of the mapping's form. */
export type CatalogMappingFault =
  | 'required'
  | 'columnMissing'
  | 'columnUsedTwice'
  | 'currency'
  | 'nothingToWrite'
  | 'priceWithLists'
  | 'notNumbers'
  | 'noSkus';

export type CatalogMappingCheck =
  | { ok: true; mapping: CatalogMapping }
  /** By path: `columns.sku`, `lists.0.priceBook`, `currency`. */
  | { ok: false; fields: Record<string, CatalogMappingFault> };

/** Checks a mapping as a person left it on screen against the columns of the file, and tidies it. */
export function validateCatalogMapping(
  draft: CatalogMappingDraft,
  columns: readonly string[],
): CatalogMappingCheck {
  const fields: Record<string, CatalogMappingFault> = {};
  const chosen: CatalogMapping['columns'] = {};
  const used = new Set<string>();

  function use(path: string, column: string): void {
    if (!columns.includes(column)) fields[path] = 'columnMissing';
    else if (used.has(column)) fields[path] = 'columnUsedTwice';
    used.add(column);
  }

  for (const field of catalogFileFields) {
    const column = draft.columns[field] ?? '';
    if (column === '') continue;
    chosen[field] = column;
    use(`columns.${field}`, column);
  }
  for (const [index, { column, priceBook }] of draft.lists.entries()) {
    if (column === '') fields[`lists.${index}.column`] = 'required';
    else use(`lists.${index}.column`, column);
    if (priceBook.trim() === '') fields[`lists.${index}.priceBook`] = 'required';
  }
  if (chosen.sku === undefined) fields['columns.sku'] = 'required';
  if (chosen.stock === undefined && chosen.price === undefined && draft.lists.length === 0) {
    fields['columns.stock'] = 'nothingToWrite';
    fields['columns.price'] = 'nothingToWrite';
  } else if (chosen.price === undefined && draft.lists.length > 0) {
    // The general price would be planned as well, and there would be no cell to put it into.
    fields['columns.price'] = 'priceWithLists';
  }
  const parsed = catalogMappingSchema.safeParse({
    columns: chosen,
    lists: draft.lists.map(({ column, priceBook }) => ({ column, priceBook: priceBook.trim() })),
    decimalMark: draft.decimalMark,
    currency: draft.currency.trim().toUpperCase(),
  });
  if (parsed.error?.issues.some(({ path }) => path[0] === 'currency')) fields['currency'] = 'currency';
  return parsed.success && Object.keys(fields).length === 0
    ? { ok: true, mapping: parsed.data }
    : { ok: false, fields };
}

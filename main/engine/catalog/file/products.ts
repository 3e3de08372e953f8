import type { CatalogMapping, FileCheck, FileFinding } from '../../../../contract/catalogFile';
import { canonical, type Decimal } from '../../../../contract/decimal';
import { type MarkEvidence, readAmount } from '../../import/amount';
import { cellText, type Pause, type TableContent, type TableRow } from '../../import/table';
import type { StoreProduct } from '../compare';
import type { CatalogMappingFault } from './mapping';

/** Products handed on in one go. */
const productsAtOnce = 500;
/** Of a column with more than this share of unreadable values, the column or the decimal mark is wrong. */
const mostUnreadable = 0.2;

/** Where each thing stands in a row; -1 where the file has no such column. */
export interface Places {
  sku: number;
  name: number;
  stock: number;
  price: number;
  lists: readonly { list: string; position: number }[];
}

export function placesOf(columns: readonly string[], mapping: CatalogMapping): Places {
  const at = (column: string | undefined) => (column === undefined ? -1 : columns.indexOf(column));
  const { sku, name, stock, price } = mapping.columns;
  return {
    sku: at(sku),
    name: at(name),
    stock: at(stock),
    price: at(price),
    lists: mapping.lists.map(({ column }) => ({ list: column, position: at(column) })),
  };
}

type Seen = (finding: FileFinding, row: TableRow, value: string) => void;

export interface ProductReader {
  places: Places;
  /** Null where the row has no SKU. */
  read(row: TableRow, seen?: Seen): StoreProduct | null;
}

/** Reads rows of a catalogue file by its mapping. A value that is blank, or no number, is no value: never zero. */
export function productReader(
  table: TableContent,
  mapping: CatalogMapping,
  evidence: MarkEvidence,
): ProductReader {
  const places = placesOf(table.columns, mapping);

  function amount(row: TableRow, position: number, unreadable: FileFinding, seen?: Seen): Decimal | null {
    const cell = position < 0 ? undefined : row.cells[position];
    const reading = readAmount(cell, mapping.decimalMark, evidence);
    if (reading.kind === 'malformed') seen?.(unreadable, row, cellText(cell));
    if (reading.kind !== 'amount') return null;
    if (reading.ambiguous) seen?.('ambiguous', row, cellText(cell));
    return canonical(reading.value);
  }

  return {
    places,
    read(row, seen) {
      const sku = cellText(row.cells[places.sku]);
      if (sku === '') {
        seen?.('noSku', row, '');
        return null;
      }
      const lists: Record<string, Decimal> = {};
      for (const { list, position } of places.lists) {
        const value = amount(row, position, 'priceUnreadable', seen);
        if (value !== null) lists[list] = value;
      }
      return {
        sku,
        name: places.name < 0 ? '' : cellText(row.cells[places.name]),
        stock: amount(row, places.stock, 'stockUnreadable', seen),
        price: amount(row, places.price, 'priceUnreadable', seen),
        lists,
      };
    },
  };
}

/** The file's products, some at a time, repeated SKUs and all. */
export async function* productsOf(
  table: TableContent,
  reader: ProductReader,
  pause: Pause,
): AsyncGenerator<StoreProduct[]> {
  let batch: StoreProduct[] = [];
  for (const row of table.rows) {
    const product = reader.read(row);
    if (product !== null) batch.push(product);
    if (batch.length < productsAtOnce) continue;
    await pause();
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Looks through the whole file: how many products there are, and what is wrong with which rows. */
export async function checkProducts(
  table: TableContent,
  reader: ProductReader,
  pause: Pause,
): Promise<FileCheck> {
  const findings = new Map<FileFinding, { rows: number; row: number; value: string }>();
  const note: Seen = (finding, { number: row }, value) => {
    const known = findings.get(finding);
    if (known === undefined) findings.set(finding, { rows: 1, row, value: value.slice(0, 80) });
    else known.rows += 1;
  };
  const skus = new Set<string>();
  for (const [index, row] of table.rows.entries()) {
    if (index % productsAtOnce === 0) await pause();
    const product = reader.read(row, note);
    if (product === null) continue;
    if (skus.has(product.sku)) note('repeated', row, product.sku);
    skus.add(product.sku);
  }
  const fields: Record<string, CatalogMappingFault> = {};
  if (skus.size === 0) fields['columns.sku'] = 'noSkus';
  const { places } = reader;
  const isMostlyBad = (finding: FileFinding, columns: number) =>
    (findings.get(finding)?.rows ?? 0) > table.rows.length * columns * mostUnreadable;
  if (isMostlyBad('stockUnreadable', 1)) fields['columns.stock'] = 'notNumbers';
  const priceColumns = places.lists.length + (places.price < 0 ? 0 : 1);
  if (isMostlyBad('priceUnreadable', priceColumns))
    fields[places.price < 0 ? 'lists.0.column' : 'columns.price'] = 'notNumbers';
  if (Object.keys(fields).length > 0) return { kind: 'mappingIncomplete', fields };
  return {
    kind: 'ready',
    products: skus.size,
    findings: [...findings].map(([finding, more]) => ({ finding, ...more })),
  };
}

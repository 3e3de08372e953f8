import type { CatalogMapping, UploadRows } from '../../../../contract/catalogFile';
import type { Decimal } from '../../../../contract/decimal';
import type { OutCell } from '../../export/outTable';
import { type MarkEvidence, readAmount } from '../../import/amount';
import {
  type Cell,
  cellText,
  exactNumber,
  type Pause,
  type TableContent,
  type TableRow,
} from '../../import/table';
import type { StoreWrite } from '../ports';
import type { Places, ProductReader } from './products';

/** Rows whose changes are looked up in one go: a few milliseconds. */
const rowsAtOnce = 500;

export interface UploadOptions {
  reader: ProductReader;
  rows: UploadRows;
  /** What is to be written of these SKUs; those that are left out stay as they are. */
  changesOf: (skus: readonly string[]) => Promise<ReadonlyMap<string, StoreWrite>>;
  /** How a cell that nothing is written into goes out. */
  keep: (cell: Cell, position: number) => OutCell;
  pause: Pause;
}

/**
 * The rows of the opened file with the new values in them. Whatever nothing is to be written into, columns that nobody
 * mapped and blank cells among it, goes out as it came in.
 */
export async function* uploadRowsOf(
  table: TableContent,
  { reader: { places }, rows, changesOf, keep, pause }: UploadOptions,
): AsyncGenerator<OutCell[]> {
  for (let start = 0; start < table.rows.length; start += rowsAtOnce) {
    await pause();
    const part = table.rows.slice(start, start + rowsAtOnce);
    const skuOf = (row: TableRow) => cellText(row.cells[places.sku]);
    const changes = await changesOf(part.map(skuOf).filter((sku) => sku !== ''));
    for (const row of part) {
      const change = changes.get(skuOf(row));
      if (change === undefined && rows === 'changed') continue;
      const cells = row.cells.map((cell, position) => keep(cell, position));
      for (const [position, value] of change === undefined ? [] : written(change, places)) {
        while (cells.length <= position) cells.push(null);
        cells[position] = { decimal: value };
      }
      yield cells;
    }
  }
}

function written({ stock, price, lists }: StoreWrite, places: Places): [position: number, value: Decimal][] {
  const all: [number, Decimal | undefined][] = [
    [places.stock, stock],
    [places.price, price],
    ...places.lists.map(({ list, position }): [number, Decimal | undefined] => [position, lists?.[list]]),
  ];
  return all.flatMap(([position, value]) => (position < 0 || value === undefined ? [] : [[position, value]]));
}

/**
 * A cell that stays: texts as they are, numbers to the last digit that a spreadsheet shows. Where text is to become a
 * workbook (`asNumbers`), stock and prices become numbers, so that a column is not half text.
 */
export function keptCell(
  { decimalMark }: CatalogMapping,
  { stock, price, lists }: Places,
  evidence: MarkEvidence,
  asNumbers: boolean,
): UploadOptions['keep'] {
  const amounts = new Set([stock, price, ...lists.map(({ position }) => position)]);
  return (cell, position) => {
    if (cell === '') return null;
    if (typeof cell === 'string' && !(asNumbers && amounts.has(position))) return cell;
    const reading = readAmount(cell, decimalMark, evidence);
    if (reading.kind === 'amount') return { decimal: reading.value };
    return typeof cell === 'string' ? cell : exactNumber(cell);
  };
}

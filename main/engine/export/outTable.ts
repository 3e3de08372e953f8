import type { Decimal } from '../../../contract/decimal';

/** What a cell is to hold: a text as it is, an exact number, or nothing. */
export type OutCell = string | { decimal: Decimal } | null;

export interface OutTable {
  headings: readonly string[];
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>;
  /** How many rows there will be, where that is known beforehand. */
  total?: number;
}

/** How delimited text is written. */
export interface CsvForm {
  kind: 'csv';
  delimiter: string;
  decimalMark: ',' | '.';
  encoding: string;
  /** Whether the file begins with a byte-order mark, by which Excel knows UTF-8. */
  marked: boolean;
  /**
   * Puts an apostrophe before texts that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`), as a spreadsheet
   * itself marks a text; our own reader takes it off again. Not for a file that another program is to read: to it the
   * apostrophe would be part of the SKU.
   */
  guarded: boolean;
}

export interface XlsxForm {
  kind: 'xlsx';
  sheet: string;
}

/** Text as Excel opens it with a double click in the person's language. */
export const csvForPeople = (decimalMark: ',' | '.'): CsvForm => ({
  kind: 'csv',
  delimiter: decimalMark === ',' ? ';' : ',',
  decimalMark,
  encoding: 'UTF-8',
  marked: true,
  guarded: true,
});

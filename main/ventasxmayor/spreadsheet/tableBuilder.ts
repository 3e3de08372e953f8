import { type Cell, cellText, type TableRow } from '../../engine/import/table';
import { emptyFile, tooLarge } from './fileFault';
import { limits } from './limits';

export interface BuiltTable {
  columns: string[];
  /** The header as it stands in the file. */
  headings: string[];
  rows: TableRow[];
}

/**
 * Gathers the records of a file into a table: finds the header, names the columns, drops blank rows (they
 * still count), and keeps to the limits. Throws FileFault.
 */
export function createTableBuilder(format: 'csv' | 'xlsx') {
  const rows: TableRow[] = [];
  /** The first rows, kept back until the header is found among them. */
  let head: TableRow[] | null = [];
  let columns: string[] = [];
  let headings: string[] = [];
  let previous: readonly Cell[] = [];

  function add(number: number, cells: Cell[]): void {
    if (cells.every((cell) => typeof cell === 'string' && cell.trim() === '')) return;
    for (const cell of cells) {
      if (typeof cell === 'string' && cell.length > limits.cell) throw tooLarge('cell', number);
    }
    if (head === null) keep({ number, cells });
    else {
      head.push({ number, cells });
      if (head.length >= headRows) settleHeader(head);
    }
  }

  function settleHeader(first: readonly TableRow[]): void {
    const at = headerIndex(first);
    const header = first[at];
    if (header === undefined) throw emptyFile();
    if (header.cells.length > limits.columns) throw tooLarge('columns', header.number);
    headings = header.cells.map(cellText);
    columns = nameColumns(headings);
    head = null;
    for (const row of first.slice(at + 1)) keep(row);
  }

  function keep({ number, cells }: TableRow): void {
    if (rows.length >= limits.rows) throw tooLarge('rows', number);
    const fitted = toWidth(cells).map((cell, index) => {
      // Rows of one order repeat its number, date and buyer: one text in memory serves them all.
      const above = previous[index];
      return above !== undefined && above === cell ? above : cell;
    });
    previous = fitted;
    rows.push({ number, cells: fitted });
  }

  /** A sheet has no short rows, and what stands beside the table is not of it; in CSV both are faults. */
  function toWidth(cells: readonly Cell[]): Cell[] {
    if (format === 'csv') return cells.slice(0, limits.columns + 1);
    return columns.map((_, index) => cells[index] ?? '');
  }

  return {
    add,
    /** The table, once all records have been added. */
    finish(): BuiltTable {
      if (head !== null) settleHeader(head);
      if (rows.length === 0) throw emptyFile();
      return { columns, headings, rows };
    },
  };
}

const headRows = 20;

/**
 * The header is the first row that is at least half as wide as the widest of the first rows: a report's title and
 * date above the table are narrower.
 */
function headerIndex(rows: readonly TableRow[]): number {
  const widths = rows.map((row) => row.cells.filter((cell) => cellText(cell) !== '').length);
  const widest = Math.max(0, ...widths);
  return widths.findIndex((width) => width >= widest / 2);
}

/** Each column a name of its own: repeated ones are numbered, blank ones named by their letter. */
function nameColumns(texts: readonly string[]): string[] {
  const width = texts.reduce((last, text, index) => (text === '' ? last : index + 1), 0);
  const used = new Set<string>();
  return texts.slice(0, width).map((text, index) => {
    const base = text.replace(/\s+/g, ' ').slice(0, maxNameLength) || `[${columnLetters(index)}]`;
    let name = base;
    for (let copy = 2; used.has(name); copy += 1) name = `${base} (${copy})`;
    used.add(name);
    return name;
  });
}

/** The contract allows 200 characters; some are left for the number of a repeated name. */
const maxNameLength = 190;

/** 0 is A, 25 is Z, 26 is AA. */
function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

import Big from 'big.js';

/**
 * A cell as the reader found it. Text stays text, so that leading zeros survive; only a number cell of an
 * XLSX sheet is a number, because its decimal mark is known and must not be guessed from the mapping.
 */
export type Cell = string | number;

export interface TableRow {
  /** Row as a spreadsheet counts it, from 1, blank rows included. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** The part of a table the rules need: the header's names, each one once, and the rows under it. */
export interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Lets other work run; the planner awaits it every few rows. */
export type Pause = () => Promise<void>;

/** What a person sees in the cell, on one line, without blanks at the ends. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'number' ? exactNumber(cell) : oneLine(cell);
}

/** As `cellText`, but the text's own line breaks stay. */
export function cellParagraphs(cell: Cell | undefined): string {
  if (cell === undefined || typeof cell === 'number') return cellText(cell);
  return cell
    .split(/\r\n|\r|\n/)
    .map((line) => oneLine(line))
    .join('\n')
    .trim();
}

/**
 * The decimal a number cell stands for. A spreadsheet stores 2.55 as the nearest binary fraction and shows
 * 15 significant digits of it; the same 15 digits bring back what was typed.
 */
export function exactNumber(value: number): string {
  return Number.isFinite(value) ? new Big(value.toPrecision(15)).toFixed() : String(value);
}

function oneLine(text: string): string {
  return hasControlCharacter.test(text) ? text.replace(controlCharacters, ' ').trim() : text.trim();
}

// Built from escapes: control characters in a literal pattern are hard to see and easy to lose.
const controlClass = '[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]';
const hasControlCharacter = new RegExp(controlClass);
const controlCharacters = new RegExp(`${controlClass}+`, 'g');

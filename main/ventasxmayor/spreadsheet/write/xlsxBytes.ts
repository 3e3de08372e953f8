import type { OutCell, OutTable, XlsxForm } from '../../../engine/export/outTable';
import type { Pause } from '../../../engine/import/table';
import { inBatches } from './inBatches';
import { xlsxParts } from './xlsxParts';
import { escapeXml } from './xml';
import { type ZipPart, zipBytes } from './zipBytes';

/** Rows of a sheet below its header (ECMA-376 leaves it open; Excel ends here). */
export const mostXlsxRows = 1_048_575;

/** Thrown where a sheet cannot hold the rows. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
}

/** Rows by which the columns' widths are told. */
const measuredRows = 200;
const narrowest = 9;
const widest = 60;

/**
 * A table as a workbook with one sheet. Texts are text cells in the format "Text", so that a SKU keeps its zeros even
 * when somebody edits it; numbers are numbers; the header is bold and stays in sight.
 */
export function xlsxBytes(table: OutTable, { sheet }: XlsxForm, pause: Pause): AsyncGenerator<Uint8Array> {
  const parts: ZipPart[] = [
    ...Object.entries(xlsxParts(sheet)).map(([name, text]) => ({ name, text: [text] })),
    { name: 'xl/worksheets/sheet1.xml', text: sheetXml(table, pause) },
  ];
  return zipBytes(parts);
}

async function* sheetXml({ headings, rows }: OutTable, pause: Pause): AsyncGenerator<string> {
  const batches = inBatches(rows, pause);
  const first: OutCell[][] = [];
  let next = await batches.next();
  for (; next.done !== true && first.length < measuredRows; next = await batches.next())
    first.push(...next.value.map((row) => [...row]));

  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  yield columnsXml([headings, ...first]);
  yield '<sheetData>';
  yield rowXml(headings, 1, styles.header);
  let number = 1;
  const linesOf = (lines: readonly (readonly OutCell[])[]): string => {
    let text = '';
    for (const line of lines) {
      number += 1;
      if (number > mostXlsxRows + 1) throw new TooManyRows();
      text += rowXml(line, number, styles.text);
    }
    return text;
  };
  yield linesOf(first);
  for (; next.done !== true; next = await batches.next()) yield linesOf(next.value);
  yield '</sheetData></worksheet>';
}

/** Places in the list of cell formats (`xlsxParts`). */
const styles = { header: 1, text: 2 } as const;

function rowXml(cells: readonly OutCell[], number: number, textStyle: number): string {
  let text = `<row r="${number}">`;
  for (const [column, cell] of cells.entries()) {
    if (cell === null || cell === '') continue;
    const reference = `${columnLetters(column)}${number}`;
    text +=
      typeof cell === 'string'
        ? `<c r="${reference}" s="${textStyle}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`
        : `<c r="${reference}"><v>${cell.decimal}</v></c>`;
  }
  return `${text}</row>`;
}

function columnsXml(rows: readonly (readonly OutCell[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  if (columns === 0) return '';
  const texts = Array.from({ length: columns }, (_, index) => {
    const longest = Math.max(...rows.map((row) => lengthOf(row[index] ?? null)));
    const width = Math.min(widest, Math.max(narrowest, longest + 2));
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  return `<cols>${texts.join('')}</cols>`;
}

function lengthOf(cell: OutCell): number {
  if (cell === null) return 0;
  return typeof cell === 'string' ? cell.length : cell.decimal.length;
}

const letters: string[] = [];

/** 0 is A, 25 is Z, 26 is AA. */
function columnLetters(column: number): string {
  const known = letters[column];
  if (known !== undefined) return known;
  const last = String.fromCharCode(65 + (column % 26));
  const made = column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
  letters[column] = made;
  return made;
}

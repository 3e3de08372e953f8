import { type Cell, exactNumber, type Pause } from '../../../engine/import/table';
import { tooLarge, unreadable } from '../fileFault';
import { limits } from '../limits';
import { type NumberKind, numberKind, serialToIso } from './numberFormat';
import { parseXml, type XmlHandlers } from './xml';
import type { Archive } from './zip';

/** The texts that cells refer to by number. */
export async function readSharedStrings(
  archive: Archive,
  path: string | null,
  pause: Pause,
): Promise<string[]> {
  const texts: string[] = [];
  if (path === null) return texts;
  const collector = richText();
  let size = 0;
  const handlers: XmlHandlers = {
    open: collector.open,
    text: collector.text,
    close(name) {
      collector.close(name);
      if (name !== 'si') return;
      const text = collector.take();
      size += text.length;
      if (size > limits.sharedText) throw tooLarge('sharedText');
      texts.push(text);
    },
  };
  await parseXml(archive.read(path), handlers, pause);
  return texts;
}

/** What each cell style makes of a number, by the style's place in the list. */
export async function readStyles(archive: Archive, path: string | null, pause: Pause): Promise<NumberKind[]> {
  const kinds: NumberKind[] = [];
  if (path === null) return kinds;
  const codes = new Map<number, string>();
  let inCellFormats = false;
  const handlers: XmlHandlers = {
    open(name, attributes) {
      const id = Number(attributes['numFmtId'] ?? '0');
      if (name === 'numFmt') codes.set(id, attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'xf' && inCellFormats) kinds.push(numberKind(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  };
  await parseXml(archive.read(path), handlers, pause);
  return kinds;
}

export interface SheetContext {
  sharedStrings: readonly string[];
  styles: readonly NumberKind[];
  date1904: boolean;
}

/** Reads a sheet row by row; cells left out of the file come as blanks. */
export async function readSheet(
  archive: Archive,
  path: string,
  context: SheetContext,
  takeRow: (number: number, cells: Cell[]) => void,
  pause: Pause,
): Promise<void> {
  let rowNumber = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;
  const inline = richText();

  const handlers: XmlHandlers = {
    open(name, attributes) {
      if (name === 'row') {
        rowNumber = nextRow(attributes['r'], rowNumber);
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? '0');
        value = '';
      } else if (name === 'v') inValue = true;
      else inline.open(name);
    },
    text(text) {
      if (inValue) value += text;
      else inline.text(text);
    },
    close(name) {
      if (name === 'v') inValue = false;
      else if (name === 'is') value = inline.take();
      else if (name === 'c') place(cellOf(type, value, context.styles[style], context));
      else if (name === 'row') takeRow(rowNumber, cells);
      else inline.close(name);
    },
  };

  function place(cell: Cell): void {
    if (cell === '') return;
    if (column >= limits.columns) throw tooLarge('columns', rowNumber);
    while (cells.length < column) cells.push('');
    cells[column] = cell;
  }

  await parseXml(archive.read(path), handlers, pause);
}

/** Gathers the text of a plain or rich string, without the reading aids (`rPh`) of East Asian texts. */
function richText() {
  let gathered = '';
  let inText = false;
  let inPhonetic = false;
  return {
    open(name: string): void {
      if (name === 't') inText = true;
      else if (name === 'rPh') inPhonetic = true;
    },
    text(text: string): void {
      if (!inText || inPhonetic) return;
      gathered += text;
      if (gathered.length > limits.cell * 8) throw tooLarge('cell');
    },
    close(name: string): void {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
    },
    take(): string {
      const text = gathered;
      gathered = '';
      return unescapeText(text);
    },
  };
}

/** Characters that XML cannot hold are written as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
const unescapeText = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

function cellOf(type: string, value: string, style: NumberKind | undefined, context: SheetContext): Cell {
  switch (type) {
    case 's': {
      const text = value === '' ? '' : context.sharedStrings[Number(value)];
      if (text === undefined) throw unreadable('damaged', { detail: `si ${value}` });
      return text;
    }
    case 'n':
      return value.trim() === '' ? '' : numberCell(value, style, context.date1904);
    case 'b':
      return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    case 'inlineStr':
      // Its text is whole already: what it says must not be taken for an escape again.
      return value;
    default:
      // Texts (`str`), errors (`#N/A`: shown as they are) and ISO dates (`d`).
      return unescapeText(value);
  }
}

function numberCell(value: string, style: NumberKind | undefined, date1904: boolean): Cell {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  switch (style?.kind) {
    case 'date':
      return serialToIso(number, date1904) ?? number;
    case 'percent':
      return number * 100;
    case 'padded':
      return Number.isInteger(number) && number >= 0
        ? exactNumber(number).padStart(style.digits, '0')
        : number;
    default:
      return number;
  }
}

function nextRow(reference: string | undefined, previous: number): number {
  const number = reference === undefined ? previous + 1 : Number(reference);
  if (!Number.isInteger(number) || number <= previous) throw unreadable('damaged', { row: previous });
  return number;
}

/** `A1` is 0, `AA1` is 26. */
function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column === 0 ? undefined : column - 1;
}

import { deflateRawSync } from 'node:zlib';

/** A cell as its XML inside `<c r="…">`: `{ attributes, inner }`, or plain text, which becomes inline. */
export type XlsxCell = string | number | { attributes: string; inner: string } | null;

export interface XlsxOptions {
  /** Number formats by style, from style 1 on; style 0 is General. A number is a built-in format's. */
  formats?: (string | number)[];
  date1904?: boolean;
  sharedStrings?: string[];
  /** Sheets before the one with the rows. */
  hiddenSheetFirst?: boolean;
  /** Row numbers, where they are not 1, 2, 3… */
  rowNumbers?: number[];
  /** Parts that replace or are added to the workbook's own; null removes one. */
  parts?: Record<string, string | null>;
}

/** Makes a workbook the way spreadsheet programs do, with only what a reader needs in it. */
export function makeXlsx(rows: readonly (readonly XlsxCell[])[], options: XlsxOptions = {}): Buffer {
  const sheets = options.hiddenSheetFirst
    ? '<sheet name="Oculta" sheetId="2" state="hidden" r:id="rId2"/><sheet name="Pedidos" sheetId="1" r:id="rId1"/>'
    : '<sheet name="Pedidos" sheetId="1" r:id="rId1"/>';
  const parts: Record<string, string | null> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns:r="r">${options.date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'worksheet', '/xl/worksheets/hidden.xml'],
      ['rId3', 'styles', 'styles.xml'],
      ['rId4', 'sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/worksheets/hidden.xml': sheetXml([['secret'], ['1']], {}),
    'xl/worksheets/sheet1.xml': sheetXml(rows, options),
    'xl/styles.xml': stylesXml(options.formats ?? []),
    'xl/sharedStrings.xml': `<sst>${(options.sharedStrings ?? []).map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...options.parts,
  };
  return makeZip(Object.entries(parts).flatMap(([name, text]) => (text === null ? [] : [{ name, text }])));
}

export interface ZipPart {
  name: string;
  text: string | Buffer;
  method?: 'deflate' | 'store';
}

/** A ZIP archive; checksums are left 0, since readers of offices' files go by the directory. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, method = 'deflate' } of parts) {
    const content = Buffer.from(text);
    const packed = method === 'deflate' ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method === 'deflate' ? 8 : 0, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    common.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    directory.push(central, Buffer.from(name));
    bodies.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const relations = (all: [id: string, type: string, target: string][]) =>
  `<Relationships>${all
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

function sheetXml(rows: readonly (readonly XlsxCell[])[], { rowNumbers }: XlsxOptions): string {
  const body = rows.map((cells, index) => {
    const number = rowNumbers?.[index] ?? index + 1;
    return `<row r="${number}">${cells.map((cell, column) => cellXml(cell, `${letter(column)}${number}`)).join('')}</row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet><sheetData>${body.join('')}</sheetData></worksheet>`;
}

const letter = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letter(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

function cellXml(cell: XlsxCell, reference: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'string')
    return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
  return `<c r="${reference}" ${cell.attributes}>${cell.inner}</c>`;
}

const xmlText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function stylesXml(formats: (string | number)[]): string {
  const codes = formats.flatMap((format, index) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${164 + index}" formatCode="${xmlText(format).replace(/"/g, '&quot;')}"/>`
      : [],
  );
  const xfs = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'string' ? 164 + index : format}"/>`,
  );
  return `<styleSheet><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`;
}

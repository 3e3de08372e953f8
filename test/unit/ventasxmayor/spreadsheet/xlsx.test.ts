import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../main/ventasxmayor/spreadsheet/readTable';
import { temporaryFiles } from '../../../support/files';
import { makeXlsx, makeZip, type XlsxCell, type XlsxOptions } from '../../../support/xlsx';

const write = temporaryFiles();
let files = 0;

async function read(content: Buffer) {
  files += 1;
  // The name tells nothing: what a file is, its content says.
  return readTable(await write(`orders-${files}.dat`, content));
}

async function rowsOf(cells: readonly XlsxCell[], options: XlsxOptions = {}) {
  const header = cells.map((_, index) => `c${index}`);
  const result = await read(makeXlsx([header, cells], options));
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value.rows[0]?.cells;
}

async function problemOf(content: Buffer) {
  const result = await read(content);
  if (result.ok) throw new Error('read all the same');
  const { code, params } = result.problem;
  return { code, ...params };
}

const styled = (style: number, value: string | number): XlsxCell => ({
  attributes: `s="${style}"`,
  inner: `<v>${value}</v>`,
});
const typed = (type: string, inner: string): XlsxCell => ({ attributes: `t="${type}"`, inner });

describe('an XLSX file', () => {
  it('keeps texts as texts and numbers as numbers', async () => {
    expect(await rowsOf(['00123', 6, 2.55, ' a ', 'ñ < &'])).toEqual(['00123', 6, 2.55, ' a ', 'ñ < &']);
    const result = await read(makeXlsx([['a'], ['x']]));
    expect(result).toMatchObject({ ok: true, value: { format: 'xlsx', encoding: '', delimiter: '' } });
  });

  it('knows shared, rich, computed, logical and failed cells', async () => {
    const sharedStrings = [
      '<t>uno</t>',
      '<r><t>rojo </t></r><r><t>vivo</t></r><rPh><t>x</t></rPh>',
      '<t>a_x000A_b</t>',
    ];
    expect(
      await rowsOf(
        [
          typed('s', '<v>0</v>'),
          typed('s', '<v>1</v>'),
          typed('s', '<v>2</v>'),
          typed('str', '<f>A1&amp;"!"</f><v>uno!</v>'),
          { attributes: '', inner: '<f>1+1</f><v>2</v>' },
          { attributes: '', inner: '<f>1+1</f>' },
          typed('b', '<v>1</v>'),
          typed('e', '<v>#N/A</v>'),
          typed('d', '<v>2010-12-01T08:26:00</v>'),
        ],
        { sharedStrings },
      ),
    ).toEqual(['uno', 'rojo vivo', 'a\nb', 'uno!', 2, '', 'TRUE', '#N/A', '2010-12-01T08:26:00']);
  });

  it('renders dates as ISO 8601, by the format of the cell', async () => {
    const formats = [
      14,
      22,
      'd/m/yyyy h:mm',
      '[$-2C0A]dddd, d "de" mmmm',
      '#,##0.00 "días"',
      '[h]:mm',
      'General',
    ];
    const moment = 40513.3513888889;
    expect(
      await rowsOf(
        formats.map((_, index) => styled(index + 1, moment)),
        { formats },
      ),
    ).toEqual([
      '2010-12-01T08:26:00',
      '2010-12-01T08:26:00',
      '2010-12-01T08:26:00',
      '2010-12-01T08:26:00',
      moment,
      moment,
      moment,
    ]);
    expect(await rowsOf([styled(1, 40513)], { formats })).toEqual(['2010-12-01']);
  });

  it('counts days from 1900 as Excel does, leap year error and all, or from 1904', async () => {
    const days = [styled(1, 1), styled(1, 59), styled(1, 61), styled(1, 0.5), styled(1, -1), styled(1, 3e6)];
    expect(await rowsOf(days, { formats: [14] })).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
      0.5,
      -1,
      3_000_000,
    ]);
    expect(await rowsOf([styled(1, 39_051)], { formats: [14], date1904: true })).toEqual(['2010-12-01']);
  });

  it('keeps zeros that a format shows, and percentages as people read them', async () => {
    const formats = ['00000', 9, '0.0%', '0.00', '"$" #,##0.00'];
    const values = [123, 0.1, 0.125, 7, 1234.5];
    expect(
      await rowsOf(
        values.map((value, index) => styled(index + 1, value)),
        { formats },
      ),
    ).toEqual(['00123', 10, 12.5, 7, 1234.5]);
  });

  it('puts cells in their columns and rows in their places', async () => {
    const rows: XlsxCell[][] = [
      ['Pedidos'],
      ['n', null, 'price', 'x'],
      [],
      ['1', null, 2],
      [null, null, 3, 'y', 'aside'],
    ];
    const result = await read(makeXlsx(rows, { rowNumbers: [1, 3, 4, 7, 8] }));
    if (!result.ok) throw new Error('unreadable');
    expect(result.value.columns).toEqual(['n', '[B]', 'price', 'x']);
    expect(result.value.rows).toEqual([
      { number: 7, cells: ['1', '', 2, ''] },
      { number: 8, cells: ['', '', 3, 'y'] },
    ]);
  });

  it('places cells and rows that carry no reference one after the other', async () => {
    const sheet =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const result = await read(makeXlsx([], { parts: { 'xl/worksheets/sheet1.xml': sheet } }));
    expect(result).toMatchObject({ ok: true, value: { columns: ['a'], rows: [{ number: 2, cells: [5] }] } });
  });

  it('is its first sheet that is not hidden', async () => {
    const result = await read(makeXlsx([['a'], ['shown']], { hiddenSheetFirst: true }));
    expect(result).toMatchObject({ ok: true, value: { columns: ['a'] } });
  });

  it('needs neither styles nor shared texts', async () => {
    const parts = { 'xl/styles.xml': null, 'xl/sharedStrings.xml': null };
    const result = await read(makeXlsx([['a'], [1]], { parts }));
    expect(result).toMatchObject({ ok: true, value: { rows: [{ cells: [1] }] } });
  });

  it('may keep its parts unpacked', async () => {
    const stored = makeZip([
      {
        name: 'xl/workbook.xml',
        text: '<workbook xmlns:r="r"><sheets><sheet r:id="a"/></sheets></workbook>',
        method: 'store',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        text: '<Relationships><Relationship Id="a" Type="t/worksheet" Target="s.xml"/></Relationships>',
      },
      {
        name: 'XL\\s.xml',
        text: '<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>',
        method: 'store',
      },
    ]);
    expect(await read(stored)).toMatchObject({ ok: true, value: { columns: ['1'], rows: [{ cells: [2] }] } });
  });

  it('reads thousands of rows through many pieces', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => [`SKU-${index}`, index, index / 4]);
    const result = await read(makeXlsx([['sku', 'n', 'price'], ...rows]));
    if (!result.ok) throw new Error('unreadable');
    expect(result.value.rows.map((row) => row.cells)).toEqual(rows);
  });
});

describe('an XLSX file that cannot be read', () => {
  const whole = makeXlsx([['a'], ['b']]);

  it('says that it is damaged', async () => {
    const broken: Buffer[] = [
      whole.subarray(0, whole.length - 30),
      whole.subarray(0, 200),
      makeXlsx([['a'], [typed('s', '<v>7</v>')]]),
      makeXlsx([], { parts: { 'xl/worksheets/sheet1.xml': '<worksheet><row></worksheet>' } }),
      makeXlsx([], { parts: { 'xl/worksheets/sheet1.xml': '' } }),
      makeXlsx([['a'], ['b'], ['c']], { rowNumbers: [1, 3, 2] }),
    ];
    for (const content of broken) {
      expect(await problemOf(content)).toMatchObject({ code: 'file.unreadable', why: 'damaged' });
    }
    const garbled = Buffer.from(whole);
    garbled.fill(0xff, 60, 90);
    expect(await problemOf(garbled)).toMatchObject({ why: 'damaged' });
  });

  it('is refused wherever it was cut', async () => {
    for (let length = 4; length < whole.length; length += 37) {
      expect((await read(whole.subarray(0, length))).ok).toBe(false);
    }
  });

  it('says that it is no spreadsheet', async () => {
    const document = makeZip([{ name: 'word/document.xml', text: '<w/>' }]);
    expect(await problemOf(document)).toMatchObject({ code: 'file.unreadable', why: 'notASpreadsheet' });
  });

  it('says that it is empty', async () => {
    expect(await problemOf(makeXlsx([]))).toMatchObject({ code: 'file.empty' });
    expect(await problemOf(makeXlsx([['a', 'b']]))).toMatchObject({ code: 'file.empty' });
  });

  it('says that it is too large', async () => {
    const wide = [Array.from({ length: 201 }, () => 'x'), ['1']];
    expect(await problemOf(makeXlsx(wide))).toMatchObject({
      code: 'file.tooLarge',
      limit: 'columns',
      row: 1,
    });
    const long = [['a'], ['x'.repeat(32_768)]];
    expect(await problemOf(makeXlsx(long))).toMatchObject({ limit: 'cell', row: 2 });
    const flood = `<worksheet><sheetData><row><c t="inlineStr"><is><t>${'x'.repeat(3_000_000)}</t></is></c></row></sheetData></worksheet>`;
    const parts = { 'xl/worksheets/sheet1.xml': flood };
    expect(await problemOf(makeXlsx([], { parts }))).toMatchObject({ limit: 'cell' });
  });
});

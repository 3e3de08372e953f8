import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { CatalogMapping, TableFormat } from '../../../../contract/catalogFile';
import { type Decimal, decimalSchema } from '../../../../contract/decimal';
import type { StoreProduct } from '../../../../main/engine/catalog/compare';
import type { OpenCatalog } from '../../../../main/engine/catalog/file/ports';
import type { StoreWrite } from '../../../../main/engine/catalog/ports';
import { createOpenCatalog } from '../../../../main/ventasxmayor/spreadsheet/openCatalog';
import { readTable } from '../../../../main/ventasxmayor/spreadsheet/readTable';
import { writeTable } from '../../../../main/ventasxmayor/spreadsheet/writeTable';
import { temporaryFiles } from '../../../support/files';
import { makeXlsx } from '../../../support/xlsx';

const newFile = temporaryFiles();
const decimal = (text: string): Decimal => decimalSchema.parse(text);

function catalogue(): OpenCatalog {
  const known = new Map<string, CatalogMapping>();
  return createOpenCatalog({
    mappings: {
      get: async (shape) => known.get(shape) ?? null,
      set: async (shape, mapping) => void known.set(shape, mapping),
    },
    lists: () => [],
  });
}

/** Opens a file as it is suggested to be read, and saves it anew with these changes. */
async function rewritten(
  content: Buffer,
  changes: StoreWrite[],
  format: TableFormat = 'csv',
): Promise<string> {
  const catalog = catalogue();
  const opened = await catalog.open(await newFile('tienda.dat', content));
  if (!opened.ok) throw new Error(opened.problem.code);
  const checked = await catalog.check(opened.value.fileId, opened.value.mapping);
  if (!checked.ok || checked.value.kind !== 'ready') throw new Error(JSON.stringify(checked));
  const bySku = new Map(changes.map((change) => [change.sku, change]));
  const upload = await catalog.upload({ rows: 'all', format, changesOf: async () => bySku });
  if (!upload.ok) throw new Error(upload.problem.code);
  const path = await newFile(`subir.${format}`, '');
  await writeTable(path, upload.value.table, upload.value.form);
  return path;
}

const lines = (delimiter: string) =>
  [
    ['Código', 'Descripción', 'Stock', 'Precio', 'Precio', ''],
    ['00123', 'Ñandú 12"', '7', '1.234,50', '9,99', '=A1'],
    ['-A1', 'Con espacio ', '', '0,10', '', "'x"],
    ['B', 'dos; tres', 'consultar', '', '', '1e5'],
    ...['C', 'D', 'E'].map((sku) => [sku, '', '1', '2,5', '', '']),
  ]
    .map((cells) =>
      cells.map((cell) =>
        /["; ]/.test(cell) && /["]|;/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell,
      ),
    )
    .map((cells) => `${cells.join(delimiter)}\r\n`)
    .join('');

describe('a catalogue that is saved anew', () => {
  it.each<[string, Buffer]>([
    ['Windows-1252 with semicolons', iconv.encode(lines(';'), 'windows-1252')],
    ['UTF-8 without a mark', iconv.encode(lines(';'), 'UTF-8')],
    ['UTF-8 with a mark', iconv.encode(lines(';'), 'UTF-8', { addBOM: true })],
    ['UTF-16', iconv.encode(lines(';'), 'UTF-16LE', { addBOM: true })],
  ])('is the same to the byte where nothing changes: %s', async (_name, content) => {
    expect(await readFile(await rewritten(content, []))).toEqual(content);
  });

  it('differs in the cells that change and in no other', async () => {
    const path = await rewritten(Buffer.from(lines(';')), [
      { sku: '-A1', stock: decimal('3'), price: decimal('12.5') },
    ]);
    const expected = lines(';').replace('-A1;Con espacio ;;0,10', '-A1;Con espacio ;3;12,5');
    expect(await readFile(path, 'utf8')).toBe(expected);
  });

  it('keeps the point of a file that writes points', async () => {
    const content = 'SKU,Stock,Price\r\nA,1.5,2.25\r\nB,2.5,3.75\r\n';
    const path = await rewritten(Buffer.from(content), [{ sku: 'A', price: decimal('10.5') }]);
    expect(await readFile(path, 'utf8')).toBe(content.replace('A,1.5,2.25', 'A,1.5,10.5'));
  });

  it('goes from a workbook to text and back', async () => {
    const workbook = makeXlsx([
      ['SKU', 'Stock', 'Precio'],
      ['00123', 7, 2.55],
    ]);
    const text = await rewritten(workbook, [{ sku: '00123', price: decimal('3.5') }]);
    expect(await readFile(text, 'utf8')).toBe('\ufeffSKU,Stock,Precio\r\n00123,7,3.5\r\n');
    const back = await readTable(await rewritten(await readFile(text), [], 'xlsx'));
    expect(back.ok && back.value.rows[0]?.cells).toEqual(['00123', 7, 3.5]);
  });
});

describe('a catalogue in place of the store', () => {
  const never = new AbortController().signal;

  it('answers nothing before it is open and has been checked', async () => {
    const { store, open, upload } = catalogue();
    const notOpen = { ok: false, problem: { code: 'file.notOpen' } };
    expect(store.file?.()).toBeNull();
    await open(await newFile('sin revisar.csv', 'SKU;Stock\nA;1\n'));
    expect(store.file?.()).toBeNull();
    expect(await store.currency(never)).toMatchObject(notOpen);
    expect(await store.priceLists(never)).toMatchObject(notOpen);
    expect(await store.product('A', never)).toMatchObject(notOpen);
    const reading = {
      since: null,
      signal: never,
      take: async () => undefined,
      setAside: async () => undefined,
      onTotal: () => undefined,
      onWaiting: () => undefined,
    };
    expect(await store.read(reading)).toMatchObject(notOpen);
    expect(await upload({ rows: 'all', format: 'csv', changesOf: async () => new Map() })).toMatchObject(
      notOpen,
    );
  });

  it('gives its products, all of them at every reading', async () => {
    const { store, open, check } = catalogue();
    const opened = await open(await newFile('tienda.csv', 'SKU;Stock;Precio\nA;1;2,50\nB;;3,50\n'));
    if (!opened.ok) throw new Error(opened.problem.code);
    await check(opened.value.fileId, opened.value.mapping);
    const taken: StoreProduct[] = [];
    const end = await store.read({
      since: '2026-11-01T00:00:00.000Z',
      signal: never,
      take: async (rows) => void taken.push(...rows),
      setAside: async () => undefined,
      onTotal: () => undefined,
      onWaiting: () => undefined,
    });
    expect(end).toEqual({ ok: true, value: { rows: 2, mark: null } });
    expect(taken).toMatchObject([
      { sku: 'A', stock: '1', price: '2.5' },
      { sku: 'B', stock: null },
    ]);
    expect(await store.product('B', never)).toMatchObject({
      value: { kind: 'product', product: { price: '3.5' } },
    });
    expect(await store.product('C', never)).toEqual({ ok: true, value: { kind: 'none' } });
    expect(await store.write([{ sku: 'A' }], never)).toMatchObject({ ok: false });
  });
});

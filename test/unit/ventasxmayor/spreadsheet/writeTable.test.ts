import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Decimal, decimalSchema } from '../../../../contract/decimal';
import {
  type CsvForm,
  csvForPeople,
  type OutCell,
  type XlsxForm,
} from '../../../../main/engine/export/outTable';
import { readTable } from '../../../../main/ventasxmayor/spreadsheet/readTable';
import { writeTable } from '../../../../main/ventasxmayor/spreadsheet/writeTable';
import { mountSmallDisk } from '../../../chaos/smallDisk';
import { temporaryFiles } from '../../../support/files';

const newFile = temporaryFiles();
const xlsx: XlsxForm = { kind: 'xlsx', sheet: 'Plan' };
const decimal = (text: string): Decimal => decimalSchema.parse(text);
const number = (text: string): OutCell => ({ decimal: decimal(text) });

async function written(
  headings: string[],
  rows: OutCell[][],
  form: CsvForm | XlsxForm,
  name = 'salida.dat',
): Promise<string> {
  const path = await newFile(name, 'what was there before');
  const result = await writeTable(path, { headings, rows }, form);
  expect(result).toEqual({ ok: true, value: rows.length });
  return path;
}

async function readBack(path: string) {
  const read = await readTable(path);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

const skus = ['00123', '=1+1', '+54', '-A', '@x', "'B", 'a;b', 'a,b', 'ñ "q"', 'dos\nlíneas', '1e5'];

describe('a CSV file', () => {
  it('is what Excel opens in Argentina: semicolons, decimal comma, UTF-8 that says so', async () => {
    const path = await written(
      ['SKU', 'Precio', 'Nota'],
      [['00123', number('1234.5'), null]],
      csvForPeople(','),
    );
    expect(await readFile(path, 'utf8')).toBe('\ufeffSKU;Precio;Nota\r\n00123;1234,5;\r\n');
  });

  it('is what Excel opens in English', async () => {
    const path = await written(['SKU', 'Price'], [['00123', number('-1234.5')]], csvForPeople('.'));
    expect(await readFile(path, 'utf8')).toBe('\ufeffSKU,Price\r\n00123,-1234.5\r\n');
  });

  it('keeps texts from being taken for formulas', async () => {
    const path = await written(
      ['SKU', 'x'],
      [
        ['=1+1', 'b'],
        ['@x', '-b'],
      ],
      csvForPeople(','),
    );
    const text = await readFile(path, 'utf8');
    expect(text).toContain("'=1+1;b\r\n'@x;'-b");
  });

  it('leaves texts alone where another program is to read them', async () => {
    const path = await written(['SKU', 'x'], [['=1+1', 'b']], { ...csvForPeople(','), guarded: false });
    expect(await readFile(path, 'utf8')).toContain('=1+1;b');
  });

  it('is written in the encoding that is asked for', async () => {
    const form: CsvForm = { ...csvForPeople(','), encoding: 'windows-1252', marked: false };
    const path = await written(['Artículo', 'x'], [['Ñandú', 'y']], form);
    expect((await readFile(path)).subarray(0, 9).toString('latin1')).toBe('Artículo;');
    expect(await readBack(path)).toMatchObject({ encoding: 'windows-1252', columns: ['Artículo', 'x'] });
  });
});

describe('a workbook', () => {
  it('has a bold header that stays in sight, texts as texts and numbers as numbers', async () => {
    const path = await written(['SKU', 'Stock'], [['00123', number('7')]], xlsx);
    const parts = unzipSync(await readFile(path));
    const sheet = Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? []).toString();
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('<c r="A2" s="2" t="inlineStr">');
    expect(sheet).toContain('<c r="B2"><v>7</v></c>');
    expect(Buffer.from(parts['xl/workbook.xml'] ?? []).toString()).toContain('name="Plan"');
  });

  it.each([
    ["stock [27/11] 'hoy'", "stock  27 11  'hoy"],
    ['x'.repeat(40), 'x'.repeat(31)],
    ["'?'", 'Puente'],
  ])('has a name that Excel takes: %s', async (sheet, name) => {
    const path = await written(['SKU'], [['A']], { kind: 'xlsx', sheet });
    const book = Buffer.from(unzipSync(await readFile(path))['xl/workbook.xml'] ?? []).toString();
    expect(book).toContain(`name="${name}"`);
  });

  it('keeps what XML cannot hold', async () => {
    const path = await written(['a', 'b'], [['x\u0001\ry', '_x000D_ <&>"']], xlsx);
    expect((await readBack(path)).rows[0]?.cells).toEqual(['x\u0001\ry', '_x000D_ <&>"']);
  });
});

describe.each([
  ['CSV', csvForPeople(',')],
  ['XLSX', xlsx],
] as const)('what is written as %s', (_name, form) => {
  it('is read back by our own reader as it was', async () => {
    const path = await written(
      ['SKU', 'Nombre', 'Stock'],
      skus.map((sku) => [sku, 'algo', number('12.5')]),
      form,
    );
    const table = await readBack(path);
    expect(table.columns).toEqual(['SKU', 'Nombre', 'Stock']);
    expect(table.rows.map((row) => row.cells[0])).toEqual(skus);
    expect(new Set(table.rows.map((row) => row.cells[2]))).toEqual(
      new Set([form.kind === 'csv' ? '12,5' : 12.5]),
    );
  });

  it('is read back whatever the texts are', async () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      // An apostrophe before a sign is how a guard looks; line breaks in many cells look like a lost quote.
      .filter((text) => text.trim() !== '' && !/^'[=+\-@]/.test(text) && !/[\r\n\u2028\u2029]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }), async (rows) => {
        const path = await written(['SKU', 'Nombre'], rows, form, 'prueba.dat');
        expect((await readBack(path)).rows.map((row) => row.cells)).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  it('comes from rows that are made as they are asked for', async () => {
    const path = await newFile('largo.dat', '');
    let alive = 0;
    async function* rows() {
      for (let index = 0; index < 5_000; index += 1) {
        alive += 1;
        yield [`SKU-${index}`, 'Un producto', number(String(index))];
      }
    }
    expect(await writeTable(path, { headings: ['SKU', 'Nombre', 'Stock'], rows: rows() }, form)).toEqual({
      ok: true,
      value: 5_000,
    });
    expect(alive).toBe(5_000);
    const { rows: read } = await readBack(path);
    expect(read).toHaveLength(5_000);
    expect(read.at(-1)?.cells[0]).toBe('SKU-4999');
  });

  it('leaves the file that was there, and nothing beside it, when it is called off', async () => {
    const path = await newFile('viejo.dat', 'what was there before');
    const stop = new AbortController();
    async function* rows() {
      for (let index = 0; ; index += 1) {
        if (index === 1_000) stop.abort(new Error('called off'));
        yield [`SKU-${index}`];
      }
    }
    await expect(writeTable(path, { headings: ['SKU'], rows: rows() }, form, stop.signal)).rejects.toThrow(
      'called off',
    );
    expect(await readFile(path, 'utf8')).toBe('what was there before');
    const left = (await readdir(dirname(path))).filter((name) => name.includes(`${basename(path)}.`));
    expect(left).toEqual([]);
  });

  // Only root on Linux may mount a disk of its own.
  it('says so when the disk is full, and leaves nothing half-written', async (context) => {
    const disk = mountSmallDisk(`${await newFile(`disco-${form.kind}`, '')}-chico`, 1);
    if (disk === null) return context.skip('no small disk can be mounted here');
    try {
      await writeFile(join(disk.folder, 'salida.dat'), 'what was there before');
      async function* rows() {
        for (let index = 0; ; index += 1) yield [`SKU-${index}`, randomUUID()];
      }
      const path = join(disk.folder, 'salida.dat');
      expect(await writeTable(path, { headings: ['SKU'], rows: rows() }, form)).toMatchObject({
        ok: false,
        problem: { code: 'file.noRoom', params: { name: 'salida.dat' } },
      });
      expect(await readdir(disk.folder)).toEqual(['salida.dat']);
      expect(await readFile(path, 'utf8')).toBe('what was there before');
    } finally {
      disk.remove();
    }
  });

  it('says so when it cannot be written', async () => {
    const folder = await newFile(`carpeta-${form.kind}`, '');
    const path = join(`${folder}-no-está`, 'salida.dat');
    const result = await writeTable(path, { headings: ['SKU'], rows: [['A']] }, form);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'file.notWritten', params: { name: 'salida.dat' } },
    });
    const taken = `${folder}-tomada`;
    await mkdir(taken);
    await writeFile(join(taken, 'x'), '');
    expect(await writeTable(taken, { headings: ['SKU'], rows: [['A']] }, form)).toMatchObject({
      ok: false,
      problem: { code: 'file.notWritten' },
    });
  });
});

import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../../main/engine/import/table';
import { readTable } from '../../../../main/ventasxmayor/spreadsheet/readTable';
import { temporaryFiles } from '../../../support/files';

const write = temporaryFiles();
let files = 0;

async function read(content: string | Buffer) {
  files += 1;
  return readTable(await write(`orders-${files}.csv`, content));
}

async function tableOf(content: string | Buffer) {
  const result = await read(content);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

async function problemOf(content: string | Buffer) {
  const result = await read(content);
  if (result.ok) throw new Error('read all the same');
  const { code, params } = result.problem;
  return { code, ...params };
}

const cells = (table: Awaited<ReturnType<typeof tableOf>>) => table.rows.map((row) => row.cells);

describe('a CSV file', () => {
  it.each([
    ['UTF-8', '', 'UTF-8'],
    ['UTF-8', '\ufeff', 'UTF-8'],
    ['utf-16le', '\ufeff', 'UTF-16LE'],
    ['utf-16be', '\ufeff', 'UTF-16BE'],
    ['windows-1252', '', 'windows-1252'],
  ])('is read in %s with the mark %j', async (encoding, mark, told) => {
    const table = await tableOf(iconv.encode(`${mark}código;Año\nñandú;€ “1”\n`, encoding));
    expect(table).toMatchObject({
      encoding: told,
      format: 'csv',
      delimiter: ';',
      columns: ['código', 'Año'],
    });
    expect(cells(table)).toEqual([['ñandú', '€ “1”']]);
  });

  it('is Windows-1252 although its first accent comes late', async () => {
    const content = `a;b\n${'x;1\n'.repeat(60_000)}camión;2\n`;
    const table = await tableOf(iconv.encode(content, 'windows-1252'));
    expect(table.encoding).toBe('windows-1252');
    expect(table.rows.at(-1)?.cells).toEqual(['camión', '2']);
  });

  it('keeps characters whole where a slice of the file ends inside one', async () => {
    const table = await tableOf(`a;b\n${'ñ€😀;1\n'.repeat(20_000)}`);
    expect(new Set(table.rows.map((row) => row.cells[0]))).toEqual(new Set(['ñ€😀']));
  });

  it.each([';', ',', '\t', '|'])('is cut at %j', async (delimiter) => {
    const rows = [
      ['number', 'price', 'name'],
      ['1', '2,55; 3|4', 'a\tb'],
      ['2', '1.000,00', 'c'],
    ];
    const table = await tableOf(stringify(rows, { delimiter }));
    expect(table.delimiter).toBe(delimiter);
    expect([table.columns, ...cells(table)]).toEqual(rows);
  });

  it('may say itself what cuts it', async () => {
    const table = await tableOf('sep=|\r\na|b;c;d\r\n1|2;3;4\r\n');
    expect(table).toMatchObject({ delimiter: '|', columns: ['a', 'b;c;d'] });
    expect(table.rows[0]?.number).toBe(2);
  });

  it('keeps every cell as text: zeros before, blanks after, exponents', async () => {
    expect(cells(await tableOf('sku;name;n\n00123;HOLDER ;1E5\n'))).toEqual([['00123', 'HOLDER ', '1E5']]);
  });

  it('counts rows as a spreadsheet does, with blank ones and line breaks in cells', async () => {
    const table = await tableOf('\n;\na;b\r\n1;"two\nlines"\n\n;;\n2;x\n\n\n');
    expect(table.columns).toEqual(['a', 'b']);
    expect(table.rows).toEqual([
      { number: 4, cells: ['1', 'two\nlines'] },
      { number: 7, cells: ['2', 'x'] },
    ]);
  });

  it('finds the header below a title', async () => {
    const table = await tableOf('Pedidos de diciembre;;;\nDon José;;;\n\nn;sku;cant;precio\n1;A;2;3\n');
    expect(table.columns).toEqual(['n', 'sku', 'cant', 'precio']);
    expect(table.rows).toEqual([{ number: 5, cells: ['1', 'A', '2', '3'] }]);
  });

  it('gives every column a name of its own', async () => {
    const { columns } = await tableOf(`a;;a;A  b; "q";;\n1;2;3;4;5;6;7\n`);
    expect(columns).toEqual(['a', '[B]', 'a (2)', 'A b', '"q"']);
  });

  it('leaves rows of another width as they are, for the rules to judge', async () => {
    expect(cells(await tableOf('a,b,c\n1,2\n1,2,3,4\n'))).toEqual([
      ['1', '2'],
      ['1', '2', '3', '4'],
    ]);
  });

  it('takes stray quotes for what they are', async () => {
    expect(cells(await tableOf('a;b\n1;CAJA 12" ROJA\n2;"ROJO" GRANDE\n3;"bien; quoted"\n'))).toEqual([
      ['1', 'CAJA 12" ROJA'],
      ['2', '"ROJO" GRANDE'],
      ['3', 'bien; quoted'],
    ]);
  });

  it('never lets a stray quote swallow the rows after it', async () => {
    const swallowing = 'a;b;c;d\n1;"CAJA 12;3;5\n2;CAJA 12";3;5\n';
    expect(await problemOf(swallowing)).toMatchObject({
      code: 'file.unreadable',
      why: 'quoteNotClosed',
      row: 2,
    });
    const relaxed = 'a;b\n1;12" x\n2;"CAJA\n3;CAJA 12" ROJA\n';
    expect(await problemOf(relaxed)).toMatchObject({ why: 'quoteNotClosed', row: 3 });
    expect(await problemOf('a;b\n1;2\n2;"open\n')).toMatchObject({ why: 'quoteNotClosed', row: 3 });
    const long = `a;b\n1;"${'x;y\n'.repeat(300_000)}`;
    expect(await problemOf(long)).toMatchObject({ why: 'quoteNotClosed', row: 2 });
  });

  it('comes back as it was written, whatever is in it', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'aé€"\',;\t| \n0.'), maxLength: 12 });
    const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(';', ',', '\t', '|'),
        fc.boolean(),
        async (lines, delimiter, bom) => {
          const header = ['Pedido', 'Código', 'Precio'];
          const table = await tableOf(
            stringify([header, ['1', 'A', '2'], ...lines], { delimiter, bom, quoted: true }),
          );
          const filled = lines.filter((line) => line.some((cell) => cell.trim() !== ''));
          expect(table.columns).toEqual(header);
          expect(cells(table)).toEqual([['1', 'A', '2'], ...filled]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a file that cannot be read', () => {
  it.each<[string, string | Buffer, string]>([
    [
      'random bytes',
      Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 197 + 13) % 256)),
      'notASpreadsheet',
    ],
    ['control characters', Buffer.from([1, 2, 3, 4, 5, 6, 65, 66, 200, 201]), 'notASpreadsheet'],
    ['a PDF', '%PDF-1.7\nabc', 'notASpreadsheet'],
    ['a web page under its name', '\r\n<html><table><tr><td>1</td></tr></table></html>', 'webPage'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), 'oldExcel'],
    [
      'a workbook with a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'passwordProtected',
    ],
    ['UTF-8 cut in the middle of a character', Buffer.from('a;ñ\n1;ñ').subarray(0, -1), 'damaged'],
    ['UTF-8 by its mark, but not by its bytes', Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xf1, 0x62]), 'damaged'],
  ])('says so: %s', async (_, content, why) => {
    expect(await problemOf(content)).toMatchObject({ code: 'file.unreadable', why });
  });

  it('is a problem or a table, never an accident, whatever its bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .string({ unit: fc.constantFrom(...'ab";,\n\r\t|=\u00f1'), maxLength: 60 })
        .map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 80 }).map((rest) => Buffer.concat([Buffer.from('PK\x03\x04'), rest])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const result = await read(Buffer.from(content));
        if (!result.ok) expect(result.problem.code).toMatch(/^file\./);
      }),
      { numRuns: 150 },
    );
  });

  it('says that it is not there, or no file', async () => {
    const path = await write('there.csv', 'a');
    expect(await readTable(`${path}.gone`)).toMatchObject({
      ok: false,
      problem: { class: 'data', params: { why: 'notFound', name: 'there.csv.gone' } },
    });
    expect(await readTable(path.replace(/there\.csv$/, ''))).toMatchObject({
      problem: { params: { why: 'notAFile' } },
    });
  });

  it('says that it is empty', async () => {
    for (const content of ['', '\ufeff', '\n\n', ';;\n;;', 'a;b;c\n', 'a;b;c\n;;\n']) {
      expect(await problemOf(content)).toMatchObject({ code: 'file.empty' });
    }
  });

  it('says that it is too large, and where', async () => {
    expect(await problemOf(`a;b\n1;${'x'.repeat(32_768)}`)).toMatchObject({
      code: 'file.tooLarge',
      limit: 'cell',
      max: 32_767,
      row: 2,
    });
    expect(await problemOf(`${'a;'.repeat(200)}z\n1;2`)).toMatchObject({ limit: 'columns', max: 200 });
    expect(await problemOf(`a;b\n${'1;2\n'.repeat(500_001)}`)).toMatchObject({ limit: 'rows', row: 500_002 });
    expect(await problemOf(Buffer.alloc(100 * 1024 * 1024 + 1, 'a'))).toMatchObject({ limit: 'bytes' });
  }, 30_000);

  it('is let go when nobody waits for it any more', async () => {
    const path = await write('slow.csv', `a;b\n${'1;2\n'.repeat(100_000)}`);
    const abort = new AbortController();
    const reading = readTable(path, abort.signal);
    abort.abort(new Error('closed'));
    await expect(reading).rejects.toThrow('closed');
  });
});

describe('the shape of a file', () => {
  const shape = async (header: string) => (await tableOf(`${header}\n1;2;3\n`)).shape;

  it('is that of its columns, in whatever order and spelling', async () => {
    const first = await shape('Nº Pedido;Código;Precio');
    expect(await shape('codigo;PRECIO;nro_pedido')).toBe(first);
    expect(await shape('codigo;PRECIO;pedido;extra')).not.toBe(first);
  });
});

it('gives header cells as text', async () => {
  const table = await tableOf('a;1\nb;2\n');
  expect(table.columns.map(cellText)).toEqual(['a', '1']);
});

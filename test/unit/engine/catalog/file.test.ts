import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogMapping } from '../../../../contract/catalogFile';
import { type Decimal, decimalSchema } from '../../../../contract/decimal';
import {
  adoptCatalogMapping,
  markEvidence,
  suggestCatalogMapping,
  validateCatalogMapping,
} from '../../../../main/engine/catalog/file/mapping';
import { checkProducts, productReader, productsOf } from '../../../../main/engine/catalog/file/products';
import { keptCell, uploadRowsOf } from '../../../../main/engine/catalog/file/upload';
import type { StoreWrite } from '../../../../main/engine/catalog/ports';
import type { OutCell } from '../../../../main/engine/export/outTable';
import type { Cell } from '../../../../main/engine/import/table';
import { noPause, tableOf } from '../../../support/importTable';

const decimal = (text: string): Decimal => decimalSchema.parse(text);
const mapping = (changes: Partial<CatalogMapping> = {}): CatalogMapping => ({
  columns: { sku: 'SKU', name: 'Nombre', stock: 'Stock', price: 'Precio' },
  lists: [],
  decimalMark: ',',
  currency: 'ARS',
  ...changes,
});
const columns = ['SKU', 'Nombre', 'Stock', 'Precio', 'Rubro'];

describe('the suggested mapping of a catalogue', () => {
  const suggest = (headers: string[], rows: Cell[][], delimiter = ';', lists: CatalogMapping['lists'] = []) =>
    suggestCatalogMapping(
      { ...tableOf(headers, rows), delimiter },
      lists.map(({ column, priceBook }) => ({ list: column, priceBook })),
      noPause,
    );

  it.each([
    [
      ['Código', 'Descripción', 'Existencias', 'Precio'],
      { sku: 'Código', name: 'Descripción', stock: 'Existencias', price: 'Precio' },
    ],
    [
      ['name', 'Stock', 'Wholesale price', 'SKU'],
      { sku: 'SKU', name: 'name', stock: 'Stock', price: 'Wholesale price' },
    ],
    [['Cód. artículo', 'Cantidad'], { sku: 'Cód. artículo', stock: 'Cantidad' }],
    [['Uno', 'Dos'], {}],
  ])('goes by the headings: %j', async (headers, expected) => {
    expect((await suggest(headers, [headers.map(() => '1')])).columns).toEqual(expected);
  });

  it('takes no column for numbers that holds none', async () => {
    const { columns: found } = await suggest(
      ['SKU', 'Stock'],
      [
        ['A', 'disponible'],
        ['B', 'agotado'],
      ],
    );
    expect(found).toEqual({ sku: 'SKU' });
  });

  it('finds the columns of further lists, and the decimal mark that the values prove', async () => {
    const found = await suggest(['SKU', 'Precio', 'Interior'], [['A', '1,50', '']], ',', [
      { column: 'interior', priceBook: 'Lista Interior' },
    ]);
    expect(found).toMatchObject({
      lists: [{ column: 'Interior', priceBook: 'Lista Interior' }],
      decimalMark: ',',
    });
  });

  it('of an earlier file fits one whose headings are spelled otherwise', async () => {
    const remembered = mapping({ lists: [{ column: 'Interior', priceBook: 'Lista Interior' }] });
    const table = tableOf(['sku', 'STOCK', 'precio', 'interior'], [['A', '1', '1.25', '2.50']]);
    expect(await adoptCatalogMapping(remembered, table, noPause)).toEqual({
      ...remembered,
      columns: { sku: 'sku', stock: 'STOCK', price: 'precio' },
      lists: [{ column: 'interior', priceBook: 'Lista Interior' }],
      decimalMark: '.',
    });
  });
});

describe('a mapping as it was left on screen', () => {
  it.each<[Partial<CatalogMapping>, Record<string, string>]>([
    [{ columns: { stock: 'Stock' } }, { 'columns.sku': 'required' }],
    [{ columns: { sku: 'SKU' } }, { 'columns.stock': 'nothingToWrite', 'columns.price': 'nothingToWrite' }],
    [{ columns: { sku: 'SKU', stock: 'SKU' } }, { 'columns.stock': 'columnUsedTwice' }],
    [{ columns: { sku: 'SKU', stock: 'Nada' } }, { 'columns.stock': 'columnMissing' }],
    [
      { columns: { sku: 'SKU', stock: 'Stock' }, lists: [{ column: 'Rubro', priceBook: 'Lista' }] },
      { 'columns.price': 'priceWithLists' },
    ],
    [
      { lists: [{ column: '', priceBook: ' ' }] },
      { 'lists.0.column': 'required', 'lists.0.priceBook': 'required' },
    ],
    [{ currency: 'pesos' }, { currency: 'currency' }],
  ])('%j is told at the field', (changes, fields) => {
    expect(validateCatalogMapping(mapping(changes), columns)).toEqual({ ok: false, fields });
  });

  it('is tidied', () => {
    expect(validateCatalogMapping(mapping({ currency: ' ars ' }), columns)).toEqual({
      ok: true,
      mapping: mapping(),
    });
  });
});

async function read(rows: Cell[][], changes: Partial<CatalogMapping> = {}) {
  const table = tableOf(columns, rows);
  const chosen = mapping(changes);
  const evidence = await markEvidence(table, chosen, noPause);
  return { table, chosen, evidence, reader: productReader(table, chosen, evidence) };
}

describe('the products of a catalogue', () => {
  it('have no value where the cell is blank or no number, and never zero', async () => {
    const { table, reader } = await read([
      ['00123', 'Taza', '', ' ', 'x'],
      ['B', 'Plato', 'consultar', '1.234,50', ''],
      ['C', '', 7, 2.5, ''],
      ['', 'sin SKU', '1', '1,00', ''],
    ]);
    const found = [];
    for await (const batch of productsOf(table, reader, noPause)) found.push(...batch);
    expect(found).toEqual([
      { sku: '00123', name: 'Taza', stock: null, price: null, lists: {} },
      { sku: 'B', name: 'Plato', stock: null, price: '1234.5', lists: {} },
      { sku: 'C', name: '', stock: '7', price: '2.5', lists: {} },
    ]);
  });

  it('are looked through before anything is planned', async () => {
    const good: Cell[][] = Array.from({ length: 20 }, (_, index) => [`S${index}`, '', '1', '1,50', '']);
    const { table, reader } = await read([...good, ['S1', '', '1', '2,00', ''], ['X', '', '?', '1,00', '']]);
    expect(await checkProducts(table, reader, noPause)).toEqual({
      kind: 'ready',
      products: 21,
      findings: [
        { finding: 'repeated', rows: 1, row: 22, value: 'S1' },
        { finding: 'stockUnreadable', rows: 1, row: 23, value: '?' },
      ],
    });
  });

  it('are refused where a column holds something else', async () => {
    const { table, reader } = await read([
      ['A', '', 'sí', '1'],
      ['B', '', 'no', '2'],
    ]);
    expect(await checkProducts(table, reader, noPause)).toEqual({
      kind: 'mappingIncomplete',
      fields: { 'columns.stock': 'notNumbers' },
    });
    const blank = await read([['', '', '1', '1']]);
    expect(await checkProducts(blank.table, blank.reader, noPause)).toMatchObject({
      fields: { 'columns.sku': 'noSkus' },
    });
  });
});

describe('the file to upload', () => {
  const upload = async (
    rows: Cell[][],
    changes: StoreWrite[],
    wish: { rows: 'changed' | 'all'; asNumbers?: boolean },
  ): Promise<OutCell[][]> => {
    const { table, chosen, evidence, reader } = await read(rows);
    const bySku = new Map(changes.map((change) => [change.sku, change]));
    const out = uploadRowsOf(table, {
      reader,
      rows: wish.rows,
      changesOf: async () => bySku,
      keep: keptCell(chosen, reader.places, evidence, wish.asNumbers ?? false),
      pause: noPause,
    });
    const all: OutCell[][] = [];
    for await (const row of out) all.push(row);
    return all;
  };

  it('holds the new values, and everything else as it came in', async () => {
    const rows: Cell[][] = [
      ['00123', 'Taza', '1', '', '007'],
      ['B', 'Plato', 'consultar', '1.234,50', 0.21],
    ];
    const change = { sku: '00123', stock: decimal('0'), price: decimal('12.5') };
    expect(await upload(rows, [change], { rows: 'all' })).toEqual([
      ['00123', 'Taza', { decimal: '0' }, { decimal: '12.5' }, '007'],
      ['B', 'Plato', 'consultar', '1.234,50', { decimal: '0.21' }],
    ]);
    expect(await upload(rows, [change], { rows: 'changed' })).toHaveLength(1);
  });

  it('holds numbers in the columns of numbers where text becomes a workbook', async () => {
    const rows: Cell[][] = [['00123', '12', '1.234,50', 'consultar', '007']];
    expect(await upload(rows, [], { rows: 'all', asNumbers: true })).toEqual([
      ['00123', '12', { decimal: '1234.5' }, 'consultar', '007'],
    ]);
  });

  it('reaches cells that a short row does not have', async () => {
    const change = { sku: 'A', price: decimal('3') };
    expect(await upload([['A']], [change], { rows: 'all' })).toEqual([['A', null, null, { decimal: '3' }]]);
  });

  it('changes nothing that it was not told to, whatever stands in the file', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'aé0123456789.,-= '), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell, cell, cell), { maxLength: 10 }),
        fc.nat(9),
        async (rows, at) => {
          const sku = rows[at]?.[0].trim() ?? '';
          const changes = sku === '' ? [] : [{ sku, stock: decimal('5') }];
          const out = await upload(rows, changes, { rows: 'all' });
          expect(out).toEqual(
            rows.map((row) =>
              row.map((text, position) => {
                if (sku !== '' && row[0].trim() === sku && position === 2) return { decimal: '5' };
                return text === '' ? null : text;
              }),
            ),
          );
        },
      ),
    );
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogMapping } from '../../../contract/catalogFile';
import type { Table } from '../../../main/ventasxmayor/spreadsheet/readTable';
import { type CatalogByFileAtWork, startCatalogByFile } from '../../support/catalogByFileAtWork';
import { makeXlsx } from '../../support/xlsx';

let work: CatalogByFileAtWork;
beforeEach(async () => {
  work = await startCatalogByFile();
});
afterEach(() => work.stop());

const products = () => work.sandbox.store.core.catalogue.products('', 500);
const comma = (value: string | null) => (value === null ? '' : value.replace('.', ','));

/** The store's catalogue as an Argentine shop exports it, with columns that are nobody's business. */
function catalogue(more: string[] = []): Buffer {
  const lines = products().map(
    ({ sku, name, stock, price }) => `${sku};${name};Bazar;${comma(stock)};${comma(price)};00${sku.length}`,
  );
  return Buffer.from(
    ['Código;Descripción;Rubro;Stock;Precio mayorista;Góndola', ...lines, ...more, ''].join('\r\n'),
    'latin1',
  );
}

/** What the store's own import would do with the file: stock and price of each row, by SKU. */
function upload(table: Table): void {
  const at = (name: string) => table.columns.indexOf(name);
  const known = new Map(products().map((product) => [product.sku, product]));
  const plain = (cell: string | number | undefined) => String(cell ?? '').replace(',', '.');
  work.sandbox.store.core.putProducts(
    table.rows.map(({ cells }) => {
      const product = known.get(String(cells[at('Código')]));
      if (product === undefined) throw new Error(`the store has no ${String(cells[at('Código')])}`);
      const price = plain(cells[at('Precio mayorista')]);
      return {
        ...product,
        stock: plain(cells[at('Stock')]),
        price: price === '' ? product.price : price,
      };
    }),
  );
}

function expectStoreLikeOrg(): void {
  const { org, store } = work.sandbox;
  const rows = org.query(
    "SELECT Product2.StockKeepingUnit, QuantityOnHand FROM ProductItem WHERE Location.Name = 'Depósito Avellaneda'",
  );
  const prices = org.query(
    "SELECT Product2.StockKeepingUnit, UnitPrice FROM PricebookEntry WHERE Pricebook2.Name = 'Lista Mayorista AMBA'",
  );
  const skuOf = (row: Record<string, unknown>) => String(Object(row['Product2'])['StockKeepingUnit']);
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows)
    expect(Number(store.core.catalogue.product(skuOf(row))?.stock)).toBe(Number(row['QuantityOnHand']));
  for (const row of prices)
    expect(Number(store.core.catalogue.product(skuOf(row))?.price)).toBe(Number(row['UnitPrice']));
}

const cellsOf = (table: Table, sku: string) => table.rows.find((row) => row.cells[0] === sku)?.cells;

describe('updates through files', () => {
  it('make the store equal to the org once the saved file is uploaded', async () => {
    const before = catalogue();
    const file = await work.open('catálogo.csv', before);
    expect(file.mapping).toMatchObject({
      columns: { sku: 'Código', name: 'Descripción', stock: 'Stock', price: 'Precio mayorista' },
      decimalMark: ',',
    });
    const run = await work.plan(file);
    expect(run).toMatchObject({ status: { state: 'planned' }, file: 'catálogo.csv' });

    const table = await work.save(run, 'changed', 'csv');
    expect(table).toMatchObject({ encoding: 'windows-1252', delimiter: ';', columns: file.columns });
    expect(table.rows).toHaveLength(run.summary?.changes ?? 0);
    const saved = await work.until('saved');
    expect(saved.status).toMatchObject({
      file: 'catálogo nuevo.csv',
      applied: 0,
      left: run.summary?.changes,
    });
    expect(work.log.at(-1)).toMatchObject({ event: 'catalog.saved' });

    upload(table);
    expectStoreLikeOrg();
    await work.catalog.files.uploaded(run.id);
    expect((await work.until('done')).status).toMatchObject({ applied: run.summary?.changes, left: 0 });

    const again = await work.plan(await work.open('mañana.csv', catalogue()));
    expect(again.status).toMatchObject({ state: 'done', applied: 0 });
  });

  it('give all products back as they came where nothing is to be written', async () => {
    const file = await work.open('catálogo.csv', catalogue(['SIN-ORG;Fuera de Salesforce;;;;007']));
    const run = await work.plan(file);
    const table = await work.save(run, 'all', 'csv');
    expect(table.rows).toHaveLength(products().length + 1);
    expect(cellsOf(table, 'SIN-ORG')).toEqual(['SIN-ORG', 'Fuera de Salesforce', '', '', '', '007']);
    for (const { cells } of table.rows.slice(0, 60)) expect(cells[5]).toBe(`00${String(cells[0]).length}`);
    upload({ ...table, rows: table.rows.slice(0, -1) });
    expectStoreLikeOrg();
  });

  it('take a workbook and give one back, with zeros, numbers and percentages as they were', async () => {
    const [first, second] = products();
    const cells = [first, second].map((product) => [
      `${product?.sku}`,
      { attributes: 's="1"', inner: '<v>0.21</v>' },
      Number(product?.stock) + 1,
      Number(product?.price) + 1,
      '00045',
    ]);
    const content = makeXlsx([['Código', 'IVA', 'Stock', 'Precio mayorista', 'Góndola'], ...cells], {
      formats: [10],
    });
    const run = await work.plan(await work.open('catálogo.xlsx', content));
    const table = await work.save(run, 'all', 'xlsx');
    const { cells: out } = table.rows[0] ?? { cells: [] };
    expect(out.slice(0, 2)).toEqual([first?.sku, 0.21]);
    expect(typeof out[2]).toBe('number');
    expect(out[4]).toBe('00045');
    upload(table);
    const [entry] = work.sandbox.org.query(
      `SELECT UnitPrice FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${first?.sku}' AND Pricebook2.Name = 'Lista Mayorista AMBA'`,
    );
    expect(Number(products()[0]?.price)).toBe(Number(entry?.['UnitPrice']));
  });

  it('feed further lists from their own price books', async () => {
    const [first] = products();
    const file = await work.open(
      'listas.csv',
      `SKU;Precio;Interior\r\n${first?.sku};1,00;\r\nOTRO;2,00;3,00\r\n`,
    );
    const lists = [{ column: 'Interior', priceBook: 'Lista Mayorista Interior' }];
    const run = await work.plan(file, {}, { lists });
    expect(run.choice.part).toBe('prices');
    const table = await work.save(run, 'all', 'csv');
    const [entry] = work.sandbox.org.query(
      `SELECT UnitPrice FROM PricebookEntry WHERE Product2.StockKeepingUnit = '${first?.sku}' AND Pricebook2.Name = 'Lista Mayorista Interior'`,
    );
    expect(Number(String(cellsOf(table, first?.sku ?? '')?.[2]).replace(',', '.'))).toBe(
      Number(entry?.['UnitPrice']),
    );
    expect(cellsOf(table, 'OTRO')).toEqual(['OTRO', '2,00', '3,00']);
  });

  it('are remembered by the shape of the file', async () => {
    const file = await work.open('uno.csv', 'A;B;C\r\nX1;3;4,50\r\n');
    expect(file).toMatchObject({ remembered: false, mapping: { columns: {} } });
    const columns: CatalogMapping['columns'] = { sku: 'A', stock: 'B', price: 'C' };
    expect(await work.check(file, { columns })).toMatchObject({ kind: 'ready', products: 1 });
    expect(await work.open('dos.csv', 'C;B;A\r\n4,50;3;X1\r\n')).toMatchObject({
      remembered: true,
      mapping: { columns },
    });
  });
});

describe('the way back', () => {
  it('is planned against today’s file and saved as one', async () => {
    const before = new Map(products().map(({ sku, stock, price }) => [sku, { stock, price }]));
    const run = await work.plan(await work.open('catálogo.csv', catalogue()));
    upload(await work.save(run, 'changed', 'csv'));
    await work.catalog.files.uploaded(run.id);
    expect(await work.catalog.updates.undo(run.id)).toMatchObject({ problem: { code: 'file.notOpen' } });

    const today = await work.open('hoy.csv', catalogue());
    await work.check(today);
    expect(await work.catalog.updates.undo(run.id)).toMatchObject({ ok: true });
    const undo = await work.until('planned');
    expect(undo).toMatchObject({ kind: 'undo', of: run.id });
    upload(await work.save(undo, 'changed', 'csv'));
    await work.catalog.files.uploaded(undo.id);
    for (const { sku, stock, price } of products()) {
      expect(Number(stock)).toBe(Number(before.get(sku)?.stock));
      expect(Number(price)).toBe(Number(before.get(sku)?.price));
    }
    expect(await work.catalog.runs.get(run.id)).toMatchObject({ undoneBy: undo.id });
  });
});

describe('what is not known is not said', () => {
  it('counts nothing as written while nobody has said that the file was uploaded', async () => {
    const run = await work.plan(await work.open('catálogo.csv', catalogue()));
    await work.save(run, 'changed', 'csv');
    await work.restart();
    expect(await work.catalog.runs.countRows(run.id)).toMatchObject({ applied: 0 });
    expect(work.catalog.updates.current()?.status.state).toBe('saved');
    await work.catalog.updates.cancel(run.id);
    expect(await work.catalog.runs.get(run.id)).toMatchObject({ status: { state: 'cancelled', applied: 0 } });
  });

  it('gives a plan up when its file is closed, another is opened, or the program ends', async () => {
    const run = await work.plan(await work.open('catálogo.csv', catalogue()));
    await work.open('otro.csv', catalogue());
    expect(await work.catalog.runs.get(run.id)).toMatchObject({ status: { state: 'cancelled' } });
    const other = await work.plan(await work.open('otro.csv', catalogue()));
    await work.restart();
    expect(await work.catalog.runs.get(other.id)).toMatchObject({ status: { state: 'failed' } });
  });

  it('is not gone on with for another user of the org; what was saved may still be uploaded', async () => {
    const file = await work.open('catálogo.csv', catalogue());
    const saved = await work.plan(file);
    await work.save(saved, 'changed', 'csv');
    const plan = await work.plan(await work.open('catálogo.csv', catalogue()));
    await work.restart('another@acme.example');
    expect(await work.catalog.runs.get(plan.id)).toMatchObject({
      status: { state: 'failed', problem: { code: 'catalog.otherOrg' } },
      elsewhere: 'org',
    });
    expect(await work.catalog.files.uploaded(saved.id)).toMatchObject({ ok: true });
    expect(await work.catalog.runs.get(saved.id)).toMatchObject({ status: { state: 'done' } });
    await work.restart();
    expect(await work.plan(await work.open('catálogo.csv', catalogue()))).toMatchObject({ full: true });
  });

  it('never saves a plan into another file than the one it was made against', async () => {
    const run = await work.plan(await work.open('catálogo.csv', catalogue()));
    await work.save(run, 'changed', 'csv');
    await work.check(await work.open('otro.csv', catalogue()));
    await expect(work.save(run, 'changed', 'csv')).rejects.toThrow('file.notOpen');
  });

  it('is never written by the program itself', async () => {
    const run = await work.plan(await work.open('catálogo.csv', catalogue()));
    expect(await work.catalog.updates.agree(run.id)).toMatchObject({
      problem: { code: 'catalog.notPlanned' },
    });
  });
});

describe('a file that is not as it should be', () => {
  it('is told by what is wrong with it, column by column and row by row', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `B${index};1;2,50`);
    const file = await work.open(
      'malo.csv',
      ['SKU;Stock;Precio', 'A;1;2,50', 'A;1;2,50', ';4;5', 'C;consultar;1,00', 'D;2;1.500', ...many].join(
        '\n',
      ),
    );
    expect(await work.check(file)).toEqual({
      kind: 'ready',
      products: 13,
      findings: [
        { finding: 'repeated', rows: 1, row: 3, value: 'A' },
        { finding: 'noSku', rows: 1, row: 4, value: '' },
        { finding: 'stockUnreadable', rows: 1, row: 5, value: 'consultar' },
      ],
    });
    const wrongMark = await work.check(file, { decimalMark: '.' });
    expect(wrongMark).toEqual({ kind: 'mappingIncomplete', fields: { 'columns.price': 'notNumbers' } });
  });

  it.each([
    ['vacío.csv', '', 'file.empty'],
    ['títulos.csv', 'SKU;Stock\n', 'file.empty'],
    ['foto.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'file.unreadable'],
    ['ancho.csv', `${'x;'.repeat(250)}\n1\n`, 'file.tooLarge'],
  ])('%s', async (name, content, code) => {
    await expect(work.open(name, content)).rejects.toThrow(code);
  });

  it('stops the plan when it is no longer what was looked at', async () => {
    const file = await work.open('catálogo.csv', catalogue());
    await work.check(file);
    const path = join(work.folder, 'catálogo.csv');
    writeFileSync(path, `${readFileSync(path, 'latin1')}X;Nuevo;;1;1;1\r\n`, 'latin1');
    await expect(work.check(file)).rejects.toThrow('file.changed');
  });
});

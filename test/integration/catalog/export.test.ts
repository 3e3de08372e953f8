import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRow } from '../../../contract/catalog';
import type { TableFormat } from '../../../contract/catalogFile';
import type { Locale } from '../../../contract/settings';
import { catalogExportHandlers } from '../../../main/ipc/catalogExport';
import { createTexts } from '../../../main/texts';
import { readTable, type Table } from '../../../main/ventasxmayor/spreadsheet/readTable';
import { writeTable } from '../../../main/ventasxmayor/spreadsheet/writeTable';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

let work: CatalogAtWork;
let folder: string;
beforeEach(async () => {
  work = await startCatalog();
  folder = mkdtempSync(join(tmpdir(), 'puente-export-'));
});
afterEach(async () => {
  await work.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Saves as the window would ask for it, and reads the file back. */
async function saved(
  query: { filter: 'all' | 'price' | 'refused'; search: string; format: TableFormat },
  locale: Locale = 'es-AR',
): Promise<{ name: string; table: Table }> {
  const texts = createTexts();
  let path = '';
  const handlers = catalogExportHandlers({
    catalog: () => work.catalog,
    t: () => texts(locale),
    saver: {
      choose: async (name) => {
        path = join(folder, name);
        return path;
      },
      write: writeTable,
      decimalMark: () => (locale === 'en' ? '.' : ','),
    },
  });
  const run = work.catalog.updates.current();
  const answer = await handlers['catalogFile.exportRows']({ id: run?.id ?? 0, ...query });
  if (!answer.ok || answer.value === null) throw new Error('nothing was saved');
  const table = await readTable(path);
  if (!table.ok) throw new Error(table.problem.code);
  expect(answer.value).toEqual({ name: table.value.name, rows: table.value.rows.length });
  return { name: answer.value.name, table: table.value };
}

async function planned(): Promise<RunRow[]> {
  const run = await work.update();
  const query = { filter: 'all', sort: 'sku', descending: false, search: '', offset: 0, limit: 500 } as const;
  return (await work.catalog.runs.rows(run.id, query)).rows;
}

describe('the export of a plan', () => {
  it('holds every row, old and new side by side, in the person’s language', async () => {
    const rows = await planned();
    const { name, table } = await saved({ filter: 'all', search: '', format: 'csv' });
    expect(name).toMatch(/^Cambios de stock y precios \d{4}-\d\d-\d\d \d\d\.\d\d\.csv$/);
    expect(table.columns).toEqual([
      ...['SKU', 'Producto', 'Stock antes', 'Stock después', 'Precio antes', 'Precio después'],
      ...['Listas de precios', 'Estado', 'Por qué no'],
    ]);
    const comma = (value: string | null | undefined) => value?.replace('.', ',') ?? '';
    expect(table.rows.map((row) => row.cells)).toEqual(
      rows.map((row) => [
        ...[row.sku, row.name, comma(row.stock?.old), comma(row.stock?.new)],
        ...[comma(row.price?.old), comma(row.price?.new), '', 'Por escribir', ''],
      ]),
    );
  });

  it('holds numbers as numbers in a workbook, and English headings for who reads English', async () => {
    const [first] = await planned();
    const { table } = await saved({ filter: 'all', search: first?.sku ?? '', format: 'xlsx' }, 'en');
    expect(table.columns.slice(0, 3)).toEqual(['SKU', 'Product', 'Stock before']);
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]?.cells[0]).toBe(first?.sku);
    expect(table.rows[0]?.cells[3]).toBe(first?.stock == null ? '' : Number(first.stock.new));
  });

  it('holds the filtered rows alone when that is asked for, with what the store said', async () => {
    const sku = work.sandbox.world.products[0]?.sku ?? '';
    work.sandbox.store.setSwitches({ productFlaws: { writeRefused: [sku] } });
    await work.update({}, true);
    const { table } = await saved({ filter: 'refused', search: '', format: 'csv' });
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]?.cells.at(-1)).toContain('Bloqueado en la tienda');
  });

  it('saves nothing when the person thinks better of it', async () => {
    const run = await work.update();
    const handlers = catalogExportHandlers({
      catalog: () => work.catalog,
      t: () => createTexts()('es-AR'),
      saver: { choose: async () => null, write: writeTable, decimalMark: () => ',' },
    });
    const query = { id: run.id, filter: 'all', search: '', format: 'csv' } as const;
    expect(await handlers['catalogFile.exportRows'](query)).toEqual({ ok: true, value: null });
    expect(await handlers['catalogFile.exportRows']({ ...query, id: 999 })).toMatchObject({
      problem: { code: 'app.notFound' },
    });
  });
});

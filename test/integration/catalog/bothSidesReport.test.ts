import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableFormat } from '../../../contract/catalogFile';
import type { SidesFilter } from '../../../contract/catalogSides';
import type { Locale } from '../../../contract/settings';
import { catalogSidesHandlers } from '../../../main/ipc/catalogSides';
import { createTexts } from '../../../main/texts';
import { readTable, type Table } from '../../../main/ventasxmayor/spreadsheet/readTable';
import { writeTable } from '../../../main/ventasxmayor/spreadsheet/writeTable';
import { type CatalogAtWork, startCatalog } from '../../support/catalogAtWork';

let work: CatalogAtWork;
let folder: string;
beforeEach(async () => {
  work = await startCatalog();
  folder = mkdtempSync(join(tmpdir(), 'puente-report-'));
});
afterEach(async () => {
  await work.stop();
  rmSync(folder, { recursive: true, force: true });
});

const everything: SidesFilter = { filter: 'all', note: null, search: '' };

function handlers(locale: Locale, choose: (name: string) => string | null) {
  const texts = createTexts();
  return catalogSidesHandlers({
    catalog: () => work.catalog,
    t: () => texts(locale),
    saver: {
      choose: async (name) => choose(name),
      write: writeTable,
      decimalMark: () => (locale === 'en' ? '.' : ','),
    },
  });
}

/** Saves as the window would ask for it, and reads the file back. */
async function saved(
  filter: Partial<SidesFilter>,
  format: TableFormat,
  locale: Locale = 'es-AR',
): Promise<{ name: string; table: Table }> {
  let path = '';
  const { 'catalogSides.export': save } = handlers(locale, (name) => {
    path = join(folder, name);
    return path;
  });
  const answer = await save({ ...everything, ...filter, format });
  if (!answer.ok || answer.value === null) throw new Error('nothing was saved');
  const table = await readTable(path);
  if (!table.ok) throw new Error(table.problem.code);
  expect(answer.value).toEqual({ name: table.value.name, rows: table.value.rows.length });
  return { name: answer.value.name, table: table.value };
}

/** Another form of the SKU in the org, an otherwise equal one in the store. */
function addLeadingZeros(sku: string): void {
  const { core, query } = work.sandbox.org;
  const [product] = query(`SELECT Id FROM Product2 WHERE StockKeepingUnit = '${sku}'`);
  core.records.update(core.table('Product2'), String(product?.['Id']), { StockKeepingUnit: `00${sku}` });
}

describe('the report of both sides', () => {
  it('holds every SKU with the values of both sides, in the person’s language', async () => {
    await work.compareSides();
    const { name, table } = await saved({}, 'csv');
    expect(name).toMatch(/^Comparación Depósito Avellaneda \d{4}-\d\d-\d\d \d\d\.\d\d\.csv$/);
    expect(table.columns).toEqual([
      ...['SKU', 'Producto', 'Estado', 'Stock tienda', 'Stock Salesforce', 'Stock según las reglas'],
      ...['Diferencia de stock', 'Precio tienda', 'Precio Salesforce', 'Precio según las reglas'],
      ...['Diferencia de precio', 'Listas de precios', 'Notas', 'SKU casi igual'],
    ]);
    const { products } = work.sandbox.world;
    expect(table.rows).toHaveLength(products.length + 3);
    const value = (cell: unknown) => (cell === '' ? null : Number(String(cell).replace(',', '.')));
    for (const { cells } of table.rows) {
      const product = work.sandbox.store.core.catalogue.product(String(cells[0]));
      expect(cells[1]).toBe(product?.name);
      expect(value(cells[3])).toBe(Number(product?.stock));
      expect(value(cells[7])).toBe(Number(product?.price));
      if (cells[2] === 'Solo en la tienda') continue;
      expect(value(cells[6])).toBe((value(cells[5]) ?? 0) - (value(cells[3]) ?? 0));
      expect(value(cells[10])).toBeCloseTo((value(cells[9]) ?? 0) - (value(cells[7]) ?? 0), 6);
    }
  });

  it('keeps leading zeros, and names near misses', async () => {
    const sku = work.sandbox.world.products[0]?.sku ?? '';
    await work.update({}, true);
    addLeadingZeros(sku);
    await work.compareSides();
    for (const format of ['csv', 'xlsx'] as const) {
      const { table } = await saved({ filter: 'similar' }, format, 'en');
      expect(table.columns[0]).toBe('SKU');
      expect(table.columns.at(-1)).toBe('Near-miss SKU');
      expect(table.rows.map(({ cells }) => [cells[0], cells[2], cells.at(-1)])).toEqual([
        [`00${sku}`, 'Near miss', sku],
        [sku, 'Near miss', `00${sku}`],
      ]);
    }
  });

  it('is saved by a name that tells its scope, or not at all', async () => {
    const save = handlers('es-AR', () => null)['catalogSides.export'];
    // Before anything was read there is nothing to save.
    expect(await save({ ...everything, format: 'csv' })).toMatchObject({ problem: { code: 'app.notFound' } });
    await work.compareSides({ warehouse: '' });
    expect(await save({ ...everything, format: 'csv' })).toEqual({ ok: true, value: null });
    expect((await saved({ note: 'missingInOrg' }, 'csv')).name).toMatch(/^Comparación Valores generales /);
  });
});

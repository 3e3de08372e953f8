import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readTable } from '../../main/ventasxmayor/spreadsheet/readTable';
import { type Sandbox, startSandbox } from '../../sandbox';
import { connect } from './connect';
import { expect, type Puente, test } from './fixtures';

let sandbox: Sandbox;

test.beforeEach(async () => {
  sandbox = await startSandbox({ content: { products: 60, buyers: 5, stockEverywhere: true } });
});
test.afterEach(() => sandbox.stop());

/** Lets the dialogs answer with these files, as if a person had chosen them. */
async function answerDialogs(program: Puente, open: string, save: string): Promise<void> {
  await program.app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [paths.open] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: paths.save });
    },
    { open, save },
  );
}

async function expectAccessible(window: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
}

/** The store's catalogue as a shop exports it. */
function writeCatalogue(path: string, more: string[] = []): void {
  const lines = sandbox.store.core.catalogue
    .products('', 500)
    .map(({ sku, name, stock, price }) => [sku, name, stock, (price ?? '').replace('.', ',')].join(';'));
  writeFileSync(path, ['Código;Producto;Existencias;Precio', ...lines, ...more, ''].join('\r\n'), 'latin1');
}

test('a shop without an API plans against its file, saves it, and says when it is uploaded', async ({
  start,
  userData,
}) => {
  const program = await start();
  const { window } = program;
  await connect(window, sandbox, { store: 'files' });
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(window.getByText('La configuración se guardó y ya está en uso.')).toBeVisible();
  await window.getByRole('button', { name: 'Stock y precios' }).click();

  const catalogue = join(userData, 'catálogo.csv');
  const saved = join(userData, 'para subir.csv');
  await expect(window.getByRole('button', { name: /Elegir archivo/ })).toBeVisible();
  await expect(window.getByRole('button', { name: /catálogo de ejemplo/ })).toBeHidden();
  writeCatalogue(catalogue, ['OTRO;Sin Salesforce;;']);
  await answerDialogs(program, catalogue, saved);
  await window.getByRole('button', { name: /Elegir archivo/ }).click();
  await expect(window.getByRole('combobox', { name: 'Stock' })).toHaveValue('Existencias');
  await window.getByRole('button', { name: 'Agregar una lista' }).click();
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Quitar esta lista' }).click();
  await window.getByRole('button', { name: 'Revisar el archivo' }).click();
  await expect(window.getByText('Todas las filas se leen bien.')).toBeVisible();
  await expectAccessible(window);
  await window.getByRole('combobox', { name: 'Depósito' }).fill('Avellaneda');
  await window.getByRole('option', { name: /Avellaneda/ }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();

  await window.getByRole('button', { name: /Guardar/ }).click();
  await window.getByRole('menuitem', { name: 'CSV' }).last().click();
  await expect(window.getByText(/Se guardó para subir\.csv con 64 filas/)).toBeVisible();
  await expect(window.getByRole('heading', { name: /Archivo guardado/ })).toBeVisible();

  await expectAccessible(window);

  const before = readFileSync(catalogue, 'latin1').split('\r\n');
  const after = readFileSync(saved, 'latin1').split('\r\n');
  expect(after[0]).toBe(before[0]);
  expect(after).toHaveLength(before.length);
  expect(after).toContain('OTRO;Sin Salesforce;;');
  const [first] = sandbox.world.products;
  const [stock] = sandbox.org.query(
    `SELECT QuantityOnHand FROM ProductItem WHERE Location.Name = 'Depósito Avellaneda' AND Product2.StockKeepingUnit = '${first?.sku}'`,
  );
  expect(after.find((line) => line.startsWith(`${first?.sku};`))?.split(';')[2]).toBe(
    String(Number(stock?.['QuantityOnHand'])),
  );

  await window.getByRole('button', { name: 'Ya lo subí' }).click();
  await expect(window.getByRole('heading', { name: /Se actualizaron [\d.]+ productos/ })).toBeVisible();
  await window.getByRole('tab', { name: 'Historial' }).click();
  await expect(window.getByText(/catálogo\.csv · Depósito Avellaneda/)).toBeVisible();
});

test('the sample data has a catalogue file to try it with, from the first step to the last', async ({
  start,
  userData,
}) => {
  const program = await start('--demo');
  const { window } = program;
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByText('Por archivo').click();
  const sample = join(userData, 'catálogo de ejemplo.csv');
  await answerDialogs(program, sample, sample);
  await window.getByRole('button', { name: 'Guardar un catálogo de ejemplo' }).click();
  await expect(window.getByText(/Se guardó catálogo de ejemplo\.csv con [\d.]+ filas/)).toBeVisible();
  await expectAccessible(window);

  await window.getByRole('button', { name: /Elegir archivo/ }).click();
  for (const [field, column] of [
    ['SKU', 'SKU'],
    ['Producto', 'Producto'],
    ['Stock', 'Stock'],
    ['Precio general', 'Precio'],
  ] as const)
    await expect(window.getByRole('combobox', { name: field, exact: true })).toHaveValue(column);
  await window.getByRole('button', { name: 'Revisar el archivo' }).click();
  await expect(window.getByText('Todas las filas se leen bien.')).toBeVisible();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();

  const saved = join(userData, 'para subir.csv');
  await answerDialogs(program, '', saved);
  await window.getByRole('button', { name: /Guardar/ }).click({ timeout: 30_000 });
  await window.getByRole('menuitem', { name: 'CSV' }).last().click();
  await expect(window.getByText(/Se guardó para subir\.csv/)).toBeVisible();
  const [before, after] = [await readTable(sample), await readTable(saved)];
  if (!before.ok || !after.ok) throw new Error('a file cannot be read');
  expect(after.value.rows).toHaveLength(before.value.rows.length);
  expect(after.value.columns).toEqual(before.value.columns);
  expect(before.value.rows.length).toBeGreaterThan(1_500);
  const names = (table: typeof before) => table.ok && table.value.rows.map(({ cells }) => cells.slice(0, 3));
  expect(names(after)).toEqual(names(before));
  expect(after.value.rows).not.toEqual(before.value.rows);
  await window.getByRole('button', { name: 'Ya lo subí' }).click();
  await expect(window.getByRole('heading', { name: /Se actualizaron [\d.]+ productos/ })).toBeVisible();
});

test('a file that does not fit is told at the column', async ({ start, userData }) => {
  const program = await start('--demo');
  const { window } = program;
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByText('Por archivo').click();
  const catalogue = join(userData, 'malo.csv');
  writeFileSync(catalogue, 'Uno;Dos\r\nA;x\r\n');
  await answerDialogs(program, catalogue, '');
  await window.getByRole('button', { name: /Elegir archivo/ }).click();
  await window.getByRole('button', { name: 'Revisar el archivo' }).click();
  await expect(window.getByText('Hace falta para seguir.')).toBeVisible();
  await expect(window.getByText('Elegí al menos una columna de stock o de precio.').first()).toBeVisible();
  writeFileSync(catalogue, '');
  await window.getByRole('button', { name: 'Elegir otro archivo' }).click();
  await window.getByRole('button', { name: /Elegir archivo/ }).click();
  await expect(window.getByText('El archivo malo.csv no tiene filas')).toBeVisible();
});

test('the rows of a plan go out as a workbook', async ({ start, userData }) => {
  const program = await start('--demo');
  const { window } = program;
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(window.getByRole('button', { name: /Aplicar/ })).toBeVisible({ timeout: 30_000 });
  const saved = join(userData, 'plan.xlsx');
  await answerDialogs(program, '', saved);
  await window.getByRole('button', { name: 'Exportar' }).click();
  await window.getByRole('menuitem', { name: /Excel/ }).click();
  await expect(window.getByText(/Se guardó plan\.xlsx/)).toBeVisible({ timeout: 30_000 });
  const table = await readTable(saved);
  expect(table).toMatchObject({ ok: true, value: { format: 'xlsx' } });
  expect(table.ok && table.value.columns.slice(0, 3)).toEqual(['SKU', 'Producto', 'Stock antes']);
});

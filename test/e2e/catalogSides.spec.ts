import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { startSandbox } from '../../sandbox';
import { addPreset } from '../../sandbox/http/presets';
import { connect } from './connect';
import { expect, test } from './fixtures';

test('a person compares both sides, finds what differs, and opens a product', async ({ start, userData }) => {
  const { app, window } = await start();
  await window.getByRole('button', { name: 'Explorar' }).click();
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('tab', { name: 'Comparación' }).click();

  // Nothing has been read yet.
  await expect(window.getByRole('heading', { name: 'Comparar la tienda con Salesforce' })).toBeVisible();
  await window.getByRole('combobox', { name: 'Depósito' }).click();
  await window.getByRole('option', { name: /Depósito Avellaneda/ }).click();
  await window.getByRole('button', { name: 'Comparar ahora' }).click();

  const table = window.getByRole('table', { name: 'Los dos lados por SKU' });
  const rows = table.getByRole('row');
  await expect(table.getByText('Distinto').first()).toBeVisible({ timeout: 30_000 });
  await expect(window.getByText('Depósito Avellaneda · precios de Lista Mayorista AMBA')).toBeVisible();
  await expect(window.getByText(/^Leído (hace|dentro de|ahora)/)).toBeVisible();

  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);

  // The sample store has three products that its org does not know.
  await window.getByRole('button', { name: /Solo en la tienda/ }).click();
  await expect(rows).toHaveCount(5);
  await expect(rows.last()).toContainText('Solo en la tienda');

  // What is shown goes out as a report.
  const report = join(userData, 'informe.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, report);
  await window.getByRole('button', { name: 'Exportar' }).click();
  await window.getByRole('menuitem', { name: 'CSV' }).first().click();
  await expect(window.getByText('Se guardó informe.csv con 3 filas.')).toBeVisible();
  const lines = readFileSync(report, 'utf8').trim().split(/\r?\n/);
  expect(lines[0]).toContain('SKU;Producto;Estado;Stock tienda;Stock Salesforce');
  expect(lines.slice(1).every((line) => line.includes(';Solo en la tienda;'))).toBe(true);
  expect(lines).toHaveLength(4);

  // The greatest difference of price comes first, and is opened with the keys.
  await window.getByRole('button', { name: /Otro precio/ }).click();
  const price = table.getByRole('button', { name: 'Precio' });
  await price.click();
  await expect(price).toBeFocused();
  await expect(rows.nth(2)).toContainText('Distinto');
  const cells = rows.nth(2).getByRole('cell');
  const sku = (await cells.nth(0).textContent()) ?? '';
  const wanted = (await cells.nth(6).textContent()) ?? '';
  await table.getByRole('rowgroup').last().press('Enter');
  await expect(window.getByText(`SKU ${sku} ·`)).toBeVisible();
  await expect(window.getByRole('row', { name: /^Precio/ })).toContainText(wanted);

  // Updated there, it is no longer out of sync when the person comes back to the same list.
  await window
    .getByRole('button', { name: /^Actualizar (precio|stock y precio)$/ })
    .first()
    .click();
  await expect(window.getByText('La tienda ya tiene los valores nuevos.')).toBeVisible();
  await window.getByRole('button', { name: 'Volver a la comparación' }).click();
  await expect(window.getByRole('button', { name: /Otro precio/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(rows.nth(2)).toContainText('Distinto');
  await expect(table.getByText(sku, { exact: true })).toHaveCount(0);

  await window.getByRole('textbox', { name: 'SKU o nombre' }).fill('no hay tal cosa');
  await expect(window.getByText('Ningún producto')).toBeVisible();
});

test('what only Salesforce has is shown under its name there, and without one while Salesforce is away', async ({
  start,
}) => {
  const sandbox = await startSandbox({ content: { products: 30, buyers: 2, stockEverywhere: true } });
  try {
    const [lacking] = sandbox.world.products;
    if (lacking === undefined) throw new Error('no product');
    sandbox.store.setSwitches({ productFlaws: { missing: [lacking.sku] } });
    const [inOrg] = sandbox.org.query(`SELECT Name FROM Product2 WHERE StockKeepingUnit = '${lacking.sku}'`);
    const name = String(inOrg?.['Name']);
    const first = await start();
    await connect(first.window, sandbox);
    await first.window.getByRole('button', { name: 'Guardar', exact: true }).click();
    await expect(first.window.getByText('La configuración se guardó y ya está en uso.')).toBeVisible();
    const look = async ({ window }: typeof first) => {
      await window.getByRole('button', { name: 'Stock y precios' }).click();
      await window.getByRole('tab', { name: 'Comparación' }).click();
      const compare = window.getByRole('button', { name: 'Comparar ahora' });
      if (window === first.window) await compare.click();
      await window.getByRole('button', { name: /Solo en Salesforce/ }).click({ timeout: 30_000 });
      return window.getByRole('table', { name: 'Los dos lados por SKU' }).getByRole('row').last();
    };
    const row = await look(first);
    await expect(row).toContainText(lacking.sku);
    await expect(row.getByRole('cell').nth(1)).toHaveText(name);
    await first.kill();

    addPreset(sandbox.faults, 'org-503-json', { times: null });
    const second = await start();
    const blank = await look(second);
    await expect(blank).toContainText(lacking.sku);
    await expect(blank.getByRole('cell').nth(1)).toHaveText('');
    await expect(second.window.getByRole('alert')).toHaveCount(0);
  } finally {
    await sandbox.stop();
  }
});

import { expect, test } from './fixtures';

test('a person sees what an update would change, applies it, and takes it back', async ({ start }) => {
  const { window } = await start();
  await window.getByRole('button', { name: 'Explorar' }).click();
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('combobox', { name: 'Depósito' }).click();
  await window.getByRole('option', { name: /Depósito Avellaneda/ }).click();
  await expect(window.getByText('Precios de Lista Mayorista AMBA.')).toBeVisible();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();

  // The sample store has never been updated: the guard may well ask, and nothing is written before the answer.
  const agree = window.getByRole('button', { name: /Aplicar/ });
  await expect(agree).toBeVisible({ timeout: 30_000 });
  const table = window.getByRole('table', { name: 'Cambios por producto' });
  await expect(table.getByText('Por escribir').first()).toBeVisible();
  await window.getByText(/^A cero/).click();
  await expect(table.getByRole('row').nth(1)).toContainText('0');
  await window.getByText(/^Todos ·/).click();
  await table.getByRole('button', { name: 'Precio' }).click();
  await window.getByRole('textbox', { name: 'SKU o nombre' }).fill('detergente');
  await expect(table.getByText(/Detergente/).first()).toBeVisible();
  await window.getByRole('textbox', { name: 'SKU o nombre' }).fill('');

  await agree.click();
  await expect(window.getByRole('heading', { name: /Se actualizaron [\d.]+ productos/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(table.getByText('Escrito').first()).toBeVisible();

  await window.getByRole('button', { name: 'Deshacer' }).click();
  await expect(window.getByRole('dialog').getByRole('button', { name: 'Cerrar' })).toBeVisible();
  await window.getByRole('dialog').getByRole('button', { name: 'Deshacer' }).click();
  await expect(window.getByRole('heading', { name: /volvieron a su valor anterior/ })).toBeVisible({
    timeout: 30_000,
  });

  await window.getByRole('tab', { name: 'Historial' }).click();
  await expect(window.getByText('Vuelta atrás')).toBeVisible();
  await expect(window.getByText('Deshecha')).toBeVisible();
});

test('the rows of a plan can be reached in the smallest window', async ({ start }) => {
  const { app, window } = await start('--demo');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1, 1));
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  const title = window.getByRole('heading', { name: /productos cambiarían/ });
  await expect(title).toBeVisible({ timeout: 30_000 });
  await title.hover();
  await window.mouse.wheel(0, 2_000);
  await expect(window.getByText('Por escribir').first()).toBeInViewport();
});

test('an update that was being written goes on after a kill', async ({ start }) => {
  const first = await start();
  await first.window.getByRole('button', { name: 'Explorar' }).click();
  await first.window.getByRole('button', { name: 'Stock y precios' }).click();
  await first.window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  const agree = first.window.getByRole('button', { name: /Aplicar/ });
  await expect(agree).toBeVisible({ timeout: 30_000 });
  await agree.click();
  await first.kill();

  const { window } = await start();
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await expect(window.getByRole('heading', { name: /Se actualizaron [\d.]+ productos/ })).toBeVisible({
    timeout: 30_000,
  });
});

test('a rule for stock counts from the next plan on', async ({ start }) => {
  const { window } = await start();
  await window.getByRole('button', { name: 'Explorar' }).click();
  await window.getByRole('button', { name: 'Configuración' }).click();
  await window.getByRole('tab', { name: 'Stock y precios' }).click();
  await window.getByLabel('Máximo').fill('menos');
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  await expect(window.getByText(/Escribí un número de cero o más/)).toBeVisible();
  await window.getByLabel('Máximo').fill('10');
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  await expect(window.getByText('Las reglas de stock y precios se guardaron')).toBeVisible();

  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(window.getByRole('button', { name: /Aplicar/ })).toBeVisible({ timeout: 30_000 });
  const table = window.getByRole('table', { name: 'Cambios por producto' });
  await table.getByRole('button', { name: 'Stock' }).click();
  await table.getByRole('button', { name: 'Stock' }).click();
  // The greatest rise there is: from nothing to the maximum.
  await expect(table.getByRole('row').nth(1)).toContainText('10');
});

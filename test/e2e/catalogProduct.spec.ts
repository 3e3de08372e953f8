import { expect, test } from './fixtures';

test('a person finds one product, sees both sides, and updates it by itself', async ({ start }) => {
  const { window } = await start();
  await window.getByRole('button', { name: 'Explorar' }).click();
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('tab', { name: 'Un producto' }).click();
  await expect(window.getByText('Buscá un producto')).toBeVisible();
  const search = window.getByRole('combobox', { name: 'SKU o nombre' });

  await search.fill('NO-EXISTE-1');
  await search.press('Enter');
  await expect(window.getByText('Ningún lado conoce el SKU NO-EXISTE-1')).toBeVisible();

  await search.fill('deterg');
  await window
    .getByRole('option', { name: /Detergente/ })
    .first()
    .click();
  await expect(window.getByRole('heading', { name: /Detergente/ })).toBeVisible();
  await expect(window.getByRole('columnheader', { name: 'Salesforce' })).toBeVisible();

  // A cap of its own changes what the store is to have.
  await window.getByLabel('Máximo').fill('uno');
  await window.getByRole('button', { name: 'Guardar regla' }).click();
  await expect(window.getByText(/Escribí un número de cero o más/)).toBeVisible();
  await window.getByLabel('Máximo').fill('1');
  await window.getByRole('button', { name: 'Guardar regla' }).click();
  await expect(window.getByText('La regla del producto se guardó')).toBeVisible();

  await window
    .getByRole('button', { name: /^Actualizar (stock|precio|stock y precio)$/ })
    .first()
    .click();
  await expect(window.getByText('La tienda ya tiene los valores nuevos.')).toBeVisible();
  await expect(window.getByRole('cell', { name: /Un producto · / }).first()).toBeVisible();
  await window.getByRole('button', { name: 'Quitar regla' }).click();
  await expect(window.getByRole('button', { name: 'Quitar regla' })).toBeHidden();
});

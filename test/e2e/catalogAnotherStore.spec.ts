import { type Sandbox, startSandbox } from '../../sandbox';
import { connect } from './connect';
import { expect, test } from './fixtures';

const content = { products: 60, buyers: 2, stockEverywhere: true };

let one: Sandbox;
let other: Sandbox;
test.beforeEach(async () => {
  one = await startSandbox({ content, seed: 7 });
  other = await startSandbox({ content, seed: 7 });
});
test.afterEach(async () => {
  await one.stop();
  await other.stop();
});

test('what was made for one store is neither gone on with nor undone when the settings name another', async ({
  start,
}) => {
  const { window } = await start();
  const go = (name: string) => window.getByRole('navigation').getByRole('button', { name }).click();
  const plan = async () => {
    await go('Stock y precios');
    await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
    await expect(window.getByRole('button', { name: /Aplicar/ })).toBeVisible({ timeout: 30_000 });
  };
  await connect(window, one);
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(window.getByText('La configuración se guardó')).toBeVisible();
  await plan();
  await window.getByRole('button', { name: /Aplicar/ }).click();
  const done = window.getByRole('heading', { name: /Se actualiz(ó|aron) [\d.]+ producto/ });
  await expect(done).toBeVisible({ timeout: 30_000 });
  one.store.core.putProducts(
    one.store.core.catalogue.products('', 100).map((product) => ({ ...product, stock: '9999' })),
  );
  await window.getByRole('button', { name: 'Nueva actualización' }).click();
  await plan();

  await go('Configuración');
  await window.getByLabel('Dirección de la API').fill(other.store.url);
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(window.getByText('La configuración se guardó').last()).toBeVisible();
  const before = JSON.stringify(other.store.core.catalogue.products('', 100));
  await go('Stock y precios');
  await expect(window.getByText('Esta actualización se hizo para otra tienda')).toBeVisible();
  await expect(window.getByRole('button', { name: /Aplicar/ })).toBeHidden();

  await window.getByRole('tab', { name: 'Historial' }).click();
  await expect(window.getByText('Otra tienda')).toHaveCount(2);
  await window.getByRole('row').filter({ hasText: 'Terminada' }).getByRole('button').click();
  await expect(done).toBeVisible();
  await expect(window.getByText('Esta actualización se hizo para otra tienda')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Deshacer' })).toBeHidden();
  expect(JSON.stringify(other.store.core.catalogue.products('', 100))).toBe(before);

  // The other store gets a plan of its own, after everything was read.
  await window.getByRole('tab', { name: 'Actualizar todo' }).click();
  await window.getByRole('button', { name: 'Nueva actualización' }).click();
  await plan();
  expect(JSON.stringify(other.store.core.catalogue.products('', 100))).toBe(before);
});

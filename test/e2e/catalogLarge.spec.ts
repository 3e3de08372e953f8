import { type Sandbox, startSandbox } from '../../sandbox';
import { differences, expectedValues, storeValues } from '../support/catalogTruth/oracle';
import { plainWorld } from '../support/catalogTruth/plainWorld';
import { connect } from './connect';
import { expect, test } from './fixtures';

/** So many that the program takes threads for them (main/storage/catalog/database.ts). */
const products = 21_000;

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox({ content: { products, buyers: 2, stockEverywhere: true } });
});
test.afterEach(() => sandbox.stop());

test('a large catalogue is brought up to date, through a kill in the middle, to what the org has', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const wanted = expectedValues(sandbox, plainWorld);
  const first = await start();
  await connect(first.window, sandbox);
  await first.window.getByRole('button', { name: /verificar/i }).click();
  await expect(first.window.getByText('Todo está en orden: los pedidos pueden salir.')).toBeVisible({
    timeout: 30_000,
  });
  await first.window.getByRole('button', { name: 'Stock y precios' }).click();
  await first.window.getByRole('combobox', { name: 'Depósito' }).click();
  await first.window.getByRole('option', { name: /Depósito Avellaneda/ }).click();
  await first.window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  const agree = first.window.getByRole('button', { name: /Aplicar/ });
  await expect(agree).toBeVisible({ timeout: 60_000 });
  expect(differences(storeValues(sandbox), wanted)).not.toEqual([]);
  await agree.click();
  const before = differences(storeValues(sandbox), wanted).length;
  await expect
    .poll(() => differences(storeValues(sandbox), wanted).length, { timeout: 30_000 })
    .toBeLessThan(before);
  await first.kill();
  expect(differences(storeValues(sandbox), wanted)).not.toEqual([]);

  const { window } = await start();
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await expect(window.getByRole('heading', { name: /Se actualizaron [\d.]+ productos/ })).toBeVisible({
    timeout: 60_000,
  });
  expect(differences(storeValues(sandbox), wanted)).toEqual([]);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';

test('a person says for how long updates are kept, also in an installation from before that was asked', async ({
  start,
  userData,
}) => {
  const path = join(userData, 'settings.json');
  const first = await start();
  await first.window.getByRole('button', { name: 'Conectar' }).click();
  const open = async ({ window }: typeof first) => {
    await window.getByRole('navigation').getByRole('button', { name: 'Configuración' }).click();
    await window.getByRole('tab', { name: 'Stock y precios' }).click();
    return window.getByLabel('Conservar (días)');
  };
  const save = ({ window }: typeof first) => window.getByRole('button', { name: 'Guardar reglas' }).click();
  const days = await open(first);
  await expect(days).toHaveValue('180');
  await days.fill('6');
  await save(first);
  await expect(first.window.getByText('Escribí un número entero de 7 a 3.650 días.')).toBeVisible();
  await days.fill('30');
  await save(first);
  await expect(first.window.getByText('Las reglas de stock y precios se guardaron')).toBeVisible();
  await first.kill();

  const { catalog, ...settings } = JSON.parse(readFileSync(path, 'utf8'));
  expect(catalog.history).toEqual({ keepDays: 30 });
  const { history: _unknown, ...before } = catalog;
  before.stock.buffer = '3';
  writeFileSync(path, JSON.stringify({ ...settings, catalog: before }));
  const second = await start();
  await expect(await open(second)).toHaveValue('180');
  await expect(second.window.getByLabel('Reserva')).toHaveValue('3');
});

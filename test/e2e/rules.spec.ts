import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

async function openRules(window: Page): Promise<void> {
  await window.getByRole('navigation').getByRole('button', { name: 'Configuración' }).click();
  await window.getByRole('tab', { name: 'Pedidos' }).click();
  await expect(window.getByRole('heading', { name: 'Pedido de ejemplo' })).toBeVisible();
}

async function choose(window: Page, field: string, option: string): Promise<void> {
  await window.getByRole('combobox', { name: field, exact: true }).click();
  await window.getByRole('option', { name: option, exact: true }).click();
}

test('shows on a sample order what a rule does, and keeps it for the next start', async ({ start }) => {
  const first = await start('--demo');
  const { window } = first;
  await openRules(window);
  const inOrg = window.getByRole('table', { name: 'En Salesforce' });
  await expect(inOrg.getByText('Envío, en un campo')).toBeVisible();

  await choose(window, 'Envío', 'Como una línea con un producto de servicio');
  await expect(inOrg.getByText('Envío · …')).toBeVisible();
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  const sku = window.getByLabel('Producto para Envío');
  await expect(sku).toBeFocused();
  await expect(window.getByText('Este dato es obligatorio.')).toBeVisible();
  await sku.fill('SRV-ENVIO');
  await expect(inOrg.getByText('Envío · SRV-ENVIO')).toBeVisible();

  await window.getByLabel('Con un total mayor que').fill('1.500');
  await window.keyboard.press('Control+S');
  await expect(window.getByText(/sin separador de miles y con hasta/)).toBeVisible();
  await window.getByLabel('Con un total mayor que').fill('1500000,50');
  await window.keyboard.press('Control+S');
  await expect(window.getByText('Las reglas se guardaron y ya están en uso.')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Guardar reglas' })).toBeHidden();

  await first.kill();
  const second = await start('--demo');
  await openRules(second.window);
  await expect(second.window.getByLabel('Producto para Envío')).toHaveValue('SRV-ENVIO');
  await expect(second.window.getByLabel('Con un total mayor que')).toHaveValue('1500000,50');
});

test('takes IVA out of the prices of the example, to the cent', async ({ start }) => {
  const { window } = await start('--demo');
  await openRules(window);
  await choose(window, 'Precios de la tienda', 'Con IVA incluido');
  await choose(window, 'Precios en Salesforce', 'Sin IVA');
  await expect(window.getByLabel('Alícuota de IVA (%)')).toHaveValue('21');
  await expect(
    window.getByRole('table', { name: 'En Salesforce' }).getByText('IVA, en un campo'),
  ).toBeVisible();
  await window.getByRole('button', { name: 'Deshacer cambios' }).click();
  await expect(window.getByLabel('Alícuota de IVA (%)')).toBeHidden();
});

test('is there in an installation from before there were rules', async ({ start, userData }) => {
  const older = await start();
  await older.window.getByRole('button', { name: 'Conectar' }).click();
  await openRules(older.window);
  await older.kill();
  const file = join(userData, 'settings.json');
  const { rules, ...before } = JSON.parse(readFileSync(file, 'utf8'));
  expect(rules).toBeDefined();
  writeFileSync(file, JSON.stringify(before));
  const { window } = await start();
  await openRules(window);
  await expect(window.getByLabel('Activar el pedido con este estado (opcional)')).toHaveValue('');
});

test('has no serious accessibility violation, whatever is open', async ({ start }) => {
  const { window } = await start('--demo');
  await openRules(window);
  await choose(window, 'IVA', 'Como una línea con un producto de servicio');
  await expect(window.getByRole('button', { name: 'Guardar reglas' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
});

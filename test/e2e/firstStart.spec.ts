import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

test('offers both ways at the first start, in both languages', async ({ start }) => {
  const { window } = await start();
  await expect(window.getByRole('heading', { name: 'Te damos la bienvenida a Puente' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Conectar' })).toBeVisible();
  await window.getByText('English', { exact: true }).click();
  await expect(window.getByRole('heading', { name: 'Welcome to Puente' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Explore' })).toBeVisible();
});

test('goes from the first start to sample data whose orders arrive and go out by themselves', async ({
  start,
}) => {
  const { window } = await start();
  await window.getByRole('button', { name: 'Explorar' }).click();
  await expect(window.getByText('Datos de ejemplo')).toBeVisible();
  await expect(window.getByRole('row').filter({ hasText: 'Exportado' }).first()).toBeVisible();

  const before = await exportedCount(window);
  await window.getByText('Datos de ejemplo').click();
  await window.getByRole('menuitem', { name: 'Confirmar 10 pedidos nuevos' }).click();
  await expect.poll(() => exportedCount(window)).toBeGreaterThanOrEqual(before + 10);
});

test('shows an order in full: what was confirmed, what is sent, every attempt', async ({ start }) => {
  const { window } = await start('--demo');
  await window.getByRole('row').filter({ hasText: 'Exportado' }).first().click();
  const drawer = window.getByRole('dialog');
  await expect(drawer.getByText('CUIT / DNI')).toBeVisible();
  await expect(drawer.getByText('Total del pedido')).toBeVisible();
  await drawer.getByRole('tab', { name: 'Qué se envía' }).click();
  await expect(drawer.getByText('Puente_ExportKey__c')).toBeVisible();
  await drawer.getByRole('tab', { name: /Intentos/ }).click();
  await expect(drawer.getByText('En Salesforce', { exact: true })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('tells why an order failed and lets a person hold, undo and dismiss it', async ({ start }) => {
  const { window } = await start('--demo');
  await window.getByText(/^Fallidos/).click();
  await window.getByRole('row').filter({ hasText: 'Falló' }).first().click();
  const drawer = window.getByRole('dialog', { name: /Pedido/ });
  await expect(drawer.getByRole('alert').first()).toBeVisible();

  await drawer.getByRole('button', { name: 'Descartar' }).click();
  const ask = window.getByRole('dialog', { name: /Descartar/ });
  await ask.getByRole('button', { name: 'Descartar' }).click();
  await expect(ask.getByText('Para descartar un pedido hace falta un motivo.')).toBeVisible();
  await ask.getByLabel('Motivo').fill('Pedido de prueba');
  await ask.getByRole('button', { name: 'Descartar' }).click();
  await expect(drawer.getByText('Descartado', { exact: true })).toBeVisible();
  await window.getByRole('button', { name: 'Deshacer' }).click();
  await expect(drawer.getByText('Descartado', { exact: true })).toBeHidden();
});

test('ends by itself when it is closed in the middle of its work', async ({ start }) => {
  const { app, window } = await start('--demo');
  await window.getByText('Datos de ejemplo').click();
  await window.getByRole('menuitem', { name: 'Confirmar 100 pedidos nuevos' }).click();
  const program = app.process();
  const ended = new Promise((done) => program.once('exit', done));
  await app.evaluate(({ app: inside }) => inside.quit());
  expect(await ended).toBe(0);
});

test('has no serious accessibility violation on any screen', async ({ start }) => {
  const { window } = await start('--demo');
  await expect(window.getByRole('row').filter({ hasText: 'Exportado' }).first()).toBeVisible();
  for (const screen of ['Pedidos', 'Importar archivo', 'Registro', 'Configuración']) {
    await window.getByRole('navigation').getByRole('button', { name: screen }).click();
    await expect(window.getByRole('main').getByRole('heading').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
    expect(
      serious.map((one) => `${screen}: ${one.id} ${one.nodes.map((node) => node.target).join(' ')}`),
    ).toEqual([]);
  }
});

async function exportedCount(window: Page): Promise<number> {
  const text = await window.getByText(/^Exportados · /).textContent();
  return Number((text ?? '').replace(/\D/g, ''));
}

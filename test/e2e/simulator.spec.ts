import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Puente, test } from './fixtures';

test('breaks Salesforce and the store from the simulator’s page, and the program shows it', async ({
  start,
}) => {
  const puente = await start('--demo');
  const { window } = puente;
  await expect(window.getByRole('row').filter({ hasText: 'Exportado' }).first()).toBeVisible();
  const page = await openSimulator(puente);
  await expect(page.getByRole('heading', { name: 'Fallas', exact: true })).toBeVisible();

  await page.getByRole('button', { name: /^403 TotalRequests/ }).click();
  await expect(page.getByRole('complementary').getByText('403 TotalRequests')).toBeVisible();
  await page.getByLabel('Cantidad').fill('3');
  await page.getByRole('button', { name: 'Confirmar pedidos' }).click();
  await expect(page.getByText('Pedidos confirmados: 3')).toBeVisible();
  await expect(page.getByRole('complementary').getByText(/^Actuó [1-9]/)).toBeVisible();
  await expect(window.getByText('Salesforce no acepta más llamadas por hoy').first()).toBeVisible();

  await page.getByRole('button', { name: 'Quitar 403 TotalRequests' }).click();
  await expect(page.getByText('Ninguna. Todo funciona.')).toBeVisible();

  await page
    .getByRole('group', { name: 'Línea de la tienda' })
    .getByRole('radio', { name: 'Cortada' })
    .click();
  await expect(window.getByText('No se puede llegar a la tienda').first()).toBeVisible();
});

test('changes and cancels orders in the store after they are in Salesforce, and the program notices', async ({
  start,
}) => {
  const puente = await start('--demo');
  const { window } = puente;
  const rows = window.getByRole('row').filter({ hasText: 'Exportado' });
  await expect(rows.nth(1)).toBeVisible();
  const numbers = (await rows.allInnerTexts()).map((text) => /\d{5}/.exec(text)?.[0] ?? '');
  const page = await openSimulator(puente);
  await page.getByLabel('Número de pedido').fill(numbers[0] ?? '');
  await page.getByRole('button', { name: 'Sumar una unidad a la primera línea' }).click();
  await expect(
    page.getByText(`El pedido ${numbers[0]} quedó así: revisión 2`, { exact: false }),
  ).toBeVisible();
  await page.getByLabel('Número de pedido').fill(numbers[1] ?? '');
  await page.getByRole('button', { name: 'Cancelar el pedido' }).click();
  await expect(page.getByText(`La tienda canceló el pedido ${numbers[1]}.`)).toBeVisible();
  await expect(window.getByTitle('2 pedidos cambiaron en la tienda después de enviarse')).toBeVisible();
});

test('keeps the simulator’s window apart from the program and from the network', async ({ start }) => {
  const puente = await start('--demo');
  const page = await openSimulator(puente);
  const inside = await page.evaluate(async () => ({
    program: typeof Reflect.get(self, 'puente') + typeof Reflect.get(self, 'require'),
    opened: self.open('https://example.com') === null,
    fetched: await fetch('https://example.com').then(
      () => 'reached',
      () => 'refused',
    ),
  }));
  expect(inside).toEqual({ program: 'undefinedundefined', opened: true, fetched: 'refused' });
  const home = new URL(page.url()).origin;
  await page.getByRole('link', { name: 'Resumen' }).click();
  await expect(page.getByRole('heading', { name: 'Resumen' })).toBeVisible();

  // Once more brings the same window to the front, and leaving the sample data takes it along.
  await openMenu(puente.window);
  await puente.window.getByRole('menuitem', { name: 'Simulador…' }).click();
  expect(puente.app.windows()).toHaveLength(2);
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(`${home}/pages/overview`);

  const closed = page.waitForEvent('close');
  await openMenu(puente.window);
  await puente.window.getByRole('menuitem', { name: 'Salir de los datos de ejemplo' }).click();
  await puente.window.getByRole('button', { name: 'Salir de los datos de ejemplo' }).last().click();
  await closed;
});

test('has no serious accessibility violation on any page of the simulator', async ({ start }) => {
  const page = await openSimulator(await start('--demo'));
  for (const language of ['English', 'Español']) {
    await page.getByRole('link', { name: language }).click();
    for (const address of ['overview', 'faults', 'mailbox']) {
      await page.locator(`nav a[href="/pages/${address}"]`).click();
      await expect(page.locator('#content > *').first()).toBeAttached();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
      expect(
        serious.map((one) => `${address}: ${one.id} ${one.nodes.map((node) => node.target).join(' ')}`),
      ).toEqual([]);
    }
  }
});

async function openMenu(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Datos de ejemplo' }).click();
}

async function openSimulator({ app, window }: Puente): Promise<Page> {
  await openMenu(window);
  const [page] = await Promise.all([
    app.waitForEvent('window'),
    window.getByRole('menuitem', { name: 'Simulador…' }).click(),
  ]);
  await page.waitForLoadState();
  return page;
}

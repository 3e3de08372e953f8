import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const hourMs = 3_600_000;

const go = (window: Page, screen: string) =>
  window.getByRole('navigation').getByRole('button', { name: screen }).click();

async function save(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  await expect(window.getByText('Las reglas de stock y precios se guardaron')).toBeVisible();
}

/** The next full hour as the screen writes it, now and in a moment: the test may run into it. */
async function nextHour(window: Page): Promise<RegExp> {
  const hours = await window.evaluate(
    (every) =>
      [0, 60_000].map((later) => {
        const next = (Math.floor((Date.now() + later) / every) + 1) * every;
        const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
        return new Date(next).toLocaleTimeString('es-AR', options);
      }),
    hourMs,
  );
  return new RegExp(`Próxima actualización automática: .*(${hours.join('|')})\\.`);
}

test('a person has updates begin by themselves, and sees when the next one does', async ({ start }) => {
  const { window, kill } = await start('--demo');
  await go(window, 'Stock y precios');
  await expect(window.getByText('Las actualizaciones automáticas están apagadas.')).toBeVisible();
  await window.getByRole('button', { name: 'Programarlas' }).click();

  const tab = window.getByRole('tabpanel', { name: 'Stock y precios' });
  await tab.getByLabel('Actualizar stock y precios automáticamente').check();
  await tab.getByLabel('Leer todo de nuevo después de').fill('200');
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  await expect(tab.getByText('Escribí un número entero de 1 a 168 horas.')).toBeVisible();
  await tab.getByLabel('Leer todo de nuevo después de').fill('48');
  await tab.getByRole('combobox', { name: 'Cada cuánto' }).click();
  await window.getByRole('option', { name: 'Cada 6 horas' }).click();
  await expect(tab.getByText(/^A las .* y .*, hora de esta computadora\.$/)).toBeVisible();
  await tab.getByRole('combobox', { name: 'Cada cuánto' }).click();
  await window.getByRole('option', { name: 'Cada hora' }).click();
  await save(window);

  await go(window, 'Stock y precios');
  await expect(window.getByText(await nextHour(window))).toBeVisible();
  await go(window, 'Registro');
  await expect(
    window.getByText('Actualizaciones automáticas de stock y precios activadas: 24 veces por día'),
  ).toBeVisible();
  await kill();

  const again = await start('--demo');
  await go(again.window, 'Stock y precios');
  await expect(again.window.getByText(await nextHour(again.window))).toBeVisible();
  await again.window.getByRole('button', { name: 'Cambiar el horario' }).click();
  await expect(again.window.getByLabel('Leer todo de nuevo después de')).toHaveValue('48');
  await again.window.getByLabel('Actualizar stock y precios automáticamente').uncheck();
  await save(again.window);
  await go(again.window, 'Stock y precios');
  await expect(again.window.getByText('Las actualizaciones automáticas están apagadas.')).toBeVisible();
});

test('the schedule has no serious accessibility violation', async ({ start }) => {
  const { window } = await start('--demo');
  const serious = async () => {
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    const worst = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return worst.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target)}`);
  };
  await go(window, 'Stock y precios');
  await expect(window.getByRole('button', { name: 'Ver qué cambiaría' })).toBeVisible();
  expect(await serious()).toEqual([]);
  await window.getByRole('button', { name: 'Programarlas' }).click();
  await window.getByLabel('Actualizar stock y precios automáticamente').check();
  await expect(window.getByRole('combobox', { name: 'Cada cuánto' })).toBeVisible();
  expect(await serious()).toEqual([]);
});

test('a notification of an update by schedule leads to stock and prices', async ({ start }) => {
  const { app, window } = await start('--demo');
  await expect(window.getByRole('heading', { name: 'Pedidos' })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('puente:event:app.navigate', { screen: 'catalog' });
  });
  await expect(window.getByRole('heading', { name: 'Stock y precios' })).toBeVisible();
});

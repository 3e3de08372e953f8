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
async function nextHour(window: Page, what = 'stock y precios'): Promise<RegExp> {
  const hours = await window.evaluate(
    (every) =>
      [0, 60_000].map((later) => {
        const next = (Math.floor((Date.now() + later) / every) + 1) * every;
        const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
        return new Date(next).toLocaleTimeString('es-AR', options);
      }),
    hourMs,
  );
  return new RegExp(`Próxima actualización automática de ${what}: .*(${hours.join('|')})\\.`);
}

test('a person has updates begin by themselves, and sees when the next one does', async ({ start }) => {
  const { window, kill } = await start('--demo');
  await go(window, 'Stock y precios');
  await expect(window.getByText('Las actualizaciones automáticas están apagadas.')).toBeVisible();
  await window.getByRole('button', { name: 'Programarlas' }).click();

  const tab = window.getByRole('tabpanel', { name: 'Stock y precios' });
  await tab.getByLabel('Actualizar la tienda automáticamente').check();
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
  await again.window.getByLabel('Actualizar la tienda automáticamente').uncheck();
  await save(again.window);
  await go(again.window, 'Stock y precios');
  await expect(again.window.getByText('Las actualizaciones automáticas están apagadas.')).toBeVisible();
});

test('a person has stock alone updated by itself, by the keyboard', async ({ start }) => {
  const { window, kill } = await start('--demo');
  await go(window, 'Stock y precios');
  await window.getByRole('button', { name: 'Programarlas' }).click();
  const tab = window.getByRole('tabpanel', { name: 'Stock y precios' });
  await tab.getByLabel('Actualizar la tienda automáticamente').focus();
  await window.keyboard.press('Space');
  const part = tab.getByRole('radiogroup', { name: 'Qué se actualiza' });
  await expect(part.getByRole('radio', { name: 'Stock y precios' })).toBeChecked();
  await window.keyboard.press('Tab');
  await window.keyboard.press('ArrowRight');
  await expect(part.getByRole('radio', { name: 'Solo stock' })).toBeChecked();
  await expect(part).toHaveAccessibleDescription(
    'Los precios se actualizan solo a mano, en Stock y precios.',
  );
  await save(window);

  await go(window, 'Registro');
  await expect(
    window.getByText('Actualizaciones automáticas de stock activadas: 24 veces por día'),
  ).toBeVisible();
  await go(window, 'Stock y precios');
  await expect(window.getByText(await nextHour(window, 'stock'))).toBeVisible();
  await kill();

  const again = await start('--demo');
  await go(again.window, 'Stock y precios');
  await again.window.getByRole('button', { name: 'Actualizar ahora' }).click();
  const undo = again.window.getByRole('button', { name: 'Deshacer' });
  const agree = again.window.getByRole('button', { name: /^Aplicar/ });
  await expect(undo.or(agree)).toBeVisible({ timeout: 30_000 });
  if (await agree.isVisible()) await agree.click();
  await undo.click({ timeout: 30_000 });
  await expect(again.window.getByText(/volvería a hacer los cambios de stock si/)).toBeVisible();
  await again.window.getByRole('button', { name: 'Cancelar' }).click();

  await again.window.getByRole('button', { name: 'Cambiar el horario' }).click();
  await expect(again.window.getByRole('radio', { name: 'Solo stock' })).toBeChecked();
  await again.window.getByText('Solo precios', { exact: true }).click();
  await save(again.window);
  await go(again.window, 'Registro');
  await expect(
    again.window.getByText('Actualizaciones automáticas de precios activadas: 24 veces por día'),
  ).toBeVisible();
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
  await window.getByLabel('Actualizar la tienda automáticamente').check();
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

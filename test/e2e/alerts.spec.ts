import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../sandbox';
import { connect } from './connect';
import { expect, test } from './fixtures';

let sandbox: Sandbox;

test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.stop());

const go = (window: Page, screen: string) =>
  window.getByRole('navigation').getByRole('button', { name: screen }).click();

const openAlerts = async (window: Page) => {
  await go(window, 'Configuración');
  await window.getByRole('tab', { name: 'Avisos' }).click();
};

test('mails the administrator what failed, and the retry from the log sends it', async ({ start }) => {
  const { window } = await start();
  await connect(window, sandbox);
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await openAlerts(window);
  await window.getByLabel('Enviar correos cuando algo falla').check();
  await window.getByRole('button', { name: 'Guardar avisos' }).click();
  await expect(window.getByText('Este dato es obligatorio.').first()).toBeVisible();

  await window.getByLabel('Quiénes los reciben').fill('ana@mayorista.example');
  await window.getByLabel('Quiénes los reciben').press('Enter');
  await window.getByLabel('Dirección del remitente').fill('puente@mayorista.example');
  await window.getByLabel('Servidor de correo (SMTP)').fill(sandbox.mailbox.host);
  await window.getByRole('radio', { name: 'Ninguna' }).check({ force: true });
  await window.getByLabel('Puerto').fill(String(sandbox.mailbox.port));
  await window.getByRole('button', { name: 'Enviar correo de prueba' }).click();
  await expect(window.getByText(/El servidor aceptó el correo para ana@mayorista.example/)).toBeVisible();
  expect(sandbox.mailbox.messages()).toHaveLength(1);
  await window.getByRole('button', { name: 'Guardar avisos' }).click();
  await expect(window.getByText('Los avisos por correo se guardaron.')).toBeVisible();

  const [order] = sandbox.confirmOrders(1);
  if (order === undefined) throw new Error('no order');
  const [line] = order.lines;
  if (line === undefined) throw new Error('no line');
  sandbox.store.confirmOrder({
    ...order,
    number: 'F-1',
    lines: [{ ...line, sku: 'FALTA-1' }],
    totals: only(line),
  });
  sandbox.store.confirmOrder({
    ...order,
    number: 'F-2',
    lines: [{ ...line, sku: 'FALTA-1' }],
    totals: only(line),
  });
  await expect
    .poll(() =>
      sandbox.mailbox
        .messages()
        .map(({ subject }) => subject)
        .join(),
    )
    .toContain('F-');
  await expect(window.getByText(/Último correo enviado/)).toBeVisible();

  await go(window, 'Registro');
  const failed = (number: string) =>
    window
      .getByRole('row')
      .filter({ hasText: `El pedido ${number}` })
      .filter({ hasText: 'Error' });
  await expect(failed('F-2').getByRole('button', { name: 'Reintentar el pedido F-2' })).toBeVisible();
  sandbox.org.addProducts([{ sku: 'FALTA-1', name: 'Producto que faltaba', price: line.unitPrice }]);
  await failed('F-1').getByLabel('Marcar el pedido F-1 para reintentar').check();
  await failed('F-2').getByLabel('Marcar el pedido F-2 para reintentar').check();
  await window.getByRole('toolbar').getByRole('button', { name: 'Reintentar' }).click();
  await expect(failed('F-1')).toContainText('Ahora: Exportado');
  await expect(failed('F-2')).toContainText('Ahora: Exportado');
  expect(sandbox.org.orders().map(({ storeOrder }) => storeOrder)).toEqual(
    expect.arrayContaining(['F-1', 'F-2']),
  );
});

test('goes on with the window closed, and shows it again when it is started once more', async ({ start }) => {
  const { app, window } = await start();
  await connect(window, sandbox);
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(window.getByText('Guardar', { exact: true })).toBeHidden();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible).toBe(false);
  const [order] = sandbox.confirmOrders(1);
  await expect.poll(() => sandbox.org.orders().map(({ storeOrder }) => storeOrder)).toContain(order?.number);
  await app.evaluate(({ app: program }) => void program.emit('second-instance'));
  await expect.poll(isVisible).toBe(true);
});

test('opens what a notification or the tray is about, and asks before it leaves typing behind', async ({
  start,
}) => {
  const { app, window } = await start('--demo');
  await expect(window.getByRole('row').filter({ hasText: 'Falló' }).first()).toBeVisible({ timeout: 20_000 });
  const navigate = (to: unknown) =>
    app.evaluate(({ BrowserWindow }, destination) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('app.navigate', destination);
    }, to);
  await navigate({ screen: 'failedOrders' });
  await expect(window.getByRole('radio', { name: /^Fallidos/ })).toBeChecked();
  await go(window, 'Configuración');
  await window.getByRole('tab', { name: 'Pedidos' }).click();
  await window.getByLabel('Con un total mayor que').fill('10');
  await navigate({ screen: 'failedOrders' });
  await window.getByRole('button', { name: 'Seguir editando' }).click();
  await expect(window.getByLabel('Con un total mayor que')).toHaveValue('10');
});

test('has no serious accessibility violation on any tab of the settings', async ({ start }) => {
  const { window } = await start('--demo');
  await go(window, 'Configuración');
  for (const tab of ['Conexión', 'Pedidos', 'Avisos', 'General']) {
    await window.getByRole('tab', { name: tab }).click();
    await expect(window.getByRole('tabpanel', { name: tab }).getByRole('heading').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${tab}: ${id} ${nodes.map(({ target }) => target)}`)).toEqual([]);
  }
});

/** The totals of an order of one line. */
function only(line: { total: string }) {
  return {
    lines: line.total,
    discount: '0.00',
    shipping: '0.00',
    surcharge: '0.00',
    tax: '0.00',
    total: line.total,
  };
}

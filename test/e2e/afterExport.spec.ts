import type { Page } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { StoreOrder } from '../../sandbox/store/order';
import { connect } from './connect';
import { expect, test } from './fixtures';

let sandbox: Sandbox;

test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.stop());

async function openExported(window: Page): Promise<StoreOrder> {
  await connect(window, sandbox);
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  // Whoever leaves while it is being saved is asked.
  await expect(window.getByText('La configuración se guardó')).toBeVisible();
  await window.getByRole('navigation').getByRole('button', { name: 'Pedidos' }).click();
  const order = sandbox.confirmOrders(6).find(({ lines }) => lines.length > 1);
  if (order === undefined) throw new Error('no order of two lines');
  await expect.poll(() => sandbox.org.orders().length).toBe(6);
  return order;
}

const row = (window: Page, number: string) => window.getByRole('row').filter({ hasText: number });
const total = (number: string) =>
  sandbox.org.orders().find(({ storeOrder }) => storeOrder === number)?.totalAmount;

test('shows what the store changed after the export, and sends it when a person says so', async ({
  start,
}) => {
  const { window } = await start();
  const order = await openExported(window);
  const [first, second] = order.lines;
  const edited = sandbox.editOrder(order.number, {
    quantities: { [String(first?.number)]: '37' },
    remove: [second?.number ?? 0],
    notes: 'Agregar remito',
  });
  await expect(window.getByTitle('1 pedido cambió en la tienda después de enviarse')).toBeVisible();
  await window.getByText(/^Cambiaron en la tienda/).click();
  await row(window, order.number).click();
  const drawer = window.getByRole('dialog', { name: /Pedido/ });
  await expect(drawer.getByText('La tienda cambió este pedido', { exact: false })).toBeVisible();
  await expect(drawer.getByRole('cell', { name: '37', exact: true })).toBeVisible();
  expect(total(order.number)).toBe(order.totals.total);

  await drawer.getByRole('button', { name: 'Enviar el cambio' }).click();
  const ask = window.getByRole('dialog', { name: 'Enviar el cambio' });
  await expect(ask.getByText(/mientras allí siga en borrador/)).toBeVisible();
  await ask.getByRole('button', { name: 'Enviar el cambio' }).click();
  await expect(window.getByText('El cambio está en Salesforce.')).toBeVisible();
  expect(total(order.number)).toBe(edited?.totals.total);
  await expect(drawer.getByText('La tienda cambió este pedido', { exact: false })).toBeHidden();
});

test('takes an order back out of Salesforce and says what stays', async ({ start }) => {
  const { window } = await start();
  const order = await openExported(window);
  await row(window, order.number).click();
  const drawer = window.getByRole('dialog', { name: /Pedido/ });
  await drawer.getByRole('button', { name: 'Deshacer el envío' }).click();
  const ask = window.getByRole('dialog', { name: /Deshacer el envío del pedido/ });
  await expect(ask.getByText(/se borran de Salesforce/)).toBeVisible();
  await expect(ask.getByText(/Acá queda retenido/)).toBeVisible();
  await ask.getByRole('button', { name: 'Deshacer el envío' }).click();
  await expect(drawer.getByText('Retenido', { exact: true })).toBeVisible();
  expect(total(order.number)).toBeUndefined();

  await drawer.getByRole('button', { name: 'Liberar' }).click();
  await expect(drawer.getByText('Exportado', { exact: true })).toBeVisible();
  expect(total(order.number)).toBe(order.totals.total);
});

test('pauses the automatic export for a while, says so, and goes on', async ({ start }) => {
  const { window } = await start();
  await openExported(window);
  await window.getByRole('button', { name: 'Opciones del envío automático' }).click();
  await window.getByRole('menuitem', { name: '15 minutos', exact: true }).click();
  await expect(window.getByText(/^En pausa hasta/)).toBeVisible();
  const [order] = sandbox.confirmOrders(1);
  await expect(row(window, order?.number ?? '')).toContainText('En espera');
  await window.getByRole('button', { name: 'Opciones del envío automático' }).click();
  await window.getByRole('menuitem', { name: 'Terminar la pausa' }).click();
  await expect(row(window, order?.number ?? '')).toContainText('Exportado');
});

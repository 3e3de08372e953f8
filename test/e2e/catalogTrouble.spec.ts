import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Sandbox, startSandbox } from '../../sandbox';
import { connect } from './connect';
import { expect, test } from './fixtures';

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox({ content: { products: 120, buyers: 2, stockEverywhere: true } });
});
test.afterEach(() => sandbox.stop());

async function openCatalog(window: Page): Promise<void> {
  await connect(window, sandbox);
  await window.getByRole('button', { name: /verificar/i }).click();
  await expect(window.getByText('Todo está en orden: los pedidos pueden salir.')).toBeVisible({
    timeout: 30_000,
  });
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('combobox', { name: 'Depósito' }).click();
  await window.getByRole('option', { name: /Depósito Avellaneda/ }).click();
}

async function expectAccessible(window: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
}

test('a person sees which side is down while it is read, and can cancel or wait', async ({ start }) => {
  const { window } = await start();
  await openCatalog(window);
  const note = window.getByText(/^La tienda no está disponible en este momento\. Se vuelve a intentar/);

  sandbox.faults.add({ target: 'store', kind: 'status', path: '/v1/products$', status: 503 });
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(note).toBeVisible({ timeout: 10_000 });
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Cancelar' }).click();
  await expect(window.getByRole('heading', { name: /^Cancelada/ })).toBeVisible({ timeout: 3_000 });

  sandbox.faults.clear();

  await window.getByRole('button', { name: 'Nueva actualización' }).click();
  sandbox.faults.add({ target: 'org', kind: 'status', path: '/services/data', status: 503 });
  await window.getByText('Solo stock', { exact: true }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  const orgNote = window.getByText(/^Salesforce no está disponible en este momento\. Se vuelve a intentar/);
  await expect(orgNote).toBeVisible({ timeout: 10_000 });
  sandbox.faults.clear();
  await expect(orgNote).toBeHidden({ timeout: 10_000 });
  await expect(window.getByRole('heading', { name: /cambiarían$/ })).toBeVisible({ timeout: 30_000 });
});

test('a person stops an update that the store is slow to answer, and that is so although the program is killed', async ({
  start,
}) => {
  const first = await start();
  await openCatalog(first.window);
  sandbox.faults.add({ target: 'store', kind: 'delay', path: '/products/batch$', ms: 600_000 });
  await first.window.getByRole('button', { name: 'Actualizar ahora' }).click();
  await first.window.getByRole('tab', { name: 'Historial' }).click();
  await first.window.getByRole('button', { name: 'Ver' }).click();
  await expect(first.window.getByRole('heading', { name: 'Escribiendo en la tienda' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(first.window.getByText('Productos escritos')).toBeVisible();
  await expectAccessible(first.window);
  await first.window.getByRole('tab', { name: 'Actualizar todo' }).click();
  const pause = first.window.getByRole('button', { name: 'Pausar' });
  const cancel = first.window.getByRole('button', { name: 'Cancelar' });
  await pause.click({ timeout: 30_000 });
  await expect(first.window.getByRole('heading', { name: 'Pausando' })).toBeVisible();
  await expect(first.window.getByText(/^No se envía nada más\./)).toBeVisible();
  await expect(pause).toBeHidden();
  await expectAccessible(first.window);
  await cancel.click();
  await expect(first.window.getByRole('heading', { name: 'Cancelando' })).toBeVisible();
  await expect(cancel).toBeHidden();
  await first.kill();

  const { window } = await start();
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await expect(window.getByRole('heading', { name: 'Cancelada con 0 productos escritos' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(window.getByText(/^Puede que se hayan escrito hasta \d+ productos más/)).toBeVisible();
});

test('a person updates stock although the price books are switched off, all of it or of one product', async ({
  start,
}) => {
  const { window } = await start();
  await openCatalog(window);
  const { core } = sandbox.org;
  for (const { Id } of core.db.all('SELECT "Id" FROM "Pricebook2"'))
    core.records.update(core.table('Pricebook2'), String(Id), { IsActive: 0 });
  await window.getByText('Solo stock', { exact: true }).click();
  await window.getByRole('button', { name: 'Actualizar ahora' }).click();
  await expect(window.getByRole('heading', { name: /^Se actualizaron/ })).toBeVisible({ timeout: 30_000 });

  await window.getByRole('tab', { name: 'Un producto' }).click();
  const [product] = sandbox.world.products;
  await window.getByRole('combobox', { name: 'SKU o nombre' }).fill(product?.sku ?? '');
  await window.keyboard.press('Enter');
  await expect(window.getByText(`SKU ${product?.sku} ·`)).toBeVisible();
  await expect(window.getByRole('alert').filter({ hasText: 'Standard Price Book' })).toBeVisible();
  await expectAccessible(window);
});

test('a person sees which products of the store cannot be read, and why', async ({ start }) => {
  const { window } = await start();
  const [word = '', blank = ''] = sandbox.world.products.map(({ sku }) => sku);
  sandbox.store.setSwitches({ productFlaws: { stockText: [word], skuNull: [blank] } });
  await openCatalog(window);
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(
    window.getByText('2 productos de la tienda no se pueden leer y quedan como están'),
  ).toBeVisible({ timeout: 30_000 });
  await window.getByRole('button', { name: 'Ver cuáles' }).click();
  await expect(window.getByRole('listitem').filter({ hasText: word })).toContainText(
    'stock ilegible en la tienda',
  );
  await expect(window.getByRole('listitem').filter({ hasText: 'Sin SKU' })).toContainText(
    'SKU ilegible en la tienda',
  );
  await expectAccessible(window);

  await window.getByRole('tab', { name: 'Comparación' }).click();
  await expect(
    window.getByText('1 producto de la tienda no tiene un SKU legible y queda como está'),
  ).toBeVisible({ timeout: 20_000 });
  await window.getByRole('button', { name: /Ilegibles/ }).click();
  const table = window.getByRole('table', { name: 'Los dos lados por SKU' });
  await expect(table.getByRole('row').last()).toContainText(word);
  await expect(table.getByRole('row').last()).toContainText('Ilegible');
  await expectAccessible(window);
  await table.getByRole('rowgroup').last().press('Enter');
  await expect(window.getByText(/manda como stock algo que no es un número/)).toBeVisible();

  await window.getByRole('tab', { name: 'Actualizar todo' }).click();
  await window.getByRole('button', { name: /^Aplicar/ }).click();
  await expect(window.getByRole('heading', { name: /^Se actualizaron/ })).toBeVisible({ timeout: 30_000 });
  await window.getByRole('navigation').getByRole('button', { name: 'Registro' }).click();
  await expect(
    window.getByText(
      /^Stock y precios: se actualizaron \d+ productos; 2 productos de la tienda no se pudieron leer$/,
    ),
  ).toBeVisible();
});

test('a person who looks at the refused ones while they come in sees all of them at the end', async ({
  start,
}) => {
  await sandbox.stop();
  sandbox = await startSandbox({ content: { products: 1_900, buyers: 2, stockEverywhere: true } });
  const refused = sandbox.world.products.filter((_product, at) => at % 10 === 3).map(({ sku }) => sku);
  sandbox.store.setSwitches({ productFlaws: { writeRefused: refused } });
  const { window } = await start();
  await openCatalog(window);
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  sandbox.faults.add({
    ...{ target: 'store', kind: 'delay', path: '/products/batch$', phase: 'before', ms: 1_200 },
  });
  await window.getByRole('button', { name: /^Aplicar/ }).click({ timeout: 30_000 });
  const chip = window.getByRole('radiogroup').getByText(/^Rechazad/);
  await chip.click({ timeout: 20_000 });
  await expect(window.getByRole('heading', { name: /^Se actualizaron/ })).toBeVisible({ timeout: 30_000 });

  const told = Number((await chip.textContent())?.replace(/\D/g, ''));
  expect(told).toBeGreaterThan(100);
  // Its head is a row too.
  await expect(window.getByRole('table', { name: 'Cambios por producto' })).toHaveAttribute(
    'aria-rowcount',
    String(told + 1),
    { timeout: 5_000 },
  );
});

test('a person can choose among names that the org has twice, and is told of those that are', async ({
  start,
}) => {
  const { core } = sandbox.org;
  for (const _twice of [1, 2]) {
    core.records.insert(core.table('Location'), {
      ...{ Name: 'Depósito Doble', LocationType: 'Warehouse', IsInventoryLocation: 1 },
    });
    core.records.insert(core.table('Pricebook2'), { Name: 'Lista Doble', IsActive: 1 });
  }
  const { window } = await start();
  await openCatalog(window);
  await window.getByRole('combobox', { name: 'Depósito' }).click();
  await expect(window.getByRole('option', { name: /Depósito Doble/ })).toHaveCount(1);
  await window.keyboard.press('Escape');

  await window.getByRole('navigation').getByRole('button', { name: 'Configuración' }).click();
  await window.getByRole('tab', { name: 'Stock y precios' }).click();
  await window.getByRole('button', { name: 'Agregar', exact: true }).click();
  await window.getByRole('combobox', { name: 'Lista de Salesforce' }).click();
  await window.getByRole('option', { name: 'Lista Doble' }).click();
  await window.getByRole('combobox', { name: 'Lista de la tienda' }).click();
  await window.getByRole('option').first().click();

  await window.getByRole('button', { name: 'Agregar', exact: true }).click();
  await window.getByRole('combobox', { name: 'Lista de Salesforce' }).last().fill('Lista Textil');
  await window.keyboard.press('Escape');
  await window.getByRole('combobox', { name: 'Lista de la tienda' }).last().click();
  await window.getByRole('option').first().click();
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  const twice = window.getByText('Dos listas de Salesforce no pueden alimentar la misma.');
  await expect(twice).toHaveCount(2);
  await expectAccessible(window);
  await window.getByRole('button', { name: 'Quitar esta lista' }).last().click();
  await expect(twice).toHaveCount(0);
  await window.getByRole('button', { name: 'Guardar reglas' }).click();
  await window.getByRole('navigation').getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(
    window.getByText('Hay 2 listas de precios activas «Lista Doble» en Salesforce').first(),
  ).toBeVisible({ timeout: 30_000 });
  await expectAccessible(window);
});

test('a person is told that one product may have been written, and takes it back', async ({ start }) => {
  const { window } = await start();
  await openCatalog(window);
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(window.getByRole('heading', { name: /cambiarían$/ })).toBeVisible({ timeout: 30_000 });
  const cell = window.getByRole('table').getByRole('row').nth(1).getByRole('cell').first();
  const sku = (await cell.textContent()) ?? '';
  const inStore = () => {
    const product = sandbox.store.core.catalogue.product(sku);
    return product && { stock: product.stock, price: product.price };
  };
  const before = inStore();

  await window.getByRole('tab', { name: 'Un producto' }).click();
  await window.getByRole('combobox', { name: 'SKU o nombre' }).fill(sku);
  await window.keyboard.press('Enter');
  await expect(window.getByText(`SKU ${sku} ·`)).toBeVisible();
  // The answer of the write is lost, and the look after it finds no store.
  const path = `/products/${sku}$`;
  sandbox.faults.add({ target: 'store', kind: 'drop', path: '/products/batch$', phase: 'after' });
  sandbox.faults.add({ target: 'store', kind: 'status', path, status: 503, nth: 2 });
  await window
    .getByRole('button', { name: /^Actualizar (stock|precio|stock y precio)$/ })
    .first()
    .click();
  await expect(window.getByText(`No se sabe si la tienda tomó el cambio de ${sku}`)).toBeVisible();
  expect(inStore()).not.toEqual(before);
  await expectAccessible(window);
  sandbox.faults.clear();

  await window.getByRole('button', { name: 'Volver a leer' }).click();
  await expect(window.getByText('Puede haberse escrito')).toBeVisible();
  await expectAccessible(window);
  await window.getByRole('tab', { name: 'Historial' }).click();
  const line = window.getByRole('row').filter({ hasText: 'Puede haberse escrito' });
  await line.getByRole('button', { name: 'Ver' }).click();
  await expect(
    window.getByRole('heading', { name: 'Puede que este producto se haya escrito' }),
  ).toBeVisible();
  await expectAccessible(window);

  await window.getByRole('button', { name: 'Deshacer' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Deshacer' }).click();
  await expect(window.getByRole('heading', { name: '1 producto volvió a su valor anterior' })).toBeVisible({
    timeout: 30_000,
  });
  expect(inStore()).toEqual(before);
});

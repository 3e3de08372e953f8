import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox';
import { connect } from './connect';
import { expect, test } from './fixtures';

let sandbox: Sandbox;

test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.stop());

const exported = () => sandbox.org.orders().map((order) => order.storeOrder);

test('connects with typed credentials, verifies every step, and exports within five seconds', async ({
  start,
  userData,
}) => {
  const program = await start();
  const { window } = program;
  await connect(window, sandbox);
  await window.getByRole('button', { name: /verificar/i }).click();
  await expect(window.getByText('Todo está en orden: los pedidos pueden salir.')).toBeVisible();

  await window.getByRole('button', { name: 'Pedidos' }).click();
  const [order] = sandbox.confirmOrders(1);
  await expect(window.getByRole('row').filter({ hasText: order?.number ?? '' })).toContainText('Exportado', {
    timeout: 5_000,
  });
  expect(exported()).toEqual([order?.number]);

  // Nothing secret has reached the window or any file of the program's.
  const seen = await window.evaluate(async () =>
    JSON.stringify(await self.puente.call('settings.get', undefined)),
  );
  const { password, clientSecret } = sandbox.org.credentials;
  for (const secret of [password, clientSecret, sandbox.store.token]) {
    expect(seen).not.toContain(secret);
    for (const file of filesIn(userData)) expect(readFileSync(file).includes(secret), file).toBe(false);
  }

  // The next start needs no typing.
  await program.app.close();
  const again = await start();
  await expect(again.window.getByRole('row').filter({ hasText: order?.number ?? '' })).toBeVisible();
  const [next] = sandbox.confirmOrders(1);
  await expect(again.window.getByRole('row').filter({ hasText: next?.number ?? '' })).toContainText(
    'Exportado',
  );
});

test('tells at the field what is missing, and keeps what was typed', async ({ start }) => {
  const { window } = await start();
  await window.getByRole('button', { name: 'Conectar' }).click();
  await window.getByRole('combobox', { name: 'Dirección de acceso' }).fill('login.salesforce.com');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(window.getByText('Escribí una dirección completa que empiece con https://')).toBeVisible();
  await expect(window.getByText('Este dato es obligatorio.').first()).toBeVisible();
  await expect(window.getByRole('combobox', { name: 'Dirección de acceso' })).toHaveValue(
    'login.salesforce.com',
  );

  await window.getByRole('button', { name: 'Pedidos' }).click();
  await window.getByRole('button', { name: 'Seguir editando' }).click();
  await expect(window.getByRole('combobox', { name: 'Dirección de acceso' })).toHaveValue(
    'login.salesforce.com',
  );
});

test('says that the password is wrong, and goes on where it stopped when it is corrected', async ({
  start,
}) => {
  const { window } = await start();
  sandbox.confirmOrders(3);
  await connect(window, sandbox, { password: 'not the password' });
  await window.getByRole('button', { name: /verificar/i }).click();
  await expect(window.getByText(/Salesforce no acepta el usuario o la contraseña/).first()).toBeVisible();
  expect(exported()).toEqual([]);

  const { password, securityToken } = sandbox.org.credentials;
  await window.getByRole('button', { name: 'Cambiar' }).first().click();
  await window.getByLabel(/^Contraseña/).fill(password + securityToken);
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect.poll(() => exported().length).toBe(3);
});

test('killed in the middle of 400 exports and started again, it has exported each order once', async ({
  start,
}) => {
  const first = await start();
  await connect(first.window, sandbox);
  await first.window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(first.window.getByText('La configuración se guardó')).toBeVisible();
  // Slow enough to be killed in the middle, with writes under way.
  sandbox.faults.add({ target: 'org', path: 'composite/graph', phase: 'before', kind: 'delay', ms: 600 });
  const numbers = sandbox.confirmOrders(400).map((order) => order.number);
  for (const share of [40, 220]) {
    const program = share === 40 ? first : await start();
    await expect.poll(() => exported().length, { intervals: [10] }).toBeGreaterThan(share);
    await program.kill();
    expect(exported().length).toBeLessThan(400);
  }
  sandbox.faults.clear();
  const last = await start();
  await expect.poll(() => exported().length, { timeout: 60_000 }).toBe(400);
  await expect(last.window.getByText('Exportados · 400')).toBeVisible();
  expect([...exported()].sort()).toEqual([...numbers].sort());
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => lstatSync(path).isFile());
}

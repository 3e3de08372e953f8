import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { loopbackAddress, loopbackPorts } from '../../contract/signIn';
import { type Sandbox, startSandbox } from '../../sandbox';
import { decideInBrowser, open } from '../support/browserPerson';
import { expect, test } from './fixtures';

let sandbox: Sandbox;

test.beforeEach(async () => {
  sandbox = await startSandbox();
  const redirectUris = loopbackPorts.map(loopbackAddress);
  sandbox.org.setApp(sandbox.org.credentials.clientId, { redirectUris, requireSecret: false, secret: null });
});
test.afterEach(() => sandbox.stop());

test('signs in on the org’s page, and is told at every step how far it has come', async ({ start }) => {
  const { app, window } = await start();
  const opened = await catchBrowser(app);
  await fillIn(window);
  await look(window, 'browser');

  await window.getByRole('button', { name: 'Guardar e ingresar con el navegador' }).click();
  await expect(window.getByText(/Terminá el ingreso en el navegador/)).toBeVisible();
  await look(window, 'waiting');
  await window.getByRole('button', { name: 'Cancelar' }).click();
  await expect(window.getByText('Todavía no se ingresó.')).toBeVisible();

  await window.getByRole('button', { name: 'Ingresar con el navegador' }).click();
  await expect.poll(opened).toHaveLength(2);
  const denied = await open(await decideInBrowser(sandbox, (await opened())[1] ?? '', 'deny'));
  expect(denied.html).toContain('No se pudo ingresar');
  await expect(window.getByText('No se dio el permiso')).toBeVisible();
  await look(window, 'denied');

  await window.getByRole('button', { name: 'Ingresar con el navegador' }).click();
  await expect.poll(opened).toHaveLength(3);
  const done = await open(await decideInBrowser(sandbox, (await opened())[2] ?? ''));
  expect(done.html).toContain('volvé a Puente');
  await expect(window.getByText(`Ingresaste como ${sandbox.org.credentials.username}.`)).toBeVisible();
  await look(window, 'signed-in');

  await window.getByRole('button', { name: /verificar/i }).click();
  await expect(window.getByText('Todo está en orden: los pedidos pueden salir.')).toBeVisible();
  const [order] = sandbox.confirmOrders(1);
  await expect.poll(() => sandbox.org.orders().map((one) => one.storeOrder)).toEqual([order?.number]);

  // Neither the token nor the proof of the sign-in has reached the window.
  const seen = await window.evaluate(async () =>
    JSON.stringify([
      await self.puente.call('settings.get', undefined),
      await self.puente.call('signIn.get', undefined),
    ]),
  );
  expect(seen).not.toMatch(/refresh_token|5Aep|code_verifier/);
});

test('shows each way’s own fields and no others', async ({ start }) => {
  const { window } = await start();
  await window.getByRole('button', { name: 'Conectar' }).click();
  const fields = ['Usuario', /^Contraseña/, /^Client Secret/, 'Clave privada'] as const;
  const shown = async () => {
    const seen: boolean[] = [];
    for (const field of fields) seen.push(await window.getByRole('textbox', { name: field }).isVisible());
    return seen;
  };
  for (const [way, expected] of [
    ['Usuario y contraseña', [true, true, true, false]],
    ['Client ID y Client Secret', [false, false, true, false]],
    ['Certificado (JWT)', [true, false, false, true]],
    ['Con el navegador (recomendada)', [false, false, true, false]],
  ] as const) {
    await chooseWay(window, way);
    await expect.poll(shown).toEqual(expected);
    await look(window, `way-${way.slice(0, 9)}`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual(
      [],
    );
  }

  await chooseWay(window, 'Certificado (JWT)');
  await window.getByRole('textbox', { name: 'Clave privada' }).fill('not a key');
  await window.getByLabel('Usuario').fill('u@example.com');
  await window.getByLabel('Client ID').fill('client');
  await window.getByLabel('Identificador').fill('PAGINAWEB');
  await window.getByLabel('Sólo por archivos').check();
  await window.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(window.getByText(/Pegá la clave privada RSA completa/)).toBeVisible();
  await look(window, 'key-refused');
});

async function chooseWay(window: Page, name: string): Promise<void> {
  await window.getByRole('combobox', { name: 'Forma de ingreso' }).click();
  await window.getByRole('option', { name }).click();
}

async function fillIn(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Conectar' }).click();
  await window.getByRole('combobox', { name: 'Dirección de acceso' }).fill(sandbox.org.url);
  await window.keyboard.press('Escape');
  await chooseWay(window, 'Con el navegador (recomendada)');
  await window.getByLabel('Client ID').fill(sandbox.org.credentials.clientId);
  await window.getByLabel('Identificador').fill('PAGINAWEB');
  await window.getByLabel('Por la API de la tienda').check();
  await window.getByLabel('Dirección de la API').fill(sandbox.store.url);
  await window.getByLabel('Token de la tienda').fill(sandbox.store.token);
}

/** Keeps what the program would open in the person's browser, in order. */
async function catchBrowser(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const addresses: string[] = [];
    Object.assign(globalThis, { addresses });
    shell.openExternal = async (address) => {
      addresses.push(address);
    };
  });
  return () => app.evaluate(() => Reflect.get(globalThis, 'addresses'));
}

/** Pictures of the screen in both languages, for whoever wants to see it: PUENTE_PICTURES names the folder. */
async function look(window: Page, name: string): Promise<void> {
  const folder = process.env['PUENTE_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const language of ['en', 'es-AR'] as const) {
    await window.evaluate((locale) => self.puente.call('app.setLocale', locale), language);
    await expect(window.locator('html')).toHaveAttribute('lang', language);
    await window.screenshot({ path: join(folder, `${name}-${language}.png`) });
  }
}

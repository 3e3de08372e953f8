import type { Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox';

/** Goes through the first start and types in the sandbox's credentials as a person would. */
export async function connect(
  window: Page,
  sandbox: Sandbox,
  changes: { password?: string; store?: 'files' } = {},
): Promise<void> {
  await window.getByRole('button', { name: 'Conectar' }).click();
  const { username, password, securityToken, clientId, clientSecret } = sandbox.org.credentials;
  await window.getByRole('combobox', { name: 'Dirección de acceso' }).fill(sandbox.org.url);
  await window.keyboard.press('Escape');
  await window.getByLabel('Usuario').fill(username);
  await window.getByLabel(/^Contraseña/).fill(changes.password ?? password + securityToken);
  await window.getByLabel('Client ID').fill(clientId);
  await window.getByLabel('Client Secret').fill(clientSecret);
  await window.getByLabel('Identificador').fill('PAGINAWEB');
  if (changes.store === 'files') return window.getByLabel('Sólo por archivos').check();
  await window.getByLabel('Por la API de la tienda').check();
  await window.getByLabel('Dirección de la API').fill(sandbox.store.url);
  await window.getByLabel('Token de la tienda').fill(sandbox.store.token);
}

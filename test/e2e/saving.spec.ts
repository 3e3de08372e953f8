import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Puente, test } from './fixtures';

/** Has the dialog answer with this file, on a disk that takes `ms` for every few rows. */
async function saveSlowly(program: Puente, path: string, ms: number): Promise<void> {
  await program.app.evaluate(
    ({ dialog }, given) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: given.path });
      const files = process.mainModule?.require('node:fs/promises');
      const { open } = files;
      files.open = async (...args: unknown[]) => {
        const handle = await open(...args);
        const write = handle.writeFile.bind(handle);
        handle.writeFile = async (piece: Uint8Array) => {
          await new Promise((done) => setTimeout(done, given.ms));
          return write(piece);
        };
        return handle;
      };
    },
    { path, ms },
  );
}

async function plan(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Stock y precios' }).click();
  await window.getByRole('button', { name: 'Ver qué cambiaría' }).click();
  await expect(window.getByRole('button', { name: /Aplicar/ })).toBeVisible({ timeout: 30_000 });
}

async function exportAsCsv(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Exportar' }).click();
  await window.getByRole('menuitem', { name: 'CSV' }).click();
}

test('an export that takes a while says how far it is, on every screen, and can be called off', async ({
  start,
  userData,
}) => {
  const program = await start('--demo');
  const { window } = program;
  await plan(window);
  const folder = join(userData, 'planillas');
  await program.app.evaluate((_electron, path) => {
    process.mainModule?.require('node:fs').mkdirSync(path);
  }, folder);
  const path = join(folder, 'plan.csv');
  writeFileSync(path, 'what was there before');
  await saveSlowly(program, path, 400);
  await exportAsCsv(window);

  const note = window.getByRole('alert').filter({ hasText: 'Guardando plan.csv' });
  await expect(note).toBeVisible();
  await expect(note).toContainText(/[\d.]+ de [\d.]+ filas/);
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
  await window.getByRole('button', { name: 'Registro' }).click();
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: 'Cancelar' }).click();
  await expect(window.getByText(/Cancelado: plan\.csv no se guardó/)).toBeVisible();
  await expect(note).toBeHidden();
  expect(readdirSync(folder)).toEqual(['plan.csv']);
  expect(readFileSync(path, 'utf8')).toBe('what was there before');
});

test('a folder that cannot be written to is told, with what to do', async ({ start, userData }) => {
  const program = await start('--demo');
  const { window } = program;
  await plan(window);
  await saveSlowly(program, join(userData, 'no está', 'plan.csv'), 0);
  await exportAsCsv(window);
  await expect(window.getByText('El archivo plan.csv no se pudo guardar')).toBeVisible();
  await expect(window.getByText(/si la carpeta no permite escribir, elegí otra/)).toBeVisible();
});

test('a program that is closed while it saves leaves nothing half-written behind', async ({
  start,
  userData,
}) => {
  const program = await start('--demo');
  const { window } = program;
  await plan(window);
  await saveSlowly(program, join(userData, 'plan.csv'), 400);
  await exportAsCsv(window);
  await expect(window.getByText('Guardando plan.csv')).toBeVisible();
  await program.app.evaluate(({ app }) => app.quit());
  await expect.poll(() => readdirSync(userData).filter((name) => name.includes('plan.csv'))).toEqual([]);
});

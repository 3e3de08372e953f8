import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realData } from '../support/realData';
import { expect, type Puente, test } from './fixtures';

const invoices = realData('online-retail-2010-12.csv');

/** Lets the file dialog answer with this file, as if a person had chosen it. */
async function choose(program: Puente, file: string): Promise<void> {
  await program.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
  await program.window.getByRole('button', { name: /Elegir archivo/ }).click();
}

test('brings real invoices from a spreadsheet into the org, and remembers the mapping', async ({ start }) => {
  test.skip(invoices === null, 'shared/data is not beside the repository');
  const program = await start('--demo');
  const { window } = program;
  await window.getByRole('button', { name: 'Importar archivo' }).click();
  await choose(program, invoices ?? '');
  await expect(window.getByText('Es la primera vez que llega un archivo con esta forma.')).toBeVisible();
  await expect(window.getByRole('combobox', { name: /Número de pedido/ })).toHaveValue('InvoiceNo');
  await window.getByRole('button', { name: 'Revisar los pedidos' }).click();

  await expect(window.getByText('401 pedidos').first()).toBeVisible();
  await expect(window.getByText(/7\.609 líneas/).first()).toBeVisible();
  await expect(window.getByText(/148\.206,83/).first()).toBeVisible();
  await window.getByRole('button', { name: 'Agregar los productos' }).click();
  await expect(window.getByText(/Se agregaron 1\.689 productos/)).toBeVisible();
  await window.getByRole('button', { name: 'Importar 401 pedidos' }).click();
  await expect(window.getByText('Se importaron 401 pedidos')).toBeVisible();
  await window.getByRole('button', { name: 'Ver los pedidos' }).click();
  await window.getByRole('textbox', { name: 'Número, comprador o CUIT' }).fill('536365');
  await expect(window.getByRole('row').filter({ hasText: '536365' })).toContainText('Exportado', {
    timeout: 60_000,
  });

  // A second time: the mapping is known, and so is every order.
  await window.getByRole('button', { name: 'Importar archivo' }).click();
  await choose(program, invoices ?? '');
  await expect(window.getByText('Es la primera vez que llega un archivo con esta forma.')).toBeHidden();
  await window.getByRole('button', { name: 'Revisar los pedidos' }).click();
  await expect(window.getByText('No hay pedidos nuevos para importar.')).toBeVisible();
});

test('says at the column and at the row what is wrong, and imports nothing of a bad order', async ({
  start,
  userData,
}) => {
  const file = join(userData, 'pedidos.csv');
  writeFileSync(
    file,
    [
      'Pedido;Fecha;SKU;Cantidad;Precio unitario;CUIT',
      'A1;20/11/2026;00045;2;10,50;30-71234567-1',
      'A1;20/11/2026;00046;dos;1,00;30-71234567-1',
      'A2;20/11/2026;00045;1;;30-71234567-1',
      'A3;20/11/2026;00045;1;5,00;30-71234567-9',
      '',
    ].join('\r\n'),
  );
  const program = await start('--demo');
  const { window } = program;
  await window.getByRole('button', { name: 'Importar archivo' }).click();
  await choose(program, file);
  await window.getByRole('button', { name: 'Revisar los pedidos' }).click();
  await expect(window.getByText('No hay pedidos nuevos para importar.')).toBeVisible();
  for (const reason of [
    'La cantidad no es un número: «dos» (fila 3)',
    'Falta el precio (fila 4)',
    'El CUIT o DNI no es válido: «30-71234567-9» (fila 5)',
  ])
    await expect(window.getByText(reason)).toBeVisible();
});

test('says that a file cannot be read', async ({ start, userData }) => {
  const file = join(userData, 'foto.csv');
  writeFileSync(file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3, 255, 254, 0, 0]));
  const program = await start('--demo');
  await program.window.getByRole('button', { name: 'Importar archivo' }).click();
  await choose(program, file);
  await expect(program.window.getByRole('alert').filter({ hasText: 'foto.csv' })).toBeVisible();
});

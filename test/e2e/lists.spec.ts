import { expect, test } from './fixtures';

test('a long list is worked through with the keys alone, and a box is marked without opening its row', async ({
  start,
}) => {
  const { window } = await start('--demo');
  await expect(window.getByRole('row').filter({ hasText: 'Exportado' }).first()).toBeVisible();
  const sortBy = async (name: string) => {
    await window.getByRole('combobox', { name: 'Orden' }).click();
    await window.getByRole('option', { name }).click();
  };
  // Orders that come in meanwhile are below the others.
  await sortBy('Más viejos');
  const table = window.getByRole('table', { name: 'Pedidos' });
  const list = table.getByRole('rowgroup').last();
  const rows = list.getByRole('row');
  await expect(rows.nth(2).getByRole('cell').nth(2)).not.toBeEmpty();
  const selected = (index: number) => expect(rows.nth(index)).toHaveAttribute('aria-selected', 'true');

  await list.focus();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press(' ');
  await selected(1);
  await expect(window.getByText('1 pedido marcado')).toBeVisible();
  await window.keyboard.press('Control+a');
  await selected(0);
  await window.keyboard.press('Escape');
  await expect(window.getByText(/marcado/)).toBeHidden();

  const drawer = window.getByRole('dialog');
  await rows.nth(2).getByRole('checkbox').check();
  await selected(2);
  await expect(drawer).toBeHidden();
  // The row of the box is the one that the keys work on from there.
  await window.keyboard.press('ArrowUp');
  await window.keyboard.press(' ');
  await selected(1);

  const number = (await rows.nth(1).getByRole('cell').nth(2).textContent()) ?? '';
  await window.keyboard.press('Enter');
  await expect(drawer.getByText(`Pedido ${number}`).first()).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  // Another order of the same list begins at its top.
  await list.focus();
  await window.keyboard.press('End');
  await sortBy('Por número');
  await expect(rows.first()).toHaveAttribute('aria-rowindex', '2');
  await expect(rows.first()).toHaveAttribute('data-active', 'true');
});

import { type BrowserWindow, dialog } from 'electron';

/** Lets the person choose an orders file. The path stays in the main process. */
export async function chooseOrdersFile(parent: BrowserWindow): Promise<string | null> {
  const chosen = await dialog.showOpenDialog(parent, {
    properties: ['openFile'],
    filters: [{ name: 'CSV, XLSX', extensions: ['csv', 'txt', 'tsv', 'xlsx'] }],
  });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

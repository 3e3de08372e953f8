import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';

/** Lets the person choose a spreadsheet. The path stays in the main process. */
export async function chooseSpreadsheet(parent: BrowserWindow): Promise<string | null> {
  const chosen = await dialog.showOpenDialog(parent, {
    properties: ['openFile'],
    filters: [{ name: 'CSV, XLSX', extensions: ['csv', 'txt', 'tsv', 'xlsx'] }],
  });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

/** Asks the person where to save, in their documents to begin with. The system asks before it replaces a file. */
export async function chooseSaveFile(
  parent: BrowserWindow,
  name: string,
  format: 'csv' | 'xlsx',
): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(parent, {
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
  });
  if (chosen.canceled || chosen.filePath === '') return null;
  // Not every Linux desktop adds the ending by itself.
  return chosen.filePath.toLowerCase().endsWith(`.${format}`)
    ? chosen.filePath
    : `${chosen.filePath}.${format}`;
}

import type { Pause } from '../../../engine/import/table';
import { type BuiltTable, createTableBuilder } from '../tableBuilder';
import { readSharedStrings, readSheet, readStyles } from './sheet';
import { readWorkbook } from './workbook';
import { openArchive } from './zip';

/**
 * Reads the first visible sheet of an XLSX workbook as a stream, so that neither memory nor the event loop
 * suffers from a large one. Numbers stay numbers, dates become ISO 8601 text, and codes shown with leading
 * zeros keep them. Formulas give their last computed value. Throws FileFault.
 */
export async function readXlsx(bytes: Buffer, pause: Pause): Promise<BuiltTable> {
  const archive = openArchive(bytes);
  const workbook = await readWorkbook(archive, pause);
  const sharedStrings = await readSharedStrings(archive, workbook.sharedStrings, pause);
  const styles = await readStyles(archive, workbook.styles, pause);
  const builder = createTableBuilder('xlsx');
  const context = { sharedStrings, styles, date1904: workbook.date1904 };
  await readSheet(archive, workbook.sheet, context, builder.add, pause);
  return builder.finish();
}

import type { Pause } from '../../../engine/import/table';
import { type BuiltTable, createTableBuilder } from '../tableBuilder';
import { readSharedStrings, readSheet, readStyles } from './sheet';
import { readWorkbook } from './workbook';
import { openArchive } from './zip';

/** Percentages come as people read them, or as they are stored where the number is to go back into a file. */
export type Percents = 'shown' | 'stored';

/**
 * Reads the first visible sheet of an XLSX workbook as a stream, so that neither memory nor the event loop
 * suffers from a large one. Numbers stay numbers, dates become ISO 8601 text, and codes shown with leading
 * zeros keep them. Formulas give their last computed value. Throws FileFault.
 */
export async function readXlsx(bytes: Buffer, pause: Pause, percents: Percents): Promise<BuiltTable> {
  const archive = openArchive(bytes);
  const workbook = await readWorkbook(archive, pause);
  const sharedStrings = await readSharedStrings(archive, workbook.sharedStrings, pause);
  const found = await readStyles(archive, workbook.styles, pause);
  const styles = percents === 'shown' ? found : found.map((kind) => (kind.kind === 'percent' ? plain : kind));
  const builder = createTableBuilder('xlsx');
  const context = { sharedStrings, styles, date1904: workbook.date1904 };
  await readSheet(archive, workbook.sheet, context, builder.add, pause);
  return builder.finish();
}

const plain = { kind: 'plain' } as const;

import type { SavedFile, TableFormat } from '../../../contract/catalogFile';
import { ok, type Result } from '../../../contract/problem';
import { type CsvForm, csvForPeople, type OutTable, type XlsxForm } from './outTable';
import type { ChooseSaveFile, WriteTable } from './ports';

export interface TableSaver {
  choose: ChooseSaveFile;
  /** Null when it was called off. */
  write: (...file: Parameters<WriteTable>) => Promise<Result<number> | null>;
  decimalMark: () => ',' | '.';
}

/** Saves a table where the person says; null when they think better of it, before or while it is written. */
export async function saveTable(
  { choose, write, decimalMark }: TableSaver,
  table: OutTable,
  { title, format, form }: { title: string; format: TableFormat; form?: CsvForm | XlsxForm },
): Promise<Result<SavedFile | null>> {
  const path = await choose(`${fileName(title)}.${format}`, format);
  if (path === null) return ok(null);
  const forPeople =
    format === 'csv' ? csvForPeople(decimalMark()) : ({ kind: 'xlsx', sheet: title } as const);
  const written = await write(path, table, form ?? forPeople);
  if (written === null) return ok(null);
  return written.ok ? ok({ name: nameOf(path), rows: written.value }) : written;
}

/** Without what some system does not allow in a name. */
const fileName = (title: string): string =>
  title
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/[. ]+$/, '')
    .slice(0, 120);

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

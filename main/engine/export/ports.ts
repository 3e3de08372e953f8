import type { TableFormat } from '../../../contract/catalogFile';
import type { Result } from '../../../contract/problem';
import type { CsvForm, OutTable, XlsxForm } from './outTable';

/** Writes a table into a file; answers how many rows it has. */
export type WriteTable = (
  path: string,
  table: OutTable,
  form: CsvForm | XlsxForm,
  signal?: AbortSignal,
) => Promise<Result<number>>;

/** Asks the person where to save, with a name to begin with; null when they think better of it. */
export type ChooseSaveFile = (name: string, format: TableFormat) => Promise<string | null>;

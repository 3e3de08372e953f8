import { basename } from 'node:path';
import { failed, ok, problem, type Result } from '../../../contract/problem';
import type { CsvForm, OutCell, OutTable, XlsxForm } from '../../engine/export/outTable';
import { createPacer } from './pacer';
import { csvBytes } from './write/csvBytes';
import { cutOff } from './write/cutOff';
import { replaceFile } from './write/replaceFile';
import { mostXlsxRows, TooManyRows, xlsxBytes } from './write/xlsxBytes';

/**
 * Writes a table of any length: a file of that name is replaced when the new one is whole, and stays as it is when
 * anything goes wrong. Neither memory nor the event loop suffers from a long one. Answers how many rows there are.
 *
 * Problems: `file.notWritten` (params `name`), `file.tooLarge`, `file.noRoom`. Rejects with the signal's reason when
 * aborted, and with what the rows throw.
 */
export async function writeTable(
  path: string,
  table: OutTable,
  form: CsvForm | XlsxForm,
  signal?: AbortSignal,
): Promise<Result<number>> {
  const pause = createPacer(signal);
  const name = basename(path);
  let count = 0;

  async function* counted(): AsyncGenerator<readonly OutCell[]> {
    for await (const row of table.rows) {
      count += 1;
      yield row;
    }
  }

  const whole = { headings: table.headings, rows: counted() };
  const bytes = form.kind === 'csv' ? csvBytes(whole, form, pause) : xlsxBytes(whole, form, pause);
  try {
    const replaced = await replaceFile(path, signal === undefined ? bytes : cutOff(bytes, signal));
    return replaced.ok ? ok(count) : replaced;
  } catch (error) {
    if (!(error instanceof TooManyRows)) throw error;
    return failed(problem('file.tooLarge', { name, limit: 'rows', max: mostXlsxRows }));
  }
}

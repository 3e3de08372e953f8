import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { CsvForm, OutCell, OutTable } from '../../../engine/export/outTable';
import type { Pause } from '../../../engine/import/table';
import { inBatches } from './inBatches';

/** A table as delimited text, a few rows at a time. Lines end as RFC 4180 asks. */
export async function* csvBytes(
  { headings, rows }: OutTable,
  form: CsvForm,
  pause: Pause,
): AsyncGenerator<Uint8Array> {
  const encoder = iconv.getEncoder(form.encoding, { addBOM: form.marked });
  const bytesOf = (lines: readonly (readonly OutCell[])[]): Buffer =>
    encoder.write(
      stringify(
        lines.map((line) => line.map((cell) => textOf(cell, form))),
        { delimiter: form.delimiter, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
      ),
    );
  yield bytesOf([headings]);
  for await (const batch of inBatches(rows, pause)) yield bytesOf(batch);
  yield encoder.end() ?? Buffer.alloc(0);
}

function textOf(cell: OutCell, { decimalMark, guarded }: CsvForm): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return guarded && looksLikeFormula.test(cell) ? `'${cell}` : cell;
  return decimalMark === ',' ? cell.decimal.replace('.', ',') : cell.decimal;
}

const looksLikeFormula = /^[\t\r]*[=+\-@]/;

import { basename } from 'node:path';
import { failed, ok, type Result } from '../../../contract/problem';
import type { TableContent } from '../../engine/import/table';
import { readCsv } from './csv';
import { detectContent } from './detect';
import { type FileStamp, readFileBytes } from './fileBytes';
import { FileFault } from './fileFault';
import { createPacer } from './pacer';
import { shapeOf } from './shape';
import { type Percents, readXlsx } from './xlsx/readXlsx';

/** A file of rows under a header, as it was read. */
export interface Table extends TableContent {
  readonly name: string;
  readonly format: 'csv' | 'xlsx';
  /** `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1252`; empty for XLSX. */
  readonly encoding: string;
  /** Whether the file begins with a byte-order mark. */
  readonly marked: boolean;
  /** Empty for XLSX. */
  readonly delimiter: string;
  /** The header as it stands in the file, with repeated and blank names. */
  readonly headings: readonly string[];
  /** Names the set of columns: a mapping is remembered by it. */
  readonly shape: string;
  readonly stamp: FileStamp;
}

/**
 * Reads a CSV or XLSX file (its first sheet) as a table. What it is, how it is encoded and what separates
 * its cells is told by its content. The work is cut into short stretches, so that the event loop is never
 * held up for long.
 *
 * Problems: `file.unreadable` (params `name`, `why` as in `Unreadable`, sometimes `row`), `file.tooLarge`
 * (`limit`, `max`, sometimes `row`), `file.empty` (no bytes, or a header without rows), `file.changed`
 * (somebody wrote to it meanwhile). Rejects with the signal's reason when aborted.
 */
export async function readTable(
  path: string,
  signal?: AbortSignal,
  percents: Percents = 'shown',
): Promise<Result<Table>> {
  const pause = createPacer(signal);
  const name = basename(path);
  try {
    const { bytes, stamp } = await readFileBytes(path, pause);
    await pause();
    const content = detectContent(bytes);
    await pause();
    if (content.kind === 'xlsx') {
      const table = await readXlsx(bytes, pause, percents);
      return ok({
        ...table,
        name,
        stamp,
        format: 'xlsx',
        encoding: '',
        marked: false,
        delimiter: '',
        shape: shapeOf(table.columns),
      });
    }
    const table = await readCsv(bytes, content.encoding, pause);
    const { encoding } = content;
    const shape = shapeOf(table.columns);
    return ok({ ...table, name, stamp, format: 'csv', encoding, marked: isMarked(bytes, encoding), shape });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return failed({ ...error.problem, params: { name, ...error.problem.params } });
  }
}

/** UTF-16 is known by its mark alone. */
const isMarked = (bytes: Buffer, encoding: string): boolean =>
  encoding.startsWith('UTF-16') || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);

import { pipeline } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { Pause } from '../../engine/import/table';
import { type Delimiter, declaredDelimiter, sniffDelimiter } from './delimiter';
import type { Encoding } from './detect';
import { unreadable } from './fileFault';
import { type BuiltTable, createTableBuilder } from './tableBuilder';

const sniffBytes = 32 * 1024;
const sliceBytes = 16 * 1024;
/** Characters of one record: beyond it, some quote was never closed. */
const maxRecordSize = 1024 * 1024;

/**
 * Reads delimited text. Quotes follow RFC 4180; a file that breaks those rules (`CAJA 12" ROJA`, as programs
 * that never quote write it) is read once more with quotes as plain characters where they can be nothing
 * else. Throws FileFault.
 */
export async function readCsv(
  bytes: Buffer,
  encoding: Encoding,
  pause: Pause,
): Promise<BuiltTable & { delimiter: Delimiter }> {
  const head = iconv.decode(bytes.subarray(0, sniffBytes), encoding);
  await pause();
  const delimiter = sniffDelimiter(head);
  await pause();
  const skip = declaredDelimiter(head)?.length ?? 0;
  const read = (quotes: 'strict' | 'relaxed') =>
    parseAll(bytes, { encoding, delimiter, skip, quotes }, pause);
  const first = await read('strict');
  const settled = first.kind === 'quoteFault' ? await read('relaxed') : first;
  if (settled.kind === 'quoteFault') throw unreadable('quoteNotClosed', { row: settled.row });
  return { ...settled.table, delimiter };
}

interface Reading {
  encoding: Encoding;
  delimiter: Delimiter;
  /** Characters to pass over at the beginning. */
  skip: number;
  quotes: 'strict' | 'relaxed';
}

type Outcome = { kind: 'table'; table: BuiltTable } | { kind: 'quoteFault'; row: number };

async function parseAll(bytes: Buffer, reading: Reading, pause: Pause): Promise<Outcome> {
  const builder = createTableBuilder('csv');
  let row = 0;
  // Records are taken as they are read and never enter the parser's own queue.
  const takeRecord = (record: string[]): null => {
    row += 1;
    if (record.some((cell) => swallowedRows(cell, record.length, reading))) {
      throw unreadable('quoteNotClosed', { row });
    }
    builder.add(row, record.map(withoutGuard));
    return null;
  };
  try {
    await pipeline(
      decodeSlices(bytes, reading, pause),
      parse({ ...csvOptions(reading), on_record: takeRecord }),
      drain,
    );
  } catch (error) {
    return settle(error, row + 1);
  }
  return { kind: 'table', table: builder.finish() };
}

/** The apostrophe that keeps a spreadsheet from taking a text for a formula is no part of the text (writeTable.ts). */
const withoutGuard = (cell: string): string =>
  cell.charCodeAt(0) === apostrophe && /^'[\t\r]*[=+\-@]/.test(cell) ? cell.slice(1) : cell;
const apostrophe = 0x27;

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

function csvOptions({ delimiter, quotes }: Reading): Options {
  return {
    delimiter,
    relax_quotes: quotes === 'relaxed',
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: maxRecordSize,
  };
}

async function* decodeSlices(
  bytes: Buffer,
  { encoding, skip }: Reading,
  pause: Pause,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let left = skip;
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    await pause();
    const text = decoder.write(bytes.subarray(start, start + sliceBytes));
    yield left > 0 ? text.slice(left) : text;
    left = Math.max(0, left - text.length);
  }
  yield decoder.end() ?? '';
}

/**
 * A stray quote at the beginning of a cell runs on to the next quote anywhere and takes the rows between with
 * it, which would lose lines without a word. It shows: with relaxed quotes the cell keeps its opening quote and
 * has line breaks inside; else it has line breaks and all the delimiters of a row.
 */
function swallowedRows(cell: string, width: number, { quotes, delimiter }: Reading): boolean {
  if (!/[\r\n]/.test(cell)) return false;
  if (quotes === 'relaxed' && cell.startsWith('"')) return true;
  return width >= 4 && cell.split(delimiter).length >= width;
}

function settle(fault: unknown, row: number): Outcome {
  if (!(fault instanceof CsvError)) throw fault;
  switch (fault.code) {
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return { kind: 'quoteFault', row };
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      throw unreadable('quoteNotClosed', { row });
    default:
      throw unreadable('damaged', { row, detail: fault.code });
  }
}

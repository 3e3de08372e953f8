import { parse } from 'csv-parse';
import { refuse } from '../errors';
import type { Upload } from '../rest/call';
import { delimiters, type IngestJob } from './job';

/** Largest upload of a job, in bytes (Bulk API 2.0 limits: 150 MB after encoding). */
const largest = 150 * 1024 * 1024;

/** The CSV of an upload. Throws for what is no CSV or too large. */
export function csvOf(upload: Upload | undefined): string {
  if (!upload || !/^text\/csv/i.test(upload.contentType)) {
    throw refuse(400, 'INVALID_CONTENT_TYPE', 'The content type of the data must be text/csv');
  }
  if (upload.bytes.length > largest) {
    throw refuse(400, 'CLIENTINPUTERROR', 'InvalidBatch : The data is larger than 150 MB');
  }
  return upload.bytes.toString('utf8');
}

/** The parts of a multipart form: `job` with the request, `content` with the CSV. */
export function partsOf(upload: Upload): { job: string; content: string } {
  const boundary = /boundary="?([^";]+)"?/i.exec(upload.contentType)?.[1];
  const text = upload.bytes.toString('utf8');
  const parts = new Map<string, string>();
  for (const piece of boundary === undefined ? [] : text.split(`--${boundary}`)) {
    const gap = /\r?\n\r?\n/.exec(piece);
    const name = /name="?([^";\r\n]+)"?/i.exec(piece)?.[1];
    if (gap && name !== undefined) {
      parts.set(name, piece.slice(gap.index + gap[0].length).replace(/\r?\n$/, ''));
    }
  }
  const job = parts.get('job');
  const content = parts.get('content');
  if (job === undefined || content === undefined) {
    throw refuse(400, 'INVALID_MULTIPART_REQUEST', 'The request needs the parts "job" and "content"');
  }
  return { job, content };
}

/** The rows of an upload, the header first. Throws an Error that says what is wrong with the text. */
export function rowsOf(job: IngestJob): AsyncIterable<string[]> {
  const text = job.upload ?? '';
  const parser = parse({
    delimiter: delimiters[job.columnDelimiter],
    record_delimiter: job.lineEnding === 'LF' ? '\n' : '\r\n',
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  parser.end(text);
  return parser;
}

/** What is wrong with the line ends, in the Bulk API's own words; `null` when they are as the job says. */
export function lineEndingProblem(job: IngestJob): string | null {
  const first = (job.upload ?? '').split('\n', 1)[0] ?? '';
  const ends = first.endsWith('\r') ? 'CRLF' : 'LF';
  return (job.upload ?? '').includes('\n') && ends !== job.lineEnding
    ? `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`
    : null;
}

import { z } from 'zod';
import { failed, ok, type Result } from '../../../contract/problem';
import type { OrgAnswer } from '../session/session';
import { createCsvRows } from './csvRows';
import { patiently } from './patience';
import { badAnswer, type RawQuery, type RowReader } from './rawQuery';
import { readByRest } from './rest';

/** Rows of one page of results: a dropped connection has no more than this to fetch again. */
const rowsOfPage = 50_000;
/** Rows handed on in one go: a few milliseconds of work for whoever takes them. */
const rowsAtOnce = 1_000;
/** How long to wait between looks at a job. Each look is a call, so they grow apart. */
const looks = { firstMs: 100, factor: 1.25, mostMs: 5_000 };

const createdSchema = z.object({ id: z.string() });
const jobSchema = z.object({
  state: z.enum(['UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  numberRecordsProcessed: z.number().int().optional(),
  errorMessage: z.string().nullish(),
});

type Job = { kind: 'complete'; rows: number | null } | { kind: 'failed'; why: string };

/**
 * A query by the Bulk API 2.0, its results read as they come (research/salesforce.md 3.5, 4). Jobs fail at times without
 * saying why, and a day has only so many of them: then the same rows are read by REST.
 */
export async function readByBulk(reader: RowReader, query: RawQuery): Promise<Result<number>> {
  const { session, clock } = reader;
  const { onWaiting, signal } = query;
  const created = await patiently(
    () =>
      session.call({
        call: 'read',
        method: 'POST',
        path: '/jobs/query',
        body: {
          operation: query.all ? 'queryAll' : 'query',
          query: query.soql,
          contentType: 'CSV',
          columnDelimiter: 'COMMA',
          lineEnding: 'LF',
        },
        answer: createdSchema,
        signal,
      }),
    { clock, onWaiting, signal },
  );
  if (!created.ok) return isRefusal(created) ? readByRest(reader, query) : failed(created.problem);
  const { id } = created.value;
  const job = await jobDone(reader, id, query);
  if (!job.ok) return failed(job.problem);
  if (job.value.kind === 'failed') return readByRest(reader, query);
  const read = await readPages(reader, id, query);
  if (!read.ok) return read;
  const announced = job.value.rows;
  return announced === null || announced === read.value
    ? read
    : badAnswer(`bulk query: ${read.value} rows of ${announced}`);
}

/** The Bulk API will not have this query, or no more jobs today; the org itself is well. */
const isRefusal = ({ problem }: Extract<OrgAnswer<unknown>, { ok: false }>): boolean =>
  problem.code === 'org.badAnswer' || problem.code === 'org.noAccess';

async function jobDone(
  { session, clock }: RowReader,
  id: string,
  { onWaiting, signal }: Pick<RawQuery, 'onWaiting' | 'signal'>,
): Promise<OrgAnswer<Job>> {
  for (let waitMs = looks.firstMs; ; waitMs = Math.min(looks.mostMs, waitMs * looks.factor)) {
    await clock.sleep(waitMs, signal);
    const path = `/jobs/query/${id}`;
    const answer = await patiently(
      () => session.call({ call: 'read', method: 'GET', path, answer: jobSchema, signal }),
      { clock, onWaiting, signal },
    );
    if (!answer.ok) return answer;
    const { state, numberRecordsProcessed, errorMessage } = answer.value;
    if (state === 'JobComplete')
      return { ok: true, value: { kind: 'complete', rows: numberRecordsProcessed ?? null } };
    if (state === 'Failed' || state === 'Aborted')
      return { ok: true, value: { kind: 'failed', why: errorMessage ?? state } };
  }
}

async function readPages(reader: RowReader, id: string, query: RawQuery): Promise<Result<number>> {
  let rows = 0;
  let locator: string | null = null;
  do {
    const page: OrgAnswer<PageEnd> = await readPage(reader, id, locator, query);
    if (!page.ok) return failed(page.problem);
    if (page.value.announced !== null && page.value.announced !== page.value.rows)
      return badAnswer(`bulk query: a page of ${page.value.rows} rows of ${page.value.announced}`);
    rows += page.value.rows;
    locator = page.value.next;
  } while (locator !== null);
  return ok(rows);
}

interface PageEnd {
  rows: number;
  announced: number | null;
  next: string | null;
}

/** One page of results. Should its line break, it is fetched again, and the rows that were taken are passed over. */
async function readPage(
  { session, clock }: RowReader,
  id: string,
  locator: string | null,
  query: RawQuery,
): Promise<OrgAnswer<PageEnd>> {
  const place = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
  const path = `/jobs/query/${id}/results?maxRecords=${rowsOfPage}${place}`;
  let taken = 0;
  return patiently(
    async () => {
      const csv = createCsvRows();
      let seen = 0;
      let header = true;
      async function hand(rows: string[][]): Promise<void> {
        const data = header ? rows.slice(1) : rows;
        if (rows.length > 0) header = false;
        for (let from = 0; from < data.length; from += rowsAtOnce) {
          const some = data.slice(from, from + rowsAtOnce);
          const fresh = some.slice(Math.max(0, taken - seen));
          seen += some.length;
          if (fresh.length === 0) continue;
          await query.take(fresh);
          taken = seen;
        }
      }
      const answer = await session.download({
        path,
        accept: 'text/csv',
        signal: query.signal,
        take: async (piece) => hand(csv.push(piece)),
      });
      if (!answer.ok) return answer;
      await hand(csv.end());
      const { 'sforce-locator': next, 'sforce-numberofrecords': announced } = answer.value;
      return {
        ok: true,
        value: {
          rows: seen,
          announced: announced === undefined ? null : Number(announced),
          // The end is told with the word null (research/salesforce.md 3.5).
          next: next === undefined || next === 'null' || next === '' ? null : next,
        },
      };
    },
    { clock, onWaiting: query.onWaiting, signal: query.signal },
  );
}

import { z } from 'zod';
import { failed, ok, type Problem, problem, type Result } from '../../contract/problem';
import { parseShape } from '../net/json';
import { type QueryPage, queryPageSchema } from './queryPage';
import type { Session } from './session/session';
import { encodeQuery } from './soql';

/** What a query needs of the session, so that tests can stand in. */
export type Caller = Pick<Session, 'call'>;

/**
 * All rows of a SOQL query, page after page. jsforce's `query` stops at 2,000 rows, or at 10,000, without
 * a word (research/salesforce.md 4); here fewer rows than the org announced are an error.
 */
export async function queryAll<T>(
  session: Caller,
  soql: string,
  row: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Result<T[]>> {
  const rows: T[] = [];
  let path: string | null = `/query?q=${encodeQuery(soql)}`;
  while (path !== null) {
    const answer: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(session, path, signal);
    if (!answer.ok) return failed(answer.problem);
    const page: QueryPage = answer.value;
    const parsed = parseShape(page.records, z.array(row));
    if (!parsed.ok) return failed(badAnswer(`query: ${parsed.why}`));
    for (const one of parsed.value) rows.push(one);
    if (page.done) return finish(rows, page.totalSize);
    path = page.nextRecordsUrl ?? null;
    if (page.records.length === 0) path = null;
  }
  return failed(badAnswer('query: a page without rows or successor before the end'));
}

/** Runs one query for each list of values and gathers the rows. */
export async function queryChunks<T>(
  session: Caller,
  chunks: readonly string[][],
  soqlFor: (values: string[]) => string,
  row: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Result<T[]>> {
  const rows: T[] = [];
  const parts = await Promise.all(chunks.map((values) => queryAll(session, soqlFor(values), row, signal)));
  for (const part of parts) {
    if (!part.ok) return part;
    for (const one of part.value) rows.push(one);
  }
  return ok(rows);
}

const fetchPage = (session: Caller, path: string, signal: AbortSignal) =>
  session.call({ call: 'read', method: 'GET', path, answer: queryPageSchema, signal });

function finish<T>(rows: T[], totalSize: number): Result<T[]> {
  if (rows.length === totalSize) return ok(rows);
  return failed(badAnswer(`query: ${rows.length} rows of ${totalSize}`));
}

const badAnswer = (detail: string): Problem => problem('org.badAnswer', {}, { detail });

import { failed, ok, type Result } from '../../../contract/problem';
import { type QueryPage, queryPageSchema } from '../queryPage';
import { encodeQuery } from '../soql';
import { patiently } from './patience';
import { badAnswer, type RawQuery, type RowReader } from './rawQuery';

/** Rows handed on in one go: a few milliseconds of work for whoever takes them. */
const rowsAtOnce = 1_000;

/** A query page by page (research/salesforce.md 3.4). Answers how many rows there were. */
export async function readByRest(
  { session, clock }: RowReader,
  query: RawQuery,
  onTotal: (total: number) => void,
): Promise<Result<number>> {
  const { signal } = query;
  const paths = query.fields.map((field) => field.split('.'));
  const fetchPage = (path: string) =>
    patiently(
      () => session.call({ call: 'read', method: 'GET', path, answer: queryPageSchema, signal }),
      clock,
      signal,
    );

  let rows = 0;
  let next: string = `/${query.all ? 'queryAll' : 'query'}?q=${encodeQuery(query.soql)}`;
  for (let first = true; ; first = false) {
    const answer = await fetchPage(next);
    if (!answer.ok) return failed(answer.problem);
    const page: QueryPage = answer.value;
    if (first) onTotal(page.totalSize);
    for (let from = 0; from < page.records.length; from += rowsAtOnce) {
      const some = page.records.slice(from, from + rowsAtOnce);
      await query.take(some.map((record) => paths.map((path) => valueAt(record, path))));
    }
    rows += page.records.length;
    if (page.done)
      return rows === page.totalSize ? ok(rows) : badAnswer(`query: ${rows} rows of ${page.totalSize}`);
    if (page.records.length === 0 || page.nextRecordsUrl === undefined)
      return badAnswer('query: a page without rows or successor before the end');
    next = page.nextRecordsUrl;
  }
}

const valueAt = (record: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : null),
    record,
  );

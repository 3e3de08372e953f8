import { setImmediate } from 'node:timers/promises';
import { failed, ok, type Result } from '../../../contract/problem';
import { later } from '../../engine/later';
import { type QueryPage, queryPageSchema } from '../queryPage';
import { encodeQuery } from '../soql';
import { patiently } from './patience';
import { badAnswer, type RawQuery, type RowReader } from './rawQuery';

/** Rows handed on in one go: a few milliseconds of work for whoever takes them. */
const rowsAtOnce = 1_000;

/** A query whose first page is there: how many rows it has is known, and none was handed on. */
export interface OpenQuery {
  total: number;
  /** Hands on all rows; answers how many there were. */
  read: () => Promise<Result<number>>;
}

/** A query page by page (research/salesforce.md 3.4). Answers how many rows there were. */
export async function readByRest(reader: RowReader, query: RawQuery): Promise<Result<number>> {
  const opened = await openByRest(reader, query);
  return opened.ok ? opened.value.read() : opened;
}

/** Asks for the first page alone, for whoever has to know the number of rows before they are read. */
export async function openByRest({ session, clock }: RowReader, query: RawQuery): Promise<Result<OpenQuery>> {
  const { signal } = query;
  const paths = query.fields.map((field) => field.split('.'));
  const fetchPage = (path: string) =>
    patiently(() => session.call({ call: 'read', method: 'GET', path, answer: queryPageSchema, signal }), {
      clock,
      onWaiting: query.onWaiting,
      signal,
    });

  async function take({ records }: QueryPage): Promise<void> {
    for (let from = 0; from < records.length; from += rowsAtOnce) {
      const some = records.slice(from, from + rowsAtOnce);
      await query.take(some.map((record) => paths.map((path) => valueAt(record, path))));
    }
  }

  async function readFrom(first: QueryPage): Promise<Result<number>> {
    let rows = 0;
    for (let page = first; ; ) {
      rows += page.records.length;
      if (!page.done && (page.records.length === 0 || page.nextRecordsUrl === undefined))
        return badAnswer('query: a page without rows or successor before the end');
      // The next page is on its way while this one is put away.
      const coming =
        page.nextRecordsUrl === undefined || page.done ? null : later(fetchPage(page.nextRecordsUrl));
      await setImmediate();
      await take(page);
      if (coming === null)
        return rows === page.totalSize ? ok(rows) : badAnswer(`query: ${rows} rows of ${page.totalSize}`);
      const answer = await coming;
      if (!answer.ok) return failed(answer.problem);
      page = answer.value;
    }
  }

  const answer = await fetchPage(`/${query.all ? 'queryAll' : 'query'}?q=${encodeQuery(query.soql)}`);
  if (!answer.ok) return failed(answer.problem);
  const first = answer.value;
  return ok({ total: first.totalSize, read: () => readFrom(first) });
}

const valueAt = (record: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : null),
    record,
  );

import type { OrgDatabase, Stored } from '../database';
import type { ChildQuery, RecordsQuery } from './compiled';
import { buildAggregate, buildRecord, type Json, type JsonRecord } from './projection';
import { openResult, type QueryResult } from './result';

/** How records are to be written, and where the rest of them goes. */
export interface PageOptions {
  /** `62.0` */
  version: string;
  /** Most children that come with their parent. */
  batch: number;
  /** Keeps a result for later and answers the address of its page from a position. */
  keep(result: QueryResult, from: number): string;
}

/** Records `from` to `to` of a result, as JSON. */
export function buildPage(
  db: OrgDatabase,
  result: QueryResult,
  from: number,
  to: number,
  options: PageOptions,
): JsonRecord[] {
  const { compiled } = result;
  if (compiled.kind === 'count') return [];
  const rows = result.rows(from, to);
  if (compiled.kind === 'aggregate') return rows.map((row) => buildAggregate(compiled.columns, row));
  return buildRecords(db, compiled, rows, options);
}

function buildRecords(
  db: OrgDatabase,
  query: RecordsQuery,
  rows: readonly Stored[][],
  options: PageOptions,
): JsonRecord[] {
  const ids = rows.flatMap((row) => {
    const id = row[query.shape.idColumn];
    return typeof id === 'string' ? [id] : [];
  });
  const children = query.children.map((child) => loadChildren(db, child, ids, options));
  return rows.flatMap((row) => {
    const record = buildRecord(
      query.shape,
      row,
      options.version,
      (index, id) => children[index]?.get(id) ?? null,
    );
    return record ? [record] : [];
  });
}

const parentsAtOnce = 500;

function loadChildren(
  db: OrgDatabase,
  child: ChildQuery,
  parentIds: readonly string[],
  options: PageOptions,
): Map<string, Json> {
  const rowsOf = new Map<string, Stored[][]>();
  for (let start = 0; start < parentIds.length; start += parentsAtOnce) {
    const ids = parentIds.slice(start, start + parentsAtOnce);
    for (const row of db.rows(selectChildren(child, ids.length), ...child.parameters, ...ids)) {
      const parent = String(row[child.parentColumn]);
      const rows = rowsOf.get(parent);
      if (rows) rows.push(row);
      else rowsOf.set(parent, [row]);
    }
  }
  const { count, offset } = child.limit;
  const found = [...rowsOf].map(([parent, all]): [string, Json] => {
    const rows = all.slice(offset, count === null ? undefined : offset + count);
    return [parent, childPage(db, child, parent, rows, options)];
  });
  return new Map(found);
}

/** One parent's children; those beyond a page are fetched like the pages of any other query. */
function childPage(
  db: OrgDatabase,
  child: ChildQuery,
  parent: string,
  rows: readonly Stored[][],
  options: PageOptions,
): Json {
  const totalSize = rows.length;
  const records = buildRecords(db, child, rows.slice(0, options.batch), options);
  if (totalSize <= options.batch) return { totalSize, done: true, records };
  const own: RecordsQuery = {
    ...child,
    where: `${child.where}${child.where === '' ? ' WHERE' : ' AND'} ${child.link} = ?`,
    parameters: [...child.parameters, parent],
  };
  const nextRecordsUrl = options.keep(openResult(db, own, options.batch), options.batch);
  return { totalSize, done: false, nextRecordsUrl, records };
}

function selectChildren(child: ChildQuery, parents: number): string {
  const { columns, source, where, order, link } = child;
  const among = `${link} IN (${Array(parents).fill('?').join(', ')})`;
  const filter = where === '' ? ` WHERE ${among}` : `${where} AND ${among}`;
  return `SELECT ${columns.join(', ')} FROM ${source.join(' ')}${filter}${order}`;
}

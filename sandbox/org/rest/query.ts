import type { OrgCore } from '../core';
import { refuse } from '../errors';
import { queryMetadata } from '../soql/columnMetadata';
import { compileSoql } from '../soql/compile';
import { buildPage, type PageOptions } from '../soql/page';
import { openResult } from '../soql/result';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { explain } from './explain';
import { noteViews } from './recent';

/** `query` and `queryAll`: the first page of a SOQL query, or a later one by its locator (research 3.4). */
export function query(org: OrgCore, call: RestCall): RestReply {
  if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'HEAD']);
  const [resource, locator] = call.segments;
  if (locator !== undefined) return nextPage(org, call, locator);
  const plan = call.query.get('explain');
  if (plan !== null) return reply(200, explain(org, plan));
  const soql = call.query.get('q');
  if (soql === null || soql.trim() === '') {
    throw refuse(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  }
  if (soql.length > 100_000) {
    throw refuse(400, 'QUERY_TOO_COMPLICATED', 'SOQL statements cannot be longer than 100000 characters.');
  }
  if (call.query.get('columns') === 'true') return reply(200, queryMetadata(soql, org.queryOptions()));
  const compiled = compileSoql(soql, org.queryOptions(resource === 'queryAll'));
  const batch = batchSize(call.headers['sforce-query-options']);
  const result = openResult(org.db, compiled, batch);
  const records = buildPage(org.db, result, 0, batch, pageOptions(org, call, batch));
  noteViews(org, soql, records);
  if (compiled.kind === 'count' || result.totalSize <= batch) {
    return reply(200, { totalSize: result.totalSize, done: true, records });
  }
  if (compiled.kind === 'aggregate') {
    throw refuse(
      400,
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  }
  const id = org.keepCursor({ result, batch });
  return reply(200, {
    totalSize: result.totalSize,
    done: false,
    nextRecordsUrl: pageUrl(call.version, id, batch),
    records,
  });
}

function nextPage(org: OrgCore, call: RestCall, locator: string): RestReply {
  const match = /^(01g[0-9A-Za-z]{15})-(\d+)$/.exec(locator);
  const id = match?.[1] ?? '';
  const cursor = org.cursors.get(id);
  if (!match || !cursor) throw refuse(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  const from = Number(match[2]);
  const to = from + cursor.batch;
  const { result } = cursor;
  const records = buildPage(org.db, result, from, to, pageOptions(org, call, cursor.batch));
  const done = to >= result.totalSize;
  const more = done ? {} : { nextRecordsUrl: pageUrl(call.version, id, to) };
  return reply(200, { totalSize: result.totalSize, done, ...more, records });
}

/** How the pages of a query's answer are written. */
export const pageOptions = (org: OrgCore, { version }: RestCall, batch: number): PageOptions => ({
  version,
  batch,
  keep: (result, from) => pageUrl(version, org.keepCursor({ result, batch }), from),
});

const pageUrl = (version: string, id: string, from: number): string =>
  `/services/data/v${version}/query/${id}-${from}`;

/** A wish of the client, kept between 200 and 2,000. */
function batchSize(header: string | undefined): number {
  const wish = /batchSize\s*=\s*(\d+)/i.exec(header ?? '')?.[1];
  return wish === undefined ? 2000 : Math.min(2000, Math.max(200, Number(wish)));
}

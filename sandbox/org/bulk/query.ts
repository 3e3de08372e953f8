import { setImmediate } from 'node:timers/promises';
import type { OrgCore } from '../core';
import { OrgException, refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from '../rest/call';
import { parseBody } from '../rest/subrequest';
import { compileSoql } from '../soql/compile';
import type { RecordsQuery } from '../soql/compiled';
import type { RecordShape } from '../soql/projection';
import { openResult, type QueryResult } from '../soql/result';
import { type Cell, cellOf, csvLine, rowWriter } from './csv';
import {
  type Job,
  jobEntry,
  jobHead,
  jobInfo,
  type QueryJob,
  queryRequestSchema,
  stateRequestSchema,
} from './job';
import { wrongState } from './jobs';

/** Rows of a page when the client does not say, and at most. */
const usualPage = 50_000;
const largestPage = 250_000;
/** Rows that are read and written at a time; about 5 ms of work. */
const rowsAtOnce = 1000;

/** Everything below `jobs/query` (Bulk API 2.0 guide, "Query"; research/salesforce.md 3.5). */
export function bulkQuery(org: OrgCore, call: RestCall): RestReply {
  const [, , id, resource] = call.segments;
  if (id === undefined) {
    if (call.method === 'POST') return create(org, call);
    if (call.method === 'GET') return reply(200, jobList(org.bulk.all('query')));
    throw methodNotAllowed(call, ['GET', 'POST']);
  }
  const job = org.bulk.query(id);
  if (resource === 'results') return results(org, job, call);
  if (resource === 'resultPages') return resultPages(org, job);
  switch (call.method) {
    case 'GET':
      return reply(200, jobInfo(job));
    case 'PATCH': {
      const { state } = parseBody(stateRequestSchema, call.body);
      if (state !== 'Aborted') throw wrongState('A query job can only be aborted');
      if (isOver(job)) throw wrongState(`Job is already ${job.state}`);
      change(org, job, 'Aborted');
      return reply(200, jobHead(job));
    }
    case 'DELETE':
      if (!isOver(job)) throw wrongState('A job that is still being processed cannot be deleted');
      org.bulk.remove(job.id);
      return reply(204);
    default:
      throw methodNotAllowed(call, ['GET', 'PATCH', 'DELETE']);
  }
}

export const jobList = (jobs: readonly Job[]): Record<string, unknown> => ({
  done: true,
  records: jobs.map(jobEntry),
  nextRecordsUrl: null,
});

export const isOver = (job: Job): boolean => ['JobComplete', 'Failed', 'Aborted'].includes(job.state);

export function change(org: OrgCore, job: Job, state: Job['state']): void {
  job.state = state;
  job.changed = org.now();
}

function create(org: OrgCore, call: RestCall): RestReply {
  const request = parseBody(queryRequestSchema, call.body);
  const compiled = compileForBulk(org, request.query, request.operation === 'queryAll');
  const object = org.schema.object(compiled.shape.type);
  if (!object)
    throw refuse(400, 'INVALIDENTITY', `Entity '${compiled.shape.type}' is not supported by the Bulk API`);
  const now = org.now();
  const { userId } = org;
  const job = org.bulk.add(
    (id): QueryJob => ({
      kind: 'query',
      id,
      object,
      operation: request.operation,
      soql: request.query,
      userId,
      created: now,
      changed: now,
      state: 'UploadComplete',
      version: call.version,
      columnDelimiter: request.columnDelimiter,
      lineEnding: request.lineEnding,
      processed: 0,
      workedMs: 0,
      errorMessage: null,
    }),
  );
  schedule(org, job);
  return reply(200, jobHead(job));
}

/** A query that the Bulk API can run. Throws for what only REST can answer. */
function compileForBulk(org: OrgCore, soql: string, includeDeleted: boolean): RecordsQuery {
  const compiled = compileSoql(soql, org.queryOptions(includeDeleted));
  const closed = (what: string): OrgException =>
    refuse(400, 'FEATURE_NOT_ENABLED', `${what} not supported in Bulk Query`);
  if (compiled.kind !== 'records') throw closed('Aggregate functions and GROUP BY are');
  if (compiled.children.length > 0) throw closed('Aggregate Relationships');
  if (compiled.limit.offset > 0) throw closed('OFFSET is');
  const kinds = compiled.shape.entries.map((entry) => entry.kind);
  if (kinds.includes('address')) throw closed('Selecting compound data');
  if (kinds.includes('oneOf')) throw closed('TYPEOF is');
  return compiled;
}

function schedule(org: OrgCore, job: QueryJob): void {
  const { delayMs, failWithoutMessage } = org.options.switches.bulk;
  org.after(delayMs / 2, () => {
    if (job.state === 'UploadComplete') change(org, job, 'InProgress');
  });
  org.after(delayMs, () => {
    if (job.state !== 'InProgress') return;
    if (failWithoutMessage) {
      change(org, job, 'Failed');
      return;
    }
    org.runAs(job.userId, () => run(org, job));
  });
}

function run(org: OrgCore, job: QueryJob): void {
  const started = performance.now();
  try {
    const compiled = compileForBulk(org, job.soql, job.operation === 'queryAll');
    const result = openResult(org.db, compiled, rowsAtOnce);
    org.bulk.keepResult(job.id, result);
    job.processed = result.totalSize;
    change(org, job, 'JobComplete');
  } catch (error) {
    if (!(error instanceof OrgException)) throw error;
    job.errorMessage = error.message;
    change(org, job, 'Failed');
  }
  job.workedMs = Math.round(performance.now() - started);
}

function results(org: OrgCore, job: QueryJob, call: RestCall): RestReply {
  if (call.method !== 'GET') throw methodNotAllowed(call, ['GET']);
  const result = finished(org, job);
  if (call.version !== job.version) {
    throw refuse(
      409,
      'API_VERSION_MISMATCH',
      `The job was created with API version ${job.version}; its results must be fetched with the same`,
    );
  }
  const size = pageSize(call.query.get('maxRecords'));
  const from = readLocator(call.query.get('locator'), result.totalSize);
  const to = Math.min(result.totalSize, from + size);
  return {
    status: 200,
    body: undefined,
    headers: {
      'Sforce-NumberOfRecords': String(to - from),
      'Sforce-Locator': to < result.totalSize ? writeLocator(to) : 'null',
    },
    stream: { contentType: 'text/csv', parts: lines(result, job, from, to) },
  };
}

async function* lines(result: QueryResult, job: QueryJob, from: number, to: number): AsyncIterable<string> {
  const { compiled } = result;
  if (compiled.kind !== 'records') return;
  const columns = columnsOf(compiled.shape, '');
  const write = rowWriter(columns, job.columnDelimiter, job.lineEnding);
  yield csvLine(
    columns.map((column) => column.name),
    job.columnDelimiter,
    job.lineEnding,
  );
  for (let start = from; start < to; start += rowsAtOnce) {
    yield write(result.rows(start, Math.min(to, start + rowsAtOnce)));
    await setImmediate();
  }
}

/** The columns of the table, `Product2.StockKeepingUnit` for a parent's. */
function columnsOf(shape: RecordShape, prefix: string): { name: string; column: number; write: Cell }[] {
  return shape.entries.flatMap((entry) => {
    if (entry.kind === 'field')
      return [{ name: prefix + entry.name, column: entry.column, write: cellOf(entry.field) }];
    return entry.kind === 'parent' ? columnsOf(entry.shape, `${prefix}${entry.name}.`) : [];
  });
}

/** Links to a few pages that can be fetched at the same time. */
function resultPages(org: OrgCore, job: QueryJob): RestReply {
  const result = finished(org, job);
  const links: { resultLink: string }[] = [];
  for (let from = 0; from < result.totalSize; from += usualPage) {
    const locator = from === 0 ? '' : `?locator=${writeLocator(from)}`;
    links.push({ resultLink: `services/data/v${job.version}/jobs/query/${job.id}/results${locator}` });
  }
  return reply(200, { resultPages: links, nextRecordsUrl: null, done: true });
}

function finished(org: OrgCore, job: QueryJob): QueryResult {
  const result = org.bulk.result(job.id);
  if (job.state !== 'JobComplete' || !result) {
    throw wrongState(`The job is in state ${job.state}; results can be fetched when it is JobComplete`);
  }
  return result;
}

function pageSize(text: string | null): number {
  if (text === null) return usualPage;
  const wish = Number(text);
  if (!Number.isInteger(wish) || wish < 1)
    throw refuse(400, 'INVALID_INPUT', `maxRecords is not valid: ${text}`);
  return Math.min(wish, largestPage);
}

const writeLocator = (position: number): string =>
  Buffer.from(String(position)).toString('base64').replace(/=+$/, '');

function readLocator(text: string | null, total: number): number {
  if (text === null || text === '') return 0;
  const plain = Buffer.from(text, 'base64').toString('latin1');
  const position = /^\d{1,9}$/.test(plain) ? Number(plain) : -1;
  if (position < 0 || position >= Math.max(1, total)) {
    throw refuse(400, 'INVALID_QUERY_LOCATOR', `Invalid query locator: ${text}`);
  }
  return position;
}

import { parseJson } from '../../http/message';
import type { OrgCore } from '../core';
import { refuse } from '../errors';
import { methodNotAllowed, type RestCall, type RestReply, reply } from '../rest/call';
import { parseBody } from '../rest/subrequest';
import { csvLine } from './csv';
import { type IngestJob, ingestRequestSchema, jobHead, jobInfo, stateRequestSchema } from './job';
import { wrongState } from './jobs';
import { load } from './load';
import { change, isOver, jobList } from './query';
import { csvOf, partsOf } from './upload';

/** Everything below `jobs/ingest` (Bulk API 2.0 guide, "Ingest"; research/salesforce.md 3.5). */
export function bulkIngest(org: OrgCore, call: RestCall): RestReply {
  const [, , id, resource] = call.segments;
  if (id === undefined) {
    if (call.method === 'POST') return create(org, call);
    if (call.method === 'GET') return reply(200, jobList(org.bulk.all('ingest')));
    throw methodNotAllowed(call, ['GET', 'POST']);
  }
  const job = org.bulk.ingest(id);
  switch (resource) {
    case undefined:
      return oneJob(org, job, call);
    case 'batches':
      return upload(org, job, call);
    case 'successfulResults':
      return table(job, ['sf__Id', 'sf__Created'], () =>
        (job.outcome?.succeeded ?? []).map(({ id: record, created, row }) => [
          record,
          String(created),
          ...row,
        ]),
      );
    case 'failedResults':
      return table(job, ['sf__Id', 'sf__Error'], () =>
        (job.outcome?.failed ?? []).map(({ id: record, error, row }) => [record, error, ...row]),
      );
    case 'unprocessedrecords':
      return table(job, [], () => job.outcome?.unprocessed ?? []);
    default:
      throw refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
}

function create(org: OrgCore, call: RestCall): RestReply {
  const form = call.upload ? partsOf(call.upload) : null;
  const request = parseBody(ingestRequestSchema, form ? parseJson(form.job) : call.body);
  const object = org.schema.object(request.object);
  if (!object?.createable) {
    throw refuse(400, 'INVALIDENTITY', `Entity '${request.object}' is not supported by the Bulk API`);
  }
  const { externalIdFieldName = null } = request;
  if (request.operation === 'upsert') {
    const field = org.schema.field(object, externalIdFieldName ?? '');
    if (!field || !(field.externalId || field.idLookup)) {
      throw refuse(
        400,
        'INVALIDJOB',
        externalIdFieldName === null
          ? 'InvalidJob : External ID was blank for upsert operation'
          : `InvalidJob : Field name provided, ${externalIdFieldName}, does not match an External ID for ${object.name}`,
      );
    }
  }
  const now = org.now();
  const job = org.bulk.add(
    (id): IngestJob => ({
      kind: 'ingest',
      id,
      object,
      operation: request.operation,
      externalIdFieldName,
      call: { headers: call.headers, version: call.version },
      userId: org.userId,
      created: now,
      changed: now,
      state: 'Open',
      version: call.version,
      columnDelimiter: request.columnDelimiter,
      lineEnding: request.lineEnding,
      upload: null,
      processed: 0,
      failed: 0,
      outcome: null,
      workedMs: 0,
      errorMessage: null,
    }),
  );
  if (form) {
    job.upload = form.content;
    begin(org, job);
  }
  return reply(200, jobHead(job));
}

function oneJob(org: OrgCore, job: IngestJob, call: RestCall): RestReply {
  switch (call.method) {
    case 'GET':
      return reply(200, jobInfo(job));
    case 'PATCH': {
      const { state } = parseBody(stateRequestSchema, call.body);
      if (isOver(job)) throw wrongState(`Job is already ${job.state}`);
      if (state === 'Aborted') change(org, job, 'Aborted');
      else if (job.state !== 'Open') throw wrongState(`Job is already ${job.state}`);
      else begin(org, job);
      return reply(200, jobHead(job));
    }
    case 'DELETE':
      if (!isOver(job)) throw wrongState('A job must be complete, failed or aborted before it is deleted');
      org.bulk.remove(job.id);
      return reply(204);
    default:
      throw methodNotAllowed(call, ['GET', 'PATCH', 'DELETE']);
  }
}

function upload(org: OrgCore, job: IngestJob, call: RestCall): RestReply {
  if (call.method !== 'PUT') throw methodNotAllowed(call, ['PUT']);
  if (job.state !== 'Open')
    throw wrongState(`Data can only be uploaded while the job is open, not ${job.state}`);
  if (job.upload !== null) {
    throw refuse(
      400,
      'INVALIDJOBSTATE',
      `Found multiple contents for job: <${job.id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  }
  job.upload = csvOf(call.upload);
  job.changed = org.now();
  return reply(201);
}

function begin(org: OrgCore, job: IngestJob): void {
  change(org, job, 'UploadComplete');
  const { delayMs } = org.options.switches.bulk;
  org.after(delayMs / 2, () => {
    if (job.state === 'UploadComplete') change(org, job, 'InProgress');
  });
  org.after(delayMs, () => {
    if (job.state !== 'InProgress') return;
    load(org, job).catch((error: unknown) => {
      console.error('sandbox: a bulk job failed', error);
      job.errorMessage = 'InternalServerError : the sandbox failed';
      change(org, job, 'Failed');
    });
  });
}

function table(job: IngestJob, ours: readonly string[], rows: () => string[][]): RestReply {
  if (!isOver(job)) throw wrongState(`The job is in state ${job.state}; its results are not there yet`);
  const line = (values: readonly string[]): string => csvLine(values, job.columnDelimiter, job.lineEnding);
  const { columns = [] } = job.outcome ?? {};
  return {
    status: 200,
    body: undefined,
    headers: {},
    stream: {
      contentType: 'text/csv',
      parts: (async function* parts() {
        yield line([...ours, ...columns]);
        for (const row of rows()) yield line(row);
      })(),
    },
  };
}

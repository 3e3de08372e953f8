import { z } from 'zod';
import type { ObjectDef } from '../schema/types';

/** Jobs of Bulk API 2.0 and how they are told (Bulk API 2.0 guide, "Get Job Info"; research 3.5). */

export const delimiters = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;
export type DelimiterName = keyof typeof delimiters;

const delimiterNames = ['BACKQUOTE', 'CARET', 'COMMA', 'PIPE', 'SEMICOLON', 'TAB'] as const;

const format = {
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: z.enum(delimiterNames).default('COMMA'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
};

export const queryRequestSchema = z.object({
  operation: z.enum(['query', 'queryAll']),
  query: z.string().min(1),
  ...format,
});

export const ingestOperations = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;

export const ingestRequestSchema = z.object({
  operation: z.enum(ingestOperations),
  object: z.string().min(1),
  externalIdFieldName: z.string().optional(),
  assignmentRuleId: z.string().optional(),
  ...format,
});

export const stateRequestSchema = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

interface JobBase {
  id: string;
  object: ObjectDef;
  userId: string;
  created: number;
  changed: number;
  state: JobState;
  version: string;
  columnDelimiter: DelimiterName;
  lineEnding: 'LF' | 'CRLF';
  processed: number;
  /** Milliseconds between the start of the work and its end. */
  workedMs: number;
  errorMessage: string | null;
}

export interface QueryJob extends JobBase {
  kind: 'query';
  operation: 'query' | 'queryAll';
  soql: string;
}

export interface IngestJob extends JobBase {
  kind: 'ingest';
  operation: (typeof ingestOperations)[number];
  externalIdFieldName: string | null;
  /** The call that made the job: its version and headers hold for every row. */
  call: { headers: Readonly<Record<string, string | undefined>>; version: string };
  upload: string | null;
  failed: number;
  outcome: IngestOutcome | null;
}

/** What became of each row of an upload. */
export interface IngestOutcome {
  columns: string[];
  succeeded: { id: string; created: boolean; row: string[] }[];
  failed: { id: string; error: string; row: string[] }[];
  unprocessed: string[][];
}

export type Job = QueryJob | IngestJob;

const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

/** What creating a job, or changing its state, answers. */
export function jobHead(job: Job): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object.name,
    createdById: job.userId,
    createdDate: stamp(job.created),
    systemModstamp: stamp(job.changed),
    state: job.state,
    ...(job.kind === 'ingest' && job.externalIdFieldName !== null
      ? { externalIdFieldName: job.externalIdFieldName }
      : {}),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    ...(job.kind === 'ingest' && job.state === 'Open'
      ? { contentUrl: `services/data/v${job.version}/jobs/ingest/${job.id}/batches` }
      : {}),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** Everything about a job. */
export function jobInfo(job: Job): Record<string, unknown> {
  const { lineEnding, columnDelimiter, ...head } = jobHead(job);
  const common = {
    ...head,
    jobType: job.kind === 'query' ? 'V2Query' : 'V2Ingest',
    lineEnding,
    columnDelimiter,
    numberRecordsProcessed: job.processed,
  };
  const failure = job.errorMessage === null ? {} : { errorMessage: job.errorMessage };
  if (job.kind === 'query') {
    return {
      ...common,
      retries: 0,
      totalProcessingTime: job.workedMs,
      ...failure,
      isPkChunkingSupported: true,
    };
  }
  return {
    ...common,
    numberRecordsFailed: job.failed,
    retries: 0,
    totalProcessingTime: job.workedMs,
    apiActiveProcessingTime: job.workedMs,
    apexProcessingTime: 0,
    ...failure,
  };
}

/** A job in a list. */
export function jobEntry(job: Job): Record<string, unknown> {
  const { contentUrl: _contentUrl, lineEnding, columnDelimiter, ...head } = jobHead(job);
  const jobType = job.kind === 'query' ? 'V2Query' : 'V2Ingest';
  return { ...head, jobType, lineEnding, columnDelimiter };
}

import { setImmediate } from 'node:timers/promises';
import type { OrgCore } from '../core';
import { type Body, deleteRecord, insertRecord, liveRecord, updateRecord, upsertRecord } from '../dml/dml';
import { OrgException, refuse } from '../errors';
import type { FieldDef } from '../schema/types';
import type { IngestJob, IngestOutcome } from './job';
import { lineEndingProblem, rowsOf } from './upload';

/** Rows that are saved at a time, as the platform's own batches are. */
const rowsAtOnce = 200;

/** A job cannot be processed at all. */
class BadUpload extends Error {}

/** Saves an upload row by row, each on its own, and lets others have their turn in between. */
export async function load(org: OrgCore, job: IngestJob): Promise<void> {
  const started = performance.now();
  const outcome: IngestOutcome = { columns: [], succeeded: [], failed: [], unprocessed: [] };
  job.outcome = outcome;
  try {
    const wrong = lineEndingProblem(job);
    if (wrong !== null) throw new BadUpload(wrong);
    const save = await readRows(org, job, outcome);
    for (let start = 0; start < outcome.unprocessed.length; start += rowsAtOnce) {
      if (job.state === 'Aborted') break;
      const rows = outcome.unprocessed.slice(start, start + rowsAtOnce);
      org.runAs(job.userId, () =>
        org.db.atomic(() => {
          for (const row of rows) saveRow(org, save, row, outcome);
        }),
      );
      job.processed = outcome.succeeded.length + outcome.failed.length;
      job.failed = outcome.failed.length;
      await setImmediate();
    }
    outcome.unprocessed = outcome.unprocessed.slice(job.processed);
    if (job.state === 'InProgress') job.state = 'JobComplete';
  } catch (error) {
    if (!(error instanceof BadUpload)) throw error;
    job.errorMessage = error.message;
    job.state = 'Failed';
  }
  job.upload = null;
  job.changed = org.now();
  job.workedMs = Math.round(performance.now() - started);
}

type Save = (row: string[]) => { id: string; created: boolean };

/** Reads all rows into `outcome.unprocessed`, and answers how one of them is saved. */
async function readRows(org: OrgCore, job: IngestJob, outcome: IngestOutcome): Promise<Save> {
  try {
    for await (const row of rowsOf(job)) {
      if (outcome.columns.length === 0) outcome.columns = row;
      else outcome.unprocessed.push(row);
    }
  } catch (error) {
    throw new BadUpload(`InvalidBatch : ${error instanceof Error ? error.message : String(error)}`);
  }
  return org.runAs(job.userId, () => saver(org, job, outcome.columns));
}

function saveRow(org: OrgCore, save: Save, row: string[], outcome: IngestOutcome): void {
  try {
    outcome.succeeded.push({ ...org.db.atomic(() => save(row)), row });
  } catch (error) {
    if (!(error instanceof OrgException)) throw error;
    const [first] = error.errors;
    const text = `${first?.errorCode ?? ''}:${first?.message ?? ''}:${first?.fields?.join(',') ?? ''} --`;
    const idColumn = outcome.columns.findIndex((name) => name.trim().toLowerCase() === 'id');
    outcome.failed.push({ id: row[idColumn] ?? '', error: text, row });
  }
}

function saver(org: OrgCore, job: IngestJob, columns: readonly string[]): Save {
  const { object, operation } = job;
  const names = columns.map((column) => column.trim());
  const idColumn = names.findIndex((name) => name.toLowerCase() === 'id');
  const idOf = (row: string[]): string => {
    const id = row[idColumn] ?? '';
    if (id === '') throw refuse(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
    return id;
  };
  if (operation === 'delete' || operation === 'hardDelete') {
    if (idColumn < 0 || names.length > 1) {
      throw new BadUpload('InvalidBatch : Only the column Id is allowed when records are deleted');
    }
    return (row) => {
      const id = String(liveRecord(org.rules(job.call), object, idOf(row))['Id']);
      deleteRecord(org.rules(job.call), object, id);
      if (operation === 'hardDelete') org.db.run(`DELETE FROM "${object.name}" WHERE "Id" = ?`, id);
      return { id, created: false };
    };
  }
  const bodyOf = bodyReader(org, job, names);
  if (operation === 'insert') {
    return (row) => ({ id: insertRecord(org.rules(job.call), object, bodyOf(row)), created: true });
  }
  if (operation === 'update') {
    if (idColumn < 0) throw new BadUpload('InvalidBatch : Field name not found : Id');
    return (row) => {
      const id = String(liveRecord(org.rules(job.call), object, idOf(row))['Id']);
      updateRecord(org.rules(job.call), object, id, bodyOf(row));
      return { id, created: false };
    };
  }
  const external = org.schema.field(object, job.externalIdFieldName ?? '');
  const keyColumn = names.findIndex((name) => name.toLowerCase() === external?.name.toLowerCase());
  if (!external || keyColumn < 0) {
    throw new BadUpload(`InvalidBatch : Field name not found : ${job.externalIdFieldName ?? ''}`);
  }
  return (row) => saveByKey(org, job, external, row[keyColumn] ?? '', bodyOf(row));
}

function saveByKey(org: OrgCore, job: IngestJob, field: FieldDef, key: string, body: Body) {
  const own = Object.keys(body).find((name) => name.toLowerCase() === field.name.toLowerCase());
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => name !== own));
  if (field.type === 'id') {
    if (key === '') return { id: insertRecord(org.rules(job.call), job.object, rest), created: true };
    const id = String(liveRecord(org.rules(job.call), job.object, key)['Id']);
    updateRecord(org.rules(job.call), job.object, id, rest);
    return { id, created: false };
  }
  if (key === '') throw refuse(400, 'MISSING_ARGUMENT', `${field.name} not specified`);
  const result = upsertRecord(org.rules(job.call), job.object, field, key, rest, false);
  if (result.kind === 'ambiguous') {
    throw refuse(
      400,
      'DUPLICATE_EXTERNAL_ID',
      `${field.name}: more than one record found for external id field`,
    );
  }
  return { id: result.id, created: result.kind === 'created' };
}

/** A row as a request body: nothing leaves a field alone, `#N/A` empties it, `Account.Key__c` names a parent. */
function bodyReader(org: OrgCore, job: IngestJob, names: readonly string[]): (row: string[]) => Body {
  for (const name of names) {
    const [first = '', second] = name.split('.');
    const known =
      second === undefined ? org.schema.field(job.object, first) : org.schema.parent(job.object, first);
    if (!known) throw new BadUpload(`InvalidBatch : Field name not found : ${name}`);
  }
  return (row) => {
    const body: Record<string, unknown> = {};
    names.forEach((name, index) => {
      const text = row[index] ?? '';
      if (text === '' || (name.toLowerCase() === 'id' && job.operation !== 'insert')) return;
      const [first = '', second] = name.split('.');
      const checkbox = org.schema.field(job.object, first)?.type === 'boolean';
      // The Bulk API takes TRUE and False as well; the JSON reader does not.
      const value = text === '#N/A' ? null : checkbox ? text.toLowerCase() : text;
      body[first] = second === undefined ? value : value === null ? null : { [second]: value };
    });
    return body;
  };
}

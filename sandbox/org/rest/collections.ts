import { z } from 'zod';
import type { OrgCore } from '../core';
import { deleteRecord, insertRecord, liveRecord, updateRecord, upsertRecord } from '../dml/dml';
import { notFound, type OrgError, OrgException, refuse } from '../errors';
import { normaliseId } from '../ids';
import type { ObjectDef } from '../schema/types';
import { attributesOf, type JsonRecord } from '../soql/projection';
import { writeValue } from '../values';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { parseBody } from './subrequest';

/** Limits of sObject Collections (research/salesforce.md 2.3). */
const mostRecords = 200;
const mostChunks = 10;
const mostRetrieved = 2000;

const recordsSchema = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(
    z.looseObject({
      attributes: z.object({ type: z.string() }),
      id: z.string().optional(),
      Id: z.string().optional(),
    }),
  ),
});

/** Errors of a collection spell the code `statusCode`. */
interface CollectionError {
  statusCode: string;
  message: string;
  fields: string[];
}

export interface CollectionResult {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: CollectionError[];
}

interface Item {
  /** The record the request names, when it names one. */
  id: string | null;
  work: () => { id: string; created?: boolean };
}

/** POST, PATCH and DELETE composite/sobjects; always HTTP 200 with one result per record. */
export function collections(org: OrgCore, call: RestCall): RestReply {
  const [, , name, externalId] = call.segments;
  if (call.method === 'DELETE' && name === undefined) return remove(org, call);
  if (call.method === 'PATCH' && name !== undefined && externalId !== undefined) {
    return upsert(org, call, name, externalId);
  }
  if (name !== undefined && externalId === undefined && ['GET', 'POST'].includes(call.method)) {
    return retrieve(org, call, name);
  }
  if (name !== undefined) throw notFound();
  if (call.method !== 'POST' && call.method !== 'PATCH')
    throw methodNotAllowed(call, ['POST', 'PATCH', 'DELETE']);
  const { allOrNone, records } = parseBody(recordsSchema, call.body);
  checkSize(records.map((record) => record.attributes.type));
  const rules = org.rules(call);
  const items = records.map(({ attributes, id, Id, ...fields }): Item => {
    const recordId = id ?? Id ?? null;
    return {
      id: recordId,
      work: () => {
        const object = objectOf(org, attributes.type);
        if (call.method === 'POST') return { id: insertRecord(rules, object, fields) };
        if (recordId === null) {
          throw refuse(400, 'MISSING_ARGUMENT', 'Id not specified in an update call', []);
        }
        updateRecord(rules, object, recordId, fields);
        return { id: normaliseId(recordId) ?? recordId };
      },
    };
  });
  return reply(200, runItems(org, items, allOrNone));
}

function upsert(org: OrgCore, call: RestCall, name: string, fieldName: string): RestReply {
  const { allOrNone, records } = parseBody(recordsSchema, call.body);
  checkSize(records.map((record) => record.attributes.type));
  const object = org.schema.object(name);
  const field = object && org.schema.field(object, fieldName);
  if (!object || !field?.externalId) throw notFound();
  const items = records.map(({ attributes: _attributes, ...record }): Item => {
    const own = Object.entries(record).find(([key]) => key.toLowerCase() === field.name.toLowerCase());
    const rest = Object.fromEntries(Object.entries(record).filter(([key]) => key !== own?.[0]));
    return {
      id: null,
      work: () => {
        if (!own) throw refuse(400, 'MISSING_ARGUMENT', `${field.name} not specified`, []);
        const result = upsertRecord(org.rules(call), object, field, String(own[1]), rest, false);
        if (result.kind === 'ambiguous') {
          throw refuse(400, 'DUPLICATE_EXTERNAL_ID', `${field.name}: more than one record found`, []);
        }
        return { id: result.id, created: result.kind === 'created' };
      },
    };
  });
  return reply(200, runItems(org, items, allOrNone));
}

function remove(org: OrgCore, call: RestCall): RestReply {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  checkSize(ids.map((id) => id.slice(0, 3)));
  const items = ids.map(
    (id): Item => ({
      id,
      work: () => {
        const object = org.schema.objects.find((entry) => id.startsWith(entry.keyPrefix));
        if (!object) throw refuse(400, 'MALFORMED_ID', `malformed id ${id}`, []);
        const record = liveRecord(org.rules(), object, id);
        deleteRecord(org.rules(), object, id);
        return { id: String(record['Id']) };
      },
    }),
  );
  return reply(200, runItems(org, items, call.query.get('allOrNone') === 'true'));
}

/** GET or POST composite/sobjects/X: several records by their ids, `null` in the place of one that is not there. */
function retrieve(org: OrgCore, call: RestCall, name: string): RestReply {
  const object = org.schema.object(name);
  if (!object) throw notFound();
  const list = (text: string | null): string[] =>
    (text ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const { ids, fields } =
    call.method === 'POST'
      ? parseBody(retrieveSchema, call.body)
      : { ids: list(call.query.get('ids')), fields: list(call.query.get('fields')) };
  if (ids.length > mostRetrieved) {
    throw refuse(400, 'EXCEEDED_ID_LIMIT', `The number of ids is more than ${mostRetrieved}`);
  }
  const columns = fields.map((wanted) => {
    const field = org.schema.field(object, wanted);
    if (field) return field;
    throw refuse(400, 'INVALID_FIELD', `No such column '${wanted}' on sobject of type ${object.name}`);
  });
  return reply(
    200,
    ids.map((text) => {
      const id = normaliseId(text);
      const row = id === null ? undefined : org.records.get(object, id);
      if (!row || row['IsDeleted'] === 1) return null;
      const record: JsonRecord = { attributes: attributesOf(object.name, String(row['Id']), call.version) };
      for (const field of columns) record[field.name] = writeValue(field, row[field.name] ?? null);
      return record;
    }),
  );
}

const retrieveSchema = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

class RollBack extends Error {}

function runItems(org: OrgCore, items: readonly Item[], allOrNone: boolean): CollectionResult[] {
  const results: CollectionResult[] = [];
  try {
    org.db.atomic(() => {
      for (const item of items) results.push(runItem(org, item));
      if (allOrNone && results.some((result) => !result.success)) throw new RollBack();
    });
    return results;
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    return results.map((result) =>
      result.success
        ? // The id of a record that does not exist any more, as Salesforce does: a trap to be tested against.
          {
            ...(result.id === undefined ? {} : { id: result.id }),
            success: false,
            errors: [
              {
                statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
                message:
                  'Record rolled back because not all records were valid and the request was using AllOrNone header',
                fields: [],
              },
            ],
          }
        : result,
    );
  }
}

function runItem(org: OrgCore, item: Item): CollectionResult {
  try {
    const { id, created } = org.db.atomic(item.work);
    return created === undefined
      ? { id, success: true, errors: [] }
      : { id, success: true, created, errors: [] };
  } catch (error) {
    if (!(error instanceof OrgException)) throw error;
    const errors = error.errors.map(collectionError);
    return item.id === null ? { success: false, errors } : { id: item.id, success: false, errors };
  }
}

const collectionError = (error: OrgError): CollectionError => ({
  statusCode: error.errorCode,
  message: error.message,
  fields: error.fields ?? [],
});

function objectOf(org: OrgCore, name: string): ObjectDef {
  const object = org.schema.object(name);
  if (!object) throw refuse(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`, []);
  return object;
}

function checkSize(types: readonly string[]): void {
  if (types.length > mostRecords) {
    throw refuse(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${mostRecords} records in this collection`,
    );
  }
  const chunks = types.filter((type, index) => type !== types[index - 1]).length;
  if (chunks > mostChunks) {
    throw refuse(400, 'LIMIT_EXCEEDED', `The request has more than ${mostChunks} chunks of different types`);
  }
}

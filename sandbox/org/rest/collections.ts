import { z } from 'zod';
import type { OrgCore } from '../core';
import type { RuleContext } from '../dml/context';
import { deleteRecord, insertRecord, liveRecord, updateRecord, upsertRecord } from '../dml/dml';
import { notFound, type OrgError, OrgException, refuse } from '../errors';
import { normaliseId } from '../ids';
import type { ObjectDef } from '../schema/types';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { retrieve } from './retrieve';
import { parseBody } from './subrequest';

/** Limits of sObject Collections (research/salesforce.md 2.3). */
const mostRecords = 200;
const mostChunks = 10;

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
export interface CollectionError {
  statusCode: string;
  message: string;
  fields: string[];
}

interface CollectionResult {
  id?: string;
  success: boolean;
  errors: CollectionError[];
  created?: boolean;
}

interface Item {
  work: () => { id: string; created?: boolean };
  /** Whether the id of what was rolled back is told all the same: it is, except for a plain create. */
  idAfterRollBack: boolean;
}

/**
 * POST, PATCH and DELETE composite/sobjects; always HTTP 200 with one result per record (REST API guide,
 * "sObject Collections").
 */
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
    throw methodNotAllowed(call, ['DELETE', 'PATCH', 'POST']);
  const { allOrNone, records } = parseBody(recordsSchema, call.body);
  checkSize(records.map((record) => record.attributes.type));
  const rules = org.rules(call);
  const items = records.map(({ attributes, id, Id, ...fields }): Item => {
    const recordId = id ?? Id ?? null;
    return {
      idAfterRollBack: call.method === 'PATCH',
      work: () => {
        const object = objectOf(org, attributes.type);
        if (call.method === 'POST') return { id: insertRecord(rules, object, fields) };
        if (recordId === null) {
          throw refuse(400, 'MISSING_ARGUMENT', 'Id not specified in an update call', []);
        }
        const key = normaliseId(recordId);
        if (key === null || !key.startsWith(object.keyPrefix)) throw wrongId(object, recordId);
        updateRecord(rules, object, recordId, fields);
        return { id: key };
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
  if (!object || !field || !(field.externalId || field.idLookup)) throw notFound();
  const rules = org.rules(call);
  const items = records.map(({ attributes, ...record }): Item => {
    const own = Object.entries(record).find(([key]) => key.toLowerCase() === field.name.toLowerCase());
    const rest = Object.fromEntries(
      Object.entries(record).filter(([key, value]) => key !== own?.[0] && value !== undefined),
    );
    return {
      idAfterRollBack: true,
      work: () => {
        if (attributes.type.toLowerCase() !== object.name.toLowerCase()) {
          throw refuse(400, 'INVALID_TYPE', `sObject type '${attributes.type}' is not ${object.name}.`, []);
        }
        if (field.type === 'id') return upsertById(rules, object, own?.[1], rest);
        if (!own) throw refuse(400, 'MISSING_ARGUMENT', `${field.name} not specified`, []);
        const result = upsertRecord(rules, object, field, String(own[1]), rest, false);
        if (result.kind === 'ambiguous') {
          throw refuse(
            400,
            'DUPLICATE_EXTERNAL_ID',
            `${field.name}: more than one record found for external id field: [${result.ids.join(', ')}]`,
            [],
          );
        }
        return { id: result.id, created: result.kind === 'created' };
      },
    };
  });
  return reply(200, runItems(org, items, allOrNone));
}

/** With `Id` for the external id a record without one is created. */
function upsertById(rules: RuleContext, object: ObjectDef, value: unknown, fields: Record<string, unknown>) {
  if (value === undefined || value === null || value === '') {
    return { id: insertRecord(rules, object, fields), created: true };
  }
  const key = normaliseId(String(value));
  if (key === null || !key.startsWith(object.keyPrefix)) throw wrongId(object, String(value));
  updateRecord(rules, object, key, fields);
  return { id: key, created: false };
}

function remove(org: OrgCore, call: RestCall): RestReply {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  checkSize(ids.map((id) => id.slice(0, 3)));
  const rules = org.rules(call);
  const items = ids.map(
    (id): Item => ({
      idAfterRollBack: true,
      work: () => {
        const object = org.schema.objects.find((entry) => id.startsWith(entry.keyPrefix));
        if (!object || normaliseId(id) === null) throw refuse(400, 'MALFORMED_ID', `malformed id ${id}`, []);
        const record = liveRecord(rules, object, id);
        deleteRecord(rules, object, id);
        return { id: String(record['Id']) };
      },
    }),
  );
  return reply(200, runItems(org, items, call.query.get('allOrNone') === 'true'));
}

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
    return results.map((result, index) => {
      if (!result.success) return result;
      // The id leads nowhere, or to a record that is as it was: a trap to be tested against.
      const id = items[index]?.idAfterRollBack && result.id !== undefined ? { id: result.id } : {};
      return { ...id, success: false, errors: [rolledBack] };
    });
  }
}

const rolledBack: CollectionError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

function runItem(org: OrgCore, item: Item): CollectionResult {
  try {
    const { id, created } = org.db.atomic(item.work);
    const result = { id, success: true, errors: [] };
    return created === undefined ? result : { ...result, created };
  } catch (error) {
    if (!(error instanceof OrgException)) throw error;
    return { success: false, errors: error.errors.map(collectionError) };
  }
}

export const collectionError = (error: OrgError): CollectionError => ({
  statusCode: error.errorCode,
  message: error.message,
  fields: error.fields ?? [],
});

const wrongId = (object: ObjectDef, id: string): OrgException =>
  refuse(400, 'MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${id}`, ['Id']);

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
      `record limit reached. cannot submit more than ${mostRecords} records into this call`,
    );
  }
  const chunks = types.filter((type, index) => type !== types[index - 1]).length;
  if (chunks > mostChunks) {
    throw refuse(400, 'LIMIT_EXCEEDED', `The request has more than ${mostChunks} chunks of different types`);
  }
}

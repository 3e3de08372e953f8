import type { OrgCore } from '../core';
import type { Row } from '../database';
import { describeGlobal, describeObject, describeSummary } from '../describe';
import {
  deleteRecord,
  findByExternalId,
  insertRecord,
  liveRecord,
  updateRecord,
  upsertRecord,
} from '../dml/dml';
import { notFound, refuse } from '../errors';
import { normaliseId } from '../ids';
import type { FieldDef, ObjectDef } from '../schema/types';
import { addressKeys, attributesOf, buildAddress, type Json, type JsonRecord } from '../soql/projection';
import { writeValue } from '../values';
import { methodNotAllowed, type RestCall, type RestReply, recordBody, reply } from './call';
import { recentItems } from './recent';
import { relationship } from './relationship';
import { deleted, updated } from './replication';

/** Everything below `sobjects`: describe, one record by id, one record by external id (research 1.4, 2.2). */
export function sobjects(org: OrgCore, call: RestCall): RestReply {
  const [, name, key, value] = call.segments;
  if (name === undefined) {
    if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'HEAD']);
    return reply(200, describeGlobal(org.schema, call.version));
  }
  const object = org.schema.object(name);
  if (!object) throw notFound();
  if (key === undefined) return collection(org, object, call);
  if (key === 'describe' && value === undefined) {
    return reply(200, describeObject(org.schema, object, call.version));
  }
  if (value === undefined && key === 'updated') return updated(org, object, call);
  if (value === undefined && key === 'deleted') return deleted(org, object, call);
  if (value === undefined && key.toLowerCase() === 'id' && call.method === 'POST') {
    return collection(org, object, call);
  }
  if (value === undefined) return byId(org, object, key, call);
  const related = normaliseId(key)?.startsWith(object.keyPrefix)
    ? relationship(org, object, key, value, call)
    : null;
  return related ?? byExternalId(org, object, key, value, call);
}

function collection(org: OrgCore, object: ObjectDef, call: RestCall): RestReply {
  if (call.method === 'GET') {
    return reply(200, {
      objectDescribe: describeSummary(object, call.version),
      recentItems: recentItems(org, object, call.version),
    });
  }
  if (call.method !== 'POST') throw methodNotAllowed(call, ['HEAD', 'GET', 'POST']);
  const id = insertRecord(org.rules(call), object, recordBody(call.body));
  return created(object, id, call, { id, success: true, errors: [] });
}

function byId(org: OrgCore, object: ObjectDef, id: string, call: RestCall): RestReply {
  switch (call.method) {
    case 'GET': {
      const row = readableRecord(org, object, id);
      org.noteView(object.name, String(row['Id']));
      return reply(200, wholeRecord(org, object, row, call));
    }
    case 'PATCH':
      updateRecord(org.rules(call), object, id, recordBody(call.body));
      return reply(204);
    case 'DELETE':
      deleteRecord(org.rules(call), object, id);
      return reply(204);
    default:
      throw methodNotAllowed(call, ['HEAD', 'GET', 'PATCH', 'DELETE']);
  }
}

function byExternalId(
  org: OrgCore,
  object: ObjectDef,
  fieldName: string,
  value: string,
  call: RestCall,
): RestReply {
  const field = org.schema.field(object, fieldName);
  if (!field || !(field.externalId || field.idLookup)) {
    throw refuse(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${fieldName}`,
    );
  }
  // An ending like a file's is taken for one (research/salesforce.md 2.2).
  if (/\.[A-Za-z]{2,4}$/.test(value) && field.type !== 'email') throw notFound();
  if (field.type === 'id') return byId(org, object, value, call);
  switch (call.method) {
    case 'GET':
    case 'DELETE':
      return readOrDelete(org, object, field, value, call);
    case 'PATCH':
    case 'POST':
      return upsert(org, object, field, value, call);
    default:
      throw methodNotAllowed(call, ['HEAD', 'GET', 'PATCH', 'DELETE']);
  }
}

function readOrDelete(
  org: OrgCore,
  object: ObjectDef,
  field: FieldDef,
  value: string,
  call: RestCall,
): RestReply {
  const found = findByExternalId(org.rules(), object, field, value);
  const first = found[0];
  if (!first) throw notFound();
  if (found.length > 1)
    return ambiguous(
      object,
      found.map((row) => String(row['Id'])),
      call,
    );
  if (call.method === 'GET') return reply(200, wholeRecord(org, object, first, call));
  deleteRecord(org.rules(call), object, String(first['Id']));
  return reply(204);
}

function upsert(org: OrgCore, object: ObjectDef, field: FieldDef, value: string, call: RestCall): RestReply {
  const updateOnly = call.query.get('updateOnly') === 'true';
  const result = upsertRecord(org.rules(call), object, field, value, recordBody(call.body), updateOnly);
  if (result.kind === 'ambiguous') return ambiguous(object, result.ids, call);
  const body = { id: result.id, success: true, errors: [], created: result.kind === 'created' };
  if (result.kind === 'created') return created(object, result.id, call, body);
  // Before v46 an update by external id had no body.
  return Number(call.version) < 46 ? reply(204) : reply(200, body);
}

function created(object: ObjectDef, id: string, call: RestCall, body: unknown): RestReply {
  return reply(201, body, { Location: `/services/data/v${call.version}/sobjects/${object.name}/${id}` });
}

function ambiguous(object: ObjectDef, ids: readonly string[], call: RestCall): RestReply {
  return reply(
    300,
    ids.map((id) => `/services/data/v${call.version}/sobjects/${object.name}/${id}`),
  );
}

function wholeRecord(org: OrgCore, object: ObjectDef, row: Row, call: RestCall): JsonRecord {
  const wanted = call.query.get('fields');
  const fields =
    wanted === null
      ? object.fields
      : wanted.split(',').map((name) => {
          const field = org.schema.field(object, name.trim());
          if (field) return field;
          throw refuse(
            400,
            'INVALID_FIELD',
            `No such column '${name.trim()}' on sobject of type ${object.name}`,
          );
        });
  const record: JsonRecord = { attributes: attributesOf(object.name, String(row['Id']), call.version) };
  for (const field of fields) record[field.name] = fieldValue(org, object, field, row);
  if (wanted !== null) record['Id'] = String(row['Id']);
  return record;
}

/** Reading a record in the bin is answered as if it had never been; only writes tell the difference. */
function readableRecord(org: OrgCore, object: ObjectDef, id: string): Row {
  const key = normaliseId(id);
  if (key !== null && org.records.get(object, key)?.['IsDeleted'] === 1) throw notFound();
  return liveRecord(org.rules(), object, id);
}

function fieldValue(org: OrgCore, object: ObjectDef, field: FieldDef, row: Row): Json {
  if (field.type !== 'address') return writeValue(field, row[field.name] ?? null);
  const prefix = field.name.slice(0, -'Address'.length);
  return buildAddress(
    addressKeys.flatMap(([key, ending]): [string, Json][] => {
      const part = org.schema.field(object, prefix + ending);
      return part ? [[key, writeValue(part, row[part.name] ?? null)]] : [];
    }),
  );
}

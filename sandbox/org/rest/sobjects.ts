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
import { compileSoql } from '../soql/compile';
import { buildPage } from '../soql/page';
import type { JsonRecord } from '../soql/projection';
import { openResult } from '../soql/result';
import { methodNotAllowed, type RestCall, type RestReply, readOnlyResource, recordBody, reply } from './call';
import { contentTag, shortTag, unmet, validatorHeaders } from './conditional';
import { layouts } from './layouts';
import { listViews } from './listViews';
import { pageOptions } from './query';
import { quickActions } from './quickActions';
import { recentItems, relevantItems } from './recent';
import { fieldsNamed, recordOf } from './record';
import { relationship } from './relationship';
import { deleted, updated } from './replication';

/** Everything below `sobjects`: describe, one record by id, one record by external id (research 1.4, 2.2). */
export function sobjects(org: OrgCore, call: RestCall): RestReply {
  const [, name, key, ...rest] = call.segments;
  if (name === undefined) {
    readOnlyResource(call);
    return metadata(org, call, describeGlobal(org.schema, call.version));
  }
  if (name === 'relevantItems' && key === undefined) return relevantItems(org, call);
  const object = org.schema.object(name);
  if (!object) throw notFound();
  if (key === undefined) return collection(org, object, call);
  if (key === 'describe') {
    readOnlyResource(call);
    return rest.length === 0
      ? metadata(org, call, describeObject(org.schema, object, call.version, org.instanceUrl()))
      : reply(200, layouts(object, rest, call.version));
  }
  if (key === 'listviews') return listViews(org, object, rest, call);
  if (key === 'quickActions') return quickActions(org, object, rest, call);
  const [value] = rest;
  if (value === undefined && key === 'updated') return updated(org, object, call);
  if (value === undefined && key === 'deleted') return deleted(org, object, call);
  if (value === undefined && key.toLowerCase() === 'id' && call.method === 'POST') {
    const id = insertRecord(org.rules(call), object, recordBody(call.body));
    return created(object, id, call, upsertBody(id, true, call));
  }
  if (value === undefined) return byId(org, object, key, call);
  if (normaliseId(key)?.startsWith(object.keyPrefix)) return relationship(org, object, key, rest, call);
  // A slash in a value that was not encoded makes another address of it.
  if (rest.length > 1) throw notFound();
  return byExternalId(org, object, key, value, call);
}

/** What describes objects can be asked for on the condition that it has changed. */
function metadata(org: OrgCore, call: RestCall, body: unknown): RestReply {
  const validators = { modified: org.schemaChanged, tag: shortTag(body) };
  return unmet(call, validators) ?? reply(200, body, validatorHeaders(validators));
}

function collection(org: OrgCore, object: ObjectDef, call: RestCall): RestReply {
  if (call.method === 'GET') {
    return reply(200, {
      objectDescribe: describeSummary(object, call.version),
      recentItems: recentItems(org, object, call.version),
    });
  }
  if (call.method !== 'POST') throw methodNotAllowed(call, ['GET', 'POST']);
  const id = insertRecord(org.rules(call), object, recordBody(call.body));
  return created(object, id, call, { id, success: true, errors: [] });
}

function byId(org: OrgCore, object: ObjectDef, id: string, call: RestCall): RestReply {
  if (!['GET', 'PATCH', 'DELETE'].includes(call.method)) {
    throw methodNotAllowed(call, ['DELETE', 'GET', 'PATCH']);
  }
  // What does not even look like an id is taken for an external id's field.
  if (!/^(?:\w{15}|\w{18})$/.test(id)) throw noExternalId(id);
  const row =
    call.method === 'GET' ? readableRecord(org, object, id) : liveRecord(org.rules(call), object, id);
  if (call.method === 'DELETE') {
    deleteRecord(org.rules(call), object, id);
    return reply(204);
  }
  const validators = { modified: changedAt(row), tag: accountTag(org, object, row) };
  const refused = unmet(call, validators);
  if (refused) return refused;
  if (call.method === 'GET') {
    org.noteView(object.name, String(row['Id']));
    const headers = validators.tag === null ? {} : validatorHeaders(validators);
    return reply(200, wholeRecord(org, object, row, call), headers);
  }
  updateRecord(org.rules(call), object, id, recordBody(call.body));
  return reply(204);
}

/** Only accounts have a tag, and tell when they were changed last. */
const accountTag = (org: OrgCore, object: ObjectDef, row: Row): string | null =>
  object.name === 'Account' ? contentTag(recordOf(org, object, row, object.fields, '')) : null;

const changedAt = (row: Row): number =>
  Date.parse(String(row['LastModifiedDate'] ?? row['SystemModstamp']).replace('+0000', 'Z'));

const noExternalId = (name: string) =>
  refuse(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`);

function byExternalId(
  org: OrgCore,
  object: ObjectDef,
  fieldName: string,
  value: string,
  call: RestCall,
): RestReply {
  const field = org.schema.field(object, fieldName);
  if (!field || !(field.externalId || field.idLookup)) {
    throw noExternalId(fieldName);
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
      throw methodNotAllowed(call, ['DELETE', 'GET', 'PATCH', 'POST']);
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
  const body = upsertBody(result.id, result.kind === 'created', call);
  if (result.kind === 'created') return created(object, result.id, call, body);
  // Before v46 an update by external id had no body.
  return Number(call.version) < 46 ? reply(204) : reply(200, body);
}

/** `created` is told since v46. */
const upsertBody = (id: string, isNew: boolean, call: RestCall): unknown => ({
  id,
  success: true,
  errors: [],
  ...(Number(call.version) < 46 ? {} : { created: isNew }),
});

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
  if (wanted === null) return recordOf(org, object, row, object.fields, call.version);
  const id = String(row['Id']);
  const record = wanted.includes('.')
    ? joined(org, object, id, wanted, call)
    : recordOf(org, object, row, fieldsNamed(org, object, wanted.split(',')), call.version);
  return { ...record, Id: id };
}

/** Fields of a parent, e.g. `Owner.Name`, come as a query would bring them. */
function joined(org: OrgCore, object: ObjectDef, id: string, wanted: string, call: RestCall): JsonRecord {
  const soql = `SELECT ${wanted} FROM ${object.name} WHERE Id = '${id}'`;
  const result = openResult(org.db, compileSoql(soql, org.queryOptions()), 1);
  const [record] = buildPage(org.db, result, 0, 1, pageOptions(org, call, 1));
  if (!record) throw notFound();
  return record;
}

/** Reading a record in the bin is answered as if it had never been; only writes tell the difference. */
function readableRecord(org: OrgCore, object: ObjectDef, id: string): Row {
  const key = normaliseId(id);
  if (key !== null && org.records.get(object, key)?.['IsDeleted'] === 1) throw notFound();
  return liveRecord(org.rules(), object, id);
}

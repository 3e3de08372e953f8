import type { OrgCore } from '../core';
import { deleteRecord, liveRecord, updateRecord } from '../dml/dml';
import { notFound, refuse } from '../errors';
import type { ObjectDef } from '../schema/types';
import { compileSoql } from '../soql/compile';
import { buildPage } from '../soql/page';
import { openResult } from '../soql/result';
import { methodNotAllowed, type RestCall, type RestReply, readOnlyResource, recordBody, reply } from './call';
import { pageOptions } from './query';
import { fieldsNamed, recordOf } from './record';

/** Records of a page, as for any query. */
const batch = 2000;
/** So many parents one after the other. */
const mostSteps = 5;

/**
 * sobjects/X/{id}/{relationship}/…: the parent a record hangs on, which may be read, changed and deleted there,
 * or its children, which may be read (REST API guide, "Traverse Relationships with Friendly URLs").
 */
export function relationship(
  org: OrgCore,
  object: ObjectDef,
  id: string,
  names: readonly string[],
  call: RestCall,
): RestReply {
  const rules = org.rules(call);
  let place = { object, row: liveRecord(rules, object, id) };
  for (const [step, name] of names.entries()) {
    const link = org.schema.parent(place.object, name);
    if (!link) {
      const relation = org.schema.child(place.object, name);
      if (!relation || step < names.length - 1) throw notFound();
      readOnlyResource(call);
      return children(org, relation.object, relation.field.name, String(place.row['Id']), call);
    }
    const key = place.row[link.name];
    const target = link.referenceTo
      .map((type) => org.schema.object(type))
      .find((def) => def !== undefined && typeof key === 'string' && key.startsWith(def.keyPrefix));
    if (step >= mostSteps || !target || typeof key !== 'string') throw notFound();
    place = { object: target, row: liveRecord(rules, target, key) };
  }
  return parent(org, place.object, String(place.row['Id']), call);
}

function parent(org: OrgCore, object: ObjectDef, id: string, call: RestCall): RestReply {
  switch (call.method) {
    case 'GET': {
      const wanted = call.query.get('fields');
      const fields = wanted === null ? object.fields : fieldsNamed(org, object, wanted.split(','));
      return reply(200, recordOf(org, object, liveRecord(org.rules(), object, id), fields, call.version));
    }
    case 'PATCH':
      updateRecord(org.rules(call), object, id, recordBody(call.body));
      return reply(204);
    case 'DELETE':
      deleteRecord(org.rules(call), object, id);
      return reply(204);
    default:
      throw methodNotAllowed(call, ['DELETE', 'GET', 'PATCH']);
  }
}

function children(org: OrgCore, object: ObjectDef, link: string, id: string, call: RestCall): RestReply {
  const wanted = call.query.get('fields');
  const fields = wanted === null ? object.fields : fieldsNamed(org, object, wanted.split(','));
  if (fields.length === 0) throw refuse(400, 'INVALID_FIELD', 'No fields were asked for');
  const soql = `SELECT ${fields.map((field) => field.name).join(', ')} FROM ${object.name} WHERE ${link} = '${id}'`;
  const result = openResult(org.db, compileSoql(soql, org.queryOptions()), batch);
  const options = pageOptions(org, call, batch);
  const records = buildPage(org.db, result, 0, batch, options);
  const done = result.totalSize <= batch;
  const body = { totalSize: result.totalSize, done };
  return reply(
    200,
    done ? { ...body, records } : { ...body, nextRecordsUrl: options.keep(result, batch), records },
  );
}

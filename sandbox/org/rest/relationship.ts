import type { OrgCore } from '../core';
import { notFound, refuse } from '../errors';
import type { FieldDef, ObjectDef } from '../schema/types';
import { compileSoql } from '../soql/compile';
import { buildPage } from '../soql/page';
import { openResult } from '../soql/result';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';
import { pageOptions } from './query';

/** Records of a page, as for any query. */
const batch = 2000;

/**
 * GET sobjects/X/{id}/{relationship}: the parent a record hangs on, or its children (REST API guide, "Traverse
 * Relationships with Friendly URLs"). `null` when the object has no relationship of that name.
 */
export function relationship(
  org: OrgCore,
  object: ObjectDef,
  id: string,
  name: string,
  call: RestCall,
): RestReply | null {
  const link = org.schema.parent(object, name);
  if (link) {
    if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'HEAD']);
    return parent(org, object, link, id, call);
  }
  const relation = org.schema.child(object, name);
  if (!relation) return null;
  if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'HEAD']);
  const soql = `SELECT ${fieldsOf(org, relation.object, call)} FROM ${relation.object.name} WHERE ${relation.field.name} = '${quoted(id)}'`;
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

function parent(org: OrgCore, object: ObjectDef, link: FieldDef, id: string, call: RestCall): RestReply {
  const [own] = select(org, call, `SELECT ${link.name} FROM ${object.name} WHERE Id = '${quoted(id)}'`);
  const key = own?.[link.name];
  if (typeof key !== 'string') throw notFound();
  const target = link.referenceTo
    .map((name) => org.schema.object(name))
    .find((def) => def !== undefined && key.startsWith(def.keyPrefix));
  if (!target) throw notFound();
  const soql = `SELECT ${fieldsOf(org, target, call)} FROM ${target.name} WHERE Id = '${key}'`;
  const [record] = select(org, call, soql);
  if (!record) throw notFound();
  return reply(200, record);
}

function select(org: OrgCore, call: RestCall, soql: string) {
  const result = openResult(org.db, compileSoql(soql, org.queryOptions()), batch);
  return buildPage(org.db, result, 0, 1, pageOptions(org, call, batch));
}

function fieldsOf(org: OrgCore, object: ObjectDef, call: RestCall): string {
  const wanted = call.query.get('fields');
  if (wanted === null) return object.fields.map((field) => field.name).join(', ');
  const names = wanted.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!org.schema.field(object, name)) {
      throw refuse(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
    }
  }
  return names.join(', ');
}

const quoted = (text: string): string => text.replace(/[\\']/g, '\\$&');

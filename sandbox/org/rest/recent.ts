import type { OrgCore } from '../core';
import type { ObjectDef } from '../schema/types';
import { attributesOf, type JsonRecord } from '../soql/projection';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';

const mostRecent = 200;

/** GET recent: the records that were looked at last, newest first (REST API guide, "Recently Viewed Items"). */
export function recent(org: OrgCore, call: RestCall): RestReply {
  if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'HEAD']);
  const limit = Number(call.query.get('limit') ?? mostRecent);
  return reply(200, recentItems(org, null, call.version).slice(0, limit));
}

/** The recently viewed records of one object, or of all, that are still there. */
export function recentItems(org: OrgCore, object: ObjectDef | null, version: string): JsonRecord[] {
  return org.viewed.flatMap(({ type, id }) => {
    const def = org.schema.object(type);
    const name = def?.fields.find((field) => field.nameField);
    if (!def || !name || (object && object.name !== def.name)) return [];
    const row = org.records.get(def, id);
    if (!row || row['IsDeleted'] === 1) return [];
    return [{ attributes: attributesOf(def.name, id, version), Id: id, [name.name]: row[name.name] ?? null }];
  });
}

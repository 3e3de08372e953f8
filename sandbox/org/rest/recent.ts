import { z } from 'zod';
import type { OrgCore } from '../core';
import type { ObjectDef } from '../schema/types';
import { attributesOf, type JsonRecord } from '../soql/projection';
import { type RestCall, type RestReply, readOnlyResource, reply } from './call';
import { shortTag } from './conditional';

const mostRecent = 200;

/** GET recent: the records that were looked at last, newest first (REST API guide, "Recently Viewed Items"). */
export function recent(org: OrgCore, call: RestCall): RestReply {
  readOnlyResource(call);
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

/** A query that ends so tells that people look at what it finds (SOQL reference, "FOR VIEW", "FOR REFERENCE"). */
export function noteViews(org: OrgCore, soql: string, records: readonly JsonRecord[]): void {
  if (!/\bFOR\s+(?:VIEW|REFERENCE)\s*(?:FOR\s+\w+\s*)?$/i.test(soql)) return;
  for (const { attributes } of [...records].reverse()) {
    const parsed = attributesSchema.safeParse(attributes);
    if (parsed.success) org.noteView(parsed.data.type, parsed.data.url.split('/').at(-1) ?? '');
  }
}

const attributesSchema = z.object({ type: z.string(), url: z.string() });

/** GET sobjects/relevantItems: the ids of what was looked at last, by object (REST API guide, "sObject Relevant Items"). */
export function relevantItems(org: OrgCore, call: RestCall): RestReply {
  readOnlyResource(call);
  const wanted = call.query.get('sobjects')?.split(',');
  const byType = new Map<string, string[]>();
  for (const { type, id } of org.viewed) byType.set(type, [...(byType.get(type) ?? []), id.slice(0, 15)]);
  const items = [...byType].flatMap(([type, recordIds]) => {
    const object = org.schema.object(type);
    if (!object || (wanted && !wanted.includes(object.name))) return [];
    return [
      {
        apiName: object.name,
        key: object.keyPrefix,
        label: object.labelPlural,
        lastUpdatedId: String(Number.parseInt(shortTag(recordIds), 16)),
        recordIds,
      },
    ];
  });
  return reply(200, items);
}

import type { OrgCore } from '../core';
import { refuse } from '../errors';
import type { ObjectDef } from '../schema/types';
import { orgDatetime } from '../values';
import { methodNotAllowed, type RestCall, type RestReply, reply } from './call';

const day = 24 * 60 * 60 * 1000;
/** A window reaches back so far at most, and finds so many ids (REST API guide, "Get Updated"). */
const longestMs = 30 * day;
const mostIds = 600_000;
/** Deleted records stay in the bin for so long. */
const binMs = 15 * day;

/** GET sobjects/X/updated: ids of live records changed in a window of time (research/salesforce.md 3.6). */
export function updated(org: OrgCore, object: ObjectDef, call: RestCall): RestReply {
  const { start, end } = timeWindow(org, object, call);
  const rows = org.db.all(
    `SELECT "Id" FROM "${object.name}" WHERE "IsDeleted" = 0 AND "SystemModstamp" >= ? AND "SystemModstamp" < ?
     ORDER BY "SystemModstamp", "Id" LIMIT ${mostIds + 1}`,
    orgDatetime(start),
    orgDatetime(end),
  );
  checkCount(rows.length);
  return reply(200, { ids: rows.map((row) => row['Id']), latestDateCovered: orgDatetime(end) });
}

/** GET sobjects/X/deleted: what went into the bin in a window of time. */
export function deleted(org: OrgCore, object: ObjectDef, call: RestCall): RestReply {
  const { start, end } = timeWindow(org, object, call);
  const rows = org.db.all(
    `SELECT "Id", "SystemModstamp" FROM "${object.name}" WHERE "IsDeleted" = 1 AND "SystemModstamp" >= ?
     AND "SystemModstamp" < ? ORDER BY "SystemModstamp", "Id" LIMIT ${mostIds + 1}`,
    orgDatetime(start),
    orgDatetime(end),
  );
  checkCount(rows.length);
  return reply(200, {
    deletedRecords: rows.map((row) => ({ id: row['Id'], deletedDate: row['SystemModstamp'] })),
    earliestDateAvailable: orgDatetime(org.now() - binMs),
    latestDateCovered: orgDatetime(end),
  });
}

/** Both ends in milliseconds; seconds count, what is below them does not. */
function timeWindow(org: OrgCore, object: ObjectDef, call: RestCall): { start: number; end: number } {
  if (call.method !== 'GET') throw methodNotAllowed(call, ['GET', 'HEAD']);
  if (!object.createable) {
    throw refuse(400, 'INVALID_TYPE_FOR_OPERATION', `object type ${object.name} is not replicable`);
  }
  const start = readInstant(call, 'start');
  const end = readInstant(call, 'end');
  if (start >= end) {
    throw refuse(400, 'INVALID_REPLICATION_DATE', 'startDate has to precede endDate by at least one minute');
  }
  if (org.now() - start > longestMs) {
    throw refuse(400, 'INVALID_REPLICATION_DATE', 'startDate is more than 30 days before today');
  }
  return { start, end };
}

function readInstant(call: RestCall, name: 'start' | 'end'): number {
  const text = call.query.get(name) ?? '';
  // A plus that was not encoded arrives as a blank.
  const instant = Date.parse(text.replace(' ', '+').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(instant)) {
    throw refuse(400, 'INVALID_REPLICATION_DATE', `Invalid or missing ${name} date: ${text}`);
  }
  return Math.floor(instant / 1000) * 1000;
}

function checkCount(found: number): void {
  if (found <= mostIds) return;
  throw refuse(400, 'EXCEEDED_ID_LIMIT', `exceeded the maximum number of ids: ${mostIds}`);
}

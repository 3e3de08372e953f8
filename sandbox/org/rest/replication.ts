import type { OrgCore } from '../core';
import { refuse } from '../errors';
import type { ObjectDef } from '../schema/types';
import { orgDatetime } from '../values';
import { type RestCall, type RestReply, readOnlyResource, reply } from './call';

const minute = 60 * 1000;
const day = 24 * 60 * minute;
/** A window reaches back so far at most, and finds so many ids (REST API guide, "sObject Get Updated"). */
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
  return reply(200, { ids: rows.map((row) => row['Id']), latestDateCovered: covered(org, end) });
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
    latestDateCovered: covered(org, end),
  });
}

/** A window that ends in the future is covered up to the minute that is over. */
const covered = (org: OrgCore, end: number): string =>
  orgDatetime(Math.min(end, Math.floor(org.now() / minute) * minute));

/** Both ends in milliseconds; what is below minutes is cut off. */
function timeWindow(org: OrgCore, object: ObjectDef, call: RestCall): { start: number; end: number } {
  readOnlyResource(call);
  if (!object.createable) {
    throw refuse(400, 'INVALID_TYPE_FOR_OPERATION', `object type ${object.name} is not replicable`);
  }
  const start = readInstant(call, 'start');
  const end = readInstant(call, 'end');
  if (start >= end) {
    throw refuse(
      400,
      'INVALID_REPLICATION_DATE',
      'endDate must be at least one minute greater than startDate',
    );
  }
  if (org.now() - start > longestMs) {
    throw refuse(400, 'INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
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
  return Math.floor(instant / minute) * minute;
}

function checkCount(found: number): void {
  if (found <= mostIds) return;
  throw refuse(400, 'EXCEEDED_ID_LIMIT', `exceeded the maximum number of ids: ${mostIds}`);
}

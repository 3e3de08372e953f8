import type { Row } from '../database';
import type { OrgError } from '../errors';
import { normaliseId } from '../ids';
import type { ObjectDef } from '../schema/types';
import type { RuleContext } from './context';

/** Held until released, or until its time is over. */
export interface RowLock {
  release(): void;
}

/** Rows that somebody else, a trigger or another integration, is working on. */
export class RowLocks {
  private readonly held = new Map<RowLock, { id: string; until: number }>();

  constructor(private readonly now: () => number) {}

  lock(recordId: string, ms = Number.POSITIVE_INFINITY): RowLock {
    const id = normaliseId(recordId);
    if (id === null) throw new RangeError(`no record id: ${recordId}`);
    const lock: RowLock = { release: () => this.held.delete(lock) };
    this.held.set(lock, { id, until: this.now() + ms });
    return lock;
  }

  isHeld(id: string): boolean {
    const now = this.now();
    for (const [lock, { until }] of this.held) if (until <= now) this.held.delete(lock);
    return [...this.held.values()].some((entry) => entry.id === id);
  }

  /** Nothing is held, which is the usual case and costs nothing. */
  get none(): boolean {
    return this.held.size === 0;
  }
}

/**
 * The record a write needs for itself and cannot get: the row, or one of the parents that Salesforce locks
 * together with it (https://developer.salesforce.com/docs, "Record Locking Cheat Sheet"; text as in public
 * logs, research/salesforce.md 1.5).
 */
export function lockErrors(object: ObjectDef, record: Row, context: RuleContext): OrgError[] {
  if (context.locks.none) return [];
  const blocked = rowsOf(object, record, context).find((id) => context.locks.isHeld(id));
  return blocked === undefined ? [] : [lockError(blocked)];
}

export const lockError = (id: string): OrgError => ({
  errorCode: 'UNABLE_TO_LOCK_ROW',
  message: `unable to obtain exclusive access to this record or 1 records: ${id}`,
  fields: [],
});

/** Lookups of standard objects whose parent is locked by a write to the child, besides all masters. */
const locking: Readonly<Record<string, readonly string[]>> = {
  Case: ['AccountId', 'ContactId'],
  Contact: ['AccountId'],
  Contract: ['AccountId'],
  Opportunity: ['AccountId'],
  Order: ['AccountId'],
  ProductItem: ['LocationId'],
};

function rowsOf(object: ObjectDef, record: Row, context: RuleContext): string[] {
  const ids = typeof record['Id'] === 'string' ? [record['Id']] : [];
  for (const field of object.fields) {
    const id = record[field.name];
    const locks = field.cascadeDelete || locking[object.name]?.includes(field.name);
    if (!locks || typeof id !== 'string' || id === record['Id']) continue;
    const parent = field.referenceTo
      .map((name) => context.schema.object(name))
      .find((entry) => entry !== undefined && id.startsWith(entry.keyPrefix));
    const row = parent && context.records.get(parent, id);
    ids.push(id, ...(parent && row ? rowsOf(parent, row, context) : []));
  }
  return ids;
}

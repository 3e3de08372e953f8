import type { Row } from '../database';
import { type OrgError, refuse } from '../errors';
import type { RuleContext } from './context';

/** What the rules of an order and those of its lines both look up. */

/** A record that is there and not deleted. */
export function live(context: RuleContext, object: string, id: unknown): Row | undefined {
  if (typeof id !== 'string') return undefined;
  const row = context.records.get({ name: object }, id);
  return row && row['IsDeleted'] === 0 ? row : undefined;
}

/** What a status, whatever the org calls it, means (OrderStatus.StatusCode). */
export const statusCode = (context: RuleContext, status: unknown): 'Draft' | 'Activated' =>
  context.statuses.find((entry) => entry.apiName === status)?.statusCode ?? 'Draft';

export function lineCount(context: RuleContext, orderId: unknown): number {
  const row = context.db.get(
    'SELECT count(*) AS lines FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0',
    typeof orderId === 'string' ? orderId : null,
  );
  return Number(row?.['lines'] ?? 0);
}

/** The order's amount is a roll-up of its lines; one that its field cannot hold undoes the write. */
export function addUp(context: RuleContext, orderId: unknown): void {
  const id = typeof orderId === 'string' ? orderId : null;
  const sum =
    'SELECT coalesce(sum("TotalPrice"), 0) FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0';
  const fits = context.db.get(`SELECT abs((${sum})) <= ${Number.MAX_SAFE_INTEGER} AS fits`, id)?.['fits'];
  if (fits !== 1) {
    throw refuse(
      400,
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Order Amount: value outside of valid range on numeric field',
      ['TotalAmount'],
    );
  }
  context.db.run(`UPDATE "Order" SET "TotalAmount" = (${sum}) WHERE "Id" = ?`, id, id);
}

/** True when the update sets the field to something else. */
export const changes = (before: Row, update: Row, field: string): boolean =>
  update[field] !== undefined && update[field] !== before[field];

export const integrity = (message: string, ...fields: string[]): OrgError => ({
  errorCode: 'FIELD_INTEGRITY_EXCEPTION',
  message,
  fields,
});

/**
 * An activated order keeps itself and its lines. Seen against live orgs as DELETE_FAILED for deletions and
 * ENTITY_IS_LOCKED for a new line.
 */
export const activatedOrder = (errorCode: 'DELETE_FAILED' | 'ENTITY_IS_LOCKED'): OrgError => ({
  errorCode,
  message:
    'unable to modify activated or superseded order: cannot delete order, or add or remove order products',
  fields: [],
});

/** The profile lacks what the write needs. */
export const noAccess: OrgError = {
  errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
  message: 'insufficient access rights on object id',
  fields: [],
};

import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { ObjectRules, RuleContext } from './context';
import { live } from './orderFacts';
import { deleteFailed, used } from './usage';

/** Accounts and the people in them. */

export const accountRules: ObjectRules = {
  beforeUpdate(before, update, context) {
    return update['ParentId'] && isAbove(before['Id'], update['ParentId'], context) ? [circular] : [];
  },

  beforeDelete(record, context) {
    const orders = used(context, 'Order', 'AccountId', record['Id'], 'OrderNumber');
    return orders.length > 0 ? [deleteFailed(record['Name'], 'orders', orders)] : [];
  },

  afterDelete(record, context) {
    for (const contact of context.records.findBy({ name: 'Contact' }, 'AccountId', record['Id'] ?? null)) {
      context.records.remove({ name: 'Contact' }, String(contact['Id']));
    }
  },
};

export const contactRules: ObjectRules = {
  beforeInsert(record) {
    record['Name'] = fullName(record);
    return [];
  },
  beforeUpdate(before, update) {
    update['Name'] = fullName({ ...before, ...update });
    return [];
  },
};

const circular: OrgError = {
  errorCode: 'CIRCULAR_DEPENDENCY',
  message: 'attempt to violate hierarchy constraints',
  fields: ['ParentId'],
};

/** True when the account is its would-be parent, or stands above it. */
function isAbove(id: unknown, parentId: unknown, context: RuleContext): boolean {
  const seen = new Set<unknown>();
  for (let current = parentId; current && !seen.has(current); ) {
    if (current === id) return true;
    seen.add(current);
    current = live(context, 'Account', current)?.['ParentId'];
  }
  return false;
}

const fullName = (record: Row): string =>
  [record['FirstName'], record['LastName']].filter((part) => typeof part === 'string').join(' ');

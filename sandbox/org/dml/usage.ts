import type { OrgError } from '../errors';
import type { RuleContext } from './context';

/** What stands in the way of a deletion. */

const mostNamed = 10;

/** Names of the live records that refer to this one. */
export function used(
  context: RuleContext,
  object: string,
  field: string,
  id: unknown,
  nameField: string,
): string[] {
  return context.db
    .all(
      `SELECT "${nameField}" AS name FROM "${object}" WHERE "${field}" = ? AND "IsDeleted" = 0 ORDER BY "Id" LIMIT ${mostNamed}`,
      typeof id === 'string' ? id : null,
    )
    .map((row) => String(row['name']));
}

/** Layout as recorded for a contact with cases: the names follow, and the text ends with a line break. */
export const deleteFailed = (name: unknown, what: string, names: readonly string[]): OrgError => ({
  errorCode: 'DELETE_FAILED',
  message: `Your attempt to delete ${String(name)} could not be completed because it is associated with the following ${what}.: ${names.join(', ')}\n`,
  fields: [],
});

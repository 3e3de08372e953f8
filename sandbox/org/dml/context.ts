import type { OrgDatabase, Row } from '../database';
import type { OrgError } from '../errors';
import type { Records } from '../records';
import type { OrgSchema } from '../schema';
import type { OrderStatusDef } from '../schema/orders';

/** A condition of the customer's own admin under which a record is refused. */
export interface ValidationRule {
  object: string;
  name: string;
  message: string;
  /** Where the message is shown; none for the top of the page. */
  field?: string;
  /** True refuses the record. */
  refuses(record: Row, context: RuleContext): boolean;
}

export interface RuleContext {
  readonly db: OrgDatabase;
  readonly records: Records;
  readonly schema: OrgSchema;
  readonly statuses: readonly OrderStatusDef[];
  readonly validationRules: readonly ValidationRule[];
  now(): number;
  userId(): string;
  /** An error that has been ordered for this write, see http/faults.ts. */
  refusal(method: 'POST' | 'PATCH' | 'DELETE', object: string): OrgError | null;
}

/** What one object does beyond plain saving. `before…` may complete the record or report errors. */
export interface ObjectRules {
  /** Fields that must have a value although describe calls them nillable. */
  alsoRequired?: readonly string[];
  beforeInsert?(record: Row, context: RuleContext): OrgError[];
  afterInsert?(record: Row, context: RuleContext): void;
  beforeUpdate?(before: Row, changes: Row, context: RuleContext): OrgError[];
  afterUpdate?(before: Row, changes: Row, context: RuleContext): void;
  beforeDelete?(record: Row, context: RuleContext): OrgError[];
  afterDelete?(record: Row, context: RuleContext): void;
}

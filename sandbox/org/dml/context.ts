import type { OrgDatabase, Row } from '../database';
import type { OrgError } from '../errors';
import type { Records } from '../records';
import type { OrgSchema } from '../schema';
import type { OrderStatusDef } from '../schema/orders';
import type { Automation } from './automation';
import type { DuplicateRule } from './duplicates';
import type { RowLocks } from './locks';

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

/** App permissions of a profile that orders ask for (HELP sales.order_edit, sales.orderproduct_edit). */
export type UserPermission = 'ActivateOrders' | 'EditActivatedOrders';

export interface RuleContext {
  readonly db: OrgDatabase;
  readonly records: Records;
  readonly schema: OrgSchema;
  readonly statuses: readonly OrderStatusDef[];
  readonly validationRules: readonly ValidationRule[];
  readonly duplicateRules: readonly DuplicateRule[];
  /** The caller asks to save what an alerting duplicate rule has found. */
  readonly allowDuplicates: boolean;
  /** The caller asks for the fields of the records found. */
  readonly duplicateDetails: boolean;
  /** API version of the call, e.g. `62.0`; record addresses in errors carry it. */
  readonly version: string;
  readonly automations: readonly Automation[];
  readonly locks: RowLocks;
  readonly orderSettings: { readonly negativeQuantity: boolean; readonly zeroQuantity: boolean };
  /** The user's currency; `null` in a single-currency org. */
  readonly currency: string | null;
  now(): number;
  userId(): string;
  may(permission: UserPermission): boolean;
  /** False for a record that the user cannot see. */
  sees(object: string, id: string): boolean;
  /** An error that has been ordered for this write, see http/faults.ts. */
  refusal(method: 'POST' | 'PATCH' | 'DELETE', object: string): OrgError | null;
}

/** What one object does beyond plain saving. `before…` may complete the record or report errors. */
export interface ObjectRules {
  /** Fields that must have a value although describe calls them nillable. */
  alsoRequired?: readonly string[];
  /** Fills in what may be left out, before anything is called missing. */
  complete?(record: Row, context: RuleContext): void;
  beforeInsert?(record: Row, context: RuleContext): OrgError[];
  afterInsert?(record: Row, context: RuleContext): void;
  beforeUpdate?(before: Row, changes: Row, context: RuleContext): OrgError[];
  afterUpdate?(before: Row, changes: Row, context: RuleContext): void;
  beforeDelete?(record: Row, context: RuleContext): OrgError[];
  afterDelete?(record: Row, context: RuleContext): void;
}

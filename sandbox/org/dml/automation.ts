import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { ObjectDef } from '../schema/types';
import type { RuleContext } from './context';

export type TriggerEvent = 'insert' | 'update' | 'delete';

/** What an Apex trigger of the customer does to other people's writes. */
export interface Automation {
  object: string;
  /** The trigger's name, e.g. `OrderTrigger`. */
  name: string;
  when: 'before' | 'after';
  events: readonly TriggerEvent[];
  /** Records the trigger updates. Where one is locked, the trigger fails, and the write with it. */
  touches?(record: Row, context: RuleContext): readonly string[];
  /** How long it keeps them locked afterwards: the asynchronous part of slow work. */
  holdMs?: number;
  /** The exception it dies of, e.g. `System.LimitException: Apex CPU time limit exceeded`. */
  fails?(record: Row, context: RuleContext): string | null;
}

/**
 * Runs the triggers that listen. A failing one is told as CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY with Apex's
 * own words, so that a lock that the trigger could not get stands in the middle of a text
 * (research/salesforce.md 1.5; layout of the text as in public logs).
 */
export function runAutomations(
  when: Automation['when'],
  event: TriggerEvent,
  object: ObjectDef,
  record: Row,
  context: RuleContext,
): OrgError[] {
  for (const automation of context.automations) {
    if (automation.object !== object.name || automation.when !== when) continue;
    if (!automation.events.includes(event)) continue;
    const touched = automation.touches?.(record, context) ?? [];
    const locked = touched.find((id) => context.locks.isHeld(id));
    const exception = locked === undefined ? automation.fails?.(record, context) : blockedBy(locked);
    if (exception) return [failure(automation, event, exception)];
    const { holdMs } = automation;
    if (holdMs !== undefined) for (const id of touched) context.locks.lock(id, holdMs);
  }
  return [];
}

const blockedBy = (id: string): string =>
  `System.DmlException: Update failed. First exception on row 0 with id ${id}; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: ${id}: []`;

function failure({ name, when }: Automation, event: TriggerEvent, exception: string): OrgError {
  const moment = `${capital(when)}${capital(event)}`;
  return {
    errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: `${name}: execution of ${moment}\n\ncaused by: ${exception}\n\nTrigger.${name}: line 3, column 1`,
    fields: [],
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

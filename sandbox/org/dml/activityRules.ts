import type { Row } from '../database';
import type { OrgError } from '../errors';
import { orgDatetime } from '../values';
import type { ObjectRules, RuleContext } from './context';
import { integrity, live } from './orderFacts';

/** What follows from the fields of tasks and events (object reference, Task and Event). */

const closedStatuses: ReadonlySet<unknown> = new Set(['Completed']);

export const taskRules: ObjectRules = {
  beforeInsert(record, context) {
    Object.assign(record, ofTask(record, context), { AccountId: accountOf(record, context) });
    return [];
  },
  beforeUpdate(before, update, context) {
    const next = { ...before, ...update };
    Object.assign(update, ofTask(next, context), { AccountId: accountOf(next, context) });
    return [];
  },
};

function ofTask(task: Row, context: RuleContext): Row {
  const closed = closedStatuses.has(task['Status']);
  return {
    IsClosed: closed ? 1 : 0,
    IsHighPriority: task['Priority'] === 'High' ? 1 : 0,
    CompletedDateTime: closed ? (task['CompletedDateTime'] ?? orgDatetime(context.now())) : null,
  };
}

export const eventRules: ObjectRules = {
  beforeInsert(record, context) {
    return ofEvent(record, record, context);
  },
  beforeUpdate(before, update, context) {
    return ofEvent({ ...before, ...update }, update, context);
  },
};

/** Start, end and duration follow from any two of them. */
function ofEvent(event: Row, update: Row, context: RuleContext): OrgError[] {
  update['AccountId'] = accountOf(event, context);
  const day = event['ActivityDate'];
  const start = instant(update['StartDateTime'] ?? update['ActivityDateTime'] ?? event['StartDateTime']);
  if (start === null) {
    if (event['IsAllDayEvent'] === 1 && typeof day === 'string') {
      Object.assign(update, { EndDate: day, DurationInMinutes: event['DurationInMinutes'] ?? 1440 });
      return [];
    }
    return [
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [ActivityDateTime]',
        fields: ['ActivityDateTime'],
      },
    ];
  }
  const minutes = update['DurationInMinutes'] ?? null;
  const givenEnd = instant(update['EndDateTime']);
  const before = event['DurationInMinutes'];
  const length =
    typeof minutes === 'number'
      ? minutes
      : givenEnd !== null
        ? Math.round((givenEnd - start) / 60_000)
        : typeof before === 'number'
          ? before
          : null;
  if (length === null) {
    return [
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [DurationInMinutes]',
        fields: ['DurationInMinutes'],
      },
    ];
  }
  if (length < 0) return [integrity('Event duration can not be negative', 'DurationInMinutes')];
  const end = start + length * 60_000;
  Object.assign(update, {
    StartDateTime: orgDatetime(start),
    ActivityDateTime: orgDatetime(start),
    ActivityDate: orgDatetime(start).slice(0, 10),
    EndDateTime: orgDatetime(end),
    EndDate: orgDatetime(end).slice(0, 10),
    DurationInMinutes: length,
  });
  return [];
}

/** The account that an activity belongs to, by what it is about or whom it is for. */
function accountOf(activity: Row, context: RuleContext): string | null {
  const { WhatId: what, WhoId: who } = activity;
  if (typeof what === 'string' && what.startsWith('001')) return what;
  for (const object of ['Opportunity', 'Contract', 'Order', 'Case', 'Asset']) {
    const account = live(context, object, what)?.['AccountId'];
    if (typeof account === 'string') return account;
  }
  const account = live(context, 'Contact', who)?.['AccountId'];
  return typeof account === 'string' ? account : null;
}

const instant = (value: unknown): number | null =>
  typeof value === 'string' ? Date.parse(value.replace('+0000', 'Z')) : null;

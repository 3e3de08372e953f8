import {
  checkbox,
  date,
  datetime,
  int,
  longText,
  object,
  picklist,
  readOnly,
  reference,
  required,
  text,
} from './field';
import { ownerOrQueue } from './parties';

/** What has been done and is to be done: for whom, and about what. Both links may lead to several objects. */

const about = ['Account', 'Asset', 'Campaign', 'Case', 'Contract', 'Opportunity', 'Order', 'Product2'];

const whoWhat = (children: string) => [
  reference('WhoId', 'Name ID', 'Contact', 'Who', children, { referenceTo: ['Contact', 'Lead'] }),
  reference('WhatId', 'Related To ID', 'Account', 'What', children, { referenceTo: about }),
  reference('AccountId', 'Account ID', 'Account', 'Account', null, readOnly),
  checkbox('IsArchived', 'Archived', readOnly),
  datetime('ReminderDateTime', 'Reminder Date/Time'),
  checkbox('IsReminderSet', 'Reminder Set'),
  checkbox('IsRecurrence', 'Create Recurring Series', { updateable: false }),
];

export const task = object({
  name: 'Task',
  label: 'Task',
  labelPlural: 'Tasks',
  keyPrefix: '00T',
  fields: [
    ...whoWhat('Tasks'),
    text('Subject', 'Subject', 255, { nameField: true }),
    date('ActivityDate', 'Due Date Only'),
    picklist(
      'Status',
      'Status',
      ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'],
      {
        ...required,
        defaultedOnCreate: true,
        defaultValue: 'Not Started',
      },
    ),
    picklist('Priority', 'Priority', ['High', 'Normal', 'Low'], {
      ...required,
      defaultedOnCreate: true,
      defaultValue: 'Normal',
    }),
    checkbox('IsHighPriority', 'High Priority', readOnly),
    checkbox('IsClosed', 'Closed', readOnly),
    longText('Description', 'Description', 32_000),
    int('CallDurationInSeconds', 'Call Duration', { precision: 8 }),
    picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound'], { length: 40 }),
    text('CallDisposition', 'Call Result', 255),
    text('CallObject', 'Call Object Identifier', 255),
    picklist('TaskSubtype', 'Task Subtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
      length: 40,
      updateable: false,
      defaultedOnCreate: true,
      defaultValue: 'Task',
    }),
    datetime('CompletedDateTime', 'Completed Date', readOnly),
    ownerOrQueue(),
  ],
});

export const event = object({
  name: 'Event',
  label: 'Event',
  labelPlural: 'Events',
  keyPrefix: '00U',
  fields: [
    ...whoWhat('Events'),
    text('Subject', 'Subject', 255, { nameField: true }),
    text('Location', 'Location', 255),
    checkbox('IsAllDayEvent', 'All-Day Event'),
    datetime('ActivityDateTime', 'Due Date Time'),
    date('ActivityDate', 'Due Date Only'),
    int('DurationInMinutes', 'Duration', { precision: 8 }),
    datetime('StartDateTime', 'Start Date Time'),
    datetime('EndDateTime', 'End Date Time'),
    date('EndDate', 'End Date', readOnly),
    longText('Description', 'Description', 32_000),
    checkbox('IsPrivate', 'Private'),
    picklist('ShowAs', 'Show Time As', ['Busy', 'OutOfOffice', 'Free'], {
      length: 40,
      defaultedOnCreate: true,
      defaultValue: 'Busy',
    }),
    checkbox('IsChild', 'Is Child', readOnly),
    checkbox('IsGroupEvent', 'Is Group Event', readOnly),
    picklist('GroupEventType', 'Group Event Type', ['0', '1', '2', '3'], { ...readOnly, length: 40 }),
    picklist('EventSubtype', 'Event Subtype', ['Event'], {
      length: 40,
      updateable: false,
      defaultedOnCreate: true,
      defaultValue: 'Event',
    }),
    ownerOrQueue(),
  ],
});

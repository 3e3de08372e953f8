import {
  checkbox,
  date,
  datetime,
  int,
  longText,
  object,
  picklist,
  reference,
  required,
  text,
} from './field';
import { owner } from './parties';

/** Whom and what an activity is about: links that may lead to several objects. */
const whoWhat = (children: string) => [
  reference('WhoId', 'Name ID', 'Contact', 'Who', null, { referenceTo: ['Contact', 'Lead'] }),
  reference('WhatId', 'Related To ID', 'Account', 'What', children, {
    referenceTo: ['Account', 'Campaign', 'Case', 'Opportunity', 'Order', 'Product2'],
  }),
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
    picklist('Status', 'Status', ['Not Started', 'In Progress', 'Completed', 'Deferred'], {
      ...required,
      defaultedOnCreate: true,
      defaultValue: 'Not Started',
    }),
    picklist('Priority', 'Priority', ['High', 'Normal', 'Low'], {
      ...required,
      defaultedOnCreate: true,
      defaultValue: 'Normal',
    }),
    longText('Description', 'Description', 32_000),
    owner(),
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
    int('DurationInMinutes', 'Duration'),
    datetime('StartDateTime', 'Start Date Time'),
    datetime('EndDateTime', 'End Date Time'),
    longText('Description', 'Description', 32_000),
    owner(),
  ],
});

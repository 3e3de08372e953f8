import {
  address,
  checkbox,
  currency,
  date,
  datetime,
  double,
  email,
  int,
  longText,
  object,
  percent,
  phone,
  picklist,
  readOnly,
  reference,
  required,
  text,
  url,
  viewed,
} from './field';
import { leadSource, owner, ownerOrQueue, salutation } from './parties';
import type { FieldDef } from './types';

/** Who may become a customer, and what is done about it. */

export const lead = object({
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  fields: [
    reference('MasterRecordId', 'Master Record ID', 'Lead', 'MasterRecord', null, readOnly),
    text('LastName', 'Last Name', 80, required),
    text('FirstName', 'First Name', 40),
    salutation(),
    text('Name', 'Full Name', 121, { ...readOnly, ...required, nameField: true }),
    text('Title', 'Title', 128),
    text('Company', 'Company', 255, required),
    ...address('', ''),
    phone('Phone', 'Phone'),
    phone('MobilePhone', 'Mobile Phone'),
    email('Email', 'Email', { idLookup: true }),
    url('Website', 'Website'),
    url('PhotoUrl', 'Photo URL', readOnly),
    longText('Description', 'Description', 32_000),
    leadSource(),
    picklist(
      'Status',
      'Status',
      ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      {
        ...required,
        defaultedOnCreate: true,
        defaultValue: 'Open - Not Contacted',
      },
    ),
    picklist('Industry', 'Industry', ['Retail', 'Consumer Goods', 'Hospitality', 'Other']),
    picklist('Rating', 'Rating', ['Hot', 'Warm', 'Cold']),
    currency('AnnualRevenue', 'Annual Revenue', { scale: 0 }),
    int('NumberOfEmployees', 'Employees', { precision: 8 }),
    checkbox('IsConverted', 'Converted', { updateable: false }),
    date('ConvertedDate', 'Converted Date', readOnly),
    reference('ConvertedAccountId', 'Converted Account ID', 'Account', 'ConvertedAccount', null, readOnly),
    reference('ConvertedContactId', 'Converted Contact ID', 'Contact', 'ConvertedContact', null, readOnly),
    reference(
      'ConvertedOpportunityId',
      'Converted Opportunity ID',
      'Opportunity',
      'ConvertedOpportunity',
      null,
      readOnly,
    ),
    checkbox('IsUnreadByOwner', 'Unread By Owner', { defaultValue: 'true' }),
    date('LastActivityDate', 'Last Activity', readOnly),
    ...viewed(),
    text('EmailBouncedReason', 'Email Bounced Reason', 255),
    datetime('EmailBouncedDate', 'Email Bounced Date'),
    ownerOrQueue(),
  ],
});

/** A sum over other records, which nobody writes. */
const counted = (name: string, label: string): FieldDef =>
  int(name, label, { ...readOnly, ...required, precision: 9, defaultedOnCreate: true, defaultValue: '0' });
const summed = (name: string, label: string): FieldDef =>
  currency(name, label, { ...readOnly, ...required, defaultedOnCreate: true, defaultValue: '0' });

export const campaign = object({
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  fields: [
    text('Name', 'Name', 80, { ...required, nameField: true }),
    reference('ParentId', 'Parent Campaign ID', 'Campaign', 'Parent', 'ChildCampaigns'),
    picklist('Type', 'Type', ['Conference', 'Email', 'Trade Show', 'Other']),
    picklist('Status', 'Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], {
      defaultedOnCreate: true,
      defaultValue: 'Planned',
    }),
    date('StartDate', 'Start Date'),
    date('EndDate', 'End Date'),
    currency('ExpectedRevenue', 'Expected Revenue', { scale: 0 }),
    currency('BudgetedCost', 'Budgeted Cost', { scale: 0 }),
    currency('ActualCost', 'Actual Cost', { scale: 0 }),
    percent('ExpectedResponse', 'Expected Response (%)', 10, 2, {
      defaultedOnCreate: true,
      defaultValue: '0',
    }),
    double('NumberSent', 'Num Sent', 18, 0, { defaultedOnCreate: true, defaultValue: '0' }),
    checkbox('IsActive', 'Active'),
    longText('Description', 'Description', 32_000),
    counted('NumberOfLeads', 'Leads in Campaign'),
    counted('NumberOfConvertedLeads', 'Converted Leads in Campaign'),
    counted('NumberOfContacts', 'Contacts in Campaign'),
    counted('NumberOfResponses', 'Responses in Campaign'),
    counted('NumberOfOpportunities', 'Opportunities in Campaign'),
    counted('NumberOfWonOpportunities', 'Won Opportunities in Campaign'),
    summed('AmountAllOpportunities', 'Value Opportunities in Campaign'),
    summed('AmountWonOpportunities', 'Value Won Opportunities in Campaign'),
    date('LastActivityDate', 'Last Activity', readOnly),
    ...viewed(),
    owner(),
  ],
});

/** A lead or a contact on the list of a campaign; most of it is the person's. */
export const campaignMember = object({
  name: 'CampaignMember',
  label: 'Campaign Member',
  labelPlural: 'Campaign Members',
  keyPrefix: '00v',
  fields: [
    reference('CampaignId', 'Campaign ID', 'Campaign', 'Campaign', 'CampaignMembers', {
      ...required,
      updateable: false,
      cascadeDelete: true,
    }),
    reference('LeadId', 'Lead ID', 'Lead', 'Lead', 'CampaignMembers', { updateable: false }),
    reference('ContactId', 'Contact ID', 'Contact', 'Contact', 'CampaignMembers', { updateable: false }),
    picklist('Status', 'Status', ['Sent', 'Responded'], { defaultedOnCreate: true, defaultValue: 'Sent' }),
    checkbox('HasResponded', 'Responded', readOnly),
    date('FirstRespondedDate', 'First Responded Date', readOnly),
    text('Name', 'Name', 121, { ...readOnly, nameField: true }),
    text('FirstName', 'First Name', 40, readOnly),
    text('LastName', 'Last Name', 80, readOnly),
    text('Title', 'Title', 128, readOnly),
    email('Email', 'Email', readOnly),
    phone('Phone', 'Phone', readOnly),
    phone('MobilePhone', 'Mobile', readOnly),
    text('CompanyOrAccount', 'Company (Account)', 255, readOnly),
    picklist('Type', 'Type', ['Lead', 'Contact'], { ...readOnly, length: 40 }),
    reference('LeadOrContactId', 'Related Record ID', 'Lead', 'LeadOrContact', null, {
      ...readOnly,
      referenceTo: ['Contact', 'Lead'],
    }),
    reference('LeadOrContactOwnerId', 'Related Record Owner ID', 'User', 'LeadOrContactOwner', null, {
      ...readOnly,
      referenceTo: ['Group', 'User'],
    }),
  ],
});

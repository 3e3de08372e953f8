import {
  address,
  checkbox,
  createOnly,
  currency,
  date,
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
} from './field';
import { owner } from './parties';

/** What the sales side of an org has beside orders; clients and their tests know these objects by heart. */

export interface Stage {
  name: string;
  probability: number;
  closed: boolean;
  won: boolean;
}

const stage = (name: string, probability: number, closed = false, won = false): Stage => ({
  name,
  probability,
  closed,
  won,
});

export const stages: readonly Stage[] = [
  stage('Prospecting', 10),
  stage('Qualification', 10),
  stage('Needs Analysis', 20),
  stage('Value Proposition', 50),
  stage('Id. Decision Makers', 60),
  stage('Perception Analysis', 70),
  stage('Proposal/Price Quote', 75),
  stage('Negotiation/Review', 90),
  stage('Closed Won', 100, true, true),
  stage('Closed Lost', 0, true),
];

export const opportunity = object({
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  fields: [
    reference('AccountId', 'Account ID', 'Account', 'Account', 'Opportunities'),
    text('Name', 'Name', 120, { ...required, nameField: true }),
    longText('Description', 'Description', 32_000),
    picklist(
      'StageName',
      'Stage',
      stages.map((entry) => entry.name),
      required,
    ),
    currency('Amount', 'Amount'),
    percent('Probability', 'Probability (%)', 3, 0, { defaultedOnCreate: true }),
    currency('ExpectedRevenue', 'Expected Amount', readOnly),
    date('CloseDate', 'Close Date', required),
    picklist('Type', 'Opportunity Type', ['Existing Business', 'New Business']),
    text('NextStep', 'Next Step', 255),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Other']),
    checkbox('IsClosed', 'Closed', readOnly),
    checkbox('IsWon', 'Won', readOnly),
    picklist(
      'ForecastCategory',
      'Forecast Category',
      ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed'],
      readOnly,
    ),
    reference('CampaignId', 'Campaign ID', 'Campaign', 'Campaign', 'Opportunities'),
    checkbox('HasOpportunityLineItem', 'Has Line Item', readOnly),
    reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Pricebook2', 'Opportunities'),
    owner(),
  ],
});

export const opportunityLineItem = object({
  name: 'OpportunityLineItem',
  label: 'Opportunity Product',
  labelPlural: 'Opportunity Products',
  keyPrefix: '00k',
  fields: [
    reference('OpportunityId', 'Opportunity ID', 'Opportunity', 'Opportunity', 'OpportunityLineItems', {
      ...createOnly,
      ...required,
      cascadeDelete: true,
    }),
    reference(
      'PricebookEntryId',
      'Price Book Entry ID',
      'PricebookEntry',
      'PricebookEntry',
      'OpportunityLineItems',
      createOnly,
    ),
    reference('Product2Id', 'Product ID', 'Product2', 'Product2', 'OpportunityLineItems', createOnly),
    text('Name', 'Opportunity Product Name', 376, { ...readOnly, nameField: true }),
    double('Quantity', 'Quantity', 12, 2, required),
    currency('UnitPrice', 'Sales Price'),
    currency('ListPrice', 'List Price', readOnly),
    currency('TotalPrice', 'Total Price'),
    date('ServiceDate', 'Date'),
    text('Description', 'Line Description', 255),
  ],
});

export const opportunityStage = object({
  name: 'OpportunityStage',
  label: 'Opportunity Stage',
  labelPlural: 'Opportunity Stages',
  keyPrefix: '01J',
  writable: false,
  fields: [
    text('MasterLabel', 'Master Label', 255, { ...required, ...readOnly, nameField: true }),
    text('ApiName', 'API Name', 255, readOnly),
    checkbox('IsActive', 'Is Active', readOnly),
    int('SortOrder', 'Sort Order', readOnly),
    checkbox('IsClosed', 'Is Closed', readOnly),
    checkbox('IsWon', 'Is Won', readOnly),
    percent('DefaultProbability', 'Probability (%)', 3, 0, readOnly),
  ],
});

export const lead = object({
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  fields: [
    text('LastName', 'Last Name', 80, required),
    text('FirstName', 'First Name', 40),
    text('Name', 'Full Name', 121, { ...readOnly, ...required, nameField: true }),
    text('Title', 'Title', 128),
    text('Company', 'Company', 255, required),
    ...address('', ''),
    phone('Phone', 'Phone'),
    phone('MobilePhone', 'Mobile Phone'),
    email('Email', 'Email', { idLookup: true }),
    url('Website', 'Website'),
    longText('Description', 'Description', 32_000),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Other']),
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
    currency('AnnualRevenue', 'Annual Revenue'),
    int('NumberOfEmployees', 'Employees'),
    checkbox('IsConverted', 'Converted', { updateable: false }),
    owner(),
  ],
});

export const supportCase = object({
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  fields: [
    text('CaseNumber', 'Case Number', 30, {
      ...readOnly,
      ...required,
      autoNumber: true,
      nameField: true,
      defaultedOnCreate: true,
    }),
    reference('ContactId', 'Contact ID', 'Contact', 'Contact', 'Cases'),
    reference('AccountId', 'Account ID', 'Account', 'Account', 'Cases'),
    text('SuppliedName', 'Name', 80),
    email('SuppliedEmail', 'Email Address'),
    picklist('Type', 'Case Type', ['Problem', 'Feature Request', 'Question']),
    picklist('Status', 'Status', ['New', 'Working', 'Escalated', 'Closed'], {
      defaultedOnCreate: true,
      defaultValue: 'New',
    }),
    picklist('Reason', 'Case Reason', ['Installation', 'Performance', 'Other']),
    picklist('Origin', 'Case Origin', ['Phone', 'Email', 'Web']),
    text('Subject', 'Subject', 255),
    picklist('Priority', 'Priority', ['High', 'Medium', 'Low'], {
      defaultedOnCreate: true,
      defaultValue: 'Medium',
    }),
    longText('Description', 'Description', 32_000),
    checkbox('IsClosed', 'Closed', readOnly),
    reference('ParentId', 'Parent Case ID', 'Case', 'Parent', 'Cases'),
    reference('OwnerId', 'Owner ID', 'User', 'Owner', null, {
      ...required,
      defaultedOnCreate: true,
      referenceTo: ['Group', 'User'],
    }),
  ],
});

export const campaign = object({
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  fields: [
    text('Name', 'Name', 80, { ...required, nameField: true }),
    reference('ParentId', 'Parent Campaign ID', 'Campaign', 'Parent', 'ChildCampaigns'),
    picklist('Type', 'Type', ['Email', 'Trade Show', 'Other']),
    picklist('Status', 'Status', ['Planned', 'In Progress', 'Completed', 'Aborted']),
    date('StartDate', 'Start Date'),
    date('EndDate', 'End Date'),
    currency('BudgetedCost', 'Budgeted Cost'),
    checkbox('IsActive', 'Active'),
    longText('Description', 'Description', 32_000),
    owner(),
  ],
});

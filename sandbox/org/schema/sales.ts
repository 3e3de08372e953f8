import {
  checkbox,
  createOnly,
  currency,
  date,
  double,
  int,
  longText,
  object,
  percent,
  picklist,
  readOnly,
  reference,
  required,
  text,
  viewed,
} from './field';
import { leadSource, owner } from './parties';

/** What the sales side of an org has beside orders; clients and their tests know these objects by heart. */

export interface Stage {
  name: string;
  probability: number;
  closed: boolean;
  won: boolean;
  forecast: string;
}

const forecastNames = ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'];

const stage = (name: string, probability: number, forecast: string, closed = false): Stage => ({
  name,
  probability,
  closed,
  won: closed && probability === 100,
  forecast,
});

export const stages: readonly Stage[] = [
  stage('Prospecting', 10, 'Pipeline'),
  stage('Qualification', 10, 'Pipeline'),
  stage('Needs Analysis', 20, 'Pipeline'),
  stage('Value Proposition', 50, 'Pipeline'),
  stage('Id. Decision Makers', 60, 'Pipeline'),
  stage('Perception Analysis', 70, 'Pipeline'),
  stage('Proposal/Price Quote', 75, 'Pipeline'),
  stage('Negotiation/Review', 90, 'Pipeline'),
  stage('Closed Won', 100, 'Closed', true),
  stage('Closed Lost', 0, 'Omitted', true),
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
    leadSource(),
    checkbox('IsClosed', 'Closed', readOnly),
    checkbox('IsWon', 'Won', readOnly),
    picklist(
      'ForecastCategory',
      'Forecast Category',
      ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'],
      { ...readOnly, ...required, length: 40, defaultedOnCreate: true },
    ),
    picklist('ForecastCategoryName', 'Forecast Category', forecastNames, { defaultedOnCreate: true }),
    int('FiscalQuarter', 'Fiscal Quarter', readOnly),
    int('FiscalYear', 'Fiscal Year', readOnly),
    text('Fiscal', 'Fiscal Period', 6, readOnly),
    checkbox('HasOpenActivity', 'Has Open Activity', readOnly),
    checkbox('HasOverdueTask', 'Has Overdue Task', readOnly),
    reference('ContactId', 'Contact ID', 'Contact', 'Contact', null, { updateable: false }),
    date('LastActivityDate', 'Last Activity', readOnly),
    ...viewed(),
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
    int('SortOrder', 'Sort Order', { precision: 9 }),
    text('ProductCode', 'Product Code', 255, readOnly),
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
    picklist('ForecastCategory', 'Forecast Category', forecastNames, {
      ...readOnly,
      ...required,
      length: 40,
    }),
    picklist('ForecastCategoryName', 'Forecast Category Name', forecastNames, { ...readOnly, ...required }),
    percent('DefaultProbability', 'Probability (%)', 3, 0, readOnly),
    text('Description', 'Description', 255, readOnly),
  ],
});

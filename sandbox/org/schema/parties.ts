import {
  address,
  checkbox,
  currency,
  date,
  datetime,
  email,
  int,
  longText,
  object,
  phone,
  picklist,
  readOnly,
  reference,
  required,
  text,
  url,
  viewed,
} from './field';

export const owner = () =>
  reference('OwnerId', 'Owner ID', 'User', 'Owner', null, { ...required, defaultedOnCreate: true });

/** Some objects can belong to a queue as well. */
export const ownerOrQueue = () =>
  reference('OwnerId', 'Owner ID', 'User', 'Owner', null, {
    ...required,
    defaultedOnCreate: true,
    referenceTo: ['Group', 'User'],
  });

export const salutation = () =>
  picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], { length: 40 });

export const leadSource = () =>
  picklist('LeadSource', 'Lead Source', [
    'Web',
    'Phone Inquiry',
    'Partner Referral',
    'Purchased List',
    'Other',
  ]);

/** Account and Contact, with Puente's fields and one checkbox that this company's own admin has added. */
export const account = object({
  name: 'Account',
  label: 'Account',
  labelPlural: 'Accounts',
  keyPrefix: '001',
  fields: [
    text('Name', 'Account Name', 255, { ...required, nameField: true }),
    picklist('Type', 'Account Type', [
      'Prospect',
      'Customer - Direct',
      'Customer - Channel',
      'Channel Partner / Reseller',
      'Other',
    ]),
    reference('MasterRecordId', 'Master Record ID', 'Account', 'MasterRecord', null, readOnly),
    reference('ParentId', 'Parent Account ID', 'Account', 'Parent', 'ChildAccounts'),
    ...address('Billing', 'Billing'),
    ...address('Shipping', 'Shipping'),
    phone('Phone', 'Account Phone'),
    phone('Fax', 'Account Fax'),
    text('AccountNumber', 'Account Number', 40),
    url('Website', 'Website'),
    url('PhotoUrl', 'Photo URL', readOnly),
    text('Sic', 'SIC Code', 20),
    picklist('Industry', 'Industry', ['Retail', 'Consumer Goods', 'Hospitality', 'Other']),
    currency('AnnualRevenue', 'Annual Revenue', { scale: 0 }),
    int('NumberOfEmployees', 'Employees', { precision: 8 }),
    picklist('Ownership', 'Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    text('TickerSymbol', 'Ticker Symbol', 20),
    longText('Description', 'Account Description', 32_000),
    picklist('Rating', 'Account Rating', ['Hot', 'Warm', 'Cold']),
    text('Site', 'Account Site', 80),
    owner(),
    date('LastActivityDate', 'Last Activity', readOnly),
    ...viewed(),
    picklist('AccountSource', 'Account Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Other']),
    text('SicDesc', 'SIC Description', 80),
    text('Puente_TaxId__c', 'Tax ID', 20, { unique: true, externalId: true, idLookup: true }),
    picklist('Puente_VatStatus__c', 'VAT Status', [
      ['responsable-inscripto', 'Responsable Inscripto'],
      ['monotributo', 'Monotributo'],
      ['exento', 'Sujeto Exento'],
      ['consumidor-final', 'Consumidor Final'],
      ['other', 'Otro'],
    ]),
    email('Puente_Email__c', 'Orders Email'),
    checkbox('Bloqueado__c', 'Bloqueado por Cobranzas'),
  ],
});

export const contact = object({
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  fields: [
    reference('AccountId', 'Account ID', 'Account', 'Account', 'Contacts'),
    text('LastName', 'Last Name', 80, required),
    text('FirstName', 'First Name', 40),
    text('Name', 'Full Name', 121, {
      createable: false,
      updateable: false,
      nameField: true,
      nillable: false,
    }),
    reference('MasterRecordId', 'Master Record ID', 'Contact', 'MasterRecord', null, readOnly),
    salutation(),
    ...address('Other', 'Other'),
    ...address('Mailing', 'Mailing'),
    phone('Phone', 'Business Phone'),
    phone('Fax', 'Business Fax'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('HomePhone', 'Home Phone'),
    phone('OtherPhone', 'Other Phone'),
    phone('AssistantPhone', 'Asst. Phone'),
    reference('ReportsToId', 'Reports To ID', 'Contact', 'ReportsTo', 'ContactReports'),
    email('Email', 'Email', { idLookup: true }),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    text('AssistantName', "Assistant's Name", 40),
    leadSource(),
    date('Birthdate', 'Birthdate'),
    longText('Description', 'Contact Description', 32_000),
    checkbox('HasOptedOutOfEmail', 'Email Opt Out'),
    checkbox('HasOptedOutOfFax', 'Fax Opt Out'),
    checkbox('DoNotCall', 'Do Not Call'),
    date('LastActivityDate', 'Last Activity', readOnly),
    datetime('LastCURequestDate', 'Last Stay-in-Touch Request Date', readOnly),
    datetime('LastCUUpdateDate', 'Last Stay-in-Touch Save Date', readOnly),
    ...viewed(),
    text('EmailBouncedReason', 'Email Bounced Reason', 255),
    datetime('EmailBouncedDate', 'Email Bounced Date'),
    checkbox('IsEmailBounced', 'Is Email Bounced', readOnly),
    url('PhotoUrl', 'Photo URL', readOnly),
    owner(),
  ],
});

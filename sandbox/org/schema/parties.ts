import {
  address,
  checkbox,
  date,
  email,
  longText,
  object,
  phone,
  picklist,
  reference,
  required,
  text,
  url,
} from './field';

export const owner = () =>
  reference('OwnerId', 'Owner ID', 'User', 'Owner', null, { ...required, defaultedOnCreate: true });

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
    reference('ParentId', 'Parent Account ID', 'Account', 'Parent', 'ChildAccounts'),
    ...address('Billing', 'Billing'),
    ...address('Shipping', 'Shipping'),
    phone('Phone', 'Account Phone'),
    phone('Fax', 'Account Fax'),
    text('AccountNumber', 'Account Number', 40),
    url('Website', 'Website'),
    picklist('Industry', 'Industry', ['Retail', 'Consumer Goods', 'Hospitality', 'Other']),
    longText('Description', 'Account Description', 32_000),
    owner(),
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
    ...address('Mailing', 'Mailing'),
    phone('Phone', 'Business Phone'),
    phone('MobilePhone', 'Mobile Phone'),
    email('Email', 'Email', { idLookup: true }),
    text('Title', 'Title', 128),
    date('Birthdate', 'Birthdate'),
    longText('Description', 'Contact Description', 32_000),
    owner(),
  ],
});

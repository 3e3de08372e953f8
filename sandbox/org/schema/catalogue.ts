import {
  checkbox,
  createOnly,
  currency,
  double,
  longText,
  object,
  picklist,
  readOnly,
  reference,
  required,
  text,
  url,
  viewed,
} from './field';

export const product2 = object({
  name: 'Product2',
  label: 'Product',
  labelPlural: 'Products',
  keyPrefix: '01t',
  fields: [
    text('Name', 'Product Name', 255, { ...required, nameField: true }),
    text('ProductCode', 'Product Code', 255),
    longText('Description', 'Product Description', 4000),
    checkbox('IsActive', 'Active'),
    picklist('Family', 'Product Family', ['None']),
    text('StockKeepingUnit', 'Product SKU', 180),
    picklist('QuantityUnitOfMeasure', 'Quantity Unit Of Measure', ['Each']),
    url('DisplayUrl', 'Display URL', { length: 1000 }),
    checkbox('IsArchived', 'Is Archived', readOnly),
    text('ExternalId', 'External ID', 255),
    ...viewed(),
    text('Puente_Company__c', 'Company', 80),
  ],
});

export const pricebook2 = object({
  name: 'Pricebook2',
  label: 'Price Book',
  labelPlural: 'Price Books',
  keyPrefix: '01s',
  fields: [
    text('Name', 'Price Book Name', 255, { ...required, nameField: true }),
    checkbox('IsActive', 'Active'),
    checkbox('IsArchived', 'Is Archived', readOnly),
    text('Description', 'Description', 255),
    checkbox('IsStandard', 'Is Standard Price Book', readOnly),
    ...viewed(),
  ],
});

export const pricebookEntry = object({
  name: 'PricebookEntry',
  label: 'Price Book Entry',
  labelPlural: 'Price Book Entries',
  keyPrefix: '01u',
  fields: [
    text('Name', 'Product Name', 255, { ...readOnly, nameField: true }),
    reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Pricebook2', 'PricebookEntries', {
      ...createOnly,
      ...required,
    }),
    reference('Product2Id', 'Product ID', 'Product2', 'Product2', 'PricebookEntries', {
      ...createOnly,
      ...required,
    }),
    currency('UnitPrice', 'List Price', required),
    checkbox('IsActive', 'Active'),
    checkbox('UseStandardPrice', 'Use Standard Price'),
    text('ProductCode', 'Product Code', 255, readOnly),
    checkbox('IsArchived', 'Is Archived', readOnly),
  ],
});

/** A warehouse. `Puente_Pricebook__c` names the price book whose prices go with it. */
export const location = object({
  name: 'Location',
  label: 'Location',
  labelPlural: 'Locations',
  keyPrefix: '131',
  fields: [
    reference('OwnerId', 'Owner ID', 'User', 'Owner', null, { ...required, defaultedOnCreate: true }),
    text('Name', 'Location Name', 255, { ...required, nameField: true }),
    picklist('LocationType', 'Location Type', ['Warehouse', 'Site', 'Van', 'Plant'], required),
    longText('Description', 'Description', 4000),
    checkbox('IsInventoryLocation', 'Inventory Location'),
    checkbox('IsMobile', 'Mobile'),
    text('ExternalReference', 'External Reference', 255),
    text('Puente_Company__c', 'Company', 80),
    reference('Puente_Pricebook__c', 'Price Book', 'Pricebook2', 'Puente_Pricebook__r', 'Locations__r'),
  ],
});

export const productItem = object({
  name: 'ProductItem',
  label: 'Product Item',
  labelPlural: 'Product Items',
  keyPrefix: '0Co',
  fields: [
    reference('OwnerId', 'Owner ID', 'User', 'Owner', null, { ...required, defaultedOnCreate: true }),
    text('ProductItemNumber', 'Product Item Number', 255, {
      ...readOnly,
      ...required,
      autoNumber: true,
      nameField: true,
      defaultedOnCreate: true,
    }),
    reference('Product2Id', 'Product ID', 'Product2', 'Product2', 'ProductItems', {
      ...createOnly,
      ...required,
    }),
    reference('LocationId', 'Location ID', 'Location', 'Location', 'ProductItems', {
      ...createOnly,
      ...required,
    }),
    double('QuantityOnHand', 'Quantity On Hand', 18, 2, required),
    picklist('QuantityUnitOfMeasure', 'Quantity Unit Of Measure', ['Each']),
    text('SerialNumber', 'Serial Number', 255),
  ],
});

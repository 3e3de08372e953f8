import {
  address,
  checkbox,
  createOnly,
  currency,
  date,
  datetime,
  double,
  int,
  longText,
  object,
  picklist,
  readOnly,
  reference,
  required,
  text,
  viewed,
} from './field';
import { ownerOrQueue } from './parties';
import type { ObjectDef } from './types';

export interface OrderStatusDef {
  apiName: string;
  label: string;
  statusCode: 'Draft' | 'Activated';
  isDefault: boolean;
}

export const standardOrderStatuses: readonly OrderStatusDef[] = [
  { apiName: 'Draft', label: 'Draft', statusCode: 'Draft', isDefault: true },
  { apiName: 'Activated', label: 'Activated', statusCode: 'Activated', isDefault: false },
];

/** A unique text of ours by which the org knows an order or a line again, whoever sends it. */
const exportKey = (name: string, label: string, length: number) =>
  text(name, label, length, { unique: true, caseSensitive: true, externalId: true, idLookup: true });

/** Order; its status values are the org's to rename (research/salesforce.md 2.1). */
export const order = (statuses: readonly OrderStatusDef[]): ObjectDef =>
  object({
    name: 'Order',
    label: 'Order',
    labelPlural: 'Orders',
    keyPrefix: '801',
    fields: [
      ownerOrQueue(),
      reference('ContractId', 'Contract ID', 'Contract', 'Contract', 'Orders'),
      reference('AccountId', 'Account ID', 'Account', 'Account', 'Orders'),
      reference('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Pricebook2', 'Orders'),
      reference('OriginalOrderId', 'Order ID', 'Order', 'OriginalOrder', null),
      date('EffectiveDate', 'Order Start Date', required),
      date('EndDate', 'Order End Date'),
      checkbox('IsReductionOrder', 'Reduction Order', { updateable: false }),
      picklist(
        'Status',
        'Status',
        statuses.map((status) => status.apiName),
        { ...required, restrictedPicklist: true },
      ),
      longText('Description', 'Description', 32_000),
      reference(
        'CustomerAuthorizedById',
        'Customer Authorized By ID',
        'Contact',
        'CustomerAuthorizedBy',
        null,
      ),
      reference('CompanyAuthorizedById', 'Company Authorized By ID', 'User', 'CompanyAuthorizedBy', null),
      picklist('Type', 'Order Type', []),
      ...address('Billing', 'Billing'),
      ...address('Shipping', 'Shipping'),
      text('Name', 'Order Name', 80),
      date('PoDate', 'PO Date'),
      text('PoNumber', 'PO Number', 80),
      text('OrderReferenceNumber', 'Order Reference Number', 80),
      reference('BillToContactId', 'Bill To Contact ID', 'Contact', 'BillToContact', null),
      reference('ShipToContactId', 'Ship To Contact ID', 'Contact', 'ShipToContact', null),
      datetime('ActivatedDate', 'Activated Date', readOnly),
      reference('ActivatedById', 'Activated By ID', 'User', 'ActivatedBy', null, readOnly),
      picklist('StatusCode', 'Status Category', ['Draft', 'Activated', 'Canceled', 'Expired'], {
        ...required,
        ...readOnly,
      }),
      text('OrderNumber', 'Order Number', 30, {
        ...readOnly,
        ...required,
        autoNumber: true,
        nameField: true,
        defaultedOnCreate: true,
      }),
      currency('TotalAmount', 'Order Amount', { ...readOnly, ...required, defaultedOnCreate: true }),
      ...viewed(),
      exportKey('Puente_ExportKey__c', 'Export Key', 120),
      text('Puente_Identifier__c', 'Store Identifier', 60),
      text('Puente_StoreOrder__c', 'Store Order Number', 80),
      text('Puente_PaymentTerms__c', 'Payment Terms', 255),
      text('Puente_Company__c', 'Company', 80),
      currency('Puente_Discount__c', 'Store Discount'),
      currency('Puente_Shipping__c', 'Store Shipping'),
      currency('Puente_Surcharge__c', 'Store Surcharge'),
      currency('Puente_Tax__c', 'Store Tax'),
      currency('Puente_StoreTotal__c', 'Store Total'),
    ],
  });

export const orderItem = object({
  name: 'OrderItem',
  label: 'Order Product',
  labelPlural: 'Order Products',
  keyPrefix: '802',
  fields: [
    reference('Product2Id', 'Product ID', 'Product2', 'Product2', 'OrderItems', createOnly),
    reference('OrderId', 'Order ID', 'Order', 'Order', 'OrderItems', {
      ...createOnly,
      ...required,
      cascadeDelete: true,
    }),
    reference('PricebookEntryId', 'Price Book Entry ID', 'PricebookEntry', 'PricebookEntry', 'OrderItems', {
      ...createOnly,
      ...required,
    }),
    reference('OriginalOrderItemId', 'Order Product ID', 'OrderItem', 'OriginalOrderItem', null, createOnly),
    double('AvailableQuantity', 'Available Quantity', 18, 2, readOnly),
    double('Quantity', 'Quantity', 18, 2, required),
    currency('UnitPrice', 'Unit Price', required),
    currency('ListPrice', 'List Price', readOnly),
    currency('TotalPrice', 'Total Price', readOnly),
    date('ServiceDate', 'Start Date'),
    date('EndDate', 'End Date'),
    text('Description', 'Line Description', 255),
    text('OrderItemNumber', 'Order Product Number', 30, {
      ...readOnly,
      ...required,
      autoNumber: true,
      nameField: true,
      defaultedOnCreate: true,
    }),
    exportKey('Puente_LineKey__c', 'Line Key', 140),
    double('Puente_DiscountPercent__c', 'Discount %', 5, 2),
  ],
});

/** Which status values the org has and what each of them means; readable since v48. */
export const orderStatus = object({
  name: 'OrderStatus',
  label: 'Order Status Value',
  labelPlural: 'Order Status Values',
  keyPrefix: '01J',
  writable: false,
  fields: [
    text('ApiName', 'API Name', 255, { ...required, ...readOnly }),
    text('MasterLabel', 'Master Label', 255, { ...required, ...readOnly, nameField: true }),
    int('SortOrder', 'Sort Order', readOnly),
    checkbox('IsDefault', 'Is Default', readOnly),
    picklist('StatusCode', 'Status Code', ['Draft', 'Activated'], { ...required, ...readOnly }),
  ],
});

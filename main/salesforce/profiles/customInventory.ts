import { standard } from './standard';

/** As `standard`, with warehouses and stock in custom objects, for orgs without Salesforce's inventory. */
export const customInventory = {
  ...standard,
  name: 'custom-inventory',
  warehouse: {
    object: 'Warehouse__c',
    name: 'Name',
    reference: 'Code__c',
    company: 'Company__c',
    forSale: null,
    priceBook: { field: 'Pricebook__c', relation: 'Pricebook__r' },
  },
  stock: {
    object: 'Stock__c',
    product: { field: 'Product__c', relation: 'Product__r' },
    warehouse: { field: 'Warehouse__c', relation: 'Warehouse__r' },
    quantity: 'Quantity__c',
  },
};

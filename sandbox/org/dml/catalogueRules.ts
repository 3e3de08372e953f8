import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { ObjectRules, RuleContext } from './context';
import { changes, integrity, live } from './orderFacts';
import { deleteFailed, used } from './usage';

/** Products, price books and stock (research/salesforce.md 3.1, 3.2; object reference: Product2, ProductItem). */

export const product2Rules: ObjectRules = {
  afterUpdate(before, update, context) {
    if (!changes(before, update, 'Name') && !changes(before, update, 'ProductCode')) return;
    const product = { ...before, ...update };
    context.db.run(
      'UPDATE "PricebookEntry" SET "Name" = ?, "ProductCode" = ? WHERE "Product2Id" = ?',
      product['Name'] ?? null,
      product['ProductCode'] ?? null,
      before['Id'] ?? null,
    );
  },

  beforeDelete(record, context) {
    const lines = used(context, 'OrderItem', 'Product2Id', record['Id'], 'OrderItemNumber');
    if (lines.length > 0) return [deleteFailed(record['Name'], 'order products', lines)];
    const stock = used(context, 'ProductItem', 'Product2Id', record['Id'], 'ProductItemNumber');
    return stock.length > 0 ? [deleteFailed(record['Name'], 'product items', stock)] : [];
  },

  afterDelete: (record, context) => removePrices('Product2Id', record, context),
};

export const pricebook2Rules: ObjectRules = {
  beforeDelete(record, context) {
    if (record['IsStandard'] === 1) {
      return [
        { errorCode: 'DELETE_FAILED', message: "You can't delete the standard price book.", fields: [] },
      ];
    }
    const orders = used(context, 'Order', 'Pricebook2Id', record['Id'], 'OrderNumber');
    return orders.length > 0 ? [deleteFailed(record['Name'], 'orders', orders)] : [];
  },

  afterDelete: (record, context) => removePrices('Pricebook2Id', record, context),
};

/** One record per product and location, unless each piece has a serial number and a record of its own. */
export const productItemRules: ObjectRules = {
  beforeInsert(record, context) {
    const errors = [...serialErrors(record), ...placeErrors(record, context)];
    if (record['SerialNumber']) return errors;
    const other = context.records
      .findBy({ name: 'ProductItem' }, 'Product2Id', record['Product2Id'] ?? null)
      .find((item) => item['LocationId'] === record['LocationId'] && item['SerialNumber'] === null);
    if (other) {
      errors.push({
        errorCode: 'DUPLICATE_VALUE',
        message: 'A product item already exists for this product at this location.',
        fields: [],
      });
    }
    return errors;
  },

  beforeUpdate: (before, update) => serialErrors({ ...before, ...update }),
};

/** "If you add a serial number, this value must be 1" (object reference: ProductItem.QuantityOnHand). */
function serialErrors(item: Row): OrgError[] {
  return item['SerialNumber'] && item['QuantityOnHand'] !== 100
    ? [integrity('If you add a serial number, the quantity on hand must be 1.', 'QuantityOnHand')]
    : [];
}

function placeErrors(item: Row, context: RuleContext): OrgError[] {
  const location = live(context, 'Location', item['LocationId']);
  return location && location['IsInventoryLocation'] !== 1
    ? [integrity('The location must be an inventory location.', 'LocationId')]
    : [];
}

/** "When you remove a product or price book, all related price book entries are removed" (HELP). */
function removePrices(field: 'Product2Id' | 'Pricebook2Id', record: Row, context: RuleContext): void {
  for (const entry of context.records.findBy({ name: 'PricebookEntry' }, field, record['Id'] ?? null)) {
    context.records.remove({ name: 'PricebookEntry' }, String(entry['Id']));
  }
}

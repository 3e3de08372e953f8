import type { Row } from '../database';
import { multiplyScaled } from '../decimal';
import type { OrgError } from '../errors';
import type { ObjectRules, RuleContext } from './context';
import { activatedOrder, addUp, integrity, live, noAccess } from './orderFacts';

/** How a line of an order behaves (research/salesforce.md 2.1; object reference: OrderItem). */
export const orderItemRules: ObjectRules = {
  beforeInsert(record, context) {
    const order = live(context, 'Order', record['OrderId']);
    const entry = live(context, 'PricebookEntry', record['PricebookEntryId']);
    if (!order || !entry) return [];
    if (order['StatusCode'] === 'Activated') return [activatedOrder('ENTITY_IS_LOCKED')];
    if (order['Pricebook2Id'] === null || entry['Pricebook2Id'] !== order['Pricebook2Id']) {
      return foreignEntry();
    }
    const refused = entryErrors(entry, order, context);
    if (refused.length > 0) return refused;
    if (record['Product2Id'] && record['Product2Id'] !== entry['Product2Id']) {
      return [unfit('Product2Id', 'product does not match the pricebook entry')];
    }
    record['Product2Id'] = entry['Product2Id'] ?? null;
    record['ListPrice'] = entry['UnitPrice'] ?? null;
    record['CurrencyIsoCode'] = order['CurrencyIsoCode'] ?? null;
    return [...quantityErrors(record['Quantity'], context), ...dateErrors(record), ...settle(record, record)];
  },

  afterInsert(record, context) {
    addUp(context, record['OrderId']);
  },

  beforeUpdate(before, update, context) {
    const order = live(context, 'Order', before['OrderId']);
    if (order?.['StatusCode'] === 'Activated' && !context.may('EditActivatedOrders')) return [noAccess];
    const line = { ...before, ...update };
    return [
      ...(update['Quantity'] === undefined ? [] : quantityErrors(update['Quantity'], context)),
      ...dateErrors(line),
      ...settle(line, update),
    ];
  },

  afterUpdate(before, _update, context) {
    addUp(context, before['OrderId']);
  },

  beforeDelete(record, context) {
    const order = live(context, 'Order', record['OrderId']);
    return order?.['StatusCode'] === 'Activated' ? [activatedOrder('DELETE_FAILED')] : [];
  },

  afterDelete(record, context) {
    addUp(context, record['OrderId']);
  },
};

/** Works out what follows from quantity and price, and refuses a total that its field cannot hold. */
function settle(line: Row, into: Row): OrgError[] {
  const { Quantity: quantity, UnitPrice: price } = line;
  if (typeof quantity !== 'number' || typeof price !== 'number') return [];
  const total = multiplyScaled(quantity, 2, price, 2, 2);
  if (!Number.isSafeInteger(total)) {
    return [
      {
        errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
        message: `Total Price: value outside of valid range on numeric field: ${total / 100}`,
        fields: ['TotalPrice'],
      },
    ];
  }
  into['AvailableQuantity'] = quantity;
  into['TotalPrice'] = total;
  return [];
}

/** Prices that cannot be sold at, in the words that recorded answers use for an archived one. */
function entryErrors(entry: Row, order: Row, context: RuleContext): OrgError[] {
  const product = live(context, 'Product2', entry['Product2Id']);
  if (entry['IsArchived'] === 1 || product?.['IsArchived'] === 1) {
    return [unfit('PricebookEntryId', 'pricebook entry has been archived')];
  }
  if (entry['IsActive'] !== 1) return [unfit('PricebookEntryId', 'pricebook entry is inactive')];
  if (product?.['IsActive'] !== 1) return [unfit('PricebookEntryId', 'product is inactive')];
  return context.currency !== null && entry['CurrencyIsoCode'] !== order['CurrencyIsoCode']
    ? [unfit('PricebookEntryId', 'pricebook entry currency code does not match order currency code')]
    : [];
}

const unfit = (field: string, why: string): OrgError =>
  integrity(`field integrity exception: ${field} (${why})`, field);

function quantityErrors(quantity: unknown, { orderSettings }: RuleContext): OrgError[] {
  if (quantity === 0 && !orderSettings.zeroQuantity) {
    return [integrity('Quantity must be nonzero', 'Quantity')];
  }
  return typeof quantity === 'number' && quantity < 0 && !orderSettings.negativeQuantity
    ? [integrity('Quantity must be positive', 'Quantity')]
    : [];
}

function dateErrors(line: Row): OrgError[] {
  const { ServiceDate: start, EndDate: end } = line;
  return typeof start === 'string' && typeof end === 'string' && end < start
    ? [integrity("The end date of an order product can't be earlier than its start date.", 'EndDate')]
    : [];
}

/** One request, several errors: as seen in a recorded composite answer (research 2.1, "Wrong price book"). */
function foreignEntry(): OrgError[] {
  return [
    integrity(
      'Order Products must have a Price Book Entry that belongs to the Price Book related to the parent Order.: Price Book Entry ID',
      'PricebookEntryId',
    ),
    {
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [PricebookEntryId]',
      fields: ['PricebookEntryId'],
    },
  ];
}

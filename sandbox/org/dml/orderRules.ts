import type { Row } from '../database';
import { multiplyScaled } from '../decimal';
import type { OrgError } from '../errors';
import { orgDatetime } from '../values';
import type { ObjectRules, RuleContext } from './context';

/** How an Order and its lines behave (research/salesforce.md 2.1). */

const statusCode = (context: RuleContext, status: unknown): 'Draft' | 'Activated' =>
  context.statuses.find((entry) => entry.apiName === status)?.statusCode ?? 'Draft';

export const orderRules: ObjectRules = {
  alsoRequired: ['AccountId'],

  beforeInsert(record, context) {
    record['TotalAmount'] = 0;
    record['StatusCode'] = statusCode(context, record['Status']);
    if (record['StatusCode'] !== 'Activated') return [];
    return [
      {
        errorCode: 'FAILED_ACTIVATION',
        message: 'Choose a valid order status and save your changes. Ask your admin for details.',
        fields: ['Status'],
      },
    ];
  },

  beforeUpdate(before, changes, context) {
    const lines = lineCount(context, before['Id']);
    const errors: OrgError[] = [];
    if (
      changes['Pricebook2Id'] !== undefined &&
      changes['Pricebook2Id'] !== before['Pricebook2Id'] &&
      lines > 0
    ) {
      errors.push({
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
        message: "You can't change the price book of an order that has order products.",
        fields: ['Pricebook2Id'],
      });
    }
    if (changes['Status'] === undefined) return errors;
    const code = statusCode(context, changes['Status']);
    changes['StatusCode'] = code;
    if (code === 'Activated' && before['StatusCode'] === 'Draft') {
      if (lines === 0) {
        errors.push({
          errorCode: 'FAILED_ACTIVATION',
          message: 'An order must have at least one product.',
          fields: [],
        });
      }
      changes['ActivatedDate'] = orgDatetime(context.now());
      changes['ActivatedById'] = context.userId();
    }
    return errors;
  },

  beforeDelete(record) {
    return record['StatusCode'] === 'Activated'
      ? [{ errorCode: 'DELETE_FAILED', message: "You can't delete an activated order.", fields: [] }]
      : [];
  },

  afterDelete(record, context) {
    for (const line of context.records.findBy({ name: 'OrderItem' }, 'OrderId', record['Id'] ?? null)) {
      context.records.remove({ name: 'OrderItem' }, String(line['Id']));
    }
  },
};

export const orderItemRules: ObjectRules = {
  beforeInsert(record, context) {
    const order = live(context, 'Order', record['OrderId']);
    const entry = live(context, 'PricebookEntry', record['PricebookEntryId']);
    if (!order || !entry) return [];
    if (order['StatusCode'] === 'Activated') return [activatedError('add a product to')];
    if (order['Pricebook2Id'] === null || entry['Pricebook2Id'] !== order['Pricebook2Id']) {
      return foreignEntry();
    }
    if (entry['IsActive'] !== 1) {
      return [
        {
          errorCode: 'FIELD_INTEGRITY_EXCEPTION',
          message: 'pricebook entry is inactive',
          fields: ['PricebookEntryId'],
        },
      ];
    }
    record['Product2Id'] = entry['Product2Id'] ?? null;
    record['ListPrice'] = entry['UnitPrice'] ?? null;
    record['AvailableQuantity'] = record['Quantity'] ?? null;
    record['TotalPrice'] = lineTotal(record);
    return quantityErrors(record['Quantity']);
  },

  afterInsert(record, context) {
    addUp(context, record['OrderId']);
  },

  beforeUpdate(before, changes) {
    const merged = { ...before, ...changes };
    changes['TotalPrice'] = lineTotal(merged);
    if (changes['Quantity'] !== undefined) changes['AvailableQuantity'] = changes['Quantity'];
    return changes['Quantity'] === undefined ? [] : quantityErrors(changes['Quantity']);
  },

  afterUpdate(before, _changes, context) {
    addUp(context, before['OrderId']);
  },

  beforeDelete(record, context) {
    const order = live(context, 'Order', record['OrderId']);
    return order?.['StatusCode'] === 'Activated' ? [activatedError('delete a product from')] : [];
  },

  afterDelete(record, context) {
    addUp(context, record['OrderId']);
  },
};

function live(context: RuleContext, object: string, id: unknown): Row | undefined {
  if (typeof id !== 'string') return undefined;
  const row = context.records.get({ name: object }, id);
  return row && row['IsDeleted'] === 0 ? row : undefined;
}

function lineTotal(line: Row): number | null {
  const { Quantity: quantity, UnitPrice: price } = line;
  return typeof quantity === 'number' && typeof price === 'number'
    ? multiplyScaled(quantity, 2, price, 2, 2)
    : null;
}

function quantityErrors(quantity: unknown): OrgError[] {
  return quantity === 0
    ? [
        {
          errorCode: 'FIELD_INTEGRITY_EXCEPTION',
          message: 'Quantity must be nonzero',
          fields: ['Quantity'],
        },
      ]
    : [];
}

/** One request, several errors: as seen in a recorded composite answer (research 2.1, "Wrong price book"). */
function foreignEntry(): OrgError[] {
  return [
    {
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      message:
        'Order Products must have a Price Book Entry that belongs to the Price Book related to the parent Order.: Price Book Entry ID',
      fields: ['PricebookEntryId'],
    },
    {
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [PricebookEntryId]',
      fields: ['PricebookEntryId'],
    },
  ];
}

const activatedError = (what: string): OrgError => ({
  errorCode: 'FIELD_INTEGRITY_EXCEPTION',
  message: `You can't ${what} an activated order.`,
  fields: ['OrderId'],
});

function lineCount(context: RuleContext, orderId: unknown): number {
  const row = context.db.get(
    'SELECT count(*) AS lines FROM "OrderItem" WHERE "OrderId" = ? AND "IsDeleted" = 0',
    typeof orderId === 'string' ? orderId : null,
  );
  return Number(row?.['lines'] ?? 0);
}

/** The order's amount is a roll-up of its lines. */
function addUp(context: RuleContext, orderId: unknown): void {
  context.db.run(
    `UPDATE "Order" SET "TotalAmount" =
       (SELECT coalesce(sum("TotalPrice"), 0) FROM "OrderItem" WHERE "OrderId" = "Order"."Id" AND "IsDeleted" = 0)
     WHERE "Id" = ?`,
    typeof orderId === 'string' ? orderId : null,
  );
}

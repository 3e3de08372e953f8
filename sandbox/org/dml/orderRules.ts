import type { Row } from '../database';
import type { OrgError } from '../errors';
import { orgDatetime } from '../values';
import type { ObjectRules, RuleContext } from './context';
import { activatedOrder, changes, integrity, lineCount, live, noAccess, statusCode } from './orderFacts';

/** How an Order behaves (research/salesforce.md 2.1; object reference: Order; HELP sales.order_edit). */
export const orderRules: ObjectRules = {
  alsoRequired: ['AccountId'],

  beforeInsert(record, context) {
    record['TotalAmount'] = 0;
    record['StatusCode'] = statusCode(context, record['Status']);
    const errors = [
      ...reductionErrors(record),
      ...bookErrors(record['Pricebook2Id'], context),
      ...dateErrors(record),
    ];
    if (record['StatusCode'] === 'Activated') {
      errors.push(
        failedActivation(
          "For a new or cloned order, choose Draft. An Activated order's status can't be edited.",
          'Status',
        ),
      );
    }
    return errors;
  },

  beforeUpdate(before, update, context) {
    const errors = [
      ...statusErrors(before, update, context),
      ...fixedErrors(before, update, context),
      ...dateErrors({ ...before, ...update }),
    ];
    if (changes(before, update, 'Pricebook2Id')) errors.push(...bookErrors(update['Pricebook2Id'], context));
    return errors;
  },

  beforeDelete(record) {
    return record['StatusCode'] === 'Activated' ? [activatedOrder('DELETE_FAILED')] : [];
  },

  afterDelete(record, context) {
    for (const line of context.records.findBy({ name: 'OrderItem' }, 'OrderId', record['Id'] ?? null)) {
      context.records.remove({ name: 'OrderItem' }, String(line['Id']));
    }
  },
};

/** The way from Draft to Activated and back; a status changes its category or stays within it. */
function statusErrors(before: Row, update: Row, context: RuleContext): OrgError[] {
  const was = before['StatusCode'];
  const code = update['Status'] === undefined ? was : statusCode(context, update['Status']);
  if (code === was) {
    return was === 'Activated' && !context.may('EditActivatedOrders') ? [noAccess] : [];
  }
  if (!context.may('ActivateOrders')) return [noAccess];
  update['StatusCode'] = code ?? null;
  if (code !== 'Activated') {
    update['ActivatedDate'] = null;
    update['ActivatedById'] = null;
    return [];
  }
  update['ActivatedDate'] = orgDatetime(context.now());
  update['ActivatedById'] = context.userId();
  return lineCount(context, before['Id']) === 0
    ? [failedActivation('An order must have at least one product.')]
    : [];
}

/** What cannot be changed any more once there are lines, or once the order is activated. */
function fixedErrors(before: Row, update: Row, context: RuleContext): OrgError[] {
  const errors: OrgError[] = [];
  const lines = lineCount(context, before['Id']);
  if (changes(before, update, 'Pricebook2Id') && lines > 0) {
    errors.push(
      integrity("You can't change the price book of an order that has order products.", 'Pricebook2Id'),
    );
  }
  if (changes(before, update, 'CurrencyIsoCode') && lines > 0) {
    errors.push(
      integrity("You can't change the currency of an order that has order products.", 'CurrencyIsoCode'),
    );
  }
  if (changes(before, update, 'AccountId') && before['StatusCode'] === 'Activated') {
    errors.push(integrity("You can't change the account of an activated order.", 'AccountId'));
  }
  return errors;
}

function bookErrors(bookId: unknown, context: RuleContext): OrgError[] {
  const book = live(context, 'Pricebook2', bookId);
  if (!book) return [];
  if (book['IsArchived'] === 1) {
    return [
      integrity('field integrity exception: Pricebook2Id (pricebook has been archived)', 'Pricebook2Id'),
    ];
  }
  return book['IsActive'] === 1
    ? []
    : [integrity('field integrity exception: Pricebook2Id (pricebook is inactive)', 'Pricebook2Id')];
}

function dateErrors(order: Row): OrgError[] {
  const { EffectiveDate: start, EndDate: end } = order;
  return typeof start === 'string' && typeof end === 'string' && end < start
    ? [integrity("The order end date can't be earlier than the order start date.", 'EndDate')]
    : [];
}

/** Reduction orders are a feature of their own, and off in a new org. */
function reductionErrors(record: Row): OrgError[] {
  return record['IsReductionOrder'] === 1
    ? [
        {
          errorCode: 'FEATURE_NOT_ENABLED',
          message: 'Reduction orders are not enabled for this organization.',
          fields: ['IsReductionOrder'],
        },
      ]
    : [];
}

const failedActivation = (message: string, ...fields: string[]): OrgError => ({
  errorCode: 'FAILED_ACTIVATION',
  message,
  fields,
});

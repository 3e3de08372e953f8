import type { Row } from '../database';
import { type OrgError, type OrgException, refuse } from '../errors';
import type { ObjectRules, RuleContext } from './context';
import { changes, integrity, live } from './orderFacts';
import { deleteFailed, used } from './usage';

/**
 * How a price behaves: the standard one first, once per book, product and currency, and following the
 * standard price where it is told to (research/salesforce.md 3.2; object reference: PricebookEntry).
 */
export const pricebookEntryRules: ObjectRules = {
  complete(record, context) {
    if (record['UseStandardPrice'] !== 1 || typeof record['UnitPrice'] === 'number') return;
    record['UnitPrice'] = standardEntry(record, context)?.['UnitPrice'] ?? null;
  },

  beforeInsert(record, context) {
    const product = live(context, 'Product2', record['Product2Id']);
    const book = live(context, 'Pricebook2', record['Pricebook2Id']);
    if (!product || !book) return [];
    record['Name'] = product['Name'] ?? null;
    record['ProductCode'] = product['ProductCode'] ?? null;
    if (siblings(record, context).some((entry) => entry['Pricebook2Id'] === record['Pricebook2Id'])) {
      return [integrity('This price definition already exists in this price book')];
    }
    if (book['IsStandard'] === 1) return [];
    const standard = standardEntry(record, context);
    if (!standard || (record['IsActive'] === 1 && standard['IsActive'] !== 1)) return [noStandardPrice];
    return record['UseStandardPrice'] === 1 && record['UnitPrice'] !== standard['UnitPrice']
      ? [ownPrice]
      : [];
  },

  beforeUpdate(before, update, context) {
    const entry = { ...before, ...update };
    const standard = standardEntry(before, context);
    if (isStandard(before, context)) return [];
    if (changes(before, update, 'IsActive') && update['IsActive'] === 1 && standard?.['IsActive'] !== 1) {
      return [noStandardPrice];
    }
    if (entry['UseStandardPrice'] !== 1 || !standard) return [];
    if (update['UnitPrice'] !== undefined && update['UnitPrice'] !== standard['UnitPrice']) return [ownPrice];
    update['UnitPrice'] = standard['UnitPrice'] ?? null;
    return [];
  },

  afterUpdate(before, update, context) {
    if (!changes(before, update, 'UnitPrice') || !isStandard(before, context)) return;
    for (const entry of siblings(before, context)) {
      if (entry['UseStandardPrice'] !== 1 || entry['Id'] === before['Id']) continue;
      context.records.update({ name: 'PricebookEntry' }, String(entry['Id']), {
        UnitPrice: update['UnitPrice'] ?? null,
      });
    }
  },

  beforeDelete(record, context) {
    const lines = used(context, 'OrderItem', 'PricebookEntryId', record['Id'], 'OrderItemNumber');
    if (lines.length > 0) return [deleteFailed(record['Name'], 'order products', lines)];
    const others = siblings(record, context).filter((entry) => entry['IsStandard'] !== 1);
    if (isStandard(record, context) && others.length > 0) throw unexpected();
    return [];
  },
};

const noStandardPrice: OrgError = {
  errorCode: 'STANDARD_PRICE_NOT_DEFINED',
  message: 'Before creating a custom price, create a standard price.',
  fields: [],
};

/** What live orgs say of a standard price that goes before the others of its product do. */
const unexpected = (): OrgException =>
  refuse(
    500,
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (-1234567890)',
  );

/** A price of its own where it follows the standard one (http://www.fishofprey.com/2012/03/). */
const ownPrice: OrgError = integrity('field integrity exception');

const isStandard = (entry: Row, context: RuleContext): boolean =>
  live(context, 'Pricebook2', entry['Pricebook2Id'])?.['IsStandard'] === 1;

const standardEntry = (entry: Row, context: RuleContext): Row | undefined =>
  siblings(entry, context).find((other) => other['IsStandard'] === 1);

/** The prices of the same product in the same currency, in whichever book. */
function siblings(entry: Row, context: RuleContext): Row[] {
  const currency = entry['CurrencyIsoCode'] ?? context.currency;
  return context.db.all(
    `SELECT e.*, b."IsStandard" FROM "PricebookEntry" e JOIN "Pricebook2" b ON b."Id" = e."Pricebook2Id"
     WHERE e."Product2Id" = ? AND e."IsDeleted" = 0 AND e."CurrencyIsoCode" IS ?`,
    entry['Product2Id'] ?? null,
    currency,
  );
}

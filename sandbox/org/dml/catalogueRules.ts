import type { Row } from '../database';
import type { OrgError } from '../errors';
import type { ObjectRules, RuleContext } from './context';

/** Price books and names that follow from other fields (research/salesforce.md 3.2). */

export const pricebookEntryRules: ObjectRules = {
  beforeInsert(record, context) {
    const product = context.records.get({ name: 'Product2' }, String(record['Product2Id']));
    const book = context.records.get({ name: 'Pricebook2' }, String(record['Pricebook2Id']));
    if (!product || !book) return [];
    const entries = entriesOf(context, record);
    const errors: OrgError[] = [];
    if (entries.some((entry) => entry['Pricebook2Id'] === record['Pricebook2Id'])) {
      errors.push({
        errorCode: 'DUPLICATE_VALUE',
        message: 'This price definition already exists in this price book',
        fields: ['Pricebook2Id', 'Product2Id'],
      });
    } else if (book['IsStandard'] !== 1 && !entries.some((entry) => entry['IsStandard'] === 1)) {
      errors.push({
        errorCode: 'STANDARD_PRICE_NOT_DEFINED',
        message: 'No standard price defined for this product',
        fields: ['Pricebook2Id'],
      });
    }
    record['Name'] = product['Name'] ?? null;
    record['ProductCode'] = product['ProductCode'] ?? null;
    return errors;
  },
};

export const product2Rules: ObjectRules = {
  afterUpdate(before, changes, context) {
    if (changes['Name'] === undefined && changes['ProductCode'] === undefined) return;
    const product = { ...before, ...changes };
    context.db.run(
      'UPDATE "PricebookEntry" SET "Name" = ?, "ProductCode" = ? WHERE "Product2Id" = ?',
      product['Name'] ?? null,
      product['ProductCode'] ?? null,
      before['Id'] ?? null,
    );
  },
};

export const contactRules: ObjectRules = {
  beforeInsert(record) {
    record['Name'] = fullName(record);
    return [];
  },
  beforeUpdate(before, changes) {
    changes['Name'] = fullName({ ...before, ...changes });
    return [];
  },
};

function entriesOf(context: RuleContext, record: Row): Row[] {
  return context.db.all(
    `SELECT e."Pricebook2Id", b."IsStandard" FROM "PricebookEntry" e JOIN "Pricebook2" b ON b."Id" = e."Pricebook2Id"
     WHERE e."Product2Id" = ? AND e."IsDeleted" = 0`,
    record['Product2Id'] ?? null,
  );
}

const fullName = (record: Row): string =>
  [record['FirstName'], record['LastName']].filter((part) => typeof part === 'string').join(' ');

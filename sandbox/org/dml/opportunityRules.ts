import type { Row } from '../database';
import { multiplyScaled } from '../decimal';
import { type Stage, stages } from '../schema/sales';
import type { ObjectRules, RuleContext } from './context';

/** What follows from an opportunity's stage and from its products. */

export const opportunityRules: ObjectRules = {
  beforeInsert(record) {
    Object.assign(record, fromStage(record['StageName'], record));
    Object.assign(record, ofAmountAndDate(record));
    return [];
  },
  beforeUpdate(before, changes) {
    if (changes['StageName'] !== undefined) Object.assign(changes, fromStage(changes['StageName'], changes));
    Object.assign(changes, ofAmountAndDate({ ...before, ...changes }));
    return [];
  },
};

export const opportunityLineRules: ObjectRules = {
  beforeInsert(record, context) {
    const entry = context.records.get({ name: 'PricebookEntry' }, String(record['PricebookEntryId']));
    record['Product2Id'] = entry?.['Product2Id'] ?? record['Product2Id'] ?? null;
    record['ListPrice'] = entry?.['UnitPrice'] ?? null;
    record['TotalPrice'] ??= total(record);
    return [];
  },
  afterInsert(record, context) {
    addUp(context, record['OpportunityId']);
  },
  beforeUpdate(before, changes) {
    if (changes['TotalPrice'] === undefined) changes['TotalPrice'] = total({ ...before, ...changes });
    return [];
  },
  afterUpdate(before, _changes, context) {
    addUp(context, before['OpportunityId']);
  },
  afterDelete(record, context) {
    addUp(context, record['OpportunityId']);
  },
};

function fromStage(name: unknown, given: Row): Row {
  const stage: Stage | undefined = stages.find((entry) => entry.name === name);
  return {
    IsClosed: stage?.closed ? 1 : 0,
    IsWon: stage?.won ? 1 : 0,
    Probability: given['Probability'] ?? stage?.probability ?? null,
    ForecastCategory: given['ForecastCategory'] ?? stage?.forecast ?? 'Pipeline',
    ForecastCategoryName: given['ForecastCategoryName'] ?? stage?.forecast ?? 'Pipeline',
  };
}

/** The expected amount, and the period of a fiscal year that begins with the calendar's. */
function ofAmountAndDate(record: Row): Row {
  const { Amount: amount, Probability: probability, CloseDate: close } = record;
  const expected =
    typeof amount === 'number' && typeof probability === 'number'
      ? multiplyScaled(amount, 2, probability, 2, 2)
      : null;
  if (typeof close !== 'string') return { ExpectedRevenue: expected };
  const quarter = Math.ceil(Number(close.slice(5, 7)) / 3);
  const year = Number(close.slice(0, 4));
  return {
    ExpectedRevenue: expected,
    FiscalQuarter: quarter,
    FiscalYear: year,
    Fiscal: `${year} ${quarter}`,
  };
}

function total(line: Row): number | null {
  const { Quantity: quantity, UnitPrice: price } = line;
  return typeof quantity === 'number' && typeof price === 'number'
    ? multiplyScaled(quantity, 2, price, 2, 2)
    : null;
}

function addUp(context: RuleContext, id: unknown): void {
  context.db.run(
    `UPDATE "Opportunity" SET
       "Amount" = (SELECT sum("TotalPrice") FROM "OpportunityLineItem" WHERE "OpportunityId" = "Opportunity"."Id" AND "IsDeleted" = 0),
       "HasOpportunityLineItem" = EXISTS (SELECT 1 FROM "OpportunityLineItem" WHERE "OpportunityId" = "Opportunity"."Id" AND "IsDeleted" = 0)
     WHERE "Id" = ?`,
    typeof id === 'string' ? id : null,
  );
}

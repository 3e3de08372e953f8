import type { Row } from '../database';
import { notFound, type OrgError, OrgException, refuse } from '../errors';
import { normaliseId } from '../ids';
import type { FieldDef, ObjectDef } from '../schema/types';
import { readValue } from '../values';
import { eventRules, taskRules } from './activityRules';
import { runAutomations } from './automation';
import { readBody } from './body';
import { pricebook2Rules, product2Rules, productItemRules } from './catalogueRules';
import { emptiedFields, missingFields, uniqueErrors, validationErrors, valueErrors } from './checks';
import { releaseChildren, restrictingErrors } from './children';
import type { ObjectRules, RuleContext } from './context';
import { duplicateErrors } from './duplicates';
import { lockErrors } from './locks';
import { opportunityLineRules, opportunityRules } from './opportunityRules';
import { orderItemRules } from './orderItemRules';
import { orderRules } from './orderRules';
import { accountRules, contactRules } from './partyRules';
import { pricebookEntryRules } from './priceRules';
import { assetRules, campaignMemberRules, caseRules, contractRules } from './serviceRules';

export type Body = Readonly<Record<string, unknown>>;

const rulesByObject: Readonly<Record<string, ObjectRules>> = {
  Account: accountRules,
  Asset: assetRules,
  CampaignMember: campaignMemberRules,
  Case: caseRules,
  Contact: contactRules,
  Contract: contractRules,
  Event: eventRules,
  Lead: contactRules,
  Opportunity: opportunityRules,
  OpportunityLineItem: opportunityLineRules,
  Order: orderRules,
  OrderItem: orderItemRules,
  Pricebook2: pricebook2Rules,
  PricebookEntry: pricebookEntryRules,
  Product2: product2Rules,
  ProductItem: productItemRules,
  Task: taskRules,
};

/**
 * Creates a record with all of the org's rules, in Salesforce's order of execution: the system's own checks,
 * triggers, validation rules, duplicate rules, unique fields, triggers again. Answers the record's id. Throws
 * OrgException; nothing stays then.
 */
export function insertRecord(context: RuleContext, object: ObjectDef, body: Body): string {
  if (!object.createable) throw closedObject(object);
  const record = readBody(object, body, 'create', context);
  for (const field of object.fields) {
    if (field.defaultValue !== null && record[field.name] === undefined) {
      record[field.name] = readValue(field, field.defaultValue);
    }
  }
  refuseOnDemand(context, 'POST', object);
  const rules = rulesByObject[object.name];
  chooseCurrency(object, record, context);
  rules?.complete?.(record, context);
  fail([...missingFields(object, record, rules), ...valueErrors(object, record, context)]);
  return context.db.atomic(() => {
    fail(lockErrors(object, record, context));
    fail(rules?.beforeInsert?.(record, context) ?? []);
    fail(runAutomations('before', 'insert', object, record, context));
    fail(validationErrors(object, record, context));
    fail(duplicateErrors(object, record, 'insert', context));
    fail(uniqueErrors(object, record, null, context));
    const id = context.records.insert(object, record);
    rules?.afterInsert?.({ ...record, Id: id }, context);
    fail(runAutomations('after', 'insert', object, { ...record, Id: id }, context));
    return id;
  });
}

export function updateRecord(context: RuleContext, object: ObjectDef, id: string, body: Body): void {
  if (!object.updateable) throw closedObject(object);
  const before = liveRecord(context, object, id);
  const changes = readBody(object, body, 'update', context);
  refuseOnDemand(context, 'PATCH', object);
  const rules = rulesByObject[object.name];
  fail([...emptiedFields(object, changes, rules), ...valueErrors(object, changes, context)]);
  const recordId = String(before['Id']);
  context.db.atomic(() => {
    fail(lockErrors(object, { ...before, ...changes }, context));
    fail(rules?.beforeUpdate?.(before, changes, context) ?? []);
    const record = { ...before, ...changes };
    fail(runAutomations('before', 'update', object, record, context));
    fail(validationErrors(object, record, context));
    fail(duplicateErrors(object, record, 'update', context));
    fail(uniqueErrors(object, changes, recordId, context));
    context.records.update(object, recordId, changes);
    rules?.afterUpdate?.(before, changes, context);
    fail(runAutomations('after', 'update', object, record, context));
  });
}

export function deleteRecord(context: RuleContext, object: ObjectDef, id: string): void {
  if (!object.deletable) throw closedObject(object);
  const record = liveRecord(context, object, id);
  refuseOnDemand(context, 'DELETE', object);
  const rules = rulesByObject[object.name];
  context.db.atomic(() => {
    fail(lockErrors(object, record, context));
    fail(runAutomations('before', 'delete', object, record, context));
    fail(rules?.beforeDelete?.(record, context) ?? []);
    fail(restrictingErrors(object, record, context));
    context.records.remove(object, String(record['Id']));
    releaseChildren(object, record, context);
    rules?.afterDelete?.(record, context);
    fail(runAutomations('after', 'delete', object, record, context));
  });
}

export type UpsertResult =
  | { kind: 'created'; id: string }
  | { kind: 'updated'; id: string }
  | { kind: 'ambiguous'; ids: string[] };

/** Upsert by an external id in the address (research/salesforce.md 2.2). */
export function upsertRecord(
  context: RuleContext,
  object: ObjectDef,
  field: FieldDef,
  value: string,
  body: Body,
  updateOnly: boolean,
): UpsertResult {
  for (const name of Object.keys(body)) {
    if (name.toLowerCase() === field.name.toLowerCase() || name.toLowerCase() === 'id') {
      throw refuse(400, 'INVALID_FIELD', `The ${name} field should not be specified in the sobject data.`);
    }
  }
  const found = findByExternalId(context, object, field, value);
  const first = found[0];
  if (found.length > 1) return { kind: 'ambiguous', ids: found.map((row) => String(row['Id'])) };
  if (first) {
    updateRecord(context, object, String(first['Id']), body);
    return { kind: 'updated', id: String(first['Id']) };
  }
  if (updateOnly) throw notFound();
  return { kind: 'created', id: insertRecord(context, object, { ...body, [field.name]: value }) };
}

export function findByExternalId(
  context: RuleContext,
  object: ObjectDef,
  field: FieldDef,
  value: string,
): Row[] {
  return context.records.findBy(object, field.name, readValue(field, value));
}

/** The record an address names. A wrong id, a deleted and a foreign one are told apart as the API does. */
export function liveRecord(context: RuleContext, object: ObjectDef, idText: string): Row {
  const id = normaliseId(idText);
  if (id === null) throw refuse(400, 'MALFORMED_ID', `malformed id ${idText}`);
  if (!id.startsWith(object.keyPrefix)) throw notFound();
  const row = context.records.get(object, id);
  if (!row) throw notFound();
  if (row['IsDeleted'] === 1) throw refuse(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  return row;
}

/** A record without a currency takes the user's (object reference: CurrencyIsoCode is defaulted on create). */
function chooseCurrency(object: ObjectDef, record: Row, context: RuleContext): void {
  if (context.currency === null || !context.schema.field(object, 'CurrencyIsoCode')) return;
  record['CurrencyIsoCode'] ??= context.currency;
}

function refuseOnDemand(context: RuleContext, method: 'POST' | 'PATCH' | 'DELETE', object: ObjectDef): void {
  const error = context.refusal(method, object.name);
  if (error) fail([error]);
}

function fail(errors: OrgError[]): void {
  if (errors.length > 0) throw new OrgException(400, errors);
}

function closedObject(object: ObjectDef): OrgException {
  return refuse(
    400,
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    `entity type cannot be inserted or changed: ${object.label}`,
  );
}

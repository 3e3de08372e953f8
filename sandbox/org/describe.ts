import { describeField } from './describeField';
import type { OrgSchema } from './schema';
import type { ObjectDef } from './schema/types';

/**
 * Describe in Salesforce's shape: every key a v62 org sends, in the order of the alphabet, from the schema (REST
 * API guide, "Describe Global" and "sObject Describe"; the order is that of recorded answers).
 */
export function describeGlobal(schema: OrgSchema, version: string): unknown {
  return {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: schema.objects.map((object) => describeSummary(object, version)),
  };
}

export function describeObject(
  schema: OrgSchema,
  object: ObjectDef,
  version: string,
  instance: string,
): unknown {
  const whole: Record<string, unknown> = {
    ...describeSummary(object, version),
    actionOverrides: [],
    childRelationships: childRelationships(schema, object),
    compactLayoutable: isShown(object),
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: object.fields.map((field) => describeField(object, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: object.name === 'User' ? [{ name: 'UserAlt' }] : [],
    networkScopeFieldName: null,
    recordTypeInfos: isShown(object) ? [masterRecordType(object, version)] : [],
    searchLayoutable: isShown(object) ? true : null,
    sobjectDescribeOption: 'FULL',
    supportedScopes: scopes(object),
    urls: urls(object, version, instance),
  };
  return Object.fromEntries(Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What both describes say of an object as a whole. */
export function describeSummary(object: ObjectDef, version: string): Record<string, unknown> {
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: withFeed.has(object.name),
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: isShown(object),
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: isShown(object),
    name: object.name,
    queryable: true,
    replicateable: object.createable,
    retrieveable: true,
    searchable: isShown(object),
    triggerable: object.createable,
    undeletable: object.deletable,
    updateable: object.updateable,
    urls: urls(object, version),
  };
}

/** Objects with a feed in an org as it is delivered. */
const withFeed: ReadonlySet<string> = new Set([
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'Contract',
  'Event',
  'Group',
  'Lead',
  'Opportunity',
  'Order',
  'Product2',
  'Task',
  'User',
]);

const withoutPages: ReadonlySet<string> = new Set([
  'CampaignMember',
  'PermissionSetAssignment',
  'RecordType',
]);

/** Whether people have pages for it: layouts, searches, lists of recent ones. */
export const isShown = (object: ObjectDef): boolean =>
  object.name === 'User' || (object.createable && !withoutPages.has(object.name));

const withListViews = (object: ObjectDef): boolean => isShown(object) && !/Item$/.test(object.name);

/** Where the object's other resources are, in the order in which an org tells them. */
function urls(object: ObjectDef, version: string, instance?: string): Record<string, string> {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  const shown = isShown(object);
  const pages = shown && instance !== undefined;
  const all: [key: string, address: string, present: boolean][] = [
    ['compactLayouts', `${base}/describe/compactLayouts`, shown],
    ['rowTemplate', `${base}/{ID}`, true],
    ['approvalLayouts', `${base}/describe/approvalLayouts`, shown],
    ['uiDetailTemplate', `${instance}/{ID}`, pages],
    ['uiEditTemplate', `${instance}/{ID}/e`, pages],
    ['defaultValues', `${base}/defaultValues?recordTypeId&fields`, true],
    ['listviews', `${base}/listviews`, withListViews(object)],
    ['describe', `${base}/describe`, true],
    ['uiNewRecord', `${instance}/${object.keyPrefix}/e`, pages],
    ['quickActions', `${base}/quickActions`, shown],
    ['layouts', `${base}/describe/layouts`, shown],
    ['sobject', base, true],
  ];
  return Object.fromEntries(all.filter(([, , present]) => present).map(([key, address]) => [key, address]));
}

/** The record type of records that have none. */
export const masterRecordTypeId = '012000000000000AAA';

const masterRecordType = (object: ObjectDef, version: string): unknown => ({
  active: true,
  available: true,
  defaultRecordTypeMapping: true,
  developerName: 'Master',
  master: true,
  name: 'Master',
  recordTypeId: masterRecordTypeId,
  urls: {
    layout: `/services/data/v${version}/sobjects/${object.name}/describe/layouts/${masterRecordTypeId}`,
  },
});

function scopes(object: ObjectDef): unknown[] {
  const plural = object.labelPlural.toLowerCase();
  const owned = object.fields.some((field) => field.name === 'OwnerId');
  return [
    { label: `All ${plural}`, name: 'everything' },
    ...(owned
      ? [
          { label: `My ${plural}`, name: 'mine' },
          { label: `My team's ${plural}`, name: 'team' },
        ]
      : []),
  ];
}

function childRelationships(schema: OrgSchema, object: ObjectDef): unknown[] {
  return schema.objects.flatMap((child) =>
    child.fields
      .filter((field) => field.referenceTo.includes(object.name))
      .map((field) => ({
        cascadeDelete: field.cascadeDelete,
        childSObject: child.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: field.childRelationshipName,
        restrictedDelete: false,
      })),
  );
}

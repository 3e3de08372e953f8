import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { type OrgClient, signIn } from './client';

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 2, buyers: 2 } });
  client = await signIn(sandbox);
});
afterAll(() => sandbox.stop());

const objectSchema = z.looseObject({
  fields: z.array(z.looseObject({ name: z.string() })),
  urls: z.record(z.string(), z.string()),
  childRelationships: z.array(z.looseObject({ childSObject: z.string(), field: z.string() })),
});
const describeOf = async (object: string) =>
  objectSchema.parse((await client.call('GET', `/sobjects/${object}/describe`)).body);
const field = async (object: string, name: string) =>
  (await describeOf(object)).fields.find((entry) => entry.name === name);

// SOAP API guide, "DescribeSObjectResult"; the keys and their order are those of recorded v62 answers.
const objectKeys = [
  'actionOverrides',
  'activateable',
  'associateEntityType',
  'associateParentEntity',
  'childRelationships',
  'compactLayoutable',
  'createable',
  'custom',
  'customSetting',
  'deepCloneable',
  'defaultImplementation',
  'deletable',
  'deprecatedAndHidden',
  'extendedBy',
  'extendsInterfaces',
  'feedEnabled',
  'fields',
  'hasSubtypes',
  'implementedBy',
  'implementsInterfaces',
  'isInterface',
  'isSubtype',
  'keyPrefix',
  'label',
  'labelPlural',
  'layoutable',
  'listviewable',
  'lookupLayoutable',
  'mergeable',
  'mruEnabled',
  'name',
  'namedLayoutInfos',
  'networkScopeFieldName',
  'queryable',
  'recordTypeInfos',
  'replicateable',
  'retrieveable',
  'searchLayoutable',
  'searchable',
  'sobjectDescribeOption',
  'supportedScopes',
  'triggerable',
  'undeletable',
  'updateable',
  'urls',
];

const fieldKeys = [
  'aggregatable',
  'aiPredictionField',
  'autoNumber',
  'byteLength',
  'calculated',
  'calculatedFormula',
  'cascadeDelete',
  'caseSensitive',
  'compoundFieldName',
  'controllerName',
  'createable',
  'custom',
  'defaultValue',
  'defaultValueFormula',
  'defaultedOnCreate',
  'dependentPicklist',
  'deprecatedAndHidden',
  'digits',
  'displayLocationInDecimal',
  'encrypted',
  'externalId',
  'extraTypeInfo',
  'filterable',
  'filteredLookupInfo',
  'formulaTreatNullNumberAsZero',
  'groupable',
  'highScaleNumber',
  'htmlFormatted',
  'idLookup',
  'inlineHelpText',
  'label',
  'length',
  'mask',
  'maskType',
  'name',
  'nameField',
  'namePointing',
  'nillable',
  'permissionable',
  'picklistValues',
  'polymorphicForeignKey',
  'precision',
  'queryByDistance',
  'referenceTargetField',
  'referenceTo',
  'relationshipName',
  'relationshipOrder',
  'restrictedDelete',
  'restrictedPicklist',
  'scale',
  'searchPrefilterable',
  'soapType',
  'sortable',
  'type',
  'unique',
  'updateable',
  'writeRequiresMasterRead',
];

describe('describe', () => {
  it('has every key, in the order of recorded answers', async () => {
    // A parser of shapes would put keys in an order of its own.
    const record = z.record(z.string(), z.unknown());
    const account = record.parse((await client.call('GET', '/sobjects/Account/describe')).body);
    expect(Object.keys(account)).toEqual(objectKeys);
    for (const entry of z.array(record).parse(account['fields'])) {
      expect(Object.keys(entry)).toEqual(fieldKeys);
    }
    const global = record.parse((await client.call('GET', '/sobjects')).body);
    expect(Object.keys(global)).toEqual(['encoding', 'maxBatchSize', 'sobjects']);
    for (const entry of z.array(record).parse(global['sobjects'])) {
      expect(Object.keys(entry)).toEqual(objectKeys.filter((key) => key in entry));
      expect(Object.keys(entry)).toHaveLength(28);
    }
  });

  it('tells where everything else of an object is', async () => {
    const base = '/services/data/v62.0/sobjects/Account';
    expect(Object.entries((await describeOf('Account')).urls)).toEqual([
      ['compactLayouts', `${base}/describe/compactLayouts`],
      ['rowTemplate', `${base}/{ID}`],
      ['approvalLayouts', `${base}/describe/approvalLayouts`],
      ['uiDetailTemplate', `${sandbox.org.url}/{ID}`],
      ['uiEditTemplate', `${sandbox.org.url}/{ID}/e`],
      ['defaultValues', `${base}/defaultValues?recordTypeId&fields`],
      ['listviews', `${base}/listviews`],
      ['describe', `${base}/describe`],
      ['uiNewRecord', `${sandbox.org.url}/001/e`],
      ['quickActions', `${base}/quickActions`],
      ['layouts', `${base}/describe/layouts`],
      ['sobject', base],
    ]);
    expect(Object.keys((await describeOf('OrderStatus')).urls)).toEqual([
      'rowTemplate',
      'defaultValues',
      'describe',
      'sobject',
    ]);
  });

  // SOAP API guide, "Field"; values as in a recorded describe.
  it.each([
    [
      'Account',
      'Id',
      { type: 'id', byteLength: 18, length: 18, caseSensitive: false, idLookup: true, soapType: 'tns:ID' },
    ],
    [
      'Account',
      'IsDeleted',
      { aggregatable: false, defaultValue: false, groupable: true, defaultedOnCreate: true, byteLength: 0 },
    ],
    [
      'Account',
      'Name',
      { byteLength: 765, nameField: true, nillable: false, permissionable: false, extraTypeInfo: null },
    ],
    [
      'Account',
      'Description',
      {
        filterable: false,
        groupable: false,
        sortable: false,
        aggregatable: false,
        extraTypeInfo: 'plaintextarea',
      },
    ],
    [
      'Account',
      'BillingStreet',
      {
        filterable: true,
        groupable: true,
        compoundFieldName: 'BillingAddress',
        extraTypeInfo: 'plaintextarea',
      },
    ],
    [
      'Account',
      'BillingAddress',
      { type: 'address', soapType: 'urn:address', queryByDistance: true, sortable: false, createable: false },
    ],
    ['Account', 'BillingLatitude', { type: 'double', precision: 18, scale: 15, groupable: false }],
    ['Account', 'NumberOfEmployees', { type: 'int', digits: 8, precision: 0, soapType: 'xsd:int' }],
    ['Account', 'AnnualRevenue', { type: 'currency', precision: 18, scale: 0, digits: 0 }],
    ['Account', 'OwnerId', { referenceTo: ['User'], namePointing: false, polymorphicForeignKey: false }],
    ['Account', 'PhotoUrl', { extraTypeInfo: 'imageurl' }],
    ['Contact', 'LastName', { compoundFieldName: 'Name' }],
    ['Contact', 'Name', { compoundFieldName: null, extraTypeInfo: 'personname' }],
    [
      'Order',
      'OwnerId',
      {
        referenceTo: ['Group', 'User'],
        namePointing: true,
        polymorphicForeignKey: true,
        relationshipName: 'Owner',
      },
    ],
    ['Order', 'OrderNumber', { autoNumber: true, groupable: false, calculated: false }],
    ['Task', 'WhoId', { referenceTo: ['Contact', 'Lead'], relationshipName: 'Who' }],
    ['Lead', 'Status', { defaultedOnCreate: true, defaultValue: null }],
    ['Opportunity', 'Probability', { type: 'percent', precision: 3, scale: 0, soapType: 'xsd:double' }],
  ])('%s.%s', async (object, name, expected) => {
    expect(await field(object, name)).toMatchObject(expected);
  });

  // Object reference: the fields of each object; the order is that of jsforce's types, made from a real org.
  it('has the fields of real objects, and no others of the system', async () => {
    const names = async (object: string) => (await describeOf(object)).fields.map((entry) => entry.name);
    expect((await names('Account')).slice(0, 7)).toEqual([
      'Id',
      'IsDeleted',
      'MasterRecordId',
      'Name',
      'Type',
      'ParentId',
      'BillingStreet',
    ]);
    expect((await names('Account')).at(-1)).toBe('Bloqueado__c');
    expect((await names('Order')).slice(0, 4)).toEqual(['Id', 'OwnerId', 'ContractId', 'AccountId']);
    expect(await names('User')).not.toContain('IsDeleted');
    expect((await client.query('SELECT IsDeleted FROM User')).status).toBe(400);
  });

  it('tells the children of an object', async () => {
    const { childRelationships } = await describeOf('Account');
    expect(childRelationships).toContainEqual({
      cascadeDelete: false,
      childSObject: 'Contact',
      deprecatedAndHidden: false,
      field: 'AccountId',
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: 'Contacts',
      restrictedDelete: false,
    });
  });
});

// REST API guide, "Conditional Request Headers", "sObject Describe", "sObject Rows".
describe('conditional requests', () => {
  const httpDate = (ms: number) => new Date(sandbox.clock.now() + ms).toUTCString();
  const get = (path: string, headers: Record<string, string>) => client.call('GET', path, undefined, headers);

  it.each(['/sobjects', '/sobjects/Account/describe'])('of %s', async (path) => {
    expect((await get(path, { 'If-Modified-Since': httpDate(60_000) })).status).toBe(304);
    expect((await get(path, { 'If-Modified-Since': httpDate(-86_400_000) })).status).toBe(200);
    expect((await get(path, { 'If-Unmodified-Since': httpDate(-86_400_000) })).status).toBe(412);
    const { headers } = await get(path, {});
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{8}"$/);
    expect((await get(path, { 'If-None-Match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('of a description notice what is deployed', async () => {
    const since = { 'If-Modified-Since': httpDate(1000) };
    sandbox.clock.advance(60_000);
    sandbox.org.setFields({ missing: ['Order.Puente_Company__c'], hidden: [], notUnique: [] });
    expect((await get('/sobjects/Order/describe', since)).status).toBe(200);
    sandbox.org.setFields({ missing: [], hidden: [], notUnique: [] });
  });

  it('of a record: by its date, and an account by its tag', async () => {
    const id = String(sandbox.org.query('SELECT Id FROM Account LIMIT 1')[0]?.['Id']);
    const path = `/sobjects/Account/${id}`;
    const { headers } = await get(path, {});
    const tag = headers.get('etag') ?? '';
    expect(headers.get('last-modified')).toMatch(/ GMT$/);
    expect((await get(path, { 'If-None-Match': `"other", ${tag}` })).status).toBe(304);
    expect((await get(path, { 'If-Match': '"other"' })).status).toBe(412);
    const patch = (sent: Record<string, string>) => client.call('PATCH', path, { Site: 'Depósito' }, sent);
    expect((await patch({ 'If-Unmodified-Since': httpDate(-86_400_000) })).status).toBe(412);
    expect((await patch({ 'If-Unmodified-Since': 'yesterday' })).status).toBe(400);
    expect((await patch({ 'If-Match': tag.replace('"', '"').replace(/"$/, '-gzip"') })).status).toBe(204);
    expect((await patch({ 'If-Match': tag })).status).toBe(412);
    const product = String(sandbox.org.query('SELECT Id FROM Product2 LIMIT 1')[0]?.['Id']);
    const other = await get(`/sobjects/Product2/${product}`, {});
    expect([other.status, other.headers.get('etag')]).toEqual([200, null]);
    const unchanged = { 'If-Modified-Since': httpDate(60_000) };
    expect((await get(`/sobjects/Product2/${product}`, unchanged)).status).toBe(304);
  });
});

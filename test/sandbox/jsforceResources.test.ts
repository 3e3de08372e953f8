import jsforce from '@jsforce/jsforce-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { signIn } from './client';

/** What jsforce's own test suite asks an org for beyond records: its calls, and what it takes from the answers. */

let sandbox: Sandbox;
let connection: InstanceType<typeof jsforce.Connection>;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 5, buyers: 5 } });
  const { token } = await signIn(sandbox);
  connection = new jsforce.Connection({ instanceUrl: sandbox.org.url, accessToken: token, version: '62.0' });
});
afterAll(() => sandbox.stop());

const text = z.string();

// REST API guide, "sObject Layouts", "sObject Named Layouts", "sObject Compact Layouts", "sObject Approval Layouts".
describe('layouts', () => {
  const layoutsSchema = z.object({
    layouts: z.array(
      z.looseObject({
        id: text.nullable(),
        buttonLayoutSection: z.object({}),
        detailLayoutSections: z.array(z.unknown()).min(1),
        editLayoutSections: z.array(z.unknown()).min(1),
        quickActionList: z.object({ quickActionListItems: z.array(z.unknown()) }),
        relatedLists: z.array(z.unknown()),
      }),
    ),
    recordTypeMappings: z.array(z.looseObject({ recordTypeId: text })).min(1),
    recordTypeSelectorRequired: z.array(z.boolean()),
  });

  it('are those of an object, and named ones of a user', async () => {
    layoutsSchema.parse(await connection.sobject('Account').layouts());
    layoutsSchema.parse(await connection.sobject('User').layouts('UserAlt'));
    await expect(connection.sobject('User').layouts('Other')).rejects.toThrow();
  });

  it('are compact, and for approvals', async () => {
    expect(await connection.sobject('Account').compactLayouts()).toMatchObject({
      compactLayouts: [{ actions: [], fieldItems: expect.any(Array), id: null, objectType: 'Account' }],
      defaultCompactLayoutId: null,
      recordTypeCompactLayoutMappings: [{}],
    });
    expect(await connection.sobject('Account').approvalLayouts()).toEqual({ approvalLayouts: [] });
  });
});

// REST API guide, "sObject List Views", "List View Describe", "List View Results".
describe('list views', () => {
  it('are listed, described, shown and explained', async () => {
    const account = connection.sobject('Account');
    const { listviews } = z
      .object({
        listviews: z.array(
          z.looseObject({
            id: text,
            label: text,
            describeUrl: text,
            resultsUrl: text,
            soqlCompatible: z.boolean(),
          }),
        ),
      })
      .parse(await account.listviews());
    const view = account.listview(listviews[0]?.id ?? '');
    expect(await view.describe()).toMatchObject({
      id: listviews[0]?.id,
      sobjectType: 'Account',
      query: expect.stringContaining('FROM Account'),
      orderBy: expect.any(Array),
      columns: expect.arrayContaining([
        expect.objectContaining({
          fieldNameOrPath: 'Name',
          selectListItem: 'Name',
          sortable: true,
          sortIndex: 0,
        }),
      ]),
    });
    const accounts = sandbox.org.query('SELECT Id FROM Account').length;
    expect(await view.results()).toMatchObject({
      done: true,
      size: accounts,
      records: expect.arrayContaining([
        { columns: expect.arrayContaining([{ fieldNameOrPath: 'Id', value: expect.any(String) }]) },
      ]),
    });
    expect(await view.explain()).toMatchObject({ plans: [{ sobjectType: 'Account' }] });
  });
});

// REST API guide, "Quick Actions" and "sObject Quick Actions".
describe('quick actions', () => {
  it('are the same for the org and for an object', async () => {
    const shape = {
      type: expect.any(String),
      name: 'LogACall',
      label: 'Log a Call',
      urls: expect.any(Object),
    };
    expect(await connection.quickActions()).toContainEqual(shape);
    expect(await connection.sobject('Account').quickActions()).toContainEqual(shape);
  });

  it('are described, begin with what they hang on, and make a record', async () => {
    const action = connection.quickAction('LogACall');
    expect(await action.describe()).toMatchObject({
      type: 'LogACall',
      layout: expect.any(Object),
      targetSobjectType: 'Task',
      urls: expect.any(Object),
    });
    const { id } = await connection.sobject('Account').create({ Name: 'Con llamada' });
    const account = text.parse(id);
    expect(await action.defaultValues()).toMatchObject({ Description: null, WhoId: null, WhatId: null });
    expect(await action.defaultValues(account)).toMatchObject({ WhatId: account });
    expect(await action.execute(account, { Subject: 'Llamada' })).toMatchObject({
      success: true,
      created: true,
      id: expect.stringMatching(/^00T/),
      feedItemIds: [],
      contextId: account,
    });
    expect(sandbox.org.query(`SELECT Subject FROM Task WHERE WhatId = '${account}'`)).toHaveLength(1);
  });
});

describe('the rest of it', () => {
  it('is a list of tabs and a theme', async () => {
    expect(await connection.tabs()).toContainEqual(
      expect.objectContaining({
        label: 'Accounts',
        name: 'standard-Account',
        url: `${sandbox.org.url}/001/o`,
      }),
    );
    const { themeItems } = await connection.theme();
    expect(themeItems.find((item) => item.name === 'Account')).toMatchObject({
      colors: [{ color: '236FBD', context: 'primary', theme: 'theme3' }, {}],
      icons: [{ contentType: 'image/png', width: 32, height: 32 }, { width: 16 }],
    });
  });

  // REST API guide, "Compact Layouts"; Tooling API guide, "REST Resources".
  it('is short pages of several objects, and an edge of the Tooling API', async () => {
    expect(await connection.requestGet('/compactLayouts?q=Account,Contact')).toMatchObject({
      Account: { objectType: 'Account' },
      Contact: { objectType: 'Contact' },
    });
    expect(await connection.tooling.describeGlobal()).toMatchObject({ sobjects: [] });
    const soql = encodeURIComponent('SELECT Id FROM Organization');
    expect(await connection.requestGet(`/tooling/query?q=${soql}`)).toMatchObject({
      size: 1,
      totalSize: 1,
      done: true,
      queryLocator: null,
      entityTypeName: 'Organization',
      records: [{ Id: sandbox.org.organizationId }],
    });
    await expect(connection.tooling.query('SELECT Id FROM ApexClass')).rejects.toMatchObject({
      errorCode: 'INVALID_TYPE',
    });
  });

  it('is what was viewed by a query', async () => {
    await connection.query('SELECT Id, Name FROM Account ORDER BY CreatedDate DESC LIMIT 2 FOR VIEW');
    const recent = await connection.recent(2);
    expect(recent).toMatchObject([{ attributes: { type: 'Account' } }, { attributes: { type: 'Account' } }]);
    expect(await connection.sobject('Account').recent()).toMatchObject(recent);
  });

  it('is what was updated and deleted', async () => {
    const [first, second] = await connection.sobject('Account').create([{ Name: 'Uno' }, { Name: 'Dos' }]);
    await connection.sobject('Account').destroy(text.parse(second?.id));
    sandbox.clock.advance(60_000);
    const end = new Date(sandbox.clock.now());
    const start = new Date(end.getTime() - 86_400_000);
    const { ids } = await connection.sobject('Account').updated(start, end);
    expect(ids).toContain(first?.id);
    const { deletedRecords } = await connection.sobject('Account').deleted(start, end);
    expect(deletedRecords.map((record) => record.id)).toEqual([second?.id]);
  });

  it('is null for records that are gone', async () => {
    const rets = await connection.sobject('Account').create([{ Name: 'A' }, { Name: 'B' }]);
    const ids = rets.map((ret) => text.parse(ret.id));
    await connection.sobject('Account').destroy(ids);
    expect(await connection.sobject('Account').retrieve(ids)).toEqual([null, null]);
  });

  // REST API guide, "Process Rules", "Process Approvals".
  it('has no process rules and no approvals', async () => {
    expect(await connection.process.rule.list()).toEqual({});
    expect(await connection.process.rule.trigger('001Hs0000000001IAA')).toMatchObject({
      success: true,
      errors: null,
    });
    expect(await connection.process.approval.list()).toEqual({});
    await expect(connection.process.approval.submit('001Hs0000000001IAA', 'x')).rejects.toMatchObject({
      errorCode: 'NO_APPLICABLE_PROCESS',
    });
  });
});

// SOQL and SOSL reference, "SOSL Syntax"; REST API guide, "Search" and "Parameterized Search".
describe('search', () => {
  beforeAll(async () => {
    await connection
      .sobject('Account')
      .create([{ Name: 'Bazar Aconcagua' }, { Name: 'Aconcagua, Hnos. (SRL)' }, { Name: 'Aconcagüense' }]);
    await connection.sobject('Contact').create({ LastName: 'Aconcagua', Email: 'juan@aconcagua.example' });
  });
  const names = async (sosl: string) =>
    (await connection.search(sosl)).searchRecords.map((record) => record['Name']);

  it('finds words in the objects it names, with fields, conditions and limits', async () => {
    expect(
      await names('FIND {aconcagua} IN NAME FIELDS RETURNING Account(Name ORDER BY Name), Contact(Name)'),
    ).toEqual(['Aconcagua, Hnos. (SRL)', 'Bazar Aconcagua', 'Aconcagua']);
    expect(await names('FIND {aconcag*} RETURNING Account(Name ORDER BY Name LIMIT 1)')).toHaveLength(1);
    expect(await names("FIND {aconcagua} RETURNING Account(Name WHERE Name LIKE 'Bazar%')")).toEqual([
      'Bazar Aconcagua',
    ]);
    expect(await names('FIND {bazar AND aconcagua} RETURNING Account(Name)')).toEqual(['Bazar Aconcagua']);
    expect(await names('FIND {aconcagüense OR hnos} RETURNING Account(Name)')).toHaveLength(2);
    expect(await names('FIND {"hnos srl"} RETURNING Account(Name)')).toEqual([]);
    expect(await names('FIND {juan} IN EMAIL FIELDS RETURNING Contact(Name)')).toEqual(['Aconcagua']);
  });

  it('finds ids in everything where nothing is named', async () => {
    const { searchRecords } = await connection.search('FIND {aconcagua} LIMIT 2');
    expect(searchRecords).toHaveLength(2);
    expect(Object.keys(searchRecords[0] ?? {})).toEqual(['attributes', 'Id']);
  });

  it('refuses what is no search', async () => {
    await expect(connection.search('FIND aconcagua')).rejects.toMatchObject({
      errorCode: 'MALFORMED_SEARCH',
    });
    await expect(connection.search('FIND {a}')).rejects.toMatchObject({ errorCode: 'INVALID_SEARCH' });
  });

  it('takes parameters too', async () => {
    const address =
      '/parameterizedSearch/?q=aconcagua&sobject=Account&Account.fields=id,name&Account.limit=1';
    expect(await connection.requestGet(address)).toMatchObject({
      searchRecords: [{ Name: expect.any(String) }],
    });
    const body = {
      q: 'aconcagua',
      fields: ['Id', 'LastName'],
      sobjects: [{ name: 'Contact' }],
      in: 'ALL',
      defaultLimit: 10,
    };
    expect(await connection.requestPost('/parameterizedSearch', body)).toMatchObject({
      searchRecords: [{ LastName: 'Aconcagua' }],
    });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { Automation } from '../../sandbox/org/dml/automation';
import type { DuplicateRule } from '../../sandbox/org/dml/duplicates';
import { type Basics, basics, draftOrder, errorsOf, idOf, type OrgClient, signIn } from './client';

/** What a customer's own org does to writes: duplicate rules, locked rows, triggers. */

let sandbox: Sandbox;
let client: OrgClient;
let ids: Basics;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 20, buyers: 20 } });
  client = await signIn(sandbox);
  ids = basics(sandbox);
});
afterEach(() => setOptions({ duplicateRules: [], automations: [] }));
afterAll(() => sandbox.stop());

function setOptions(changes: {
  duplicateRules?: readonly DuplicateRule[];
  automations?: readonly Automation[];
}): void {
  sandbox.org.core.options = { ...sandbox.org.core.options, ...changes };
}
const post = (object: string, body: unknown, headers: Record<string, string> = {}) =>
  client.call('POST', `/sobjects/${object}`, body, headers);
const lockError = (id: string) => ({
  errorCode: 'UNABLE_TO_LOCK_ROW',
  message: `unable to obtain exclusive access to this record or 1 records: ${id}`,
  fields: [],
});

describe('a duplicate rule', () => {
  const sameName = (
    action: DuplicateRule['action'],
    changes: Partial<DuplicateRule> = {},
  ): DuplicateRule => ({
    object: 'Account',
    name: 'Standard_Account_Duplicate_Rule',
    matchingRule: 'Standard_Account_Match_Rule_v1_0',
    action,
    matches: (account, { records }) =>
      records.findBy({ name: 'Account' }, 'Name', account['Name'] ?? null).map((row) => String(row['Id'])),
    ...changes,
  });
  const allow = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; runAsCurrentUser=true' };

  it('answers as recorded, misspelt key and all, and lets through what is insisted on', async () => {
    const first = idOf(await post('Account', { Name: 'Casa Repetida' }));
    setOptions({ duplicateRules: [sameName('alert')] });
    const answer = await post('Account', { Name: 'Casa Repetida' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toBe(
      JSON.stringify([
        {
          duplicateResut: {
            allowSave: true,
            duplicateRule: 'Standard_Account_Duplicate_Rule',
            duplicateRuleEntityType: 'Account',
            errorMessage: 'Use one of these records?',
            matchResults: [
              {
                entityType: 'Account',
                errors: [],
                matchEngine: 'ExactMatchEngine',
                matchRecords: [
                  {
                    additionalInformation: [],
                    fieldDiffs: [],
                    matchConfidence: 100,
                    record: {
                      attributes: { type: 'Account', url: `/services/data/v62.0/sobjects/Account/${first}` },
                      Id: first,
                    },
                  },
                ],
                rule: 'Standard_Account_Match_Rule_v1_0',
                size: 1,
                success: true,
              },
            ],
          },
          errorCode: 'DUPLICATES_DETECTED',
          message: 'Use one of these records?',
        },
      ]),
    );
    const second = idOf(await post('Account', { Name: 'Casa Repetida' }, allow));
    const own = await client.call('PATCH', `/sobjects/Account/${second}`, { Phone: '1' });
    expect(errorsOf(own)[0]?.errorCode).toBe('DUPLICATES_DETECTED');
    expect((await client.call('PATCH', `/sobjects/Account/${second}`, { Phone: '1' }, allow)).status).toBe(
      204,
    );
  });

  it('that blocks gives way to nobody, and shows whole records to who asks', async () => {
    const first = idOf(await post('Account', { Name: 'Casa Única' }));
    setOptions({ duplicateRules: [sameName('block', { message: 'Ya existe.', operations: ['insert'] })] });
    const answer = await post(
      'Account',
      { Name: 'Casa Única' },
      {
        'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=true',
      },
    );
    expect(answer.body).toMatchObject([
      {
        duplicateResut: {
          allowSave: false,
          matchResults: [{ matchRecords: [{ record: { Id: first, Name: 'Casa Única', Phone: null } }] }],
        },
        message: 'Ya existe.',
      },
    ]);
    expect((await client.call('PATCH', `/sobjects/Account/${first}`, { Phone: '1' })).status).toBe(204);
  });

  it('is one plain error of a collection (resources-composite-sobjects-collections-create)', async () => {
    idOf(await post('Account', { Name: 'Casa Doble' }));
    setOptions({ duplicateRules: [sameName('alert')] });
    const records = [{ attributes: { type: 'Account' }, Name: 'Casa Doble' }];
    const collection = (headers: Record<string, string>) =>
      client.call('POST', '/composite/sobjects', { records }, headers);
    expect((await collection({})).body).toEqual([
      {
        success: false,
        errors: [{ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] }],
      },
    ]);
    expect((await collection(allow)).body).toMatchObject([{ success: true }]);
  });
});

describe('a locked row', () => {
  it('refuses its own record and what hangs on it, until it is released', async () => {
    const order = idOf(await post('Order', draftOrder(ids)));
    const lock = sandbox.org.lock(ids.accountId.slice(0, 15));
    const blocked = [lockError(ids.accountId)];
    const line = { OrderId: order, PricebookEntryId: ids.entryId, Quantity: 1, UnitPrice: 1 };
    for (const answer of [
      await client.call('PATCH', `/sobjects/Account/${ids.accountId}`, { Phone: '1' }),
      await post('Order', draftOrder(ids)),
      await post('OrderItem', line),
      await post('Contact', { LastName: 'A', AccountId: ids.accountId }),
      await client.call('PATCH', `/sobjects/Order/${order}`, { Description: 'x' }),
      await client.call('DELETE', `/sobjects/Order/${order}`),
    ]) {
      expect([answer.status, errorsOf(answer)]).toEqual([400, blocked]);
    }
    expect((await client.call('GET', `/sobjects/Account/${ids.accountId}`)).status).toBe(200);
    expect((await post('Account', { Name: 'Otra' })).status).toBe(201);
    lock.release();
    expect((await post('OrderItem', line)).status).toBe(201);
  });

  it('lets go by itself when its time is over', async () => {
    sandbox.org.lock(ids.accountId, 5000);
    expect((await post('Order', draftOrder(ids))).status).toBe(400);
    sandbox.clock.advance(5000);
    expect((await post('Order', draftOrder(ids))).status).toBe(201);
  });

  it('undoes a whole graph, and one record of a collection', async () => {
    const lock = sandbox.org.lock(ids.accountId);
    const node = (referenceId: string, body: unknown) => ({
      method: 'POST',
      url: '/services/data/v62.0/sobjects/Order',
      referenceId,
      body,
    });
    const other = idOf(await post('Account', { Name: 'Sin cerrojo' }));
    const free = draftOrder(ids, { AccountId: other, Puente_ExportKey__c: 'LOCK-1' });
    const graph = await client.call('POST', '/composite/graph', {
      graphs: [{ graphId: 'g', compositeRequest: [node('a', free), node('b', draftOrder(ids))] }],
    });
    expect(graph.body).toMatchObject({ graphs: [{ isSuccessful: false }] });
    expect(JSON.stringify(graph.body)).toContain('UNABLE_TO_LOCK_ROW');
    expect(sandbox.org.query("SELECT Id FROM Order WHERE Puente_ExportKey__c = 'LOCK-1'")).toEqual([]);
    const { errorCode: statusCode, ...rest } = lockError(ids.accountId);
    const collection = await client.call('POST', '/composite/sobjects', {
      records: [free, draftOrder(ids)].map((record) => ({ attributes: { type: 'Order' }, ...record })),
    });
    expect(collection.body).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode, ...rest }] },
    ]);
    lock.release();
  });
});

describe('a trigger', () => {
  const onOrder = (changes: Partial<Automation>): Automation => ({
    object: 'Order',
    name: 'OrderTrigger',
    when: 'after',
    events: ['insert'],
    ...changes,
  });

  it('that fails undoes the write, and its words hold the real cause', async () => {
    const touches = () => [ids.productId];
    setOptions({ automations: [onOrder({ touches })] });
    const lock = sandbox.org.lock(ids.productId);
    const key = { Puente_ExportKey__c: 'TRIGGER-1' };
    const answer = await post('Order', draftOrder(ids, key));
    expect([answer.status, errorsOf(answer)]).toEqual([
      400,
      [
        {
          errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          message: `OrderTrigger: execution of AfterInsert\n\ncaused by: System.DmlException: Update failed. First exception on row 0 with id ${ids.productId}; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: ${ids.productId}: []\n\nTrigger.OrderTrigger: line 3, column 1`,
          fields: [],
        },
      ],
    ]);
    expect(sandbox.org.query("SELECT Id FROM Order WHERE Puente_ExportKey__c = 'TRIGGER-1'")).toEqual([]);
    lock.release();
    idOf(await post('Order', draftOrder(ids, key)));
  });

  it('that dies of something else says of what, before or after, on any event', async () => {
    const limit = 'System.LimitException: Apex CPU time limit exceeded';
    setOptions({
      automations: [onOrder({ when: 'before', events: ['update', 'delete'], fails: () => limit })],
    });
    const order = idOf(await post('Order', draftOrder(ids)));
    const told = (answer: { body: unknown; status: number; headers: Headers }) =>
      errorsOf(answer)[0]?.message.split('\n\ncaused by: ');
    const updated = await client.call('PATCH', `/sobjects/Order/${order}`, { Description: 'x' });
    expect(told(updated)?.[0]).toBe('OrderTrigger: execution of BeforeUpdate');
    const deleted = await client.call('DELETE', `/sobjects/Order/${order}`);
    expect(told(deleted)).toEqual([
      'OrderTrigger: execution of BeforeDelete',
      `${limit}\n\nTrigger.OrderTrigger: line 3, column 1`,
    ]);
  });

  it('that is slow keeps the account from the next order for a while', async () => {
    setOptions({
      automations: [onOrder({ touches: (order) => [String(order['AccountId'])], holdMs: 3000 })],
    });
    idOf(await post('Order', draftOrder(ids)));
    expect(errorsOf(await post('Order', draftOrder(ids)))).toEqual([lockError(ids.accountId)]);
    sandbox.clock.advance(3000);
    idOf(await post('Order', draftOrder(ids)));
    sandbox.clock.advance(3000);
  });
});

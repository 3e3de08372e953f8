import jsforce from '@jsforce/jsforce-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { basics, draftOrder } from './client';

const { Connection, OAuth2 } = jsforce;

let sandbox: Sandbox;
let connection: InstanceType<typeof Connection>;
beforeAll(async () => {
  sandbox = await startSandbox();
  const { username, password, clientId, clientSecret } = sandbox.org.credentials;
  const oauth2 = new OAuth2({ loginUrl: sandbox.org.url, clientId, clientSecret });
  const token = await oauth2.authenticate(username, password);
  connection = new Connection({
    instanceUrl: token.instance_url,
    accessToken: token.access_token,
    version: '62.0',
  });
});
afterAll(() => sandbox.stop());

describe('jsforce, as it comes', () => {
  it('knows who it is', async () => {
    expect(await connection.identity()).toMatchObject({ username: sandbox.org.credentials.username });
  });

  it('signs in by conn.login as well', async () => {
    const { username, password, clientId, clientSecret } = sandbox.org.credentials;
    const other = new Connection({
      oauth2: { loginUrl: sandbox.org.url, clientId, clientSecret },
      version: '62.0',
    });
    expect(await other.login(username, password)).toMatchObject({
      organizationId: sandbox.org.organizationId,
    });
    sandbox.org.core.sessions.close(other.accessToken ?? '');
    expect((await other.query('SELECT Id FROM Account LIMIT 1')).totalSize).toBe(1);
  });

  it('fetches all pages of a query', async () => {
    const result = await connection.query('SELECT Id, Product2.StockKeepingUnit FROM PricebookEntry', {
      autoFetch: true,
      maxFetch: 20_000,
    });
    expect([result.totalSize, result.records.length, result.done]).toEqual([8000, 8000, true]);
    expect(connection.limitInfo.apiUsage).toMatchObject({ used: expect.any(Number), limit: 100_000 });
  });

  it('creates, reads, upserts, describes and deletes', async () => {
    const created = await connection.sobject('Account').create({ Name: 'Por jsforce' });
    expect(created.success).toBe(true);
    const id = z.string().parse(created.id);
    expect(await connection.sobject('Account').retrieve(id)).toMatchObject({ Name: 'Por jsforce' });
    const upserted = await connection
      .sobject('Account')
      .upsert({ Puente_TaxId__c: 'J-1', Name: 'J' }, 'Puente_TaxId__c');
    expect(upserted).toMatchObject({ success: true, created: true });
    const described = await connection.sobject('Order').describe();
    expect(described.fields.find((field) => field.name === 'Puente_ExportKey__c')).toMatchObject({
      unique: true,
    });
    expect((await connection.describeGlobal()).sobjects.map((object) => object.name)).toContain('OrderItem');
    const many = await connection.sobject('Account').create([{ Name: 'J-2' }, { Name: 'J-3' }]);
    expect(many.map((entry) => entry.success)).toEqual([true, true]);
    expect((await connection.sobject('Account').destroy(id)).success).toBe(true);
  });

  it('posts a composite graph', async () => {
    const ids = basics(sandbox);
    const url = '/services/data/v62.0/sobjects';
    const answer = await connection.requestPost('/composite/graph', {
      graphs: [
        {
          graphId: '1',
          compositeRequest: [
            {
              method: 'POST',
              url: `${url}/Order`,
              referenceId: 'order',
              body: draftOrder(ids, { Puente_ExportKey__c: 'J-1' }),
            },
            {
              method: 'POST',
              url: `${url}/OrderItem`,
              referenceId: 'line',
              body: { OrderId: '@{order.id}', PricebookEntryId: ids.entryId, Quantity: 1, UnitPrice: 9.99 },
            },
          ],
        },
      ],
    });
    expect(answer).toMatchObject({ graphs: [{ graphId: '1', isSuccessful: true }] });
    expect(sandbox.org.orders()).toMatchObject([{ exportKey: 'J-1', totalAmount: '9.99' }]);
  });

  it('meets errors as it knows them', async () => {
    await expect(connection.query('SELECT Foo FROM Order')).rejects.toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    await expect(connection.sobject('Order').create({})).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
    });
    await expect(connection.sobject('Account').retrieve('001Hs00000zzzzzAAA')).rejects.toMatchObject({
      errorCode: 'NOT_FOUND',
    });
  });
});

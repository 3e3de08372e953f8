import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { errorsOf, type OrgClient, signIn } from './client';

const pageSchema = z.looseObject({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.looseObject({ Id: z.string() })),
});

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = await signIn(sandbox);
});
afterAll(() => sandbox.stop());

const path = (url: string) => url.replace('/services/data/v62.0', '');
const prices = '/query?q=SELECT+Id+FROM+PricebookEntry+ORDER+BY+Id';

describe('query', () => {
  it('comes in pages of at most 2,000 that together are everything, once', async () => {
    const ids: string[] = [];
    const sizes: number[] = [];
    let next: string | undefined = prices;
    let url = '';
    while (next !== undefined) {
      const page = pageSchema.parse((await client.call('GET', next)).body);
      expect(page.totalSize).toBe(8000);
      expect(page.done).toBe(page.nextRecordsUrl === undefined);
      sizes.push(page.records.length);
      ids.push(...page.records.map((record) => record.Id));
      url = page.nextRecordsUrl ?? url;
      next = page.nextRecordsUrl === undefined ? undefined : path(page.nextRecordsUrl);
    }
    expect(sizes).toEqual([2000, 2000, 2000, 2000]);
    expect(new Set(ids).size).toBe(8000);
    expect(url).toMatch(/^\/services\/data\/v62\.0\/query\/01g\w{15}-6000$/);
  });

  it('lets the client wish for smaller pages, within limits', async () => {
    const first = async (options: string) =>
      pageSchema.parse(
        (await client.call('GET', prices, undefined, { 'Sforce-Query-Options': options })).body,
      ).records.length;
    expect(await first('batchSize=250')).toBe(250);
    expect(await first('batchSize=1')).toBe(200);
    expect(await first('batchSize=9000')).toBe(2000);
  });

  it('keeps showing the moment at which it was asked', async () => {
    const options = { 'Sforce-Query-Options': 'batchSize=200' };
    const soql = '/query?q=SELECT+Id+FROM+Account+ORDER+BY+Id';
    const made = Array.from({ length: 300 }, (_unused, index) => ({
      attributes: { type: 'Account' },
      Name: `A${index}`,
    }));
    await client.call('POST', '/composite/sobjects', { records: made.slice(0, 200) });
    const first = pageSchema.parse((await client.call('GET', soql, undefined, options)).body);
    await client.call('POST', '/composite/sobjects', { records: made.slice(200) });
    const second = pageSchema.parse((await client.call('GET', path(first.nextRecordsUrl ?? ''))).body);
    expect(second.totalSize).toBe(first.totalSize);
    expect(first.records.length + second.records.length).toBe(first.totalSize);
  });

  it('refuses locators it never gave out and queries that are none', async () => {
    const unknown = await client.call('GET', '/query/01gHs0000000999IAA-2000');
    expect([unknown.status, errorsOf(unknown)[0]?.errorCode]).toEqual([400, 'INVALID_QUERY_LOCATOR']);
    expect(errorsOf(await client.call('GET', '/query'))[0]?.errorCode).toBe('MALFORMED_QUERY');
    expect(errorsOf(await client.query('SELEC Id'))[0]?.errorCode).toBe('MALFORMED_QUERY');
  });

  it('knows warehouses, their price books and their stock', async () => {
    const { body } = await client.query(
      "SELECT Product2.StockKeepingUnit, QuantityOnHand, Location.Name, Location.Puente_Pricebook__r.Name FROM ProductItem WHERE Location.ExternalReference = 'FLO' AND Location.IsInventoryLocation = true ORDER BY Product2.StockKeepingUnit LIMIT 1",
    );
    expect(body).toMatchObject({
      totalSize: 1,
      records: [
        {
          attributes: {
            type: 'ProductItem',
            url: expect.stringMatching(/^\/services\/data\/v62\.0\/sobjects\/ProductItem\/0Co/),
          },
          Product2: { StockKeepingUnit: expect.any(String) },
          QuantityOnHand: expect.any(Number),
          Location: { Name: 'Depósito Flores', Puente_Pricebook__r: { Name: 'Lista Textil' } },
        },
      ],
    });
  });

  // The Salesforce CLI asks for these before it prints a table (forcedotcom/plugin-data, query columns).
  it('tells the columns of an answer without running the query', async () => {
    const answer = await client.call('GET', '/query?q=SELECT+Id,Owner.Name+FROM+Account&columns=true');
    expect(answer.body).toEqual({
      columnMetadata: [
        {
          aggregate: false,
          apexType: 'Id',
          booleanType: false,
          columnName: 'Id',
          custom: false,
          displayName: 'Id',
          foreignKeyName: null,
          insertable: false,
          joinColumns: [],
          numberType: false,
          textType: false,
          updatable: false,
        },
        expect.objectContaining({
          columnName: 'Owner',
          foreignKeyName: 'OwnerId',
          joinColumns: [expect.objectContaining({ columnName: 'Name', apexType: 'String', textType: true })],
        }),
      ],
      entityName: 'Account',
      groupBy: false,
      idSelected: true,
      keyPrefix: '001',
    });
    const grouped =
      '/query?q=SELECT+Status,AVG(TotalAmount),COUNT(Id)+n+FROM+Order+GROUP+BY+Status&columns=true';
    expect((await client.call('GET', grouped)).body).toMatchObject({
      groupBy: true,
      columnMetadata: [
        { columnName: 'Status', aggregate: false },
        { columnName: 'expr0', displayName: 'avg(TotalAmount)', aggregate: true, numberType: true },
        { columnName: 'n', displayName: 'count(Id)', aggregate: true },
      ],
    });
    const nested = '/query?q=SELECT+Name,(SELECT+LastName+FROM+Contacts)+FROM+Account&columns=true';
    expect((await client.call('GET', nested)).body).toMatchObject({
      columnMetadata: [
        { columnName: 'Name' },
        { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'LastName' }] },
      ],
    });
  });
});

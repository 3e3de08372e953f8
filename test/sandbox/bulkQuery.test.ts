import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { errorsOf, type OrgClient, signIn } from './client';

/** Bulk API 2.0 guide, "Query" and "Get Results for a Query Job". */

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = await signIn(sandbox);
});
afterAll(() => sandbox.stop());

const jobSchema = z.looseObject({ id: z.string().regex(/^750\w{15}$/), state: z.string() });

async function start(query: string, more: Record<string, string> = {}): Promise<string> {
  const answer = await client.call('POST', '/jobs/query', { operation: 'query', query, ...more });
  return jobSchema.parse(answer.body).id;
}

async function finish(query: string, more: Record<string, string> = {}): Promise<string> {
  const id = await start(query, more);
  sandbox.clock.advance(1000);
  expect(await client.call('GET', `/jobs/query/${id}`)).toMatchObject({ body: { state: 'JobComplete' } });
  return id;
}

async function page(id: string, query = '', version = 'v62.0') {
  const response = await fetch(
    `${sandbox.org.url}/services/data/${version}/jobs/query/${id}/results${query}`,
    {
      headers: { authorization: `Bearer ${client.token}`, accept: 'text/csv' },
    },
  );
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    count: response.headers.get('sforce-numberofrecords'),
    locator: response.headers.get('sforce-locator'),
    text: await response.text(),
  };
}

describe('a query job', () => {
  it('tells what it is when it is made, and how far it is', async () => {
    const usual = { delayMs: 200, failWithoutMessage: false, dailyJobs: 10_000 };
    sandbox.org.setSwitches({ bulk: { ...usual, delayMs: 60_000 } });
    const answer = await client.call('POST', '/jobs/query', {
      operation: 'query',
      query: 'SELECT Id FROM Account',
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(answer.body))).toEqual([
      'id',
      'operation',
      'object',
      'createdById',
      'createdDate',
      'systemModstamp',
      'state',
      'concurrencyMode',
      'contentType',
      'apiVersion',
      'lineEnding',
      'columnDelimiter',
    ]);
    expect(answer.body).toMatchObject({
      operation: 'query',
      object: 'Account',
      state: 'UploadComplete',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 62,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    const { id } = jobSchema.parse(answer.body);
    const state = async () => jobSchema.parse((await client.call('GET', `/jobs/query/${id}`)).body).state;
    sandbox.clock.advance(40_000);
    expect(await state()).toBe('InProgress');
    expect(errorsOf(await client.call('GET', `/jobs/query/${id}/results`))[0]?.errorCode).toBe(
      'INVALIDJOBSTATE',
    );
    sandbox.clock.advance(40_000);
    expect(await client.call('GET', `/jobs/query/${id}`)).toMatchObject({
      body: {
        state: 'JobComplete',
        jobType: 'V2Query',
        numberRecordsProcessed: expect.any(Number),
        retries: 0,
        totalProcessingTime: expect.any(Number),
      },
    });
    sandbox.org.setSwitches({ bulk: usual });
  });

  it('gives pages with a header on each, and a locator that says null at the end', async () => {
    const id = await finish('SELECT Id, Product2.StockKeepingUnit, UnitPrice FROM PricebookEntry');
    const first = await page(id, '?maxRecords=3000');
    expect(first).toMatchObject({ status: 200, type: 'text/csv', count: '3000', locator: 'MzAwMA' });
    const second = await page(id, `?maxRecords=3000&locator=${first.locator}`);
    const third = await page(id, `?maxRecords=3000&locator=${second.locator}`);
    expect(third).toMatchObject({ count: '2000', locator: 'null' });
    for (const { text } of [first, second, third]) {
      expect(text.split('\n')[0]).toBe('"Id","Product2.StockKeepingUnit","UnitPrice"');
    }
    const ids = [first, second, third].flatMap(({ text }) =>
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
    );
    expect(new Set(ids).size).toBe(8000);
    expect(await page(id, `?maxRecords=3000&locator=${first.locator}`)).toEqual(second);
  });

  it('writes values as the Bulk API does', async () => {
    await client.call('POST', '/sobjects/Product2', {
      Name: 'Copa "Gran Reserva", 6 u.',
      StockKeepingUnit: 'BULK-1',
      IsActive: true,
    });
    const id = await finish(
      "SELECT Name, ProductCode, IsActive, CreatedDate FROM Product2 WHERE StockKeepingUnit = 'BULK-1'",
    );
    expect((await page(id)).text).toMatch(
      /^"Name","ProductCode","IsActive","CreatedDate"\n"Copa ""Gran Reserva"", 6 u\.","","true","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z"\n$/,
    );
  });

  it('uses the delimiter and line ends it was made with', async () => {
    const id = await finish("SELECT Id, Name FROM Account WHERE Name = 'nobody'", {
      columnDelimiter: 'SEMICOLON',
      lineEnding: 'CRLF',
    });
    expect(await page(id)).toMatchObject({ text: '"Id";"Name"\r\n', count: '0', locator: 'null' });
  });

  it('keeps showing the moment at which it ran', async () => {
    const id = await finish("SELECT Name FROM Account WHERE Name LIKE 'Snapshot%'");
    await client.call('POST', '/sobjects/Account', { Name: 'Snapshot 1' });
    expect((await page(id)).count).toBe('0');
  });

  it('finds deleted records with queryAll', async () => {
    const { body } = await client.call('POST', '/sobjects/Account', { Name: 'Bulk deleted' });
    await client.call('DELETE', `/sobjects/Account/${z.looseObject({ id: z.string() }).parse(body).id}`);
    const soql = "SELECT Id FROM Account WHERE Name = 'Bulk deleted'";
    expect((await page(await finish(soql))).count).toBe('0');
    expect((await page(await finish(soql, { operation: 'queryAll' }))).count).toBe('1');
  });

  it('answers only the API version it was made with', async () => {
    const id = await finish('SELECT Id FROM Account');
    expect((await page(id, '', 'v61.0')).status).toBe(409);
  });

  it('can be aborted, deleted and listed', async () => {
    const id = await start('SELECT Id FROM Account');
    expect(await client.call('PATCH', `/jobs/query/${id}`, { state: 'Aborted' })).toMatchObject({
      status: 200,
      body: { id, state: 'Aborted' },
    });
    const list = await client.call('GET', '/jobs/query');
    expect(list.body).toMatchObject({ done: true, nextRecordsUrl: null });
    expect(JSON.stringify(list.body)).toContain(id);
    expect((await client.call('DELETE', `/jobs/query/${id}`)).status).toBe(204);
    expect((await client.call('GET', `/jobs/query/${id}`)).status).toBe(404);
  });

  it('is gone after seven days', async () => {
    const id = await finish('SELECT Id FROM Account');
    sandbox.clock.advance(8 * 24 * 60 * 60 * 1000);
    client = await signIn(sandbox);
    expect((await client.call('GET', `/jobs/query/${id}`)).status).toBe(404);
  });

  it('links to pages that can be fetched side by side', async () => {
    const id = await finish('SELECT Id FROM PricebookEntry');
    expect(await client.call('GET', `/jobs/query/${id}/resultPages`)).toMatchObject({
      body: {
        resultPages: [{ resultLink: `services/data/v62.0/jobs/query/${id}/results` }],
        nextRecordsUrl: null,
        done: true,
      },
    });
  });
});

describe('what a query job refuses', () => {
  it.each([
    ['SELECT COUNT(Id) FROM Account', 'FEATURE_NOT_ENABLED'],
    ['SELECT Status FROM Order GROUP BY Status', 'FEATURE_NOT_ENABLED'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'FEATURE_NOT_ENABLED'],
    ['SELECT Id FROM Account LIMIT 5 OFFSET 5', 'FEATURE_NOT_ENABLED'],
    ['SELECT Nope FROM Account', 'INVALID_FIELD'],
    ['SELECT', 'MALFORMED_QUERY'],
  ])('%s', async (query, errorCode) => {
    const answer = await client.call('POST', '/jobs/query', { operation: 'query', query });
    expect([answer.status, errorsOf(answer)[0]?.errorCode]).toEqual([400, errorCode]);
  });

  // Seen by users of other connectors: github.com/airbytehq/airbyte/issues/26520.
  it('more jobs than a day allows', async () => {
    const { bulk } = sandbox.org.core.options.switches;
    sandbox.org.setSwitches({ bulk: { ...bulk, dailyJobs: 0 } });
    const answer = await client.call('POST', '/jobs/query', {
      operation: 'query',
      query: 'SELECT Id FROM User',
    });
    expect(errorsOf(answer)[0]?.message).toContain('per 24 hrs has been reached');
    sandbox.org.setSwitches({ bulk });
  });

  it('may fail and not say why', async () => {
    const { bulk } = sandbox.org.core.options.switches;
    sandbox.org.setSwitches({ bulk: { ...bulk, failWithoutMessage: true } });
    const id = await start('SELECT Id FROM Account');
    sandbox.clock.advance(1000);
    const { body } = await client.call('GET', `/jobs/query/${id}`);
    expect(body).toMatchObject({ state: 'Failed' });
    expect(body).not.toHaveProperty('errorMessage');
    sandbox.org.setSwitches({ bulk });
  });
});

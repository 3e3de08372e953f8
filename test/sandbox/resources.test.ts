import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { type Answer, errorsOf, idOf, type OrgClient, signIn, version } from './client';

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 20, buyers: 5 } });
  client = await signIn(sandbox);
});
afterAll(() => sandbox.stop());

const base = `/services/data/${version}`;
const node = (type: string, referenceId: string, fields: Record<string, unknown>) => ({
  attributes: { type, referenceId },
  ...fields,
});

// REST API guide, "sObject Tree".
describe('composite/tree', () => {
  it('creates parents with their children at once', async () => {
    const answer = await client.call('POST', '/composite/tree/Account', {
      records: [
        node('Account', 'uno', {
          Name: 'Árbol SA',
          Contacts: { records: [node('Contact', 'dos', { LastName: 'Ramos' })] },
        }),
        node('Account', 'tres', { Name: 'Árbol Dos' }),
      ],
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      hasErrors: false,
      results: ['uno', 'tres', 'dos'].map((referenceId) => ({
        referenceId,
        id: expect.stringMatching(/^\w{18}$/),
      })),
    });
    expect(sandbox.org.query("SELECT Account.Name FROM Contact WHERE LastName = 'Ramos'")).toMatchObject([
      { Account: { Name: 'Árbol SA' } },
    ]);
  });

  it('creates nothing when one of them is refused, and says which', async () => {
    const answer = await client.call('POST', '/composite/tree/Account', {
      records: [
        node('Account', 'uno', { Name: 'Árbol Tres', Contacts: { records: [node('Contact', 'dos', {})] } }),
      ],
    });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        hasErrors: true,
        results: [
          {
            referenceId: 'dos',
            errors: [
              {
                statusCode: 'REQUIRED_FIELD_MISSING',
                message: 'Required fields are missing: [LastName]',
                fields: ['LastName'],
              },
            ],
          },
        ],
      },
    });
    expect(sandbox.org.query("SELECT Id FROM Account WHERE Name = 'Árbol Tres'")).toEqual([]);
  });

  it('tells every record of a level that is refused, and nothing of the levels below', async () => {
    const bad = (referenceId: string) =>
      node('Account', referenceId, { Contacts: { records: [node('Contact', `${referenceId}c`, {})] } });
    const answer = await client.call('POST', '/composite/tree/Account', {
      records: [bad('a'), node('Account', 'b', { Name: 'Buena' }), bad('c')],
    });
    expect(answer.body).toMatchObject({ results: [{ referenceId: 'a' }, { referenceId: 'c' }] });
    expect(sandbox.org.query("SELECT Id FROM Account WHERE Name = 'Buena'")).toEqual([]);
  });

  // The words are those of recorded answers; "In the case of duplicate reference IDs, results contains one item for
  // each instance of the duplicate ID."
  it.each([
    [
      [node('Account', 'a', { Name: 'A' }), node('Account', 'a', { Name: 'B' })],
      ['a', 'a'],
      'Duplicate ReferenceId provided in the request.',
    ],
    [
      [node('Contact', 'a', { LastName: 'A' })],
      ['a'],
      'Invalid entity type provided in the request: Contact',
    ],
    [
      [{ attributes: { referenceId: 'a' }, Name: 'A' }],
      ['a'],
      'Include an entity type for each record in the request.',
    ],
  ])('refuses records %#', async (records, references, message) => {
    const answer = await client.call('POST', '/composite/tree/Account', { records });
    const errors = [{ statusCode: 'INVALID_INPUT', message, fields: [] }];
    expect(answer).toMatchObject({
      status: 400,
      body: { hasErrors: true, results: references.map((referenceId) => ({ referenceId, errors })) },
    });
  });

  it.each([
    [
      [{ attributes: { type: 'Account' }, Name: 'A' }],
      403,
      'Include a reference ID for each record in the request.',
    ],
    [
      Array.from({ length: 201 }, (_unused, index) => node('Account', `r${index}`, { Name: 'A' })),
      400,
      'Include at most 200 records in a request.',
    ],
    [
      [1, 2, 3, 4, 5, 6].reduceRight<Record<string, unknown>[]>(
        (below, level) => [
          node('Account', `level${level}`, {
            Name: 'A',
            ...(below.length > 0 && { ChildAccounts: { records: below } }),
          }),
        ],
        [],
      ),
      400,
      'Include at most 5 levels of records in a request.',
    ],
  ])('refuses a request %#', async (records, status, message) => {
    const answer = await client.call('POST', '/composite/tree/Account', { records });
    expect([answer.status, answer.body]).toEqual([status, [{ message, errorCode: 'INVALID_INPUT' }]]);
  });
});

// REST API guide, "Batch".
describe('composite/batch', () => {
  const create = (fields: Record<string, unknown>) => ({
    method: 'POST',
    url: `${version}/sobjects/Account`,
    richInput: fields,
  });

  it('carries out each for itself: what was saved stays', async () => {
    const answer = await client.call('POST', '/composite/batch', {
      batchRequests: [
        create({ Name: 'Lote Uno' }),
        create({}),
        { method: 'GET', url: `${version}/query?q=SELECT+COUNT()+FROM+Pricebook2` },
      ],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        hasErrors: true,
        results: [
          { statusCode: 201, result: { success: true, errors: [] } },
          { statusCode: 400, result: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
          { statusCode: 200, result: { totalSize: 4, done: true } },
        ],
      },
    });
    expect(sandbox.org.query("SELECT Id FROM Account WHERE Name = 'Lote Uno'")).toHaveLength(1);
  });

  it('stops after the first failure when it is asked to', async () => {
    const answer = await client.call('POST', '/composite/batch', {
      haltOnError: true,
      batchRequests: [create({}), create({ Name: 'Nunca' })],
    });
    expect(answer.body).toMatchObject({
      results: [{ statusCode: 400 }, { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] }],
    });
    expect(sandbox.org.query("SELECT Id FROM Account WHERE Name = 'Nunca'")).toEqual([]);
  });

  it('takes 25 subrequests', async () => {
    const answer = await client.call('POST', '/composite/batch', {
      batchRequests: Array.from({ length: 26 }, () => create({ Name: 'X' })),
    });
    expect(errorsOf(answer)[0]?.errorCode).toBe('LIMIT_EXCEEDED');
  });
});

// REST API guide, "Get Updated Records" and "Get Deleted Records"; research/salesforce.md 3.6.
describe('what has changed', () => {
  const span = (fromMs: number, toMs: number): string => {
    const iso = (ms: number) => encodeURIComponent(new Date(sandbox.clock.now() + ms).toISOString());
    return `start=${iso(fromMs)}&end=${iso(toMs)}`;
  };

  it('tells the ids of updated and of deleted records', async () => {
    sandbox.clock.advance(60 * 60 * 1000);
    const kept = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Cambia' }));
    const gone = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Se va' }));
    await client.call('DELETE', `/sobjects/Account/${gone}`);
    const minutes = span(-60_000, 60_000);
    expect((await client.call('GET', `/sobjects/Account/updated?${minutes}`)).body).toEqual({
      ids: [kept],
      latestDateCovered: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/),
    });
    expect((await client.call('GET', `/sobjects/Account/deleted?${minutes}`)).body).toEqual({
      deletedRecords: [{ id: gone, deletedDate: expect.stringContaining('.000+0000') }],
      earliestDateAvailable: expect.any(String),
      latestDateCovered: expect.any(String),
    });
  });

  it.each([
    ['nothing at all', ''],
    ['an end before its start', 'back'],
    ['more than thirty days', 'long'],
  ])('refuses %s', async (_what, kind) => {
    const day = 86_400_000;
    const query = kind === 'back' ? span(0, -60_000) : kind === 'long' ? span(-31 * day, 0) : '';
    const answer = await client.call('GET', `/sobjects/Account/updated?${query}`);
    expect([answer.status, errorsOf(answer)[0]?.errorCode]).toEqual([400, 'INVALID_REPLICATION_DATE']);
  });
});

// REST API guide, "Traverse Relationships with Friendly URLs" and "Get Multiple Records with Fewer Round-Trips".
describe('records by other ways', () => {
  it('walks to a parent and to children', async () => {
    const account = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Con gente' }));
    const contact = idOf(
      await client.call('POST', '/sobjects/Contact', { LastName: 'Paz', AccountId: account }),
    );
    expect((await client.call('GET', `/sobjects/Contact/${contact}/Account?fields=Name`)).body).toMatchObject(
      { attributes: { type: 'Account' }, Name: 'Con gente' },
    );
    expect(
      (await client.call('GET', `/sobjects/Contact/${contact}?fields=LastName,Account.Name`)).body,
    ).toEqual({
      attributes: { type: 'Contact', url: `${base}/sobjects/Contact/${contact}` },
      LastName: 'Paz',
      Account: {
        attributes: { type: 'Account', url: `${base}/sobjects/Account/${account}` },
        Name: 'Con gente',
      },
      Id: contact,
    });
    expect((await client.call('GET', `/sobjects/Account/${account}/Contacts`)).body).toMatchObject({
      totalSize: 1,
      done: true,
      records: [{ Id: contact, LastName: 'Paz' }],
    });
    expect((await client.call('GET', `/sobjects/Account/${account}/Parent`)).status).toBe(404);
    expect((await client.call('GET', `/sobjects/Account/${account}/Nothing`)).status).toBe(404);
  });

  it('walks further, changes and deletes what one record leads to', async () => {
    const upper = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Arriba' }));
    const account = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Medio', ParentId: upper }));
    const contact = idOf(
      await client.call('POST', '/sobjects/Contact', { LastName: 'Abajo', AccountId: account }),
    );
    const path = `/sobjects/Contact/${contact}/Account/Parent`;
    expect((await client.call('GET', `${path}?fields=Name`)).body).toEqual({
      attributes: { type: 'Account', url: `${base}/sobjects/Account/${upper}` },
      Name: 'Arriba',
    });
    expect((await client.call('PATCH', path, { Name: 'Más arriba' })).status).toBe(204);
    expect((await client.call('GET', `/sobjects/Account/${upper}?fields=Name`)).body).toMatchObject({
      Name: 'Más arriba',
    });
    expect((await client.call('GET', `${path}/Contacts`)).body).toEqual({
      totalSize: 0,
      done: true,
      records: [],
    });
    expect((await client.call('DELETE', `${path}/Contacts`)).status).toBe(405);
    expect((await client.call('GET', `${path}?fields=Nada`)).status).toBe(400);
    expect((await client.call('DELETE', path)).status).toBe(204);
    expect((await client.call('GET', path)).status).toBe(404);
  });

  it('reads several by their ids, null for the missing', async () => {
    const id = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Varios' }));
    const expected = [{ attributes: { type: 'Account' }, Id: id, Name: 'Varios' }, null];
    const ids = [id, '001Hs0000000zzzIAA'];
    expect(
      (await client.call('GET', `/composite/sobjects/Account?ids=${ids.join(',')}&fields=Id,Name`)).body,
    ).toMatchObject(expected);
    expect(
      (await client.call('POST', '/composite/sobjects/Account', { ids, fields: ['Id', 'Name'] })).body,
    ).toMatchObject(expected);
  });

  it('remembers what was looked at', async () => {
    const id = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Mirada' }));
    await client.call('GET', `/sobjects/Account/${id}`);
    expect((await client.call('GET', '/recent?limit=1')).body).toEqual([
      {
        attributes: { type: 'Account', url: `${base}/sobjects/Account/${id}` },
        Id: id,
        Name: 'Mirada',
      },
    ]);
    expect((await client.call('GET', '/sobjects/Account')).body).toMatchObject({ recentItems: [{ Id: id }] });
  });

  it('creates at the Id address too, and takes an ending like a file for one', async () => {
    // REST API guide, "Insert or Update (Upsert) a Record Using an External ID".
    const byId = await client.call('POST', '/sobjects/Account/Id', { Name: 'Por Id' });
    expect([byId.status, byId.body]).toEqual([
      201,
      { id: idOf(byId), success: true, errors: [], created: true },
    ]);
    const nonsense = await client.call('GET', '/sobjects/Account/nonsense');
    expect([nonsense.status, nonsense.body]).toEqual([
      404,
      [
        {
          errorCode: 'NOT_FOUND',
          message: 'Provided external ID field does not exist or is not accessible: nonsense',
        },
      ],
    ]);
    const inc = await client.call('PATCH', '/sobjects/Account/Puente_TaxId__c/Acme.inc', { Name: 'X' });
    expect(inc.status).toBe(404);
  });
});

describe('around the requests', () => {
  const raw = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(`${sandbox.org.url}${base}${path}`, {
      method,
      headers: { authorization: `Bearer ${client.token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });

  // REST API guide, "HTTP Method" and "PrettyPrint Header".
  it('understands HEAD, method overrides, .json endings and the wish to be readable', async () => {
    const head = await raw('HEAD', '/limits');
    expect([head.status, await head.text()]).toEqual([200, '']);
    const id = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Antes' }));
    const json = { 'content-type': 'application/json' };
    const patched = await raw(
      'POST',
      `/sobjects/Account/${id}?_HttpMethod=PATCH`,
      json,
      '{"Name":"Después"}',
    );
    expect(patched.status).toBe(204);
    const again = await raw(
      'POST',
      `/sobjects/Account/${id}`,
      { ...json, 'X-HTTP-Method-Override': 'PATCH' },
      '{"Phone":"1"}',
    );
    expect(again.status).toBe(204);
    expect((await raw('GET', '/sobjects/Account/describe.json')).status).toBe(200);
    const pretty = await (await raw('GET', '/limits', { 'X-PrettyPrint': '1' })).text();
    expect(pretty).toContain('\n  "DailyApiRequests": {');
  });

  it('says which methods it takes', async () => {
    const answer = await raw('DELETE', '/limits');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const record = await raw('PATCH', '/sobjects/Account');
    expect(await record.json()).toEqual([
      {
        errorCode: 'METHOD_NOT_ALLOWED',
        message: "HTTP Method 'PATCH' not allowed. Allowed are GET,HEAD,POST",
      },
    ]);
  });

  it('packs long answers for those who can unpack them', async () => {
    const answer = await raw('GET', '/sobjects/Account/describe', { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const plain = await raw('GET', '/sobjects/Account/describe', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  // REST API guide, "Get Feedback on Query Performance".
  it('explains a query without running it', async () => {
    const answer = await client.call('GET', '/query?explain=SELECT+Id,Name+FROM+Product2+WHERE+Name=%27x%27');
    expect(z.object({ plans: z.array(z.unknown()) }).parse(answer.body).plans[0]).toEqual({
      cardinality: expect.any(Number),
      fields: expect.any(Array),
      leadingOperationType: 'TableScan',
      notes: expect.any(Array),
      relativeCost: expect.any(Number),
      sobjectCardinality: 20,
      sobjectType: 'Product2',
    });
  });

  // REST API guide, "Limits"; the names are those of a recorded v62 answer.
  it('has all limits, in the order of the alphabet', async () => {
    const limits = z
      .record(z.string(), z.looseObject({ Max: z.number(), Remaining: z.number() }))
      .parse((await client.call('GET', '/limits')).body);
    expect(Object.keys(limits)).toHaveLength(74);
    expect(Object.keys(limits)).toEqual([...Object.keys(limits)].sort());
    expect(limits['DailyApiRequests']?.Remaining).toBeLessThan(limits['DailyApiRequests']?.Max ?? 0);
    expect(limits['PermissionSets']).toMatchObject({ CreateCustom: { Max: 1000, Remaining: 1000 } });
  });

  // REST API guide, "List Available REST Resources".
  it('lists its resources as a real org does', async () => {
    const answer = z.record(z.string(), z.string()).parse((await client.call('GET', '')).body);
    expect(answer).toMatchObject({
      sobjects: `${base}/sobjects`,
      'async-queries': `${base}/async-queries`,
      identity: expect.stringContaining('/id/00D'),
    });
    expect(Object.keys(answer)).toHaveLength(46);
  });

  // REST API guide, "sObject Relevant Items".
  it('tells the ids of what is relevant', async () => {
    const id = idOf(await client.call('POST', '/sobjects/Account', { Name: 'Relevante' }));
    await client.call('GET', `/sobjects/Account/${id}`);
    const items = await client.call('GET', '/sobjects/relevantItems?sobjects=Account');
    expect(items.body).toEqual([
      {
        apiName: 'Account',
        key: '001',
        label: 'Accounts',
        lastUpdatedId: expect.stringMatching(/^\d+$/),
        recordIds: expect.arrayContaining([id.slice(0, 15)]),
      },
    ]);
  });

  it.each(['/tabs', '/theme', '/limits', '/composite', '', '/', '/limits/'])('has %s', async (path) => {
    const answer: Answer = await client.call('GET', path);
    expect(answer.status).toBe(200);
  });
});

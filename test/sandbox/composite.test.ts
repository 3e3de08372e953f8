import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { type Basics, basics, draftOrder, errorsOf, idOf, type OrgClient, signIn } from './client';

let sandbox: Sandbox;
let client: OrgClient;
let ids: Basics;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 20, buyers: 20 } });
  client = await signIn(sandbox);
  ids = basics(sandbox);
});
afterAll(() => sandbox.stop());

const resultSchema = z.object({
  body: z.unknown(),
  httpHeaders: z.record(z.string(), z.string()),
  httpStatusCode: z.number(),
  referenceId: z.string().nullable(),
});
const graphsSchema = z.object({
  graphs: z.array(
    z.object({
      graphId: z.string(),
      graphResponse: z.object({ compositeResponse: z.array(resultSchema) }),
      isSuccessful: z.boolean(),
    }),
  ),
});

const base = '/services/data/v62.0/sobjects';
const node = (method: string, path: string, referenceId: string, body?: unknown) => ({
  method,
  url: `${base}/${path}`,
  referenceId,
  ...(body === undefined ? {} : { body }),
});
const orderNodes = (key: string, lines = 2, unitPrice: unknown = 10.25) => [
  node('POST', 'Order', 'order', draftOrder(ids, { Puente_ExportKey__c: key })),
  ...Array.from({ length: lines }, (_unused, index) =>
    node('POST', 'OrderItem', `line${index + 1}`, {
      OrderId: '@{order.id}',
      PricebookEntryId: ids.entryId,
      Quantity: index + 1,
      UnitPrice: unitPrice,
      Puente_LineKey__c: `${key}-${index + 1}`,
    }),
  ),
];
type Node = ReturnType<typeof node> & { httpHeaders?: Record<string, string> };

async function graphs(...requests: Node[][]) {
  const answer = await client.call('POST', '/composite/graph', {
    graphs: requests.map((compositeRequest, index) => ({ graphId: `g${index}`, compositeRequest })),
  });
  expect(answer.status).toBe(200);
  return graphsSchema.parse(answer.body).graphs;
}
const results = (
  graph: { graphResponse: { compositeResponse: z.infer<typeof resultSchema>[] } } | undefined,
) => graph?.graphResponse.compositeResponse ?? [];
const orderCount = () => sandbox.org.orders().length;

describe('composite/graph', () => {
  it('writes an order whole, node by node', async () => {
    const [graph] = await graphs([
      ...orderNodes('G-1', 3),
      node('PATCH', 'Order/@{order.id}', 'activate', { Status: 'Activated' }),
    ]);
    expect(graph).toMatchObject({ graphId: 'g0', isSuccessful: true });
    const [order, line, , , activate] = results(graph);
    expect(order).toEqual({
      body: { id: expect.stringMatching(/^801\w{15}$/), success: true, errors: [] },
      httpHeaders: {
        Location: expect.stringMatching(/^\/services\/data\/v62\.0\/sobjects\/Order\/801\w{15}$/),
      },
      httpStatusCode: 201,
      referenceId: 'order',
    });
    expect(line).toMatchObject({ httpStatusCode: 201, referenceId: 'line1' });
    expect(activate).toEqual({ body: null, httpHeaders: {}, httpStatusCode: 204, referenceId: 'activate' });
    const made = sandbox.org.orders().find((entry) => entry.exportKey === 'G-1');
    expect(made).toMatchObject({
      status: 'Activated',
      totalAmount: '61.50',
      lines: [{}, {}, { lineKey: 'G-1-3' }],
    });
  });

  it('takes a new buyer, the order that refers to it, and nodes in any order', async () => {
    const account = node('PATCH', 'Account/Puente_TaxId__c/30711111112', 'buyer', { Name: 'Nuevo' });
    const order = node(
      'POST',
      'Order',
      'order',
      draftOrder(ids, { AccountId: '@{buyer.id}', Puente_ExportKey__c: 'G-2' }),
    );
    const [graph] = await graphs([order, account]);
    expect(results(graph).map((entry) => entry.referenceId)).toEqual(['order', 'buyer']);
    expect(sandbox.org.orders().find((entry) => entry.exportKey === 'G-2')?.buyer).toMatchObject({
      taxId: '30711111112',
    });
  });

  it('leaves nothing behind when one node fails, and every node repeats the cause', async () => {
    const before = orderCount();
    const nodes = [
      ...orderNodes('G-3', 2),
      node('POST', 'OrderItem', 'bad', {
        OrderId: '@{order.id}',
        PricebookEntryId: ids.otherEntryId,
        Quantity: 1,
        UnitPrice: 1,
      }),
    ];
    const [graph] = await graphs(nodes);
    expect(graph?.isSuccessful).toBe(false);
    for (const result of results(graph)) {
      expect(result.httpStatusCode).toBe(400);
      expect(result.body).toMatchObject([
        { errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
        { errorCode: 'REQUIRED_FIELD_MISSING' },
      ]);
    }
    expect(orderCount()).toBe(before);
    const [again] = await graphs(orderNodes('G-3', 2));
    expect(again?.isSuccessful).toBe(true);
  });

  it('can tell failures the other way: the cause at its node, the others halted', async () => {
    sandbox.org.setSwitches({ graphErrors: 'halted' });
    const [graph] = await graphs(orderNodes('G-4', 2, 'ten'));
    expect(results(graph).map((entry) => entry.body)).toEqual([
      [
        {
          errorCode: 'PROCESSING_HALTED',
          message: 'The transaction was rolled back since another operation in the same transaction failed.',
        },
      ],
      [expect.objectContaining({ errorCode: 'JSON_PARSER_ERROR' })],
      [expect.objectContaining({ errorCode: 'PROCESSING_HALTED' })],
    ]);
    sandbox.org.setSwitches({ graphErrors: 'repeat' });
  });

  it('says that a key is there already', async () => {
    const first = await graphs(orderNodes('G-5'));
    const id = z.object({ id: z.string() }).parse(results(first[0])[0]?.body).id;
    const [again] = await graphs(orderNodes('G-5'));
    expect(results(again)[0]?.body).toEqual([
      {
        errorCode: 'DUPLICATE_VALUE',
        message: `duplicate value found: Puente_ExportKey__c duplicates value on record with id: ${id.slice(0, 15)}`,
        fields: [],
      },
    ]);
  });

  it('treats graphs apart and stops after fourteen failures', async () => {
    const requests = Array.from({ length: 20 }, (_unused, index) =>
      index === 3 || index === 19 ? orderNodes(`G-6-${index}`, 1) : orderNodes(`G-6-${index}`, 1, -1e20),
    );
    const answers = await graphs(...requests);
    expect(answers.filter((graph) => graph.isSuccessful).map((graph) => graph.graphId)).toEqual(['g3']);
    expect(results(answers[14])[0]?.body).toMatchObject([{ errorCode: 'NUMBER_OUTSIDE_VALID_RANGE' }]);
    expect(results(answers[15])[0]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    expect(results(answers[19])[0]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
  });

  it('has its limits', async () => {
    const limit = async (...requests: Node[][]) => {
      const [graph] = await graphs(...requests);
      expect(results(graph)[0]?.referenceId).toBeNull();
      return z
        .array(z.object({ errorCode: z.string(), message: z.string() }))
        .parse(results(graph)[0]?.body)[0];
    };
    expect(await limit(orderNodes('G-7', 500))).toEqual({
      errorCode: 'LIMIT_EXCEEDED',
      message: 'Limit of 500 reached for number of Nodes in the Graph',
    });
    expect(
      (await limit(...Array.from({ length: 76 }, (_unused, index) => orderNodes(`G-8-${index}`, 0))))
        ?.errorCode,
    ).toBe('LIMIT_EXCEEDED');
    const chain = Array.from({ length: 16 }, (_unused, index) =>
      node('POST', 'Account', `a${index}`, {
        Name: 'A',
        ...(index === 0 ? {} : { ParentId: `@{a${index - 1}.id}` }),
      }),
    );
    expect((await limit(chain))?.message).toContain('Depth');
    expect((await graphs(chain.slice(0, 15)))[0]?.isSuccessful).toBe(true);
    const [largest] = await graphs(orderNodes('G-9', 499));
    expect(largest?.isSuccessful).toBe(true);
    expect(results(largest)).toHaveLength(500);
  });

  // REST API guide, "Using Composite Graphs".
  it.each([
    ['a dot', ['a.b']],
    ['forty characters', ['a'.repeat(40)]],
    ['the same twice', ['a', 'a']],
  ])('refuses graph ids with %s', async (_what, graphIds) => {
    const answer = await client.call('POST', '/composite/graph', {
      graphs: graphIds.map((graphId) => ({ graphId, compositeRequest: [] })),
    });
    expect([answer.status, errorsOf(answer)[0]?.errorCode]).toEqual([400, 'JSON_PARSER_ERROR']);
  });

  it('reaches single records only, and no reference may lead nowhere', async () => {
    const [query] = await graphs([
      { method: 'GET', url: '/services/data/v62.0/query?q=SELECT+Id+FROM+Order', referenceId: 'q' },
    ]);
    expect(query?.isSuccessful).toBe(false);
    const [lost] = await graphs([node('POST', 'OrderItem', 'line', { OrderId: '@{nobody.id}' })]);
    expect(results(lost)[0]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    const loop = ['a', 'b'].map((id, index) =>
      node('POST', 'Account', id, { Name: `@{${index === 0 ? 'b' : 'a'}.id}` }),
    );
    expect((await graphs(loop))[0]?.isSuccessful).toBe(false);
    expect((await client.call('POST', '/composite/graph', { graphs: 'none' })).status).toBe(400);
  });
});

describe('composite', () => {
  const compositeSchema = z.object({ compositeResponse: z.array(resultSchema) });
  const composite = async (allOrNone: boolean, compositeRequest: Node[]) => {
    const answer = await client.call('POST', '/composite', { allOrNone, compositeRequest });
    expect(answer.status).toBe(200);
    return compositeSchema.parse(answer.body).compositeResponse;
  };
  const account = (referenceId: string, body: unknown) => node('POST', 'Account', referenceId, body);
  const collection = (names: (string | null)[]) => ({
    method: 'POST',
    url: '/services/data/v62.0/composite/sobjects',
    referenceId: 'many',
    body: { allOrNone: false, records: names.map((Name) => ({ attributes: { type: 'Account' }, Name })) },
  });
  const named = (name: string) => sandbox.org.query(`SELECT Id FROM Account WHERE Name = '${name}'`).length;

  it('keeps what succeeded unless told all or none', async () => {
    const response = await composite(false, [account('a', { Name: 'C-1' }), account('b', { XName: 'C-2' })]);
    expect(response[1]).toEqual({
      body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'XName' on sobject of type Account" }],
      httpHeaders: {},
      httpStatusCode: 400,
      referenceId: 'b',
    });
    expect(named('C-1')).toBe(1);
  });

  it('rolls back when told so, and says where it went wrong', async () => {
    const response = await composite(true, [
      account('a', { Name: 'C-3' }),
      account('b', { XName: 'C-4' }),
      account('c', { Name: 'C-5' }),
    ]);
    expect(
      response.map((entry) => z.array(z.object({ errorCode: z.string() })).parse(entry.body)[0]?.errorCode),
    ).toEqual(['PROCESSING_HALTED', 'INVALID_FIELD', 'PROCESSING_HALTED']);
    expect(named('C-3') + named('C-5')).toBe(0);
  });

  it('lays the trap of Case 4: a collection that shows success for what was rolled back', async () => {
    const response = await composite(true, [collection(['C-6', null]), account('b', { Name: 'C-7' })]);
    expect(response[0]).toMatchObject({
      httpStatusCode: 200,
      body: [
        { success: true, id: expect.any(String) },
        { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
      ],
    });
    expect(response[1]?.body).toMatchObject([{ errorCode: 'PROCESSING_HALTED' }]);
    expect(named('C-6') + named('C-7')).toBe(0);
  });

  // REST API guide, "Composite Subrequest Result", "Behavior and Responses If There Are Illegal Characters in
  // Reference IDs", "Behavior for References to Null Fields" and the paragraphs after it.
  it('refuses reference ids of other characters, or used twice, before anything is done', async () => {
    const answer = await client.call('POST', '/composite', {
      compositeRequest: [account('refNewAccount[1]', { Name: 'C-20' })],
    });
    expect([answer.status, answer.body]).toEqual([
      400,
      [
        {
          message:
            "Provided referenceId ('refNewAccount[1]') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').",
          errorCode: 'JSON_PARSER_ERROR',
        },
      ],
    ]);
    const twice = await client.call('POST', '/composite', {
      compositeRequest: [account('a', { Name: 'C-20' }), account('a', { Name: 'C-20' })],
    });
    expect([twice.status, errorsOf(twice)[0]?.message]).toEqual([
      400,
      'Duplicate ReferenceId provided in the request.',
    ]);
    const header = { ...account('a', { Name: 'C-20' }), httpHeaders: { 'Content-Type': 'text/plain' } };
    expect((await client.call('POST', '/composite', { compositeRequest: [header] })).status).toBe(400);
    expect(named('C-20')).toBe(0);
  });

  it('says in the words of the guide that a reference leads nowhere; an empty field is a value', async () => {
    const response = await composite(false, [
      account('a', { Name: 'C-21' }),
      { method: 'GET', url: `${base}/Account/@{a.id}?fields=Name,Phone`, referenceId: 'found' },
      account('b', { Name: '@{found.Name}', Phone: '@{found.Phone}' }),
      account('c', { Name: '@{found.Fax}' }),
      account('d', { Name: '@{a.Id}' }),
    ]);
    expect(response.map((entry) => entry.httpStatusCode)).toEqual([201, 200, 201, 400, 400]);
    expect(JSON.stringify(response[3])).toBe(
      JSON.stringify({
        body: [
          {
            errorCode: 'PROCESSING_HALTED',
            message:
              "Invalid reference specified. No value for found.Fax found in found. Provided referenceId ('found.Fax') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').",
          },
        ],
        httpHeaders: {},
        httpStatusCode: 400,
        referenceId: 'c',
      }),
    );
    expect(named('C-21')).toBe(2);
  });

  // REST API guide, "allOrNone Parameters in Composite and Collections Requests".
  it.each([
    ['case 1', false, false, 1, 1],
    ['case 2', false, true, 0, 1],
    ['case 3', true, true, 0, 0],
    ['case 4', true, false, 0, 0],
  ])('%s of nested allOrNone', async (what, outer, inner, accounts, others) => {
    const name = `C-22 ${what}`;
    const many = {
      ...collection([name, null]),
      body: { ...collection([name, null]).body, allOrNone: inner },
    };
    const response = await composite(outer, [many, account('other', { Name: `${name} other` })]);
    expect(response[0]?.httpStatusCode).toBe(200);
    expect(named(name)).toBe(accounts);
    expect(named(`${name} other`)).toBe(others);
    const first = z.array(z.looseObject({ success: z.boolean() })).parse(response[0]?.body)[0];
    expect(first?.success).toBe(!inner);
    expect(response[1]?.httpStatusCode).toBe(outer ? 400 : 201);
  });

  // REST API guide, "Execute Dependent Requests in a Single API Call".
  it('tells the state of what it read, and that a description has not changed', async () => {
    const response = await composite(false, [
      account('a', { Name: 'C-23' }),
      { method: 'GET', url: `${base}/Account/@{a.id}`, referenceId: 'info' },
      { method: 'GET', url: `${base}/User/${sandbox.org.core.userId}?fields=Name`, referenceId: 'owner' },
      {
        method: 'GET',
        url: `${base}/Account/describe`,
        referenceId: 'metadata',
        httpHeaders: { 'If-Modified-Since': new Date(sandbox.clock.now() + 60_000).toUTCString() },
      },
    ]);
    const state = { ETag: expect.stringMatching(/^".+"$/), 'Last-Modified': expect.stringMatching(/ GMT$/) };
    expect(response[1]).toMatchObject({ httpStatusCode: 200, httpHeaders: state });
    expect(response[2]).toMatchObject({ httpStatusCode: 200, httpHeaders: {} });
    expect(response[3]).toEqual({
      body: null,
      httpHeaders: state,
      httpStatusCode: 304,
      referenceId: 'metadata',
    });
  });

  it('carries results from one call to the next, queries too', async () => {
    const response = await composite(true, [
      account('a', { Name: 'C-8' }),
      {
        method: 'GET',
        url: "/services/data/v62.0/query?q=SELECT+Id,Name+FROM+Account+WHERE+Id='@{a.id}'",
        referenceId: 'q',
      },
      node('PATCH', 'Account/@{q.records[0].Id}', 'p', { Phone: '@{q.records[0].Name}' }),
    ]);
    expect(response.map((entry) => entry.httpStatusCode)).toEqual([201, 200, 204]);
    expect(sandbox.org.query("SELECT Phone FROM Account WHERE Name = 'C-8'")[0]).toMatchObject({
      Phone: 'C-8',
    });
  });

  it('has its limits', async () => {
    const many = Array.from({ length: 26 }, (_unused, index) => account(`a${index}`, { Name: 'X' }));
    const refused = await client.call('POST', '/composite', { compositeRequest: many });
    expect([refused.status, errorsOf(refused)[0]?.errorCode]).toEqual([400, 'LIMIT_EXCEEDED']);
    const collections = Array.from({ length: 6 }, (_unused, index) => ({
      ...collection(['X']),
      referenceId: `m${index}`,
    }));
    expect((await client.call('POST', '/composite', { compositeRequest: collections })).status).toBe(400);
  });
});

describe('composite/sobjects', () => {
  const record = (Name: string | null, more: Record<string, unknown> = {}) => ({
    attributes: { type: 'Account' },
    Name,
    ...more,
  });

  it('tells each record by statusCode, and keeps the good ones', async () => {
    const answer = await client.call('POST', '/composite/sobjects', {
      records: [record('S-1'), record(null), record('S-2')],
    });
    expect([answer.status, answer.body]).toEqual([
      200,
      [
        { id: expect.stringMatching(/^001/), success: true, errors: [] },
        {
          success: false,
          errors: [
            {
              statusCode: 'REQUIRED_FIELD_MISSING',
              message: 'Required fields are missing: [Name]',
              fields: ['Name'],
            },
          ],
        },
        { id: expect.any(String), success: true, errors: [] },
      ],
    ]);
  });

  // REST API guide, "Create Records Using sObject Collections": a create tells no id of what it took back, "Update
  // Records Using sObject Collections": an update does.
  it('rolls all back when told so', async () => {
    const rolledBack = {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message:
        'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    };
    const created = await client.call('POST', '/composite/sobjects', {
      allOrNone: true,
      records: [record('S-3'), record(null)],
    });
    const [refused] = z.array(z.unknown()).parse(created.body).slice(1);
    expect(created.body).toEqual([{ success: false, errors: [rolledBack] }, refused]);
    const id = idOf(await client.call('POST', '/sobjects/Account', { Name: 'S-8' }));
    const updated = await client.call('PATCH', '/composite/sobjects', {
      allOrNone: true,
      records: [record('S-9', { id }), record('S-10', { id: '003Hs0000000001IAA' })],
    });
    expect(updated.body).toEqual([
      { id, success: false, errors: [rolledBack] },
      {
        success: false,
        errors: [
          {
            statusCode: 'MALFORMED_ID',
            message: 'Account ID: id value of incorrect type: 003Hs0000000001IAA',
            fields: ['Id'],
          },
        ],
      },
    ]);
    expect((await client.call('GET', `/sobjects/Account/${id}`)).body).toMatchObject({ Name: 'S-8' });
  });

  it('updates, upserts and deletes', async () => {
    const upsert = (name: string) =>
      client.call('PATCH', '/composite/sobjects/Account/Puente_TaxId__c', {
        records: [record(name, { Puente_TaxId__c: '20-S' })],
      });
    const created = z
      .array(z.object({ id: z.string(), created: z.boolean() }))
      .parse((await upsert('S-4')).body);
    expect(created[0]?.created).toBe(true);
    expect(JSON.stringify((await upsert('S-5')).body)).toBe(
      `[{"id":"${created[0]?.id}","success":true,"errors":[],"created":false}]`,
    );
    const byId = await client.call('PATCH', '/composite/sobjects/Account/Id', {
      records: [record('S-11', { Id: created[0]?.id }), record('S-12')],
    });
    expect(byId.body).toMatchObject([{ created: false }, { created: true }]);
    const updated = await client.call('PATCH', '/composite/sobjects', {
      records: [record('S-6', { id: created[0]?.id }), record('S-7')],
    });
    expect(updated.body).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'MISSING_ARGUMENT' }] },
    ]);
    const removed = await client.call(
      'DELETE',
      `/composite/sobjects?ids=${created[0]?.id},001Hs00000zzzzzAAA`,
    );
    expect(removed.body).toMatchObject([{ success: true }, { success: false }]);
    // REST API guide, "Delete Records Using sObject Collections".
    const malformed = await client.call('DELETE', '/composite/sobjects?ids=001RM000003oLrB000');
    expect(malformed.body).toEqual([
      {
        success: false,
        errors: [{ statusCode: 'MALFORMED_ID', message: 'malformed id 001RM000003oLrB000', fields: [] }],
      },
    ]);
  });

  it('has its limit of 200', async () => {
    const records = Array.from({ length: 201 }, () => record('X'));
    const answer = await client.call('POST', '/composite/sobjects', { records });
    expect([answer.status, answer.body]).toEqual([
      400,
      [
        {
          message: 'record limit reached. cannot submit more than 200 records into this call',
          errorCode: 'EXCEEDED_ID_LIMIT',
        },
      ],
    ]);
  });
});

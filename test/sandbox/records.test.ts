import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { everythingDeployed } from '../../sandbox/org/schema';
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

const post = (object: string, body: unknown) => client.call('POST', `/sobjects/${object}`, body);
const line = (orderId: string, changes: Record<string, unknown> = {}) => ({
  OrderId: orderId,
  PricebookEntryId: ids.entryId,
  Quantity: 2,
  UnitPrice: 10.5,
  ...changes,
});

describe('one record', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await post('Account', { Name: '  Casa Ñandú  ', Phone: '' });
    expect(created.status).toBe(201);
    const id = idOf(created);
    expect(created.body).toEqual({ id, success: true, errors: [] });
    expect(created.headers.get('location')).toBe(`/services/data/v62.0/sobjects/Account/${id}`);
    const found = await client.call('GET', `/sobjects/Account/${id.slice(0, 15)}`);
    expect(found.body).toMatchObject({
      attributes: { type: 'Account', url: `/services/data/v62.0/sobjects/Account/${id}` },
      Id: id,
      Name: 'Casa Ñandú',
      Phone: null,
      Bloqueado__c: false,
      CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/),
    });
    expect((await client.call('PATCH', `/sobjects/Account/${id}`, { Name: 'Otra' })).status).toBe(204);
    expect((await client.call('GET', `/sobjects/Account/${id}?fields=Name`)).body).toMatchObject({
      Name: 'Otra',
      Id: id,
    });
    expect((await client.call('DELETE', `/sobjects/Account/${id}`)).status).toBe(204);
    const gone = await client.call('PATCH', `/sobjects/Account/${id}`, { Name: 'X' });
    expect([gone.status, errorsOf(gone)[0]?.errorCode]).toEqual([404, 'ENTITY_IS_DELETED']);
    const count = (resource: string) =>
      client.call('GET', `/${resource}?q=${encodeURIComponent(`SELECT Id FROM Account WHERE Id = '${id}'`)}`);
    expect((await count('query')).body).toMatchObject({ totalSize: 0 });
    expect((await count('queryAll')).body).toMatchObject({ totalSize: 1 });
  });

  it('is upserted by an external id: 201, then 200, and a body that repeats the key is refused', async () => {
    const path = '/sobjects/Account/Puente_TaxId__c/30999';
    const first = await client.call('PATCH', path, { Name: 'Uno' });
    expect([first.status, first.body]).toEqual([
      201,
      { id: idOf(first), success: true, errors: [], created: true },
    ]);
    const second = await client.call('PATCH', path, { Name: 'Dos' });
    expect([second.status, second.body]).toEqual([
      200,
      { id: idOf(first), success: true, errors: [], created: false },
    ]);
    expect((await client.call('PATCH', path, { Name: 'X', Puente_TaxId__c: '30999' })).status).toBe(400);
    expect((await client.call('GET', path)).body).toMatchObject({ Name: 'Dos' });
    expect(
      (await client.call('PATCH', '/sobjects/Account/Puente_TaxId__c/nobody?updateOnly=true', { Name: 'X' }))
        .status,
    ).toBe(404);
    expect((await client.call('GET', '/sobjects/Account/Name/x')).status).toBe(404);
  });

  it('answers 300 with addresses where the external id is not unique', async () => {
    sandbox.org.setFields({ ...everythingDeployed, notUnique: ['Account.Puente_TaxId__c'] });
    const twins = [
      idOf(await post('Account', { Name: 'A', Puente_TaxId__c: '777' })),
      idOf(await post('Account', { Name: 'B', Puente_TaxId__c: '777' })),
    ];
    const answer = await client.call('PATCH', '/sobjects/Account/Puente_TaxId__c/777', { Name: 'C' });
    expect(answer.status).toBe(300);
    expect(answer.body).toEqual(twins.map((id) => `/services/data/v62.0/sobjects/Account/${id}`));
    for (const id of twins) await client.call('DELETE', `/sobjects/Account/${id}`);
    sandbox.org.setFields(everythingDeployed);
  });
});

describe('what is wrong with a record', () => {
  const cases: [string, string, Record<string, unknown>, string, string, string[] | undefined][] = [
    [
      'no fields at all',
      'Order',
      {},
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [AccountId, EffectiveDate, Status]',
      ['AccountId', 'EffectiveDate', 'Status'],
    ],
    [
      'an unknown field',
      'Order',
      { Foo__c: 1 },
      'INVALID_FIELD',
      "No such column 'Foo__c' on sobject of type Order",
      undefined,
    ],
    [
      'a field nobody may set',
      'Order',
      { OrderNumber: '1' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: OrderNumber. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['OrderNumber'],
    ],
    [
      'a text too long',
      'Account',
      { Name: 'A', BillingCity: 'x'.repeat(41) },
      'STRING_TOO_LONG',
      `Billing City: data value too large: ${'x'.repeat(41)} (max length=40)`,
      ['BillingCity'],
    ],
    [
      'an impossible number',
      'PricebookEntry',
      { UnitPrice: 1e20 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'List Price: value outside of valid range on numeric field: 100000000000000000000',
      ['UnitPrice'],
    ],
    [
      'a word for a number',
      'PricebookEntry',
      { UnitPrice: 'ten' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of currency from VALUE_STRING value ten or request may be missing a required field at [line:1, column:19]',
      undefined,
    ],
    [
      'no day of the calendar',
      'Order',
      { EffectiveDate: '2026-02-30' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 or request may be missing a required field at [line:1, column:30]',
      undefined,
    ],
    [
      'an e-mail that is none',
      'Account',
      { Name: 'A', Puente_Email__c: 'a@b' },
      'INVALID_EMAIL_ADDRESS',
      'Orders Email: invalid email address: a@b',
      ['Puente_Email__c'],
    ],
    [
      'an id that is none',
      'Contact',
      { LastName: 'A', AccountId: 'abc' },
      'MALFORMED_ID',
      'Account ID: id value of incorrect type: abc',
      ['AccountId'],
    ],
    [
      'an id of something else',
      'Contact',
      { LastName: 'A', AccountId: '801Hs000000000A' },
      'FIELD_INTEGRITY_EXCEPTION',
      'Account ID: id value of incorrect type: 801Hs000000000AIAQ',
      ['AccountId'],
    ],
    [
      'an id of nothing',
      'Contact',
      { LastName: 'A', AccountId: '001Hs00000zzzzz' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
      [],
    ],
    [
      'a parent nobody knows',
      'Contact',
      { LastName: 'A', Account: { Puente_TaxId__c: '1' } },
      'INVALID_FIELD',
      'Foreign key external ID: 1 not found for field Puente_TaxId__c in entity Account',
      [],
    ],
  ];
  it.each(cases)('%s', async (_what, object, body, errorCode, message, fields) => {
    const answer = await post(object, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual([
      fields === undefined ? { errorCode, message } : { errorCode, message, fields },
    ]);
  });

  it('a status that is not on the list', async () => {
    const answer = await post('Order', draftOrder(ids, { Status: 'Confirmado' }));
    expect(answer.body).toEqual([
      {
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: 'Status: bad value for restricted picklist field: Confirmado',
        fields: ['Status'],
      },
    ]);
  });

  it('broken JSON, a wrong method, a wrong content type', async () => {
    const url = `${sandbox.org.url}/services/data/v62.0/sobjects/Account`;
    const send = (body: string, type: string) =>
      fetch(url, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
      });
    const broken = await send('{"Name": oops}', 'application/json');
    expect([broken.status, await broken.json()]).toEqual([
      400,
      [
        {
          errorCode: 'JSON_PARSER_ERROR',
          message:
            "Unexpected character ('o' (code 111)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at [line:1, column:11]",
        },
      ],
    ]);
    expect((await send('Name=A', 'application/x-www-form-urlencoded')).status).toBe(415);
    const put = await client.call('PUT', '/sobjects/Account', {});
    expect([put.status, errorsOf(put)[0]?.errorCode]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect((await post('Pedido', {})).status).toBe(404);
  });

  it('a key that is taken names the record that has it, by 15 characters and in this spelling only', async () => {
    const id = idOf(await post('Order', draftOrder(ids, { Puente_ExportKey__c: 'PAGINAWEB-1' })));
    const again = await post('Order', draftOrder(ids, { Puente_ExportKey__c: 'PAGINAWEB-1' }));
    expect([again.status, again.body]).toEqual([
      400,
      [
        {
          errorCode: 'DUPLICATE_VALUE',
          message: `duplicate value found: Puente_ExportKey__c duplicates value on record with id: ${id.slice(0, 15)}`,
          fields: [],
        },
      ],
    ]);
    expect((await post('Order', draftOrder(ids, { Puente_ExportKey__c: 'paginaweb-1' }))).status).toBe(201);
    await client.call('DELETE', `/sobjects/Order/${id}`);
    expect((await post('Order', draftOrder(ids, { Puente_ExportKey__c: 'PAGINAWEB-1' }))).status).toBe(201);
  });
});

describe('an order', () => {
  it('numbers itself, finds its buyer by tax id and adds its lines up to the cent', async () => {
    const taxId = String(
      sandbox.org.query(`SELECT Puente_TaxId__c FROM Account WHERE Id = '${ids.accountId}'`)[0]?.[
        'Puente_TaxId__c'
      ],
    );
    const { AccountId: _account, ...rest } = draftOrder(ids);
    const id = idOf(await post('Order', { ...rest, Account: { Puente_TaxId__c: taxId } }));
    await post('OrderItem', line(id, { Quantity: 3, UnitPrice: 0.1 }));
    await post(
      'OrderItem',
      line(id, { Quantity: 7, UnitPrice: 1234.57, Description: 'Surtir', Puente_DiscountPercent__c: 12.5 }),
    );
    const [order] = sandbox.org.orders().filter((entry) => entry.id === id);
    expect(order).toMatchObject({
      orderNumber: expect.stringMatching(/^\d{8}$/),
      status: 'Draft',
      totalAmount: '8642.29',
      buyer: { id: ids.accountId, taxId },
      lines: [
        { quantity: '3.00', unitPrice: '0.10', totalPrice: '0.30' },
        { quantity: '7.00', unitPrice: '1234.57', totalPrice: '8641.99', discountPercent: '12.50' },
      ],
    });
    const { body } = await client.query(
      `SELECT TotalAmount, (SELECT ListPrice, TotalPrice, Product2Id FROM OrderItems) FROM Order WHERE Id = '${id}'`,
    );
    expect(body).toMatchObject({
      records: [
        {
          TotalAmount: 8642.29,
          OrderItems: {
            totalSize: 2,
            records: [{ ListPrice: ids.price, TotalPrice: 0.3, Product2Id: ids.productId }, {}],
          },
        },
      ],
    });
  });

  it('takes lines of its own price book only', async () => {
    const id = idOf(await post('Order', draftOrder(ids)));
    const wrong = await post('OrderItem', line(id, { PricebookEntryId: ids.otherEntryId }));
    expect(errorsOf(wrong)).toEqual([
      {
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
        message:
          'Order Products must have a Price Book Entry that belongs to the Price Book related to the parent Order.: Price Book Entry ID',
        fields: ['PricebookEntryId'],
      },
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [PricebookEntryId]',
        fields: ['PricebookEntryId'],
      },
    ]);
    const bookless = idOf(await post('Order', draftOrder(ids, { Pricebook2Id: null })));
    expect(errorsOf(await post('OrderItem', line(bookless)))[0]?.errorCode).toBe('FIELD_INTEGRITY_EXCEPTION');
    await client.call('PATCH', `/sobjects/PricebookEntry/${ids.entryId}`, { IsActive: false });
    expect(errorsOf(await post('OrderItem', line(id)))[0]).toMatchObject({
      message: 'field integrity exception: PricebookEntryId (pricebook entry is inactive)',
    });
    await client.call('PATCH', `/sobjects/PricebookEntry/${ids.entryId}`, { IsActive: true });
    expect((await post('OrderItem', line(id))).status).toBe(201);
    const moved = await client.call('PATCH', `/sobjects/Order/${id}`, { Pricebook2Id: null });
    expect(errorsOf(moved)[0]?.fields).toEqual(['Pricebook2Id']);
  });

  it('lets go of neither order nor product on a line once it is made', async () => {
    const id = idOf(await post('Order', draftOrder(ids)));
    const item = idOf(await post('OrderItem', line(id)));
    const answer = await client.call('PATCH', `/sobjects/OrderItem/${item}`, {
      OrderId: id,
      PricebookEntryId: ids.entryId,
    });
    expect(errorsOf(answer)[0]).toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['OrderId', 'PricebookEntryId'],
    });
    expect((await client.call('PATCH', `/sobjects/OrderItem/${item}`, { Quantity: 4 })).status).toBe(204);
    expect((await client.call('GET', `/sobjects/Order/${id}?fields=TotalAmount`)).body).toMatchObject({
      TotalAmount: 42,
    });
  });

  it('is activated with lines only, and then keeps them', async () => {
    const born = await post('Order', draftOrder(ids, { Status: 'Activated' }));
    expect(errorsOf(born)[0]?.errorCode).toBe('FAILED_ACTIVATION');
    const id = idOf(await post('Order', draftOrder(ids)));
    const activate = () => client.call('PATCH', `/sobjects/Order/${id}`, { Status: 'Activated' });
    expect(errorsOf(await activate())).toEqual([
      { errorCode: 'FAILED_ACTIVATION', message: 'An order must have at least one product.', fields: [] },
    ]);
    const item = idOf(await post('OrderItem', line(id)));
    expect((await activate()).status).toBe(204);
    expect(
      (await client.call('GET', `/sobjects/Order/${id}?fields=StatusCode,ActivatedDate`)).body,
    ).toMatchObject({
      StatusCode: 'Activated',
      ActivatedDate: expect.any(String),
    });
    expect((await client.call('DELETE', `/sobjects/OrderItem/${item}`)).status).toBe(400);
    expect((await post('OrderItem', line(id))).status).toBe(400);
    expect((await client.call('DELETE', `/sobjects/Order/${id}`)).status).toBe(400);
  });

  it('takes its lines with it when a draft is deleted', async () => {
    const id = idOf(await post('Order', draftOrder(ids)));
    const item = idOf(await post('OrderItem', line(id)));
    expect((await client.call('DELETE', `/sobjects/Order/${id}`)).status).toBe(204);
    expect(sandbox.org.query(`SELECT Id FROM OrderItem WHERE Id = '${item}'`)).toEqual([]);
  });

  it('is refused for a blocked buyer, by the rule of the house', async () => {
    const blocked = String(sandbox.org.query('SELECT Id FROM Account WHERE Bloqueado__c = true')[0]?.['Id']);
    const answer = await post('Order', draftOrder(ids, { AccountId: blocked }));
    expect(errorsOf(answer)[0]).toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: expect.stringContaining('bloqueada por Cobranzas'),
    });
  });
});

describe('a price', () => {
  it('needs a standard one first and stands once in a book', async () => {
    const product = idOf(await post('Product2', { Name: 'Nuevo', StockKeepingUnit: 'N-1', IsActive: true }));
    const entry = (bookId: string) =>
      post('PricebookEntry', { Pricebook2Id: bookId, Product2Id: product, UnitPrice: 5, IsActive: true });
    expect(errorsOf(await entry(ids.bookId))[0]?.errorCode).toBe('STANDARD_PRICE_NOT_DEFINED');
    const standard = String(
      sandbox.org.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true')[0]?.['Id'],
    );
    expect((await entry(standard)).status).toBe(201);
    expect((await entry(ids.bookId)).status).toBe(201);
    expect(errorsOf(await entry(ids.bookId))[0]?.errorCode).toBe('FIELD_INTEGRITY_EXCEPTION');
  });

  it('comes in all books when a person adds products of his own', async () => {
    const items = [
      { sku: '0085123A', name: 'WHITE HANGING HEART', price: '2.55' },
      { sku: '0085123a', name: 'the same in small letters', price: '1' },
    ];
    expect(sandbox.org.addProducts(items)).toEqual({ added: 2, skipped: 0 });
    expect(sandbox.org.addProducts(items)).toEqual({ added: 0, skipped: 2 });
    const { body } = await client.query(
      "SELECT COUNT(Id) n, MAX(UnitPrice) p FROM PricebookEntry WHERE ProductCode = '0085123A' GROUP BY Pricebook2Id",
    );
    expect(body).toMatchObject({ totalSize: 4, records: [{ n: 2, p: 2.55 }, {}, {}, {}] });
  });
});

describe('describe', () => {
  const fieldsSchema = z.looseObject({ fields: z.array(z.looseObject({ name: z.string() })) });
  const field = async (object: string, name: string) => {
    const answer = await client.call('GET', `/sobjects/${object}/describe`);
    return fieldsSchema.parse(answer.body).fields.find((entry) => entry.name === name);
  };

  it('lists the objects', async () => {
    const { body } = await client.call('GET', '/sobjects');
    expect(body).toMatchObject({ encoding: 'UTF-8', maxBatchSize: 200 });
    const { sobjects } = z
      .object({ sobjects: z.array(z.looseObject({ name: z.string(), keyPrefix: z.string() })) })
      .parse(body);
    expect(Object.fromEntries(sobjects.map((entry) => [entry.name, entry.keyPrefix]))).toMatchObject({
      Account: '001',
      Order: '801',
      OrderItem: '802',
      Product2: '01t',
      Pricebook2: '01s',
      PricebookEntry: '01u',
      Location: '131',
      ProductItem: '0Co',
    });
  });

  it('tells of one object without its fields', async () => {
    const { body } = await client.call('GET', '/sobjects/Order');
    expect(body).toMatchObject({
      objectDescribe: { name: 'Order', createable: true },
      recentItems: expect.any(Array),
    });
    expect(body).not.toHaveProperty('objectDescribe.fields');
  });

  it('tells what a program has to know of a field', async () => {
    expect(await field('Order', 'Puente_ExportKey__c')).toMatchObject({
      type: 'string',
      length: 120,
      unique: true,
      caseSensitive: true,
      externalId: true,
      createable: true,
      custom: true,
      nillable: true,
    });
    expect(await field('OrderItem', 'PricebookEntryId')).toMatchObject({
      type: 'reference',
      referenceTo: ['PricebookEntry'],
      relationshipName: 'PricebookEntry',
      nillable: false,
      updateable: false,
    });
    expect(await field('Order', 'Status')).toMatchObject({
      restrictedPicklist: true,
      picklistValues: [{ value: 'Draft', active: true }, { value: 'Activated' }],
    });
    expect(await field('Order', 'CurrencyIsoCode')).toBeUndefined();
  });

  it('shows what the admin has forgotten, and everything follows', async () => {
    sandbox.org.setFields({
      missing: ['Order.Puente_PaymentTerms__c'],
      hidden: ['OrderItem.Puente_LineKey__c'],
      notUnique: ['Order.Puente_ExportKey__c'],
    });
    expect(await field('Order', 'Puente_PaymentTerms__c')).toBeUndefined();
    expect(await field('OrderItem', 'Puente_LineKey__c')).toBeUndefined();
    expect(await field('Order', 'Puente_ExportKey__c')).toMatchObject({ unique: false, externalId: true });
    expect(errorsOf(await client.query('SELECT Puente_LineKey__c FROM OrderItem'))[0]?.errorCode).toBe(
      'INVALID_FIELD',
    );
    const twice = [1, 2].map(() => post('Order', draftOrder(ids, { Puente_ExportKey__c: 'PAGINAWEB-77' })));
    const made = (await Promise.all(twice)).map(idOf);
    for (const id of made) await client.call('DELETE', `/sobjects/Order/${id}`);
    sandbox.org.setFields(everythingDeployed);
    expect((await post('Order', draftOrder(ids, { Puente_PaymentTerms__c: '30 días' }))).status).toBe(201);
  });
});

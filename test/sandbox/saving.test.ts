import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { type Basics, basics, draftOrder, errorsOf, idOf, type OrgClient, signIn } from './client';

/** Saving any record: texts as in public logs and recorded answers (research/salesforce.md 1.4, 1.5, 2.2). */

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
const read = async (object: string, id: string) =>
  (await client.call('GET', `/sobjects/${object}/${id}`)).body;
const parser = (what: string, column: number) => [
  {
    errorCode: 'JSON_PARSER_ERROR',
    message: `Cannot deserialize instance of ${what} or request may be missing a required field at [line:1, column:${column}]`,
  },
];

describe('values', () => {
  it('are trimmed, emptied, read from text and in any zone', async () => {
    const account = idOf(
      await post('Account', {
        attributes: { type: 'Account' },
        Name: '  Casa  ',
        Phone: '   ',
        Bloqueado__c: 'true',
        Website: 'no url at all',
        Industry: 'A value nobody has listed',
      }),
    );
    expect(await read('Account', account)).toMatchObject({
      Name: 'Casa',
      Phone: null,
      Bloqueado__c: true,
      Website: 'no url at all',
      Industry: 'A value nobody has listed',
    });
    await client.call('PATCH', `/sobjects/Account/${account}`, { Bloqueado__c: null });
    expect(await read('Account', account)).toMatchObject({ Bloqueado__c: false });
    const order = idOf(
      await post(
        'Order',
        draftOrder(ids, { effectivedate: '2026-11-23T23:30:00.000-03:00', EffectiveDate: undefined }),
      ),
    );
    expect(await read('Order', order)).toMatchObject({ EffectiveDate: '2026-11-23' });
    const line = { OrderId: order, PricebookEntryId: ids.entryId, Quantity: '3', UnitPrice: '1e1' };
    expect(await read('OrderItem', idOf(await post('OrderItem', line)))).toMatchObject({
      Quantity: 3,
      UnitPrice: 10,
    });
  });

  it.each([
    ['Account', { Name: { a: 1 } }, parser('string from START_OBJECT value {', 10)],
    ['Account', { Name: 'A', Phone: ['1'] }, parser('string from START_ARRAY value [', 22)],
    ['Account', { Bloqueado__c: 'FALSE' }, parser('boolean from VALUE_STRING value FALSE', 24)],
    ['Account', { Bloqueado__c: 1 }, parser('boolean from VALUE_NUMBER_INT value 1', 18)],
    ['PricebookEntry', { UnitPrice: true }, parser('currency from VALUE_TRUE value true', 18)],
    ['OrderItem', { Quantity: '1,5' }, parser('double from VALUE_STRING value 1,5', 18)],
    ['OrderItem', { Quantity: '' }, parser('double from VALUE_STRING value ', 15)],
    ['Order', { EffectiveDate: '23/11/2026' }, parser('date from VALUE_STRING value 23/11/2026', 30)],
    ['Contact', { LastName: 'A', Account: 'Casa' }, parser('complexvalue from VALUE_STRING value Casa', 33)],
  ])('of the wrong kind: %s %j', async (object, body, errors) => {
    const answer = await post(object, body);
    expect([answer.status, answer.body]).toEqual([400, errors]);
  });

  it('as long as their field and no longer, long text too', async () => {
    const long = 'x'.repeat(32_000);
    const id = idOf(await post('Account', { Name: 'A', Description: long }));
    expect(await read('Account', id)).toMatchObject({ Description: long });
    expect(errorsOf(await post('Account', { Name: 'A', Description: `${long}y` }))).toEqual([
      {
        errorCode: 'STRING_TOO_LONG',
        message: `Account Description: data value too large: ${long}y (max length=32000)`,
        fields: ['Description'],
      },
    ]);
  });
});

describe('several errors', () => {
  it('come in one array, each with message, code and fields in this order', async () => {
    const answer = await client.call('POST', '/sobjects/Contact', {
      FirstName: 'A'.repeat(41),
      Email: 'a@b',
      AccountId: ids.bookId,
    });
    expect(JSON.stringify(answer.body)).toBe(
      JSON.stringify([
        {
          message: 'Required fields are missing: [LastName]',
          errorCode: 'REQUIRED_FIELD_MISSING',
          fields: ['LastName'],
        },
        {
          message: `Account ID: id value of incorrect type: ${ids.bookId}`,
          errorCode: 'FIELD_INTEGRITY_EXCEPTION',
          fields: ['AccountId'],
        },
        {
          message: `First Name: data value too large: ${'A'.repeat(41)} (max length=40)`,
          errorCode: 'STRING_TOO_LONG',
          fields: ['FirstName'],
        },
        {
          message: 'Email: invalid email address: a@b',
          errorCode: 'INVALID_EMAIL_ADDRESS',
          fields: ['Email'],
        },
      ]),
    );
  });
});

describe('references', () => {
  it('take 15 and 18 characters, 18 in any case', async () => {
    for (const id of [ids.accountId, ids.accountId.slice(0, 15), ids.accountId.toLowerCase()]) {
      const contact = idOf(await post('Contact', { LastName: 'A', AccountId: id }));
      expect(await read('Contact', contact)).toMatchObject({ AccountId: ids.accountId });
    }
  });

  it('neither to what is deleted nor to what the user cannot see', async () => {
    const account = idOf(await post('Account', { Name: 'Por poco tiempo' }));
    const attempt = async () => errorsOf(await post('Contact', { LastName: 'A', AccountId: account }));
    const { core } = sandbox.org;
    const open = core.options;
    core.options = { ...open, sees: (_object, id) => id !== account };
    expect(await attempt()).toEqual([
      {
        errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
        message: 'insufficient access rights on cross-reference id',
        fields: [],
      },
    ]);
    core.options = open;
    await client.call('DELETE', `/sobjects/Account/${account}`);
    expect(await attempt()).toEqual([
      { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] },
    ]);
  });

  it('go up a hierarchy and never round in it', async () => {
    const parent = idOf(await post('Account', { Name: 'Casa central' }));
    const child = idOf(await post('Account', { Name: 'Sucursal', ParentId: parent }));
    for (const [id, above] of [
      [parent, parent],
      [parent, child],
    ]) {
      const answer = await client.call('PATCH', `/sobjects/Account/${id}`, { ParentId: above });
      expect(errorsOf(answer)).toEqual([
        {
          errorCode: 'CIRCULAR_DEPENDENCY',
          message: 'attempt to violate hierarchy constraints',
          fields: ['ParentId'],
        },
      ]);
    }
  });
});

describe('a unique value', () => {
  it('compares by its field, and hides the holder from a user who cannot see it', async () => {
    const account = idOf(await post('Account', { Name: 'A', Puente_TaxId__c: 'ab-1' }));
    const again = () => post('Account', { Name: 'B', Puente_TaxId__c: 'AB-1' });
    const error = (field: string, id: string) => ({
      errorCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: ${field} duplicates value on record with id: ${id}`,
      fields: [],
    });
    expect(errorsOf(await again())).toEqual([error('Puente_TaxId__c', account.slice(0, 15))]);
    const { core } = sandbox.org;
    const open = core.options;
    core.options = { ...open, sees: () => false };
    expect(errorsOf(await again())).toEqual([error('<unknown>', '<unknown>')]);
    core.options = open;
    const own = await client.call('PATCH', `/sobjects/Account/${account}`, { Puente_TaxId__c: 'AB-1' });
    expect(own.status).toBe(204);
  });
});

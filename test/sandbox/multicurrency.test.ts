import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { type Basics, basics, draftOrder, errorsOf, idOf, type OrgClient, signIn } from './client';

/** Object reference: CurrencyType, and CurrencyIsoCode of PricebookEntry, Order and User. */

const fieldsSchema = z.looseObject({ fields: z.array(z.looseObject({ name: z.string() })) });
const sobjectsSchema = z.looseObject({ sobjects: z.array(z.looseObject({ name: z.string() })) });

async function field(client: OrgClient, object: string, name: string) {
  const { body } = await client.call('GET', `/sobjects/${object}/describe`);
  return fieldsSchema.parse(body).fields.find((entry) => entry.name === name);
}

const objectNames = async (client: OrgClient) =>
  sobjectsSchema.parse((await client.call('GET', '/sobjects')).body).sobjects.map((entry) => entry.name);

describe('an org with several currencies', () => {
  let sandbox: Sandbox;
  let client: OrgClient;
  let ids: Basics;
  beforeAll(async () => {
    sandbox = await startSandbox({
      content: { products: 20, buyers: 20 },
      org: {
        multicurrency: {
          corporate: 'ARS',
          others: [
            { isoCode: 'USD', rate: 0.000667 },
            { isoCode: 'CLP', rate: 0.61, decimalPlaces: 0 },
            { isoCode: 'UYU', rate: 0.027, active: false },
          ],
        },
      },
    });
    client = await signIn(sandbox);
    ids = basics(sandbox);
  });
  afterAll(() => sandbox.stop());

  const post = (object: string, body: unknown) => client.call('POST', `/sobjects/${object}`, body);
  const standardBook = () =>
    String(sandbox.org.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true')[0]?.['Id']);
  const price = (bookId: string, changes: Record<string, unknown> = {}) =>
    post('PricebookEntry', {
      Pricebook2Id: bookId,
      Product2Id: ids.productId,
      UnitPrice: 5,
      IsActive: true,
      CurrencyIsoCode: 'USD',
      ...changes,
    });

  it('tells them in CurrencyType', async () => {
    expect(await objectNames(client)).toContain('CurrencyType');
    const { body } = await client.query(
      'SELECT IsoCode, ConversionRate, DecimalPlaces, IsActive, IsCorporate FROM CurrencyType ORDER BY IsoCode',
    );
    const row = (IsoCode: string, ConversionRate: number, DecimalPlaces = 2, IsActive = true) => ({
      IsoCode,
      ConversionRate,
      DecimalPlaces,
      IsActive,
      IsCorporate: IsoCode === 'ARS',
    });
    expect(body).toMatchObject({
      totalSize: 4,
      records: [row('ARS', 1), row('CLP', 0.61, 0), row('USD', 0.000667), row('UYU', 0.027, 2, false)],
    });
    expect((await post('CurrencyType', { IsoCode: 'EUR' })).status).toBe(400);
  });

  it('describes the field where it is, and who may set it', async () => {
    expect(await field(client, 'Order', 'CurrencyIsoCode')).toMatchObject({
      label: 'Currency ISO Code',
      type: 'picklist',
      restrictedPicklist: true,
      defaultedOnCreate: true,
      createable: true,
      length: 3,
      picklistValues: [{ value: 'ARS' }, { value: 'USD' }, { value: 'CLP' }],
    });
    expect(await field(client, 'PricebookEntry', 'CurrencyIsoCode')).toMatchObject({
      createable: true,
      updateable: false,
    });
    expect(await field(client, 'OrderItem', 'CurrencyIsoCode')).toMatchObject({ createable: false });
    for (const object of ['Account', 'Product2']) {
      expect(await field(client, object, 'CurrencyIsoCode')).toBeDefined();
    }
  });

  it('gives every record of its seed, every user and every new record the corporate one', async () => {
    for (const object of ['Account', 'Product2', 'PricebookEntry']) {
      const { body } = await client.query(`SELECT COUNT() FROM ${object} WHERE CurrencyIsoCode != 'ARS'`);
      expect(body).toMatchObject({ totalSize: 0 });
    }
    expect(sandbox.org.query('SELECT DefaultCurrencyIsoCode FROM User LIMIT 1')).toMatchObject([
      { DefaultCurrencyIsoCode: 'ARS' },
    ]);
    const id = idOf(await post('Account', { Name: 'Nueva', CurrencyIsoCode: null }));
    expect((await client.call('GET', `/sobjects/Account/${id}`)).body).toMatchObject({
      CurrencyIsoCode: 'ARS',
    });
  });

  it.each(['EUR', 'UYU'])('takes no currency that it does not have or has put away: %s', async (code) => {
    expect(errorsOf(await post('Account', { Name: 'A', CurrencyIsoCode: code }))).toEqual([
      {
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: `Currency ISO Code: bad value for restricted picklist field: ${code}`,
        fields: ['CurrencyIsoCode'],
      },
    ]);
  });

  it('has one price per book, product and currency, and a standard one in each', async () => {
    expect(errorsOf(await price(ids.bookId))[0]?.errorCode).toBe('STANDARD_PRICE_NOT_DEFINED');
    const standard = idOf(await price(standardBook()));
    const followed = idOf(await price(ids.bookId, { UseStandardPrice: true, UnitPrice: undefined }));
    expect(errorsOf(await price(ids.bookId))[0]?.message).toBe(
      'This price definition already exists in this price book',
    );
    await client.call('PATCH', `/sobjects/PricebookEntry/${standard}`, { UnitPrice: 6 });
    expect((await client.call('GET', `/sobjects/PricebookEntry/${followed}`)).body).toMatchObject({
      UnitPrice: 6,
      CurrencyIsoCode: 'USD',
    });
    expect((await client.call('GET', `/sobjects/PricebookEntry/${ids.entryId}`)).body).toMatchObject({
      UnitPrice: ids.price,
      CurrencyIsoCode: 'ARS',
    });
  });

  // SOQL guide, "Querying Currency Fields in Multi-Currency Orgs".
  it('converts amounts, and compares them with those of another currency', async () => {
    for (const [Name, CurrencyIsoCode, Amount] of [
      ['Dólares', 'USD', 6.67],
      ['Pesos', 'ARS', 9000],
    ] as const) {
      idOf(
        await post('Opportunity', {
          Name,
          CurrencyIsoCode,
          Amount,
          StageName: 'Prospecting',
          CloseDate: '2026-12-01',
        }),
      );
    }
    expect(
      sandbox.org.query('SELECT Name, Amount, convertCurrency(Amount) pesos FROM Opportunity ORDER BY Name'),
    ).toMatchObject([
      { Name: 'Dólares', Amount: 6.67, pesos: 10_000 },
      { Name: 'Pesos', Amount: 9000, pesos: 9000 },
    ]);
    expect(sandbox.org.query('SELECT Name FROM Opportunity WHERE Amount > USD6.5')).toMatchObject([
      { Name: 'Dólares' },
    ]);
    expect(sandbox.org.query('SELECT Name FROM Opportunity WHERE Amount <= ARS9000')).toMatchObject([
      { Name: 'Pesos' },
    ]);
  });

  it('holds an order to one currency from its first line on', async () => {
    const usd = String(
      sandbox.org.query(
        `SELECT Id FROM PricebookEntry WHERE Pricebook2Id = '${ids.bookId}' AND CurrencyIsoCode = 'USD'`,
      )[0]?.['Id'],
    );
    const order = idOf(await post('Order', draftOrder(ids)));
    const line = (entry: string) =>
      post('OrderItem', { OrderId: order, PricebookEntryId: entry, Quantity: 1, UnitPrice: 5 });
    expect(errorsOf(await line(usd))).toEqual([
      {
        errorCode: 'FIELD_INTEGRITY_EXCEPTION',
        message:
          'field integrity exception: PricebookEntryId (pricebook entry currency code does not match order currency code)',
        fields: ['PricebookEntryId'],
      },
    ]);
    const change = (code: string) =>
      client.call('PATCH', `/sobjects/Order/${order}`, { CurrencyIsoCode: code });
    expect((await change('USD')).status).toBe(204);
    const item = idOf(await line(usd));
    expect((await client.call('GET', `/sobjects/OrderItem/${item}`)).body).toMatchObject({
      CurrencyIsoCode: 'USD',
    });
    expect(errorsOf(await change('ARS'))[0]?.fields).toEqual(['CurrencyIsoCode']);
  });
});

describe('an org with one currency', () => {
  let sandbox: Sandbox;
  let client: OrgClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ content: { products: 5, buyers: 5 } });
    client = await signIn(sandbox);
  });
  afterAll(() => sandbox.stop());

  it('converts nothing', async () => {
    const answer = await client.query('SELECT convertCurrency(TotalAmount) FROM Order');
    expect(errorsOf(answer)[0]?.errorCode).toBe('MALFORMED_QUERY');
  });

  it('knows nothing of currencies', async () => {
    expect(await objectNames(client)).not.toContain('CurrencyType');
    expect(await field(client, 'Order', 'CurrencyIsoCode')).toBeUndefined();
    expect(await field(client, 'User', 'DefaultCurrencyIsoCode')).toBeUndefined();
    expect(errorsOf(await client.query('SELECT CurrencyIsoCode FROM Order'))[0]?.errorCode).toBe(
      'INVALID_FIELD',
    );
    expect(errorsOf(await client.query('SELECT IsoCode FROM CurrencyType'))[0]?.errorCode).toBe(
      'INVALID_TYPE',
    );
    const body = { Name: 'A', CurrencyIsoCode: 'ARS' };
    expect(errorsOf(await client.call('POST', '/sobjects/Account', body))).toEqual([
      { errorCode: 'INVALID_FIELD', message: "No such column 'CurrencyIsoCode' on sobject of type Account" },
    ]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import type { OrgOptions } from '../../sandbox/org/settings';
import { type Basics, basics, draftOrder, errorsOf, idOf, type OrgClient, signIn } from './client';

/** Object reference: Order, OrderItem, Product2, Pricebook2, PricebookEntry, ProductItem; HELP sales.order_edit. */

let sandbox: Sandbox;
let client: OrgClient;
let ids: Basics;
const renamed = [
  { apiName: 'Nuevo', label: 'Nuevo', statusCode: 'Draft', isDefault: true },
  { apiName: 'En revisión', label: 'En revisión', statusCode: 'Draft', isDefault: false },
  { apiName: 'Confirmado', label: 'Confirmado', statusCode: 'Activated', isDefault: false },
  { apiName: 'Entregado', label: 'Entregado', statusCode: 'Activated', isDefault: false },
] as const;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 20, buyers: 20 }, org: { orderStatuses: renamed } });
  client = await signIn(sandbox);
  ids = basics(sandbox);
});
afterEach(() => setOptions({ deniedPermissions: [] }));
afterAll(() => sandbox.stop());

function setOptions(changes: Partial<OrgOptions>): void {
  sandbox.org.core.options = { ...sandbox.org.core.options, ...changes };
}
const post = (object: string, body: unknown) => client.call('POST', `/sobjects/${object}`, body);
const patch = (object: string, id: string, body: unknown) =>
  client.call('PATCH', `/sobjects/${object}/${id}`, body);
const remove = (object: string, id: string) => client.call('DELETE', `/sobjects/${object}/${id}`);
const read = async (object: string, id: string) =>
  (await client.call('GET', `/sobjects/${object}/${id}`)).body;
const newOrder = async (changes: Record<string, unknown> = {}) =>
  idOf(await post('Order', draftOrder(ids, { Status: 'Nuevo', ...changes })));
const line = (orderId: string, changes: Record<string, unknown> = {}) => ({
  OrderId: orderId,
  PricebookEntryId: ids.entryId,
  Quantity: 2,
  UnitPrice: 10.5,
  ...changes,
});
const integrity = (message: string, ...fields: string[]) => ({
  errorCode: 'FIELD_INTEGRITY_EXCEPTION',
  message,
  fields,
});

describe('an order', () => {
  it('is born in any status that means Draft, in none that means Activated', async () => {
    expect(await read('Order', await newOrder({ Status: 'En revisión' }))).toMatchObject({
      Status: 'En revisión',
      StatusCode: 'Draft',
      ActivatedDate: null,
    });
    const born = await post('Order', draftOrder(ids, { Status: 'Entregado' }));
    expect(errorsOf(born)).toEqual([
      {
        errorCode: 'FAILED_ACTIVATION',
        message: "For a new or cloned order, choose Draft. An Activated order's status can't be edited.",
        fields: ['Status'],
      },
    ]);
    expect(errorsOf(await post('Order', draftOrder(ids)))[0]?.errorCode).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
  });

  it('goes to Activated and back by whatever the status is called', async () => {
    const id = await newOrder();
    idOf(await post('OrderItem', line(id)));
    expect((await patch('Order', id, { Status: 'Confirmado' })).status).toBe(204);
    expect(await read('Order', id)).toMatchObject({
      StatusCode: 'Activated',
      ActivatedDate: expect.any(String),
      ActivatedById: sandbox.org.core.userId,
    });
    expect((await patch('Order', id, { Status: 'Entregado', Description: 'Entregado' })).status).toBe(204);
    expect((await patch('Order', id, { Status: 'Nuevo' })).status).toBe(204);
    expect(await read('Order', id)).toMatchObject({
      StatusCode: 'Draft',
      ActivatedDate: null,
      ActivatedById: null,
    });
  });

  it('asks for the permissions of HELP sales.order_edit once it is activated', async () => {
    const id = await newOrder();
    const item = idOf(await post('OrderItem', line(id)));
    const refusal = {
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'insufficient access rights on object id',
      fields: [],
    };
    setOptions({ deniedPermissions: ['ActivateOrders'] });
    expect(errorsOf(await patch('Order', id, { Status: 'Confirmado' }))).toEqual([refusal]);
    setOptions({ deniedPermissions: [] });
    await patch('Order', id, { Status: 'Confirmado' });
    expect((await patch('OrderItem', item, { Quantity: 5 })).status).toBe(204);
    setOptions({ deniedPermissions: ['EditActivatedOrders'] });
    expect(errorsOf(await patch('Order', id, { Description: 'x' }))).toEqual([refusal]);
    expect(errorsOf(await patch('OrderItem', item, { Quantity: 6 }))).toEqual([refusal]);
    expect(await read('Order', id)).toMatchObject({ TotalAmount: 52.5, Description: null });
  });

  it('keeps its lines and itself once it is activated, and its account', async () => {
    const id = await newOrder();
    const item = idOf(await post('OrderItem', line(id)));
    await patch('Order', id, { Status: 'Confirmado' });
    const other = idOf(await post('Account', { Name: 'Otra' }));
    expect(errorsOf(await patch('Order', id, { AccountId: other }))[0]?.fields).toEqual(['AccountId']);
    const locked = (errorCode: string) => [
      {
        errorCode,
        message:
          'unable to modify activated or superseded order: cannot delete order, or add or remove order products',
        fields: [],
      },
    ];
    expect(errorsOf(await remove('OrderItem', item))).toEqual(locked('DELETE_FAILED'));
    expect(errorsOf(await remove('Order', id))).toEqual(locked('DELETE_FAILED'));
    expect(errorsOf(await post('OrderItem', line(id)))).toEqual(locked('ENTITY_IS_LOCKED'));
    await patch('Order', id, { Status: 'Nuevo' });
    expect((await remove('Order', id)).status).toBe(204);
  });

  it('takes a price book once and keeps it when there are lines', async () => {
    const id = await newOrder({ Pricebook2Id: null });
    expect(errorsOf(await post('OrderItem', line(id)))).toHaveLength(2);
    expect((await patch('Order', id, { Pricebook2Id: ids.bookId })).status).toBe(204);
    idOf(await post('OrderItem', line(id)));
    expect(errorsOf(await patch('Order', id, { Pricebook2Id: null }))).toEqual([
      integrity("You can't change the price book of an order that has order products.", 'Pricebook2Id'),
    ]);
    expect((await patch('Order', id, { Pricebook2Id: ids.bookId })).status).toBe(204);
  });

  it('takes no inactive price book, no end before its start, and is no reduction order', async () => {
    const closed = idOf(await post('Pricebook2', { Name: 'Cerrada' }));
    expect(errorsOf(await post('Order', draftOrder(ids, { Status: 'Nuevo', Pricebook2Id: closed })))).toEqual(
      [integrity('field integrity exception: Pricebook2Id (pricebook is inactive)', 'Pricebook2Id')],
    );
    const backwards = await post('Order', draftOrder(ids, { Status: 'Nuevo', EndDate: '2026-11-22' }));
    expect(errorsOf(backwards)[0]?.fields).toEqual(['EndDate']);
    const reduction = await post('Order', draftOrder(ids, { Status: 'Nuevo', IsReductionOrder: true }));
    expect(errorsOf(reduction)[0]?.errorCode).toBe('FEATURE_NOT_ENABLED');
  });

  it('cannot be deprived of its account', async () => {
    const id = await newOrder();
    expect(errorsOf(await patch('Order', id, { AccountId: null }))[0]).toEqual({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [AccountId]',
      fields: ['AccountId'],
    });
    expect(errorsOf(await remove('Account', ids.accountId))[0]).toMatchObject({
      errorCode: 'DELETE_FAILED',
      message: expect.stringMatching(
        /^Your attempt to delete .+ could not be completed because it is associated with the following orders\.: \d{8}(, \d{8})*\n$/,
      ),
      fields: [],
    });
  });
});

describe('a line', () => {
  it('numbers itself and brings list price and product along', async () => {
    const item = idOf(await post('OrderItem', line(await newOrder())));
    expect(await read('OrderItem', item)).toMatchObject({
      OrderItemNumber: expect.stringMatching(/^\d{10}$/),
      ListPrice: ids.price,
      UnitPrice: 10.5,
      TotalPrice: 21,
      AvailableQuantity: 2,
      Product2Id: ids.productId,
    });
  });

  it.each([
    ['zero', { Quantity: 0 }, integrity('Quantity must be nonzero', 'Quantity')],
    ['less than nothing', { Quantity: -1 }, integrity('Quantity must be positive', 'Quantity')],
    [
      'too many',
      { Quantity: 1e16 },
      {
        errorCode: 'NUMBER_OUTSIDE_VALID_RANGE',
        message: 'Quantity: value outside of valid range on numeric field: 10000000000000000',
        fields: ['Quantity'],
      },
    ],
    [
      'nothing',
      { UnitPrice: null },
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [UnitPrice]',
        fields: ['UnitPrice'],
      },
    ],
  ])('is not taken for %s', async (_what, changes, error) => {
    expect(errorsOf(await post('OrderItem', line(await newOrder(), changes)))).toEqual([error]);
  });

  it('is taken for zero and for less where Order Settings allow it', async () => {
    setOptions({ orderSettings: { negativeQuantity: true, zeroQuantity: true } });
    const id = await newOrder();
    idOf(await post('OrderItem', line(id, { Quantity: 0 })));
    idOf(await post('OrderItem', line(id, { Quantity: -3, UnitPrice: 2 })));
    expect(await read('Order', id)).toMatchObject({ TotalAmount: -6 });
    setOptions({ orderSettings: { negativeQuantity: false, zeroQuantity: false } });
  });

  it('rounds more decimals than its fields have, halves up', async () => {
    const item = idOf(
      await post('OrderItem', line(await newOrder(), { Quantity: 1.005, UnitPrice: '2.345' })),
    );
    expect(await read('OrderItem', item)).toMatchObject({
      Quantity: 1.01,
      UnitPrice: 2.35,
      TotalPrice: 2.37,
    });
  });

  it('is not sold at an inactive price, of an inactive product, or from an archive', async () => {
    const id = await newOrder();
    const refusal = (why: string) => [
      integrity(`field integrity exception: PricebookEntryId (${why})`, 'PricebookEntryId'),
    ];
    const attempt = async () => errorsOf(await post('OrderItem', line(id)));
    await patch('PricebookEntry', ids.entryId, { IsActive: false });
    expect(await attempt()).toEqual(refusal('pricebook entry is inactive'));
    await patch('PricebookEntry', ids.entryId, { IsActive: true });
    await patch('Product2', ids.productId, { IsActive: false });
    expect(await attempt()).toEqual(refusal('product is inactive'));
    await patch('Product2', ids.productId, { IsActive: true });
    const { records } = sandbox.org.core;
    records.update({ name: 'PricebookEntry' }, ids.entryId, { IsArchived: 1 });
    expect(await attempt()).toEqual(refusal('pricebook entry has been archived'));
    records.update({ name: 'PricebookEntry' }, ids.entryId, { IsArchived: 0 });
    expect((await post('OrderItem', line(id))).status).toBe(201);
  });

  it('holds on to its product and its price', async () => {
    idOf(await post('OrderItem', line(await newOrder())));
    for (const [object, id] of [
      ['Product2', ids.productId],
      ['PricebookEntry', ids.entryId],
      ['Pricebook2', ids.bookId],
    ] as const) {
      const answer = await remove(object, id);
      expect([answer.status, errorsOf(answer)[0]?.errorCode]).toEqual([400, 'DELETE_FAILED']);
    }
  });
});

describe('prices', () => {
  const standardBook = () =>
    String(sandbox.org.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true')[0]?.['Id']);
  const newProduct = async () => idOf(await post('Product2', { Name: 'Nuevo', IsActive: true }));
  const price = (product: string, book: string, changes: Record<string, unknown> = {}) =>
    post('PricebookEntry', {
      Pricebook2Id: book,
      Product2Id: product,
      UnitPrice: 5,
      IsActive: true,
      ...changes,
    });

  it('begin with an active standard one', async () => {
    const product = await newProduct();
    const refusal = {
      errorCode: 'STANDARD_PRICE_NOT_DEFINED',
      message: 'Before creating a custom price, create a standard price.',
      fields: [],
    };
    expect(errorsOf(await price(product, ids.bookId))).toEqual([refusal]);
    const standard = idOf(await price(product, standardBook(), { IsActive: false }));
    expect(errorsOf(await price(product, ids.bookId))).toEqual([refusal]);
    const custom = idOf(await price(product, ids.bookId, { IsActive: false }));
    expect(errorsOf(await patch('PricebookEntry', custom, { IsActive: true }))).toEqual([refusal]);
    await patch('PricebookEntry', standard, { IsActive: true });
    expect((await patch('PricebookEntry', custom, { IsActive: true })).status).toBe(204);
  });

  it('stand once in a book', async () => {
    const product = await newProduct();
    idOf(await price(product, standardBook()));
    expect(errorsOf(await price(product, standardBook()))).toEqual([
      integrity('This price definition already exists in this price book'),
    ]);
  });

  it('follow the standard price where they are told to, and take no other', async () => {
    const product = await newProduct();
    const standard = idOf(await price(product, standardBook(), { UnitPrice: 8 }));
    const custom = idOf(await price(product, ids.bookId, { UseStandardPrice: true, UnitPrice: undefined }));
    expect(await read('PricebookEntry', custom)).toMatchObject({ UnitPrice: 8, UseStandardPrice: true });
    await patch('PricebookEntry', standard, { UnitPrice: 9.25 });
    expect(await read('PricebookEntry', custom)).toMatchObject({ UnitPrice: 9.25 });
    expect(errorsOf(await patch('PricebookEntry', custom, { UnitPrice: 7 }))).toEqual([
      integrity('field integrity exception'),
    ]);
    expect((await patch('PricebookEntry', custom, { UseStandardPrice: false, UnitPrice: 7 })).status).toBe(
      204,
    );
    await patch('PricebookEntry', standard, { UnitPrice: 10 });
    expect(await read('PricebookEntry', custom)).toMatchObject({ UnitPrice: 7 });
    await patch('PricebookEntry', custom, { UseStandardPrice: true });
    expect(await read('PricebookEntry', custom)).toMatchObject({ UnitPrice: 10 });
    const early = await remove('PricebookEntry', standard);
    expect([early.status, errorsOf(early)[0]?.errorCode]).toEqual([500, 'UNKNOWN_EXCEPTION']);
    expect((await remove('PricebookEntry', custom)).status).toBe(204);
    expect((await remove('PricebookEntry', standard)).status).toBe(204);
  });

  it('go with their product and with their book, of which the standard one stays', async () => {
    const product = await newProduct();
    const standard = idOf(await price(product, standardBook()));
    const book = idOf(await post('Pricebook2', { Name: 'De paso', IsActive: true }));
    const custom = idOf(await price(product, book));
    expect((await remove('Pricebook2', book)).status).toBe(204);
    expect((await client.call('GET', `/sobjects/PricebookEntry/${custom}`)).status).toBe(404);
    expect((await remove('Product2', product)).status).toBe(204);
    expect((await client.call('GET', `/sobjects/PricebookEntry/${standard}`)).status).toBe(404);
    expect(errorsOf(await remove('Pricebook2', standardBook()))[0]?.errorCode).toBe('DELETE_FAILED');
  });
});

describe('stock', () => {
  const stock = (product: string, place: string, changes: Record<string, unknown> = {}) =>
    post('ProductItem', { Product2Id: product, LocationId: place, QuantityOnHand: 4, ...changes });
  const place = async (isInventory: boolean) =>
    idOf(
      await post('Location', {
        Name: 'Depósito',
        LocationType: 'Warehouse',
        IsInventoryLocation: isInventory,
      }),
    );

  it('stands once for a product and a location, unless each piece has its serial number', async () => {
    const here = await place(true);
    const first = idOf(await stock(ids.productId, here, { QuantityOnHand: -2.5 }));
    expect(await read('ProductItem', first)).toMatchObject({ QuantityOnHand: -2.5 });
    expect(errorsOf(await stock(ids.productId, here))[0]?.errorCode).toBe('DUPLICATE_VALUE');
    expect(errorsOf(await stock(ids.productId, here, { SerialNumber: 'S1' }))[0]?.fields).toEqual([
      'QuantityOnHand',
    ]);
    for (const SerialNumber of ['S1', 'S2']) {
      idOf(await stock(ids.productId, here, { SerialNumber, QuantityOnHand: 1 }));
    }
    const moved = await patch('ProductItem', first, { LocationId: await place(true) });
    expect(errorsOf(moved)[0]).toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['LocationId'],
    });
  });

  it('lies in inventory locations only', async () => {
    expect(errorsOf(await stock(ids.productId, await place(false)))[0]?.fields).toEqual(['LocationId']);
  });
});

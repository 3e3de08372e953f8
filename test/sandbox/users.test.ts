import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { basics, draftOrder, errorsOf, idOf, type OrgClient, read, requestToken, version } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 5, buyers: 6 } });
});
afterAll(() => sandbox.stop());

const people = {
  admin: { username: 'administracion@santelmo.example', password: 'Administra2026' },
  sales: { username: 'ventas@santelmo.example', password: 'Ventas2026' },
};

async function signInAs(person: { username: string; password: string }): Promise<OrgClient & { id: string }> {
  const { body } = await requestToken(sandbox, person);
  const { access_token: token, id } = z.object({ access_token: z.string(), id: z.string() }).parse(body);
  const call: OrgClient['call'] = async (method, path, content) =>
    read(
      await fetch(`${sandbox.org.url}/services/data/${version}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
      }),
    );
  const query: OrgClient['query'] = (soql) => call('GET', `/query?q=${encodeURIComponent(soql)}`);
  return { token, call, query, id: id.slice(-18) };
}

const fieldsOf = (body: unknown) =>
  new Map(
    z
      .object({
        fields: z.array(z.object({ name: z.string(), createable: z.boolean(), updateable: z.boolean() })),
      })
      .parse(body)
      .fields.map((field) => [field.name, field]),
  );

describe('a request', () => {
  it('runs as the user of its session: created by, modified by, owner, who am I', async () => {
    const admin = await signInAs(people.admin);
    const sales = await signInAs(people.sales);
    expect(admin.id).not.toBe(sales.id);
    const id = idOf(await sales.call('POST', '/sobjects/Account', { Name: 'De Martín' }));
    await admin.call('PATCH', `/sobjects/Account/${id}`, { Phone: '11' });
    const { body } = await admin.query(
      `SELECT CreatedById, CreatedBy.Name, OwnerId, LastModifiedById FROM Account WHERE Id = '${id}'`,
    );
    expect(body).toMatchObject({
      records: [
        {
          CreatedById: sales.id,
          CreatedBy: { Name: 'Martín Sosa' },
          OwnerId: sales.id,
          LastModifiedById: admin.id,
        },
      ],
    });
    const { body: resources } = await sales.call('GET', '/');
    expect(resources).toMatchObject({ identity: expect.stringContaining(sales.id) });
  });

  it('keeps one password a user', async () => {
    const mixed = { username: people.admin.username, password: people.sales.password };
    expect((await requestToken(sandbox, mixed)).status).toBe(400);
    expect(
      (await requestToken(sandbox, { ...people.admin, username: people.admin.username.toUpperCase() }))
        .status,
    ).toBe(200);
  });
});

describe('a field without Read', () => {
  it('looks like one that was never deployed: describe, SOQL, a record, a write', async () => {
    const sales = await signInAs(people.sales);
    const admin = await signInAs(people.admin);
    const described = async (client: OrgClient) =>
      fieldsOf((await client.call('GET', '/sobjects/Order/describe')).body).has('Puente_ExportKey__c');
    expect([await described(admin), await described(sales)]).toEqual([true, false]);
    const soql = 'SELECT Puente_ExportKey__c FROM Order';
    expect((await admin.query(soql)).status).toBe(200);
    expect(errorsOf(await sales.query(soql))[0]).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Puente_ExportKey__c' on entity 'Order'"),
    });
    expect(
      errorsOf(await sales.query('SELECT Order.Puente_Identifier__c FROM OrderItem'))[0]?.errorCode,
    ).toBe('INVALID_FIELD');
    const order = draftOrder(basics(sandbox), { Puente_ExportKey__c: 'V-1' });
    expect(errorsOf(await sales.call('POST', '/sobjects/Order', order))[0]).toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const id = idOf(await admin.call('POST', '/sobjects/Order', order));
    expect((await sales.call('GET', `/sobjects/Order/${id}`)).body).not.toHaveProperty('Puente_ExportKey__c');
    expect((await admin.call('GET', `/sobjects/Order/${id}`)).body).toHaveProperty(
      'Puente_ExportKey__c',
      'V-1',
    );
    expect((await sales.call('GET', '/sobjects/Order/Puente_ExportKey__c/V-1')).status).toBe(404);
  });

  it('of a required kind cannot be taken away, as in Setup', async () => {
    const { username } = sandbox.org.credentials;
    sandbox.org.setUser(username, {
      access: { ...noLimits, hiddenFields: ['Order.Status', 'order.createddate', 'Order.Description'] },
    });
    const { body } = await (await signInAs(sandbox.org.credentials)).call('GET', '/sobjects/Order/describe');
    const fields = fieldsOf(body);
    expect(['Status', 'CreatedDate', 'Description'].map((name) => fields.has(name))).toEqual([
      true,
      true,
      false,
    ]);
    sandbox.org.setUser(username, { access: noLimits });
  });
});

const noLimits = {
  hiddenObjects: [],
  noCreate: [],
  noEdit: [],
  noDelete: [],
  hiddenFields: [],
  readOnlyFields: [],
};

describe('a field with Read only', () => {
  it('is described as such, and a write of it is refused (research/salesforce.md 2.1)', async () => {
    const sales = await signInAs(people.sales);
    const described = fieldsOf((await sales.call('GET', '/sobjects/Account/describe')).body);
    expect(described.get('Bloqueado__c')).toMatchObject({ createable: false, updateable: false });
    expect(described.get('Phone')).toMatchObject({ createable: true, updateable: true });
    const refused = [
      {
        errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message:
          'Unable to create/update fields: Bloqueado__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
        fields: ['Bloqueado__c'],
      },
    ];
    const { accountId } = basics(sandbox);
    const update = await sales.call('PATCH', `/sobjects/Account/${accountId}`, { Bloqueado__c: true });
    expect([update.status, errorsOf(update)]).toEqual([400, refused]);
    const insert = await sales.call('POST', '/sobjects/Account', { Name: 'x', Bloqueado__c: true });
    expect([insert.status, errorsOf(insert)]).toEqual([400, refused]);
    expect((await sales.query('SELECT Bloqueado__c FROM Account')).status).toBe(200);
  });
});

describe('an object', () => {
  it('without Create, Edit or Delete says so in describe and refuses', async () => {
    const sales = await signInAs(people.sales);
    expect((await sales.call('GET', '/sobjects/Product2/describe')).body).toMatchObject({
      createable: false,
      updateable: false,
      deletable: false,
    });
    const { productId, accountId } = basics(sandbox);
    const answers = [
      await sales.call('POST', '/sobjects/Product2', { Name: 'Nuevo' }),
      await sales.call('PATCH', `/sobjects/Product2/${productId}`, { Name: 'Otro' }),
      await sales.call('DELETE', `/sobjects/Product2/${productId}`),
      await sales.call('DELETE', `/sobjects/Account/${accountId}`),
    ];
    expect(answers.map((answer) => answer.status >= 400 && answer.status < 500)).toEqual(Array(4).fill(true));
    expect(
      sandbox.org.query(`SELECT Id FROM Product2 WHERE Id = '${productId}' AND Name != 'Otro'`),
    ).toHaveLength(1);
    expect(sandbox.org.query(`SELECT Id FROM Account WHERE Id = '${accountId}'`)).toHaveLength(1);
    expect((await sales.call('PATCH', `/sobjects/Account/${accountId}`, { Phone: '22' })).status).toBe(204);
  });

  it('without Read does not exist for this user', async () => {
    sandbox.org.setUser('nuevo@santelmo.example', {
      password: 'Nuevo2026',
      lastName: 'Nuevo',
      alias: 'nuevo',
      access: { ...noLimits, hiddenObjects: ['ProductItem'] },
    });
    const client = await signInAs({ username: 'nuevo@santelmo.example', password: 'Nuevo2026' });
    const { body } = await client.call('GET', '/sobjects');
    const names = z
      .object({ sobjects: z.array(z.object({ name: z.string() })) })
      .parse(body)
      .sobjects.map((object) => object.name);
    expect(names).toContain('Product2');
    expect(names).not.toContain('ProductItem');
    expect((await client.call('GET', '/sobjects/ProductItem/describe')).status).toBe(404);
    expect(errorsOf(await client.query('SELECT Id FROM ProductItem'))[0]?.errorCode).toBe('INVALID_TYPE');
    expect(
      errorsOf(await client.query('SELECT (SELECT Id FROM ProductItems) FROM Product2'))[0]?.errorCode,
    ).toBe('INVALID_FIELD');
    const created = sandbox.org.query(
      "SELECT Name, IsActive FROM User WHERE Username = 'nuevo@santelmo.example'",
    );
    expect(created).toMatchObject([{ Name: 'Nuevo', IsActive: true }]);
  });

  it('is seen anew as soon as access changes', async () => {
    const sales = await signInAs(people.sales);
    const soql = 'SELECT Puente_StoreOrder__c FROM Order';
    expect((await sales.query(soql)).status).toBe(400);
    const before = sandbox.org.users().find((user) => user.username === people.sales.username)?.access;
    sandbox.org.setUser(people.sales.username, { access: noLimits });
    expect((await sales.query(soql)).status).toBe(200);
    sandbox.org.setFields({ missing: ['Order.Puente_StoreOrder__c'], notUnique: [], hidden: [] });
    expect((await sales.query(soql)).status).toBe(400);
    sandbox.org.setFields({ missing: [], notUnique: [], hidden: [] });
    sandbox.org.setUser(people.sales.username, { access: before ?? noLimits });
  });
});

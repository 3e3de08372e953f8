import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox';
import { errorsOf, idOf, type OrgClient, signIn } from './client';

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox({ content: { products: 5, buyers: 3 } });
  client = await signIn(sandbox);
});
afterAll(() => sandbox.stop());

const create = async (object: string, fields: Record<string, unknown>): Promise<string> =>
  idOf(await client.call('POST', `/sobjects/${object}`, fields));

// Object reference: Opportunity, Case, Lead, Task.
describe('what follows from other fields', () => {
  it('of an opportunity is its probability and whether it is won', async () => {
    const id = await create('Opportunity', {
      Name: 'Venta',
      StageName: 'Closed Won',
      CloseDate: '2026-12-01',
    });
    expect((await client.call('GET', `/sobjects/Opportunity/${id}`)).body).toMatchObject({
      IsClosed: true,
      IsWon: true,
      Probability: 100,
    });
    const missing = await client.call('POST', '/sobjects/Opportunity', { Name: 'Sin fecha' });
    expect(errorsOf(missing)[0]).toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
      fields: ['StageName', 'CloseDate'],
    });
  });

  it('is a number for a case, a name for a lead, a status for a task', async () => {
    const report = await create('Case', { Subject: 'Faltó un bulto' });
    expect((await client.call('GET', `/sobjects/Case/${report}`)).body).toMatchObject({
      CaseNumber: expect.stringMatching(/^\d{8}$/),
      Status: 'New',
      Priority: 'Medium',
    });
    const lead = await create('Lead', { FirstName: 'Ana', LastName: 'Sosa', Company: 'Bazar Sosa' });
    expect((await client.call('GET', `/sobjects/Lead/${lead}?fields=Name,Status`)).body).toMatchObject({
      Name: 'Ana Sosa',
      Status: 'Open - Not Contacted',
    });
    const task = await create('Task', { Subject: 'Llamar' });
    expect((await client.call('GET', `/sobjects/Task/${task}`)).body).toMatchObject({
      Status: 'Not Started',
      Priority: 'Normal',
    });
  });
});

// SOQL guide, "Understanding Relationship Fields and Polymorphic Fields", "TYPEOF".
describe('links to several objects', () => {
  it('show a name and a type, and other fields by TYPEOF', async () => {
    const account = await create('Account', { Name: 'Polimorfa', Phone: '123' });
    const opportunity = await create('Opportunity', {
      Name: 'Otra',
      StageName: 'Prospecting',
      CloseDate: '2026-12-01',
      Amount: 12.5,
    });
    await create('Task', { Subject: 'Sobre cuenta', WhatId: account });
    await create('Task', { Subject: 'Sobre venta', WhatId: opportunity });
    await create('Task', { Subject: 'Sobre nada' });
    expect(
      sandbox.org.query(
        "SELECT Subject, What.Name, What.Type FROM Task WHERE Subject LIKE 'Sobre%' ORDER BY Subject",
      ),
    ).toMatchObject([
      {
        Subject: 'Sobre cuenta',
        What: {
          attributes: { type: 'Name', url: `/services/data/v62.0/sobjects/Account/${account}` },
          Name: 'Polimorfa',
          Type: 'Account',
        },
      },
      { Subject: 'Sobre nada', What: null },
      { Subject: 'Sobre venta', What: { Name: 'Otra', Type: 'Opportunity' } },
    ]);
    expect(
      sandbox.org.query(
        "SELECT TYPEOF What WHEN Account THEN Phone WHEN Opportunity THEN Amount, Name END FROM Task WHERE Subject LIKE 'Sobre%' ORDER BY Subject",
      ),
    ).toMatchObject([
      { What: { attributes: { type: 'Account' }, Phone: '123' } },
      { What: null },
      { What: { attributes: { type: 'Opportunity' }, Amount: 12.5, Name: 'Otra' } },
    ]);
  });
});

// REST API guide, "Compound Fields", "Address Compound Fields".
describe('compound addresses', () => {
  it('show their parts together, are null when empty, and take no part in filters', async () => {
    const id = await create('Account', {
      Name: 'Con dirección',
      BillingStreet: 'Belgrano 1',
      BillingCity: 'Lanús',
      BillingCountry: 'Argentina',
    });
    const address = {
      city: 'Lanús',
      country: 'Argentina',
      geocodeAccuracy: null,
      latitude: null,
      longitude: null,
      postalCode: null,
      state: null,
      street: 'Belgrano 1',
    };
    expect((await client.call('GET', `/sobjects/Account/${id}`)).body).toMatchObject({
      BillingAddress: address,
      ShippingAddress: null,
    });
    const { body } = await client.query(`SELECT BillingAddress FROM Account WHERE Id = '${id}'`);
    expect(body).toMatchObject({ records: [{ BillingAddress: address }] });
    const filtered = await client.query("SELECT Id FROM Account WHERE BillingAddress = 'x'");
    expect(errorsOf(filtered)[0]?.message).toContain('can not be filtered');
    const job = await client.call('POST', '/jobs/query', {
      operation: 'query',
      query: 'SELECT BillingAddress FROM Account',
    });
    expect(errorsOf(job)[0]?.message).toBe('Selecting compound data not supported in Bulk Query');
    const described = JSON.stringify((await client.call('GET', '/sobjects/Account/describe')).body);
    expect(described).toContain('"compoundFieldName":"BillingAddress"');
  });
});

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

// Object reference: Opportunity, Case, Contract, Asset, Task, Event, Campaign, CampaignMember.
describe('what follows of other objects', () => {
  const read = async (object: string, id: string) =>
    (await client.call('GET', `/sobjects/${object}/${id}`)).body;

  it("is an opportunity's forecast and period", async () => {
    const id = await create('Opportunity', {
      Name: 'Mitad',
      StageName: 'Value Proposition',
      CloseDate: '2026-11-30',
      Amount: 100.5,
    });
    expect(await read('Opportunity', id)).toMatchObject({
      Probability: 50,
      ExpectedRevenue: 50.25,
      ForecastCategory: 'Pipeline',
      ForecastCategoryName: 'Pipeline',
      Fiscal: '2026 4',
      FiscalQuarter: 4,
      FiscalYear: 2026,
    });
  });

  it('is whether a case is closed, and whom to call', async () => {
    const account = await create('Account', { Name: 'Con reclamo' });
    const contact = await create('Contact', { LastName: 'Ríos', AccountId: account, Phone: '11' });
    const id = await create('Case', { Subject: 'Roto', ContactId: contact });
    expect(await read('Case', id)).toMatchObject({
      AccountId: account,
      ContactPhone: '11',
      IsClosed: false,
      ClosedDate: null,
      IsClosedOnCreate: false,
    });
    await client.call('PATCH', `/sobjects/Case/${id}`, { Status: 'Closed' });
    expect(await read('Case', id)).toMatchObject({ IsClosed: true, ClosedDate: expect.any(String) });
  });

  it('is when a contract ends', async () => {
    const account = await create('Account', { Name: 'Con contrato' });
    const contract = { AccountId: account, StartDate: '2026-01-31', ContractTerm: 1 };
    const id = await create('Contract', contract);
    expect(await read('Contract', id)).toMatchObject({
      ContractNumber: expect.stringMatching(/^\d{8}$/),
      Status: 'Draft',
      StatusCode: 'Draft',
      EndDate: '2026-02-27',
    });
    const born = await client.call('POST', '/sobjects/Contract', { ...contract, Status: 'Activated' });
    expect(errorsOf(born)[0]?.errorCode).toBe('FAILED_ACTIVATION');
    await client.call('PATCH', `/sobjects/Contract/${id}`, { Status: 'Activated' });
    expect(await read('Contract', id)).toMatchObject({
      StatusCode: 'Activated',
      ActivatedById: sandbox.org.core.userId,
    });
  });

  it('is whose an asset is, and how deep', async () => {
    expect(errorsOf(await client.call('POST', '/sobjects/Asset', { Name: 'Nadie' }))[0]).toEqual({
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: 'Every asset needs an account, a contact, or both.',
      fields: ['AccountId', 'ContactId'],
    });
    const account = await create('Account', { Name: 'Con equipo' });
    const upper = await create('Asset', { Name: 'Equipo', AccountId: account });
    const lower = await create('Asset', { Name: 'Parte', AccountId: account, ParentId: upper });
    expect(await read('Asset', upper)).toMatchObject({ RootAssetId: upper, AssetLevel: 1 });
    expect(await read('Asset', lower)).toMatchObject({ RootAssetId: upper, AssetLevel: 2 });
  });

  it('is whether a task is done, and how long an event lasts', async () => {
    const account = await create('Account', { Name: 'Con agenda' });
    const task = await create('Task', { Subject: 'Hecha', Status: 'Completed', WhatId: account });
    expect(await read('Task', task)).toMatchObject({
      IsClosed: true,
      IsHighPriority: false,
      AccountId: account,
      TaskSubtype: 'Task',
    });
    const event = await create('Event', {
      Subject: 'Visita',
      StartDateTime: '2026-11-30T23:30:00.000Z',
      EndDateTime: '2026-12-01T00:30:00.000Z',
    });
    expect(await read('Event', event)).toMatchObject({
      DurationInMinutes: 60,
      ActivityDateTime: '2026-11-30T23:30:00.000+0000',
      ActivityDate: '2026-11-30',
      EndDate: '2026-12-01',
      ShowAs: 'Busy',
    });
    const endless = await client.call('POST', '/sobjects/Event', { Subject: 'Sin hora' });
    expect(errorsOf(endless)[0]?.errorCode).toBe('REQUIRED_FIELD_MISSING');
  });

  it('is who is on the list of a campaign', async () => {
    const campaign = await create('Campaign', { Name: 'Feria' });
    expect(await read('Campaign', campaign)).toMatchObject({
      Status: 'Planned',
      NumberOfLeads: 0,
      AmountAllOpportunities: 0,
    });
    const lead = await create('Lead', { LastName: 'Luna', Company: 'Luna SA' });
    const member = await create('CampaignMember', {
      CampaignId: campaign,
      LeadId: lead,
      Status: 'Responded',
    });
    expect(await read('CampaignMember', member)).toMatchObject({
      Name: 'Luna',
      CompanyOrAccount: 'Luna SA',
      Type: 'Lead',
      LeadOrContactId: lead,
      HasResponded: true,
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

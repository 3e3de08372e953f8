import { Connection, SfDate } from '@jsforce/jsforce-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { signIn } from './client';

/** What jsforce's own test suite does to an org (jsforce/jsforce, test/), told in our words. */

let sandbox: Sandbox;
let connection: Connection;
beforeAll(async () => {
  sandbox = await startSandbox({
    content: { products: 700, buyers: 20 },
    org: { switches: { bulk: { delayMs: 0, failWithoutMessage: false, dailyJobs: 10_000 } } },
  });
  const { token } = await signIn(sandbox);
  connection = new Connection({ instanceUrl: sandbox.org.url, accessToken: token, version: '62.0' });
});
afterAll(() => sandbox.stop());

const ids = (results: readonly { id?: string | undefined }[]): string[] =>
  results.flatMap((result) => result.id ?? []);

/** jsforce puts the record's own name here. */
const nameOfRecord = ['$', '{Name}'].join('');

describe('one record and many', () => {
  it('are created, read, updated, upserted and deleted', async () => {
    const accounts = connection.sobject('Account');
    const one = await accounts.create({ Name: 'Uno' });
    expect(one).toMatchObject({ success: true, errors: [] });
    const [id = ''] = ids([one]);
    expect(await accounts.retrieve(id)).toMatchObject({
      Id: id,
      Name: 'Uno',
      attributes: { type: 'Account' },
    });
    expect(await accounts.update({ Id: id, Name: 'Uno bis' })).toMatchObject({ id, success: true });
    expect(await accounts.record(id).retrieve()).toMatchObject({ Name: 'Uno bis' });
    const many = await accounts.create([{ Name: 'Dos' }, { Name: 'Tres' }, {}]);
    expect(many.map((result) => result.success)).toEqual([true, true, false]);
    expect(many[2]).toMatchObject({ errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }] });
    expect(await accounts.retrieve(ids(many))).toMatchObject([{ Name: 'Dos' }, { Name: 'Tres' }]);
    const upserted = await accounts.upsert(
      [
        { Puente_TaxId__c: '777', Name: 'Siete' },
        { Puente_TaxId__c: '778', Name: 'Ocho' },
      ],
      'Puente_TaxId__c',
    );
    expect(upserted).toMatchObject([{ success: true }, { success: true }]);
    expect(
      await accounts.upsert({ Puente_TaxId__c: '777', Name: 'Siete bis' }, 'Puente_TaxId__c'),
    ).toMatchObject({
      success: true,
    });
    expect(await accounts.destroy(ids(many))).toMatchObject([{ success: true }, { success: true }]);
    expect(await accounts.destroy(id)).toMatchObject({ id, success: true });
    await expect(accounts.retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  });

  it('go in several requests when they are more than 200', async () => {
    const accounts = connection.sobject('Account');
    const records = Array.from({ length: 450 }, (_unused, index) => ({ Name: `Masivo ${index}` }));
    await expect(accounts.create(records)).rejects.toMatchObject({ errorCode: 'EXCEEDED_ID_LIMIT' });
    const created = await accounts.create(records, { allowRecursive: true });
    expect(created.every((result) => result.success)).toBe(true);
    const updated = await accounts
      .find({ Name: { $like: 'Masivo %' } })
      .update({ Phone: nameOfRecord }, { allowBulk: false });
    expect(updated).toHaveLength(450);
    expect(sandbox.org.query("SELECT Id FROM Account WHERE Phone LIKE 'Masivo %'")).toHaveLength(450);
    const gone = await accounts.find({ Name: { $like: 'Masivo %' } }).destroy({ allowBulk: false });
    expect(gone).toHaveLength(450);
  });

  it('are left alone by an update that finds nothing', async () => {
    const before1970 = { CreatedDate: { $lt: new SfDate('1970-01-01T00:00:00Z') } };
    expect(await connection.sobject('Account').find(before1970).update({ Phone: '1' })).toEqual([]);
  });
});

describe('queries', () => {
  it('find deleted records when they are told to', async () => {
    const accounts = connection.sobject('Account');
    const [id = ''] = ids([await accounts.create({ Name: 'Se borra' })]);
    await accounts.record(id).destroy();
    const soql = "SELECT Id, IsDeleted FROM Account WHERE IsDeleted = true AND Name = 'Se borra'";
    expect((await connection.query(soql).run({ scanAll: true })).totalSize).toBe(1);
  });

  it('stop where they are told to, and stream as CSV', async () => {
    const query = connection.query('SELECT Id FROM PricebookEntry');
    const found = await query.run({ autoFetch: true, maxFetch: 2500 });
    expect(found.records).toHaveLength(2500);
    const chunks: string[] = [];
    const stream = connection.query('SELECT Id, Name FROM Account LIMIT 10').stream('csv');
    for await (const chunk of stream) chunks.push(String(chunk));
    expect(chunks.join('').split('\n')[0]).toBe('Id,Name');
  });

  it('are explained', async () => {
    const { plans } = await connection
      .query('SELECT Id, Name FROM Account ORDER BY CreatedDate DESC LIMIT 10')
      .explain();
    expect(plans[0]).toMatchObject({
      cardinality: expect.any(Number),
      fields: expect.any(Array),
      leadingOperationType: expect.any(String),
      relativeCost: expect.any(Number),
      sobjectCardinality: expect.any(Number),
      sobjectType: 'Account',
    });
  });
});

describe('what the org tells about itself', () => {
  it('is described, one object and all', async () => {
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.map((object) => object.name)).toEqual(
      expect.arrayContaining(['Account', 'Order', 'OrderItem', 'Product2', 'PricebookEntry']),
    );
    const described = await connection.sobject('OrderItem').describe();
    expect(described.fields.find((field) => field.name === 'PricebookEntryId')).toMatchObject({
      referenceTo: ['PricebookEntry'],
      nillable: false,
      updateable: false,
    });
  });

  it('has changes, recent records, limits, tabs and a theme', async () => {
    const end = new Date(sandbox.clock.now() + 60_000);
    const start = new Date(end.getTime() - 24 * 60 * 60 * 1000);
    const [id = ''] = ids([await connection.sobject('Account').create({ Name: 'Reciente' })]);
    await connection.sobject('Account').retrieve(id);
    expect((await connection.sobject('Account').updated(start, end)).ids).toContain(id);
    expect((await connection.sobject('Account').deleted(start, end)).deletedRecords).toEqual(
      expect.any(Array),
    );
    expect(await connection.recent(1)).toMatchObject([{ Id: id, Name: 'Reciente' }]);
    expect(await connection.sobject('Account').recent()).toMatchObject([{ Id: id }]);
    expect(await connection.limits()).toMatchObject({
      DailyApiRequests: { Max: 100_000 },
      DataStorageMB: { Max: expect.any(Number) },
      FileStorageMB: { Max: expect.any(Number) },
    });
    const tabs = z.array(z.looseObject({ label: z.string(), name: z.string(), url: z.string() }));
    expect(tabs.safeParse(await connection.tabs()).success).toBe(true);
    const theme = z.object({ themeItems: z.array(z.looseObject({ name: z.string() })) });
    expect(theme.safeParse(await connection.theme()).success).toBe(true);
  });
});

describe('Bulk API 2.0', () => {
  it('loads records and waits for what became of them', async () => {
    const input = Array.from({ length: 30 }, (_unused, index) => ({ Name: `Lote ${index}`, Phone: '1' }));
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [...input, { Name: '', Phone: '2' }],
      pollInterval: 20,
    });
    expect(results.successfulResults).toHaveLength(30);
    expect(results.failedResults).toMatchObject([
      { sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --' },
    ]);
    expect(results.unprocessedRecords).toEqual([]);
  });

  it('queries records of one page', async () => {
    const stream = await connection.bulk2.query("SELECT Id, Name FROM Account WHERE Name LIKE 'Lote %'", {
      pollInterval: 20,
    });
    const records: unknown[] = [];
    for await (const record of stream) records.push(record);
    expect(records).toHaveLength(30);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { errorsOf, type OrgClient, read, signIn } from './client';

/** Bulk API 2.0 guide, "Create a Job", "Upload Job Data", "Get Job Successful Record Results". */

let sandbox: Sandbox;
let client: OrgClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = await signIn(sandbox);
});
afterAll(() => sandbox.stop());

const jobSchema = z.looseObject({ id: z.string(), contentUrl: z.string().optional() });

async function send(method: string, path: string, body: string, type = 'text/csv') {
  return read(
    await fetch(`${sandbox.org.url}/services/data/v62.0${path}`, {
      method,
      headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
      body,
    }),
  );
}

async function open(job: Record<string, string>): Promise<string> {
  return jobSchema.parse((await client.call('POST', '/jobs/ingest', job)).body).id;
}

/** Job info once the upload has been worked through. */
async function load(job: Record<string, string>, csv: string) {
  const id = await open(job);
  expect((await send('PUT', `/jobs/ingest/${id}/batches`, csv)).status).toBe(201);
  await client.call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  sandbox.clock.advance(1000);
  return { id, info: await over(id) };
}

async function over(id: string): Promise<unknown> {
  for (;;) {
    const { body } = await client.call('GET', `/jobs/ingest/${id}`);
    if (!JSON.stringify(body).includes('"InProgress"')) return body;
  }
}

const results = async (id: string, which: string): Promise<string> => {
  const response = await fetch(`${sandbox.org.url}/services/data/v62.0/jobs/ingest/${id}/${which}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  return response.text();
};

describe('an ingest job', () => {
  it('waits open for its data, with the address to put it at', async () => {
    const answer = await client.call('POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
    const { id } = jobSchema.parse(answer.body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        operation: 'insert',
        object: 'Account',
        state: 'Open',
        concurrencyMode: 'Parallel',
        contentType: 'CSV',
        apiVersion: 62,
        contentUrl: `services/data/v62.0/jobs/ingest/${id}/batches`,
        lineEnding: 'LF',
        columnDelimiter: 'COMMA',
      },
    });
  });

  it('inserts row by row and tells what became of each', async () => {
    const { id, info } = await load(
      { object: 'Account', operation: 'insert' },
      'Name,Phone\nBulk Uno,"11, 4444"\n,123\nBulk Dos,\n',
    );
    expect(info).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 3,
      numberRecordsFailed: 1,
    });
    expect(await results(id, 'successfulResults')).toMatch(
      /^"sf__Id","sf__Created","Name","Phone"\n"001\w{15}","true","Bulk Uno","11, 4444"\n"001\w{15}","true","Bulk Dos",""\n$/,
    );
    expect(await results(id, 'failedResults')).toBe(
      '"sf__Id","sf__Error","Name","Phone"\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","123"\n',
    );
    expect(await results(id, 'unprocessedrecords')).toBe('"Name","Phone"\n');
    expect(sandbox.org.query("SELECT Name, Phone FROM Account WHERE Name = 'Bulk Uno'")).toMatchObject([
      { Phone: '11, 4444' },
    ]);
  });

  it('upserts by an external id, updates, empties with #N/A, and deletes', async () => {
    const job = { object: 'Account', operation: 'upsert', externalIdFieldName: 'Puente_TaxId__c' };
    await load(job, 'Puente_TaxId__c,Name,Phone\n901,Nuevo,5\n');
    const again = await load(job, 'Puente_TaxId__c,Name,Phone\n901,Renombrado,#N/A\n902,Otro,\n');
    expect(await results(again.id, 'successfulResults')).toMatch(
      /"false","901"[^\n]*\n"001\w{15}","true","902"/,
    );
    const found = z
      .array(z.looseObject({ Id: z.string() }))
      .parse(sandbox.org.query("SELECT Id, Name, Phone FROM Account WHERE Puente_TaxId__c = '901'"));
    expect(found).toMatchObject([{ Name: 'Renombrado', Phone: null }]);
    const id = found[0]?.Id ?? '';
    await load({ object: 'Account', operation: 'update' }, `Id,Phone\n${id},77\n`);
    expect(sandbox.org.query(`SELECT Phone FROM Account WHERE Id = '${id}'`)).toMatchObject([
      { Phone: '77' },
    ]);
    await load({ object: 'Account', operation: 'delete' }, `Id\n${id}\n`);
    expect(sandbox.org.query(`SELECT Id FROM Account WHERE Id = '${id}'`)).toEqual([]);
  });

  it('reads checkboxes in any case', async () => {
    await load({ object: 'Product2', operation: 'insert' }, 'Name,IsActive\nEncendido,TRUE\nApagado,False\n');
    expect(
      sandbox.org.query("SELECT IsActive FROM Product2 WHERE Name IN ('Encendido', 'Apagado') ORDER BY Name"),
    ).toMatchObject([{ IsActive: false }, { IsActive: true }]);
  });

  it('names a parent by its external id', async () => {
    await client.call('PATCH', '/sobjects/Account/Puente_TaxId__c/903', { Name: 'Padre' });
    await load({ object: 'Contact', operation: 'insert' }, 'LastName,Account.Puente_TaxId__c\nPérez,903\n');
    expect(sandbox.org.query("SELECT Account.Name FROM Contact WHERE LastName = 'Pérez'")).toMatchObject([
      { Account: { Name: 'Padre' } },
    ]);
  });

  it('takes its data together with the request, as a form', async () => {
    const form = [
      '--XX',
      'Content-Type: application/json',
      'Content-Disposition: form-data; name="job"',
      '',
      '{"object":"Contact","contentType":"CSV","operation":"insert","lineEnding":"LF"}',
      '',
      '--XX',
      'Content-Type: text/csv',
      'Content-Disposition: form-data; name="content"; filename="content"',
      '',
      'LastName',
      'Formulario',
      '',
      '--XX--',
    ].join('\r\n');
    const answer = await send(
      'POST',
      '/jobs/ingest',
      form.replace('LastName\r\nFormulario\r\n', 'LastName\nFormulario\n'),
      'multipart/form-data; boundary=XX',
    );
    expect(answer.body).toMatchObject({ state: 'UploadComplete' });
    sandbox.clock.advance(1000);
    expect(await over(jobSchema.parse(answer.body).id)).toMatchObject({ numberRecordsProcessed: 1 });
  });

  it.each([
    ['Nombre\nX\n', {}, 'InvalidBatch : Field name not found : Nombre'],
    [
      'Name\r\nX\r\n',
      {},
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
  ])('fails as a whole on %j', async (csv, more, errorMessage) => {
    const { info } = await load({ object: 'Account', operation: 'insert', ...more }, csv);
    expect(info).toMatchObject({ state: 'Failed', errorMessage });
  });

  it('takes data once', async () => {
    const id = await open({ object: 'Account', operation: 'insert' });
    await send('PUT', `/jobs/ingest/${id}/batches`, 'Name\nA\n');
    const second = await send('PUT', `/jobs/ingest/${id}/batches`, 'Name\nB\n');
    expect(second.status).toBe(400);
    expect(errorsOf(second)[0]?.message).toContain("make sure you only do 'PUT' once");
    expect(await client.call('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).toMatchObject({
      body: { state: 'Aborted' },
    });
    expect((await client.call('DELETE', `/jobs/ingest/${id}`)).status).toBe(204);
  });

  it.each([
    [{ object: 'Nope', operation: 'insert' }, 'INVALIDENTITY'],
    [{ object: 'Account', operation: 'upsert' }, 'INVALIDJOB'],
    [{ object: 'Account', operation: 'upsert', externalIdFieldName: 'Phone' }, 'INVALIDJOB'],
  ])('refuses %j', async (job, errorCode) => {
    const answer = await client.call('POST', '/jobs/ingest', job);
    expect([answer.status, errorsOf(answer)[0]?.errorCode]).toEqual([400, errorCode]);
  });
});

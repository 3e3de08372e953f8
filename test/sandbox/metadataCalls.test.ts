import { Connection } from '@jsforce/jsforce-node';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { idOf, type OrgClient, read, signIn } from './client';
import { fieldPackage, ownPackage } from './metadataPackage';

/** Metadata API guide, "CRUD-Based Calls", "Utility Calls", "RetrieveResult", "Deploying with REST". */

let sandbox: Sandbox;
let client: OrgClient;
let connection: Connection;
beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty', org: { switches: { deployDelayMs: 0 } } });
  client = await signIn(sandbox);
  connection = new Connection({
    instanceUrl: sandbox.org.url,
    accessToken: client.token,
    version: '62.0',
  });
  connection.metadata.pollInterval = 5;
});
afterEach(() => sandbox.stop());

async function soapCall(operation: string, inner: string): Promise<string> {
  const response = await fetch(`${sandbox.org.url}/services/Soap/m/62.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', SOAPAction: '""' },
    body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader><sessionId>${client.token}</sessionId></SessionHeader></Header><Body><${operation} xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</${operation}></Body></Envelope>`,
  });
  return response.text();
}

const stock = {
  fullName: 'Stock__c',
  label: 'Stock',
  pluralLabel: 'Stocks',
  nameField: { type: 'AutoNumber', label: 'Number' },
  deploymentStatus: 'Deployed',
  sharingModel: 'ReadWrite',
  fields: [
    {
      fullName: 'Product__c',
      type: 'Lookup',
      label: 'Product',
      referenceTo: 'Product2',
      relationshipName: 'Stocks',
    },
    { fullName: 'Qty__c', type: 'Number', label: 'Quantity', precision: 12, scale: 2 },
  ],
};

describe('metadata that is created, read, changed, renamed and deleted at once (jsforce test/metadata.test.ts)', () => {
  it('is an object with records', async () => {
    const { metadata } = connection;
    expect(await metadata.create('CustomObject', [stock])).toMatchObject([
      { success: true, fullName: 'Stock__c' },
    ]);
    const product = idOf(await client.call('POST', '/sobjects/Product2', { Name: 'Vaso' }));
    idOf(await client.call('POST', '/sobjects/Stock__c', { Product__c: product, Qty__c: 2.5 }));
    expect(sandbox.org.query('SELECT (SELECT Qty__c FROM Stocks__r) FROM Product2')).toMatchObject([
      { Stocks__r: { totalSize: 1 } },
    ]);
    const known = await metadata.read('CustomObject', 'Stock__c');
    expect(known).toMatchObject({ fullName: 'Stock__c', nameField: { type: 'AutoNumber', label: 'Number' } });
    // What was read can be sent back.
    expect(await metadata.update('CustomObject', [{ ...known, label: 'Existencia' }])).toMatchObject([
      { success: true, fullName: 'Stock__c' },
    ]);
    expect((await client.call('GET', '/sobjects/Stock__c/describe')).body).toMatchObject({
      label: 'Existencia',
      keyPrefix: 'a00',
      custom: true,
    });
    const renamed = await metadata.rename('CustomObject', 'Stock__c', 'Existencia__c');
    expect(renamed).toMatchObject({ success: true, fullName: 'Stock__c' });
    expect(sandbox.org.query('SELECT Qty__c FROM Existencia__c')).toMatchObject([{ Qty__c: 2.5 }]);
    expect(await metadata.read('CustomObject', 'Existencia__c')).toMatchObject({ label: 'Existencia' });
    expect(await metadata.delete('CustomObject', ['Existencia__c'])).toMatchObject([{ success: true }]);
    expect((await client.query('SELECT Id FROM Existencia__c')).status).toBe(400);
  });

  it('says of an upsert what was new', async () => {
    const { metadata } = connection;
    expect(await metadata.upsert('CustomObject', [stock])).toMatchObject([
      { created: true, success: true, fullName: 'Stock__c' },
    ]);
    expect(await metadata.upsert('CustomObject', [stock])).toMatchObject([{ created: false, success: true }]);
    const field = { fullName: 'Stock__c.Lote__c', type: 'Text', label: 'Lote', length: 20 };
    expect(await metadata.upsert('CustomField', [field])).toMatchObject([{ created: true, success: true }]);
    expect((await client.query('SELECT Lote__c FROM Stock__c')).status).toBe(200);
  });

  it('tells what cannot be done, each by itself, and nothing of it is done', async () => {
    const { metadata } = connection;
    await metadata.create('CustomObject', [stock]);
    expect(await metadata.create('CustomObject', [stock])).toMatchObject([
      { success: false, errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }] },
    ]);
    const half = { ...stock, fullName: 'Mal__c', fields: [{ fullName: 'X__c', type: 'Text', label: 'X' }] };
    const results = await metadata.create('CustomObject', [
      half,
      { ...stock, fullName: 'Bien__c', fields: [] },
    ]);
    expect(results).toMatchObject([{ success: false, fullName: 'Mal__c' }, { success: true }]);
    expect((await client.query('SELECT Id FROM Mal__c')).status).toBe(400);
    expect((await client.query('SELECT Id FROM Bien__c')).status).toBe(200);
    expect(await metadata.delete('CustomObject', ['Nada__c'])).toMatchObject([
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
    const nothing = await soapCall('readMetadata', '<type>CustomObject</type><fullNames>Nada__c</fullNames>');
    expect(nothing).toContain('<readMetadataResponse><result><records xsi:nil="true"/></result>');
  });
});

describe('what there is', () => {
  it('is described and listed with ids and dates', async () => {
    const { metadata } = connection;
    await metadata.create('CustomObject', [stock]);
    expect((await metadata.describe()).metadataObjects).toMatchObject([
      { xmlName: 'CustomObject', directoryName: 'objects', suffix: 'object' },
      { xmlName: 'PermissionSet' },
    ]);
    const listed = await metadata.list([{ type: 'CustomObject' }, { type: 'CustomField' }]);
    expect(listed.find((entry) => entry.fullName === 'Order')).toMatchObject({
      id: '',
      createdDate: '1970-01-01T00:00:00.000Z',
      fileName: 'objects/Order.object',
    });
    const own = listed.find((entry) => entry.fullName === 'Stock__c');
    expect(own?.id).toMatch(/^01I\w{15}$/);
    expect(listed.find((entry) => entry.fullName === 'Order.Puente_ExportKey__c')?.id).toMatch(/^00N\w{15}$/);
    expect(await soapCall('listMetadata', '<queries><type>ApexClass</type></queries>')).toContain(
      '<soapenv:Body><listMetadataResponse/></soapenv:Body>',
    );
  });

  it('is retrieved as it was deployed', async () => {
    await connection.metadata.deploy(ownPackage(), {}).complete();
    const started = await soapCall(
      'retrieve',
      '<retrieveRequest><apiVersion>62.0</apiVersion><singlePackage>true</singlePackage><unpackaged><types><members>Order.Puente_ExportKey__c</members><name>CustomField</name></types><types><members>Puente_Integration</members><members>Nope</members><name>PermissionSet</name></types></unpackaged></retrieveRequest>',
    );
    const id = /<id>(09S\w{15})<\/id>/.exec(started)?.[1] ?? '';
    const result = await connection.metadata.checkRetrieveStatus(id);
    expect(result).toMatchObject({ done: true, success: true, status: 'Succeeded' });
    expect(result.messages).toMatchObject([
      { problem: "Entity of type 'PermissionSet' named 'Nope' cannot be found" },
    ]);
    const files = unzipSync(Buffer.from(result.zipFile ?? '', 'base64'));
    expect(Object.keys(files).sort()).toEqual([
      'objects/Order.object',
      'package.xml',
      'permissionsets/Puente_Integration.permissionset',
    ]);
    const order = strFromU8(files['objects/Order.object'] ?? new Uint8Array());
    expect(order).toContain('<description>Identifier and number of the order in the store.');
    expect(order).not.toContain('Puente_Company__c');
    const set = strFromU8(files['permissionsets/Puente_Integration.permissionset'] ?? new Uint8Array());
    expect(set).toContain('<description>What Puente&apos;s integration user may do');
  });
});

describe('deploying by REST', () => {
  const nota = '<label>Nota</label><length>40</length><type>Text</type>';

  async function post(options: Record<string, unknown>) {
    const form = new FormData();
    const json = JSON.stringify({ deployOptions: options });
    form.append('json', new Blob([json], { type: 'application/json' }));
    const archive = new Blob([new Uint8Array(fieldPackage('Account', 'Nota__c', nota))], {
      type: 'application/zip',
    });
    form.append('file', archive, 'deploy.zip');
    const url = `${sandbox.org.url}/services/data/v62.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${client.token}` };
    const answer = await read(await fetch(url, { method: 'POST', headers, body: form }));
    return { answer, id: z.looseObject({ id: z.string() }).parse(answer.body).id };
  }
  const status = (id: string) => client.call('GET', `/metadata/deployRequest/${id}?includeDetails=true`);
  const keysOf = (value: unknown): string[] => Object.keys(z.record(z.string(), z.unknown()).parse(value));

  it('answers with every key of a recorded answer, in its order', async () => {
    const { answer, id } = await post({ rollbackOnError: true });
    expect(answer).toMatchObject({
      status: 201,
      body: { validatedDeployRequestId: null, deployOptions: { rollbackOnError: true } },
    });
    expect(keysOf(answer.body)).toEqual(['id', 'validatedDeployRequestId', 'deployOptions', 'deployResult']);
    const { body } = await status(id);
    const { deployResult } = z.looseObject({ deployResult: z.looseObject({}) }).parse(body);
    expect(deployResult).toMatchObject({ id, status: 'Succeeded', success: true, done: true });
    expect(keysOf(deployResult)).toEqual([
      ...['id', 'messages', 'retrieveResult', 'success', 'checkOnly', 'ignoreWarnings', 'rollbackOnError'],
      ...['status', 'numberComponentsDeployed', 'numberComponentsTotal', 'numberComponentErrors'],
      ...['numberTestsCompleted', 'numberTestsTotal', 'numberTestErrors', 'details', 'createdDate'],
      ...['startDate', 'lastModifiedDate', 'completedDate', 'errorStatusCode', 'errorMessage', 'stateDetail'],
      ...['createdBy', 'createdByName', 'canceledBy', 'canceledByName', 'done', 'runTestsEnabled'],
      'runTestResult',
    ]);
    const details = deployResult['details'];
    const { componentSuccesses } = z.looseObject({ componentSuccesses: z.array(z.unknown()) }).parse(details);
    expect(keysOf(details)).toEqual([
      ...['componentFailures', 'componentSuccesses', 'retrieveResult', 'allComponentMessages'],
      'runTestResult',
    ]);
    expect(keysOf(componentSuccesses[0])).toEqual([
      ...['componentType', 'fileName', 'fullName', 'id', 'problem', 'success', 'warning', 'created'],
      ...['changed', 'deleted', 'lineNumber', 'columnNumber', 'requiresProductionTestRun', 'createdDate'],
      ...['knownPackagingProblem', 'forPackageManifestFile', 'problemType'],
    ]);
  });

  it('deploys what was checked, without the archive', async () => {
    const { id } = await post({ checkOnly: true });
    await status(id);
    expect((await client.query('SELECT Nota__c FROM Account')).status).toBe(400);
    const quick = await client.call('POST', '/metadata/deployRequest', { validatedDeployRequestId: id });
    expect(quick).toMatchObject({ status: 201, body: { validatedDeployRequestId: id } });
    const started = z.looseObject({ id: z.string() }).parse(quick.body);
    expect(started.id).not.toBe(id);
    expect((await status(started.id)).body).toMatchObject({ deployResult: { status: 'Succeeded' } });
    expect((await client.query('SELECT Nota__c FROM Account')).status).toBe(200);
    const soap = await connection.metadata.deployRecentValidation({ id, rest: false });
    expect(soap).toMatch(/^0Af\w{15}$/);
  });

  it('waits, is worked on, and can be cancelled in between', async () => {
    sandbox.org.setSwitches({ deployDelayMs: 60_000 });
    const first = await post({});
    expect((await status(first.id)).body).toMatchObject({ deployResult: { status: 'Pending', done: false } });
    sandbox.clock.advance(30_000);
    expect((await status(first.id)).body).toMatchObject({
      deployResult: { status: 'InProgress', done: false },
    });
    sandbox.clock.advance(30_000);
    expect((await status(first.id)).body).toMatchObject({ deployResult: { status: 'Succeeded' } });
    const second = await post({});
    const canceled = await client.call('PATCH', `/metadata/deployRequest/${second.id}`, {
      deployResult: { status: 'Canceling' },
    });
    expect(canceled.status).toBe(202);
    expect((await status(second.id)).body).toMatchObject({
      deployResult: { status: 'Canceled', done: true, canceledByName: 'Puente Integración' },
    });
  });
});

describe('a deployment that is still to come', () => {
  it('never happens once the org is reset', async () => {
    sandbox.org.setSwitches({ deployDelayMs: 60_000 });
    const archive = fieldPackage(
      'Account',
      'Nota__c',
      '<label>Nota</label><length>40</length><type>Text</type>',
    );
    await connection.metadata.deploy(archive, {});
    sandbox.org.core.reset();
    sandbox.clock.advance(120_000);
    expect(sandbox.org.core.schema.object('Account')?.fields.some((f) => f.name === 'Nota__c')).toBe(false);
  });

  it('finds no trace of what was deployed before a reset', async () => {
    await connection.metadata.create('CustomObject', [stock]);
    sandbox.org.core.reset();
    connection.accessToken = (await signIn(sandbox)).token;
    const other = { ...stock, fields: [{ fullName: 'Qty__c', type: 'Text', label: 'Q', length: 9 }] };
    expect(await connection.metadata.create('CustomObject', [other])).toMatchObject([{ success: true }]);
    const created = await connection.sobject('Stock__c').create({ Qty__c: 'uno' });
    expect(created.success).toBe(true);
  });
});

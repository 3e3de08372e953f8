import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@jsforce/jsforce-node';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { errorsOf, idOf, type OrgClient, read, signIn } from './client';

/** Metadata API guide, "File-Based Calls", "CRUD-Based Calls", "Deploying with REST"; SOAP API guide, "login()". */

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
});
afterEach(() => sandbox.stop());

const root = fileURLToPath(new URL('../../salesforce', import.meta.url));
const xmlns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** The repository's own folder in the form that is deployed: one `.object` file for all fields of an object. */
function ownPackage(): Buffer {
  const objects = new Map<string, string[]>();
  const files: Record<string, Uint8Array> = {};
  const names: string[] = [];
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const [, object, field] = /objects[\\/](\w+)[\\/]fields[\\/](\w+)\.field-meta\.xml$/.exec(path) ?? [];
    if (object !== undefined && field !== undefined) {
      const xml = readFileSync(join(root, path), 'utf8');
      const inner = /<CustomField[^>]*>([\s\S]*)<\/CustomField>/.exec(xml)?.[1] ?? '';
      objects.set(object, [...(objects.get(object) ?? []), `<fields>${inner}</fields>`]);
      names.push(`${object}.${field}`);
    }
    const [, set] = /permissionsets[\\/](\w+)\.permissionset-meta\.xml$/.exec(path) ?? [];
    if (set !== undefined) {
      files[`permissionsets/${set}.permissionset`] = readFileSync(join(root, path));
    }
  }
  for (const [object, fields] of objects) {
    files[`objects/${object}.object`] = strToU8(`<CustomObject ${xmlns}>${fields.join('')}</CustomObject>`);
  }
  return zipped(files, { CustomField: names, PermissionSet: ['*'] });
}

function zipped(files: Record<string, Uint8Array>, members: Record<string, string[]>): Buffer {
  const types = Object.entries(members).map(
    ([name, list]) =>
      `<types>${list.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  const manifest = `<Package ${xmlns}>${types.join('')}<version>62.0</version></Package>`;
  return Buffer.from(zipSync({ ...files, 'package.xml': strToU8(manifest) }));
}

const field = (xml: string): Record<string, Uint8Array> => ({
  'objects/Account.object': strToU8(`<CustomObject ${xmlns}><fields>${xml}</fields></CustomObject>`),
});

async function deploy(archive: Buffer, options: Record<string, boolean> = { rollbackOnError: true }) {
  const { id } = await connection.metadata.deploy(archive, options);
  return connection.metadata.checkDeployStatus(id ?? '', true);
}

describe('an org where the admin has deployed nothing', () => {
  const describeAll = async (which: Sandbox, who: OrgClient) => {
    const shapes = new Map<string, unknown>();
    for (const { name } of which.org.core.schema.objects) {
      shapes.set(name, (await who.call('GET', `/sobjects/${name}/describe`)).body);
    }
    return shapes;
  };

  it('is mended by deploying the project, to the last detail of describe', async () => {
    const complete = await describeAll(sandbox, client);
    await fetch(`${sandbox.org.url}/services/data`);
    sandbox.org.setFields({
      missing: sandbox.org.core.schema.objects.flatMap((object) =>
        object.fields.filter((f) => f.name.startsWith('Puente_')).map((f) => `${object.name}.${f.name}`),
      ),
      notUnique: [],
      hidden: [],
    });
    expect((await client.query('SELECT Puente_ExportKey__c FROM Order')).status).toBe(400);
    const result = await deploy(ownPackage());
    expect(result).toMatchObject({
      status: 'Succeeded',
      success: true,
      done: true,
      numberComponentErrors: 0,
    });
    expect((await client.query('SELECT Puente_ExportKey__c FROM Order')).status).toBe(200);
    expect(await describeAll(sandbox, client)).toEqual(complete);
    expect(sandbox.org.query('SELECT Name FROM PermissionSet ORDER BY Name')).toMatchObject([
      { Name: 'Puente_Integration' },
      { Name: 'Puente_Inventory' },
    ]);
  });
});

describe('a deployment', () => {
  const text =
    '<fullName>Nota__c</fullName><label>Nota</label><length>40</length><type>Text</type><unique>true</unique>';

  it('adds a field that can be written and found at once', async () => {
    const result = await deploy(zipped(field(text), { CustomField: ['Account.Nota__c'] }));
    expect(z.object({ details: z.looseObject({}) }).parse(result).details).toMatchObject({
      componentSuccesses: [
        { componentType: 'CustomField', fullName: 'Account.Nota__c', created: true, success: true },
        { fullName: 'package.xml' },
      ],
    });
    idOf(await client.call('POST', '/sobjects/Account', { Name: 'A', Nota__c: 'uno' }));
    expect(sandbox.org.query("SELECT Name FROM Account WHERE Nota__c = 'uno'")).toHaveLength(1);
    const again = await client.call('POST', '/sobjects/Account', { Name: 'B', Nota__c: 'UNO' });
    expect(errorsOf(again)[0]?.errorCode).toBe('DUPLICATE_VALUE');
  });

  it('brings nothing when it is only checked, or when a part of it fails', async () => {
    const archive = zipped(field(text), { CustomField: ['Account.Nota__c'] });
    expect(await deploy(archive, { checkOnly: true })).toMatchObject({
      status: 'Succeeded',
      checkOnly: true,
    });
    const broken = zipped(
      {
        'objects/Account.object': strToU8(
          `<CustomObject ${xmlns}><fields>${text}</fields><fields><fullName>Mal__c</fullName><label>Mal</label><type>Lookup</type><referenceTo>Nada__c</referenceTo></fields></CustomObject>`,
        ),
      },
      { CustomField: ['*'] },
    );
    const result = await deploy(broken);
    expect(result).toMatchObject({ status: 'Failed', success: false });
    expect(JSON.stringify(result)).toContain(
      "referenceTo value of 'Nada__c' does not resolve to a valid sObject type",
    );
    const answer = await client.query('SELECT Nota__c FROM Account');
    expect(errorsOf(answer)[0]?.errorCode).toBe('INVALID_FIELD');
  });

  it.each([
    [
      '<fullName>F__c</fullName><label>F</label><formula>1</formula><type>Number</type>',
      'does not run formulas',
    ],
    [
      '<fullName>L__c</fullName><label>L</label><type>Text</type>',
      "Must specify 'length' for a CustomField of type Text",
    ],
    ['<fullName>T__c</fullName><label>T</label><type>Location</type>', 'no fields of type Location'],
  ])('says what is wrong with %s', async (xml, sentence) => {
    expect(JSON.stringify(await deploy(zipped(field(xml), { CustomField: ['*'] })))).toContain(sentence);
  });

  it('takes fields away again', async () => {
    await deploy(zipped(field(text), { CustomField: ['Account.Nota__c'] }));
    const destructive = `<Package ${xmlns}><types><members>Account.Nota__c</members><name>CustomField</name></types></Package>`;
    await deploy(zipped({ 'destructiveChanges.xml': strToU8(destructive) }, {}));
    expect((await client.query('SELECT Nota__c FROM Account')).status).toBe(400);
  });

  it('goes by REST as well', async () => {
    const archive = zipped(field(text), { CustomField: ['Account.Nota__c'] });
    const form = Buffer.concat([
      Buffer.from(
        '--X\r\nContent-Disposition: form-data; name="json"\r\nContent-Type: application/json\r\n\r\n{"deployOptions":{"rollbackOnError":true}}\r\n--X\r\nContent-Disposition: form-data; name="file"; filename="deploy.zip"\r\nContent-Type: application/zip\r\n\r\n',
      ),
      archive,
      Buffer.from('\r\n--X--\r\n'),
    ]);
    const url = `${sandbox.org.url}/services/data/v62.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${client.token}` };
    const started = await read(
      await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'multipart/form-data; boundary=X' },
        body: form,
      }),
    );
    expect(started).toMatchObject({ status: 201, body: { deployResult: { status: 'Pending' } } });
    const { id } = z.looseObject({ id: z.string() }).parse(started.body);
    sandbox.clock.advance(10);
    const done = await read(await fetch(`${url}/${id}?includeDetails=true`, { headers }));
    expect(done).toMatchObject({ status: 200, body: { id, deployResult: { status: 'Succeeded' } } });
  });
});

async function soapCall(body: string): Promise<string> {
  const response = await fetch(`${sandbox.org.url}/services/Soap/m/62.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', SOAPAction: '""' },
    body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader><sessionId>${client.token}</sessionId></SessionHeader></Header><Body>${body}</Body></Envelope>`,
  });
  return response.text();
}

describe('metadata as jsforce reads and writes it', () => {
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

  it('creates, reads, updates, renames and deletes an object', async () => {
    const { metadata } = connection;
    expect(await metadata.create('CustomObject', [stock])).toMatchObject([
      { success: true, fullName: 'Stock__c' },
    ]);
    const product = idOf(await client.call('POST', '/sobjects/Product2', { Name: 'Vaso' }));
    idOf(await client.call('POST', '/sobjects/Stock__c', { Product__c: product, Qty__c: 2.5 }));
    expect(
      sandbox.org.query("SELECT Name, Qty__c, Product__r.Name FROM Stock__c WHERE Product__r.Name = 'Vaso'"),
    ).toMatchObject([{ Qty__c: 2.5, Product__r: { Name: 'Vaso' } }]);
    expect(sandbox.org.query('SELECT (SELECT Qty__c FROM Stocks__r) FROM Product2')).toMatchObject([
      { Stocks__r: { totalSize: 1 } },
    ]);
    expect(await metadata.read('CustomObject', 'Stock__c')).toMatchObject({
      fullName: 'Stock__c',
      label: 'Stock',
      nameField: { type: 'AutoNumber' },
    });
    expect(await metadata.create('CustomObject', [stock])).toMatchObject([
      { success: false, errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }] },
    ]);
    expect(await metadata.update('CustomObject', [{ ...stock, label: 'Existencia' }])).toMatchObject([
      { success: true },
    ]);
    expect((await client.call('GET', '/sobjects/Stock__c/describe')).body).toMatchObject({
      label: 'Existencia',
      keyPrefix: 'a00',
      custom: true,
    });
    expect(await metadata.rename('CustomObject', 'Stock__c', 'Existencia__c')).toMatchObject({
      success: true,
    });
    expect(sandbox.org.query('SELECT Qty__c FROM Existencia__c')).toMatchObject([{ Qty__c: 2.5 }]);
    expect(await metadata.delete('CustomObject', 'Existencia__c')).toMatchObject({ success: true });
    expect((await client.query('SELECT Id FROM Existencia__c')).status).toBe(400);
  });

  it('lists, describes and retrieves', async () => {
    const { metadata } = connection;
    const listed = await metadata.list({ type: 'CustomObject' });
    expect(listed.map((entry) => entry.fullName)).toContain('Order');
    expect((await metadata.describe()).metadataObjects).toMatchObject([
      { xmlName: 'CustomObject', directoryName: 'objects', suffix: 'object' },
      { xmlName: 'PermissionSet' },
    ]);
    const started = await soapCall(
      '<retrieve xmlns="http://soap.sforce.com/2006/04/metadata"><retrieveRequest><apiVersion>62.0</apiVersion><unpackaged><types><members>Order</members><name>CustomObject</name></types></unpackaged></retrieveRequest></retrieve>',
    );
    const id = /<id>(09S\w{15})<\/id>/.exec(started)?.[1] ?? '';
    const result = await metadata.checkRetrieveStatus(id);
    expect(result).toMatchObject({ done: true, success: true, status: 'Succeeded' });
    expect(result.zipFile?.length).toBeGreaterThan(100);
  });

  it('refuses a session that is none', async () => {
    const stranger = new Connection({ instanceUrl: sandbox.org.url, accessToken: 'no', version: '62.0' });
    await expect(stranger.metadata.describe()).rejects.toThrow('Invalid Session ID');
  });
});

describe('an org that is kept on disk', () => {
  it('still has what was deployed', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const keep = mkdtempSync(join(tmpdir(), 'puente-keep-'));
    const first = await startSandbox({ content: 'empty', keep });
    first.org.core.changeSchema((custom) =>
      custom.putObject('Zona__c', {
        label: 'Zona',
        labelPlural: 'Zonas',
        nameLabel: 'Name',
        autoNumber: false,
      }),
    );
    const one = await signIn(first);
    idOf(await one.call('POST', '/sobjects/Zona__c', { Name: 'Sur' }));
    await first.stop();
    const second = await startSandbox({ content: 'empty', keep });
    expect(second.org.query('SELECT Name FROM Zona__c')).toMatchObject([{ Name: 'Sur' }]);
    await second.stop();
    rmSync(keep, { recursive: true });
  });
});

describe('signing in by SOAP', () => {
  const { username, password } = { username: 'integracion@santelmo.example', password: 'Mayorista2026' };

  it('works up to version 64, with user info and logout', async () => {
    const soap = new Connection({ loginUrl: sandbox.org.url, version: '62.0' });
    const info = await soap.login(username, password);
    expect(info.organizationId).toBe(sandbox.org.organizationId);
    expect((await soap.query('SELECT Id FROM User')).totalSize).toBeGreaterThan(0);
    await soap.logout();
    expect(soap.accessToken).toBeNull();
  });

  it('refuses a wrong password, new versions, and where it is switched off', async () => {
    const soap = new Connection({ loginUrl: sandbox.org.url, version: '62.0' });
    await expect(soap.login(username, 'wrong')).rejects.toThrow('Invalid username, password, security token');
    sandbox.org.setSwitches({ soapLogin: 'blocked' });
    await expect(soap.login(username, password)).rejects.toThrow('disabled by default');
  });
});

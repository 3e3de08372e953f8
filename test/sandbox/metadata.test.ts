import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@jsforce/jsforce-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox';
import { puenteFields } from '../../sandbox/org/schema';
import { errorsOf, idOf, type OrgClient, signIn } from './client';
import { destroying, fieldPackage, ownPackage, stockPackage, xmlns, zipped } from './metadataPackage';

/** Metadata API guide, "File-Based Calls", "DeployResult", "Deleting Components", "CustomField". */

let sandbox: Sandbox;
let client: OrgClient;
let connection: Connection;
beforeEach(async () => {
  sandbox = await startSandbox({ content: 'empty', org: { switches: { deployDelayMs: 0 } } });
  client = await signIn(sandbox);
  connection = connect(sandbox, client);
});
afterEach(() => sandbox.stop());

function connect(which: Sandbox, who: OrgClient): Connection {
  const made = new Connection({ instanceUrl: which.org.url, accessToken: who.token, version: '62.0' });
  made.metadata.pollInterval = 5;
  return made;
}

const messageSchema = z.looseObject({ fullName: z.string(), problem: z.string().optional() });
const resultSchema = z.looseObject({
  status: z.string(),
  details: z.looseObject({
    componentFailures: z.array(messageSchema),
    componentSuccesses: z.array(messageSchema),
  }),
});

async function deploy(archive: Buffer, options: Record<string, unknown> = {}, by = connection) {
  const locator = by.metadata.deploy(archive, { rollbackOnError: true, ...options });
  return resultSchema.parse(await locator.complete(true));
}

const problems = (result: z.output<typeof resultSchema>): Record<string, string | undefined> =>
  Object.fromEntries(result.details.componentFailures.map(({ fullName, problem }) => [fullName, problem]));

describe('an org where the admin has deployed nothing', () => {
  const describeAll = async () => {
    const shapes = new Map<string, unknown>();
    for (const { name } of sandbox.org.core.schema.objects) {
      shapes.set(name, (await client.call('GET', `/sobjects/${name}/describe`)).body);
    }
    return shapes;
  };
  const nothing = () => puenteFields(sandbox.org.core.options.orderStatuses);

  it('is mended by deploying the project, to the last detail of describe', async () => {
    const complete = await describeAll();
    sandbox.org.setFields({ missing: nothing(), notUnique: [], hidden: [] });
    expect((await client.query('SELECT Puente_ExportKey__c FROM Order')).status).toBe(400);
    const result = await deploy(ownPackage());
    expect(result).toMatchObject({ status: 'Succeeded', success: true, numberComponentErrors: 0 });
    expect((await client.query('SELECT Puente_ExportKey__c FROM Order')).status).toBe(200);
    expect(await describeAll()).toEqual(complete);
    expect(sandbox.org.query('SELECT Name FROM PermissionSet ORDER BY Name')).toMatchObject([
      { Name: 'Puente_Integration' },
      { Name: 'Puente_Inventory' },
    ]);
  });

  it('gets the Unique tick back as well, and is told what was there already', async () => {
    sandbox.org.setFields({ missing: [], notUnique: ['Order.Puente_ExportKey__c'], hidden: [] });
    const first = await deploy(ownPackage());
    expect(first.details.componentSuccesses).toContainEqual(
      expect.objectContaining({ fullName: 'Order.Puente_ExportKey__c', created: false, changed: true }),
    );
    const { fields } = z
      .looseObject({ fields: z.array(z.looseObject({ name: z.string(), unique: z.boolean() })) })
      .parse((await client.call('GET', '/sobjects/Order/describe')).body);
    expect(fields.find((field) => field.name === 'Puente_ExportKey__c')?.unique).toBe(true);
    const again = await deploy(ownPackage());
    const changed = again.details.componentSuccesses.filter((entry) => entry['changed'] === true);
    expect(changed.map((entry) => entry.fullName)).toEqual(['package.xml']);
  });

  it('has nothing again when the switches say so', async () => {
    await deploy(ownPackage());
    sandbox.org.setFields({ missing: nothing(), notUnique: [], hidden: [] });
    expect((await client.query('SELECT Puente_ExportKey__c FROM Order')).status).toBe(400);
  });
});

const nota = '<label>Nota</label><length>40</length><type>Text</type><unique>true</unique>';

describe('a deployed field', () => {
  it('can be written, found and asked for at once', async () => {
    const result = await deploy(fieldPackage('Account', 'Nota__c', nota));
    expect(result.details.componentSuccesses).toMatchObject([
      { componentType: 'CustomField', fullName: 'Account.Nota__c', created: true, success: true },
      { componentType: '', fullName: 'package.xml', fileName: 'package.xml' },
    ]);
    idOf(await client.call('POST', '/sobjects/Account', { Name: 'A', Nota__c: 'uno' }));
    expect(sandbox.org.query("SELECT Name FROM Account WHERE Nota__c = 'uno'")).toHaveLength(1);
    const again = await client.call('POST', '/sobjects/Account', { Name: 'B', Nota__c: 'UNO' });
    expect(errorsOf(again)[0]?.errorCode).toBe('DUPLICATE_VALUE');
  });

  it('keeps its values when its decimals or its idea of equality change', async () => {
    const number = (scale: number) =>
      `<label>N</label><precision>12</precision><scale>${scale}</scale><type>Number</type>`;
    const text = (sensitive: boolean) =>
      `<caseSensitive>${sensitive}</caseSensitive><externalId>true</externalId><label>C</label><length>9</length><type>Text</type><unique>true</unique>`;
    await deploy(fieldPackage('Account', 'N__c', number(1)));
    await deploy(fieldPackage('Account', 'C__c', text(false)));
    idOf(await client.call('POST', '/sobjects/Account', { Name: 'A', N__c: 2.5, C__c: 'ab' }));
    await deploy(fieldPackage('Account', 'N__c', number(3)));
    await deploy(fieldPackage('Account', 'C__c', text(true)));
    expect(sandbox.org.query("SELECT N__c FROM Account WHERE C__c = 'ab'")).toMatchObject([{ N__c: 2.5 }]);
    idOf(await client.call('POST', '/sobjects/Account', { Name: 'B', C__c: 'AB' }));
    await deploy(fieldPackage('Account', 'N__c', number(0)));
    expect(sandbox.org.query('SELECT N__c FROM Account WHERE N__c != null')).toMatchObject([{ N__c: 3 }]);
  });

  it('changes a field that the org was born with', async () => {
    const shorter = '<label>Empresa</label><length>5</length><type>Text</type>';
    await deploy(fieldPackage('Order', 'Puente_Company__c', shorter));
    const field = sandbox.org.core.schema.object('Order')?.fields.find((f) => f.name === 'Puente_Company__c');
    expect(field).toMatchObject({ label: 'Empresa', length: 5 });
  });

  it('goes by destructiveChanges.xml with all its values', async () => {
    await deploy(fieldPackage('Account', 'Nota__c', nota));
    idOf(await client.call('POST', '/sobjects/Account', { Name: 'A', Nota__c: 'uno' }));
    const gone = await deploy(destroying({ CustomField: ['Account.Nota__c', 'Account.Never__c'] }));
    expect(gone.status).toBe('Succeeded');
    expect(gone.details.componentSuccesses).toMatchObject([
      { fullName: 'Account.Nota__c', deleted: true },
      {
        fullName: 'Account.Never__c',
        problemType: 'Warning',
        problem: 'No CustomField named: Account.Never__c found',
      },
      { fullName: 'package.xml' },
    ]);
    expect((await client.query('SELECT Nota__c FROM Account')).status).toBe(400);
    await deploy(fieldPackage('Account', 'Nota__c', '<label>Nota</label><type>Date</type>'));
    expect(sandbox.org.query('SELECT Nota__c FROM Account')).toMatchObject([{ Nota__c: null }]);
  });
});

describe('a deployment that fails', () => {
  it('leaves nothing behind, and neither does one that is only checked', async () => {
    const lookup = '<label>Mal</label><referenceTo>Nada__c</referenceTo><type>Lookup</type>';
    const file = `<CustomObject ${xmlns}>\n    <fields>\n        <fullName>Nota__c</fullName>${nota}</fields>\n    <fields>\n        <fullName>Mal__c</fullName>${lookup}</fields>\n</CustomObject>`;
    const members = { CustomField: ['Account.Nota__c', 'Account.Mal__c'] };
    const result = await deploy(zipped({ 'objects/Account.object': file }, members));
    expect(result).toMatchObject({ status: 'Failed', numberComponentErrors: 1, numberComponentsTotal: 2 });
    expect(result.details.componentFailures).toMatchObject([
      {
        componentType: 'CustomField',
        fileName: 'objects/Account.object',
        lineNumber: 4,
        columnNumber: 13,
        problem: "referenceTo value of 'Nada__c' does not resolve to a valid sObject type",
        problemType: 'Error',
      },
    ]);
    const checked = await deploy(fieldPackage('Account', 'Nota__c', nota), { checkOnly: true });
    expect(checked).toMatchObject({ status: 'Succeeded', checkOnly: true });
    expect(errorsOf(await client.query('SELECT Nota__c FROM Account'))[0]?.errorCode).toBe('INVALID_FIELD');
  });

  it('keeps what went well when it is not to be rolled back', async () => {
    const mal = '<fullName>Mal__c</fullName><label>M</label><type>Text</type>';
    const archive = zipped(
      {
        'objects/Account.object': `<CustomObject ${xmlns}><fields><fullName>Nota__c</fullName>${nota}</fields><fields>${mal}</fields></CustomObject>`,
      },
      { CustomField: ['Account.Nota__c', 'Account.Mal__c'] },
    );
    const result = await deploy(archive, { rollbackOnError: false });
    expect(result).toMatchObject({ status: 'SucceededPartial', success: false });
    expect((await client.query('SELECT Nota__c FROM Account')).status).toBe(200);
  });

  it.each([
    ['<label>F</label><formula>1</formula><type>Number</type>', 'X__c: the sandbox does not run formulas'],
    ['<label>F</label><type>Text</type>', "Must specify 'length' for a CustomField of type Text"],
    [
      '<label>F</label><type>Checkbox</type>',
      "Must specify 'defaultValue' for a CustomField of type Checkbox",
    ],
    ['<type>Date</type>', 'Required field is missing: label'],
    [
      '<label>F</label><referenceTo>Contact</referenceTo><relationshipName>X</relationshipName><required>true</required><type>Lookup</type>',
      'Must specify either cascade delete or restrict delete for required lookup foreign key',
    ],
    [
      '<defaultValue>TODAY()</defaultValue><label>F</label><length>9</length><type>Text</type>',
      'X__c: the sandbox does not run formulas, its default value is no constant',
    ],
    ['<label>F</label><type>Location</type>', 'X__c: the sandbox has no fields of type Location'],
  ])('says what is wrong with %s', async (inner, sentence) => {
    const result = await deploy(fieldPackage('Account', 'X__c', inner));
    expect(problems(result)).toEqual({ 'Account.X__c': sentence });
  });

  it('says what its manifest lacks, what the org does not keep, and that there is none', async () => {
    const rule =
      '<validationRules><fullName>R</fullName><active>true</active><errorConditionFormula>true</errorConditionFormula><errorMessage>No</errorMessage></validationRules>';
    const archive = zipped(
      {
        'objects/Account.object': `<CustomObject ${xmlns}>${rule}<fields><fullName>Nota__c</fullName>${nota}</fields></CustomObject>`,
        'classes/A.cls': 'public class A {}',
        'classes/A.cls-meta.xml': `<ApexClass ${xmlns}/>`,
      },
      { CustomField: ['Account.Otra__c'] },
    );
    expect(problems(await deploy(archive))).toEqual({
      A: 'The sandbox does not keep ApexClass',
      'Account.Nota__c': 'Not in package.xml',
      'Account.Otra__c':
        "An object 'Account.Otra__c' of type CustomField was named in package.xml, but was not found in zipped directory",
      'Account.R': expect.stringContaining('does not run formulas'),
    });
    const noZip = await deploy(Buffer.from('no zip'));
    expect(noZip).toMatchObject({ status: 'Failed', numberComponentsTotal: 0 });
  });

  it('holds a permission set to the fields that there are', async () => {
    const set = (field: string) =>
      zipped(
        {
          'permissionsets/P.permissionset': `<PermissionSet ${xmlns}><fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions><label>P</label></PermissionSet>`,
        },
        { PermissionSet: ['P'] },
      );
    expect(problems(await deploy(set('Order.Nada__c')))).toEqual({
      P: 'In field: field - no CustomField named Order.Nada__c found',
    });
    expect(problems(await deploy(set('Order.EffectiveDate')))).toEqual({
      P: 'You cannot deploy to a required field: Order.EffectiveDate',
    });
  });
});

describe('deployed objects', () => {
  it('have records with numbers, masters, lookups and defaults', async () => {
    expect((await deploy(stockPackage())).status).toBe('Succeeded');
    const depot = idOf(await client.call('POST', '/sobjects/Depot__c', { Name: 'AVE' }));
    const product = idOf(await client.call('POST', '/sobjects/Product2', { Name: 'Vaso' }));
    const missing = await client.call('POST', '/sobjects/Stock__c', { Product__c: product });
    expect(errorsOf(missing)).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Depot__c'] }]);
    const stock = { Depot__c: depot, Product__c: product };
    idOf(await client.call('POST', '/sobjects/Stock__c', stock));
    expect(
      sandbox.org.query('SELECT Name, Quantity__c, Depot__r.Name, Product__r.Name FROM Stock__c'),
    ).toMatchObject([
      { Name: 'ST-0001', Quantity__c: 0, Depot__r: { Name: 'AVE' }, Product__r: { Name: 'Vaso' } },
    ]);
    await client.call('DELETE', `/sobjects/Product2/${product}`);
    expect(sandbox.org.query('SELECT Product__c FROM Stock__c')).toMatchObject([{ Product__c: null }]);
    await client.call('DELETE', `/sobjects/Depot__c/${depot}`);
    expect(sandbox.org.query('SELECT Id FROM Stock__c')).toEqual([]);
  });

  it('are still there after a restart, with their records and their next number', async () => {
    const keep = mkdtempSync(join(tmpdir(), 'puente-keep-'));
    const options = { content: 'empty', keep, org: { switches: { deployDelayMs: 0 } } } as const;
    try {
      const first = await startSandbox(options);
      const one = await signIn(first);
      await deploy(stockPackage(), {}, connect(first, one));
      const depot = idOf(await one.call('POST', '/sobjects/Depot__c', { Name: 'AVE' }));
      idOf(await one.call('POST', '/sobjects/Stock__c', { Depot__c: depot }));
      await first.stop();
      const second = await startSandbox(options);
      const two = await signIn(second);
      idOf(await two.call('POST', '/sobjects/Stock__c', { Depot__c: depot }));
      expect(second.org.query('SELECT Name FROM Stock__c ORDER BY Name')).toMatchObject([
        { Name: 'ST-0001' },
        { Name: 'ST-0002' },
      ]);
      await second.stop();
    } finally {
      rmSync(keep, { recursive: true });
    }
  });

  it('go with their records; another one of that name begins anew', async () => {
    await deploy(stockPackage());
    idOf(await client.call('POST', '/sobjects/Depot__c', { Name: 'AVE' }));
    const refused = await deploy(destroying({ CustomObject: ['Depot__c'] }));
    expect(problems(refused)['Depot__c']).toContain('Stock__c.Depot__c is a master-detail relationship');
    await deploy(destroying({ CustomObject: ['Stock__c'] }));
    await deploy(destroying({ CustomObject: ['Depot__c'] }));
    expect((await client.query('SELECT Id FROM Depot__c')).status).toBe(400);
    await deploy(stockPackage());
    expect(sandbox.org.query('SELECT Id FROM Depot__c')).toEqual([]);
    const prefixes = ['Stock__c', 'Depot__c'].map((name) => sandbox.org.core.schema.object(name)?.keyPrefix);
    expect(new Set(prefixes).size).toBe(2);
  });
});

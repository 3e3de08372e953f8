import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';

/** Archives to deploy, in the form that `sf` makes of a project: one `.object` file for all of an object. */

const root = fileURLToPath(new URL('../../salesforce', import.meta.url));
export const xmlns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** The repository's own folder. */
export function ownPackage(): Buffer {
  const objects = new Map<string, string[]>();
  const files: Record<string, string> = {};
  const members: Record<string, string[]> = { CustomField: [], PermissionSet: [] };
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const [, object, field] = /objects[\\/](\w+)[\\/]fields[\\/](\w+)\.field-meta\.xml$/.exec(path) ?? [];
    if (object !== undefined && field !== undefined) {
      const xml = readFileSync(join(root, path), 'utf8');
      const inner = /<CustomField[^>]*>([\s\S]*)<\/CustomField>/.exec(xml)?.[1] ?? '';
      objects.set(object, [...(objects.get(object) ?? []), `<fields>${inner}</fields>`]);
      members['CustomField']?.push(`${object}.${field}`);
    }
    const [, set] = /permissionsets[\\/](\w+)\.permissionset-meta\.xml$/.exec(path) ?? [];
    if (set === undefined) continue;
    files[`permissionsets/${set}.permissionset`] = readFileSync(join(root, path), 'utf8');
    members['PermissionSet']?.push(set);
  }
  for (const [object, fields] of objects) {
    files[`objects/${object}.object`] = `<CustomObject ${xmlns}>${fields.join('')}</CustomObject>`;
  }
  return zipped(files, members);
}

export function zipped(files: Record<string, string>, members: Record<string, readonly string[]>): Buffer {
  const manifest = manifestOf(members);
  const packed = Object.entries({ ...files, 'package.xml': manifest }).map(
    ([path, content]): [string, Uint8Array] => [path, strToU8(content)],
  );
  return Buffer.from(zipSync(Object.fromEntries(packed)));
}

export function manifestOf(members: Record<string, readonly string[]>): string {
  const types = Object.entries(members).map(
    ([name, list]) =>
      `<types>${list.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `<Package ${xmlns}>${types.join('')}<version>62.0</version></Package>`;
}

/** One field of an object. */
export const fieldPackage = (object: string, name: string, inner: string): Buffer =>
  zipped(
    {
      [`objects/${object}.object`]: `<CustomObject ${xmlns}>\n    <fields>\n        <fullName>${name}</fullName>${inner}</fields>\n</CustomObject>`,
    },
    { CustomField: [`${object}.${name}`] },
  );

/** A package that takes things away. */
export const destroying = (members: Record<string, readonly string[]>): Buffer =>
  zipped({ 'destructiveChanges.xml': manifestOf(members) }, {});

const nameField = (type: string, more = ''): string =>
  `<nameField>${more}<label>Name</label><type>${type}</type></nameField>`;

/** Warehouses, and stock as their detail with a lookup to the product. */
export function stockPackage(): Buffer {
  const object = (label: string, name: string, fields: string, sharing: string): string =>
    `<CustomObject ${xmlns}><deploymentStatus>Deployed</deploymentStatus>${fields}<label>${label}</label>${name}<pluralLabel>${label}s</pluralLabel><sharingModel>${sharing}</sharingModel></CustomObject>`;
  const stockFields = [
    '<fields><fullName>Depot__c</fullName><label>Depot</label><referenceTo>Depot__c</referenceTo><relationshipName>Stocks</relationshipName><type>MasterDetail</type></fields>',
    '<fields><fullName>Product__c</fullName><deleteConstraint>SetNull</deleteConstraint><label>Product</label><referenceTo>Product2</referenceTo><relationshipName>Stocks</relationshipName><type>Lookup</type></fields>',
    '<fields><fullName>Quantity__c</fullName><defaultValue>0</defaultValue><label>Quantity</label><precision>12</precision><scale>2</scale><type>Number</type></fields>',
  ];
  return zipped(
    {
      'objects/Stock__c.object': object(
        'Stock',
        nameField('AutoNumber', '<displayFormat>ST-{0000}</displayFormat>'),
        stockFields.join(''),
        'ControlledByParent',
      ),
      'objects/Depot__c.object': object('Depot', nameField('Text'), '', 'ReadWrite'),
    },
    { CustomObject: ['Stock__c', 'Depot__c'] },
  );
}

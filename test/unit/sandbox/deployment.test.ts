import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vatStatuses } from '../../../contract/order';
import { builtInProfiles } from '../../../main/salesforce/profile';
import { allObjects } from '../../../sandbox/org/schema';
import { standardOrderStatuses } from '../../../sandbox/org/schema/orders';

const root = fileURLToPath(new URL('../../../salesforce', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.xml'),
);
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const tag = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

const deployed = new Map<string, string>(
  files
    .filter((file) => file.endsWith('.field-meta.xml'))
    .map((file) => {
      const [, object] = /objects[\\/](\w+)[\\/]fields/.exec(file) ?? [];
      const xml = read(file);
      return [`${object}.${tag(xml, 'fullName')}`, xml] as const;
    }),
);
const sandboxFields = allObjects(standardOrderStatuses).flatMap((object) =>
  object.fields
    .filter((field) => field.name.startsWith('Puente_'))
    .map((field) => ({ ...field, path: `${object.name}.${field.name}` })),
);

describe('what the admin deploys', () => {
  it('is what the sandbox org has', () => {
    expect([...deployed.keys()].sort()).toEqual(sandboxFields.map((field) => field.path).sort());
  });

  it.each(sandboxFields.map((field) => [field.path, field] as const))(
    '%s is the same in both',
    (path, field) => {
      const xml = deployed.get(path) ?? '';
      const types = {
        string: 'Text',
        picklist: 'Picklist',
        email: 'Email',
        double: 'Number',
        currency: 'Currency',
        reference: 'Lookup',
      };
      expect(tag(xml, 'type')).toBe(Object.entries(types).find(([type]) => type === field.type)?.[1]);
      expect(tag(xml, 'label')).toBe(field.label);
      expect(tag(xml, 'externalId')).toBe(String(field.externalId));
      expect(tag(xml, 'required')).toBe(String(!field.nillable));
      if (field.type === 'string') expect(tag(xml, 'length')).toBe(String(field.length));
      if (field.unique) expect(tag(xml, 'caseSensitive')).toBe(String(field.caseSensitive));
      expect(tag(xml, 'unique') ?? 'false').toBe(String(field.unique));
      if (field.type === 'double' || field.type === 'currency') {
        expect([tag(xml, 'precision'), tag(xml, 'scale')]).toEqual([
          String(field.precision),
          String(field.scale),
        ]);
      }
      if (field.type === 'reference') expect(tag(xml, 'referenceTo')).toBe(field.referenceTo[0]);
      if (field.type === 'picklist') {
        const values = [...xml.matchAll(/<fullName>([a-z-]+)<\/fullName>/g)].map((match) => match[1]);
        expect(values).toEqual(field.picklist.map((entry) => entry.value));
      }
    },
  );

  it('gives the integration user every field, sorted as the platform keeps them', () => {
    const sets = files.filter((file) => file.endsWith('.permissionset-meta.xml')).map(read);
    expect(sets).toHaveLength(2);
    const granted = sets.map((xml) =>
      [...xml.matchAll(/<field>([\w.]+)<\/field>/g)].map((match) => match[1]),
    );
    for (const fields of granted) expect(fields).toEqual([...fields].sort());
    for (const path of deployed.keys()) expect(granted.flat()).toContain(path);
  });
});

describe('the standard profile', () => {
  it('writes VAT statuses that the deployed picklist has', () => {
    const values = sandboxFields.find(({ path }) => path === 'Account.Puente_VatStatus__c')?.picklist ?? [];
    const { vatStatusValues } = builtInProfiles.standard.buyer;
    expect(vatStatuses.map((status) => vatStatusValues[status])).toEqual(values.map(({ value }) => value));
  });
});

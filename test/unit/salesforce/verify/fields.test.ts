import { describe, expect, it } from 'vitest';
import type { FieldDescription, ObjectDescription } from '../../../../main/salesforce/describe';
import { builtInProfiles } from '../../../../main/salesforce/profile';
import {
  checkObject,
  lineFields,
  orderFields,
  type WantedField,
} from '../../../../main/salesforce/verify/fields';

const field = (name: string, changes: Partial<FieldDescription> = {}): FieldDescription => ({
  name,
  type: 'string',
  length: 120,
  createable: true,
  unique: false,
  externalId: false,
  ...changes,
});

const object = (fields: FieldDescription[], changes: Partial<ObjectDescription> = {}): ObjectDescription => ({
  name: 'Order',
  queryable: true,
  createable: true,
  fields: new Map(fields.map((one) => [one.name, one])),
  ...changes,
});

const key: WantedField = { name: 'Key__c', use: 'key', types: ['string'], minLength: 60 };

describe('checkObject', () => {
  it('has nothing to say about an object that has all', () => {
    expect(checkObject(object([field('Key__c', { unique: true, externalId: true })]), [key])).toEqual([]);
  });

  it.each([
    ['missing', [], 'org.fieldMissing'],
    ['not unique', [field('Key__c', { externalId: true })], 'org.fieldNotUnique'],
    ['no external ID', [field('Key__c', { unique: true })], 'org.fieldNotUnique'],
    [
      'read-only',
      [field('Key__c', { unique: true, externalId: true, createable: false })],
      'org.fieldNotWritable',
    ],
    [
      'a number',
      [field('Key__c', { unique: true, externalId: true, type: 'double' })],
      'org.fieldNotWritable',
    ],
    ['too short', [field('Key__c', { unique: true, externalId: true, length: 20 })], 'org.fieldNotWritable'],
  ])('finds a key that is %s', (_name, fields, code) => {
    expect(checkObject(object(fields), [key])).toMatchObject([
      { code, params: { object: 'Order', field: 'Key__c' } },
    ]);
  });

  it('asks for no more than reading where nothing is written', () => {
    const readOnly = object([field('Name', { createable: false })], { createable: false });
    expect(checkObject(readOnly, [{ name: 'Name', use: 'read' }])).toEqual([]);
    expect(checkObject(readOnly, [{ name: 'Name', use: 'write' }]).map(({ code }) => code)).toEqual([
      'org.noAccess',
      'org.fieldNotWritable',
    ]);
  });

  it('tells every field that is missing, not the first alone', () => {
    const wanted = orderFields(builtInProfiles.standard);
    expect(checkObject(object([]), wanted)).toHaveLength(wanted.length);
  });

  it('does not ask for fields that the profile leaves blank', () => {
    const { standard } = builtInProfiles;
    const less = { ...standard, line: { ...standard.line, note: null, discountPercent: null } };
    expect(lineFields(less)).toHaveLength(lineFields(standard).length - 2);
  });
});

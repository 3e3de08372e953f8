import { inRealOrder } from './arrange';
import type { FieldDef, FieldType, ObjectDef, PicklistValue } from './types';

/** Short forms for writing an object's fields down; every default is that of an ordinary optional field. */

type Extra = Partial<Omit<FieldDef, 'name' | 'label' | 'type'>>;

function field(name: string, label: string, type: FieldType, extra: Extra): FieldDef {
  return {
    name,
    label,
    type,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    defaultedOnCreate: false,
    createable: true,
    updateable: true,
    unique: false,
    caseSensitive: false,
    externalId: false,
    custom: name.endsWith('__c'),
    autoNumber: false,
    calculated: false,
    nameField: false,
    idLookup: false,
    defaultValue: null,
    picklist: [],
    restrictedPicklist: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    cascadeDelete: false,
    ...extra,
  };
}

export const required: Extra = { nillable: false };
export const readOnly: Extra = { createable: false, updateable: false };
export const createOnly: Extra = { updateable: false };

export const text = (name: string, label: string, length: number, extra: Extra = {}): FieldDef =>
  field(name, label, 'string', { length, ...extra });

export const longText = (name: string, label: string, length: number, extra: Extra = {}): FieldDef =>
  field(name, label, 'textarea', { length, ...extra });

export const email = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'email', { length: 80, ...extra });

export const phone = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'phone', { length: 40, ...extra });

export const url = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'url', { length: 255, ...extra });

export const date = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'date', extra);

export const datetime = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'datetime', extra);

export const checkbox = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'boolean', { nillable: false, defaultedOnCreate: true, ...extra });

export const int = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'int', { precision: 9, ...extra });

export const double = (
  name: string,
  label: string,
  precision: number,
  scale: number,
  extra: Extra = {},
): FieldDef => field(name, label, 'double', { precision, scale, ...extra });

export const percent = (
  name: string,
  label: string,
  precision: number,
  scale: number,
  extra: Extra = {},
): FieldDef => field(name, label, 'percent', { precision, scale, ...extra });

export const currency = (name: string, label: string, extra: Extra = {}): FieldDef =>
  field(name, label, 'currency', { precision: 18, scale: 2, ...extra });

export const reference = (
  name: string,
  label: string,
  to: string,
  relationshipName: string,
  childRelationshipName: string | null,
  extra: Extra = {},
): FieldDef =>
  field(name, label, 'reference', {
    length: 18,
    caseSensitive: true,
    referenceTo: [to],
    relationshipName,
    childRelationshipName,
    ...extra,
  });

export function picklist(
  name: string,
  label: string,
  values: readonly (string | readonly [value: string, label: string])[],
  extra: Extra = {},
): FieldDef {
  const entries: PicklistValue[] = values.map((entry) => {
    const [value, shown] = typeof entry === 'string' ? [entry, entry] : entry;
    return { value, label: shown, isDefault: value === extra.defaultValue };
  });
  return field(name, label, 'picklist', { length: 255, picklist: entries, ...extra });
}

const geocodeAccuracies = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

/** An address in its parts, and the compound field that shows them together. */
export function address(prefix: string, label: string): FieldDef[] {
  const named = (part: string): string => `${label} ${part}`.trim();
  return [
    longText(`${prefix}Street`, named('Street'), 255),
    text(`${prefix}City`, named('City'), 40),
    text(`${prefix}State`, named('State/Province'), 80),
    text(`${prefix}PostalCode`, named('Zip/Postal Code'), 20),
    text(`${prefix}Country`, named('Country'), 80),
    double(`${prefix}Latitude`, named('Latitude'), 18, 12),
    double(`${prefix}Longitude`, named('Longitude'), 18, 12),
    picklist(`${prefix}GeocodeAccuracy`, named('Geocode Accuracy'), geocodeAccuracies, {
      length: 40,
      restrictedPicklist: true,
    }),
    field(`${prefix}Address`, named('Address'), 'address', readOnly),
  ];
}

/** When a user last looked at a record, or at one beside it; nobody writes these. */
export const viewed = (): FieldDef[] => [
  datetime('LastViewedDate', 'Last Viewed Date', readOnly),
  datetime('LastReferencedDate', 'Last Referenced Date', readOnly),
];

/** An object with the fields every object has: its id in front, the audit fields at the end. */
export function object(
  definition: Omit<ObjectDef, 'fields' | 'custom' | 'createable' | 'updateable' | 'deletable'> & {
    fields: readonly FieldDef[];
    writable?: boolean;
    deletable?: boolean;
  },
): ObjectDef {
  const { writable = true, deletable = writable, fields, ...rest } = definition;
  return {
    ...rest,
    custom: rest.name.endsWith('__c'),
    createable: writable,
    updateable: writable,
    deletable,
    fields: inRealOrder(rest.name, [
      field('Id', `${rest.label} ID`, 'id', {
        length: 18,
        caseSensitive: true,
        nillable: false,
        defaultedOnCreate: true,
        idLookup: true,
        ...readOnly,
      }),
      checkbox('IsDeleted', 'Deleted', readOnly),
      ...fields,
      datetime('CreatedDate', 'Created Date', { ...readOnly, ...required, defaultedOnCreate: true }),
      reference('CreatedById', 'Created By ID', 'User', 'CreatedBy', null, {
        ...readOnly,
        ...required,
        defaultedOnCreate: true,
      }),
      datetime('LastModifiedDate', 'Last Modified Date', {
        ...readOnly,
        ...required,
        defaultedOnCreate: true,
      }),
      reference('LastModifiedById', 'Last Modified By ID', 'User', 'LastModifiedBy', null, {
        ...readOnly,
        ...required,
        defaultedOnCreate: true,
      }),
      datetime('SystemModstamp', 'System Modstamp', { ...readOnly, ...required, defaultedOnCreate: true }),
    ]),
  };
}

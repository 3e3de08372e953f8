import { z } from 'zod';
import {
  checkbox,
  currency,
  date,
  datetime,
  double,
  email,
  longText,
  percent,
  phone,
  picklist,
  reference,
  text,
  url,
} from '../schema/field';
import type { FieldDef } from '../schema/types';
import { asList, type XmlNode } from './xml';

const flag = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .optional();
const count = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .optional();

/** A CustomField of the Metadata API, as far as the sandbox's fields go (Metadata API guide, "CustomField"). */
export const customFieldSchema = z.object({
  fullName: z.string().regex(/^[A-Za-z]\w*$/),
  type: z.string().optional(),
  label: z.string().optional(),
  length: count,
  precision: count,
  scale: count,
  required: flag,
  unique: flag,
  externalId: flag,
  caseSensitive: flag,
  defaultValue: z.string().optional(),
  formula: z.string().optional(),
  referenceTo: z.string().optional(),
  relationshipName: z.string().optional(),
  valueSet: z.unknown().optional(),
});
export type CustomFieldMetadata = z.output<typeof customFieldSchema>;

/** Why a field cannot be deployed, in words for the person who deploys it. */
export class MetadataProblem extends Error {}

/** The field that a CustomField describes. Throws MetadataProblem. */
export function fieldFromMetadata(object: string, meta: CustomFieldMetadata): FieldDef {
  const { fullName: name, type } = meta;
  if (!/__c$/.test(name))
    throw new MetadataProblem(`Entity Enumeration Or ID: bad value for custom field: ${name}`);
  if (meta.formula !== undefined) throw new MetadataProblem(`${name}: the sandbox does not run formulas`);
  const label = required(meta.label, 'label');
  const extra = {
    nillable: meta.required !== true,
    unique: meta.unique === true,
    externalId: meta.externalId === true,
    idLookup: meta.externalId === true,
    caseSensitive: meta.caseSensitive === true,
  };
  switch (type) {
    case 'Text':
      return text(name, label, length(meta, 255), extra);
    case 'TextArea':
      return longText(name, label, 255, { nillable: extra.nillable });
    case 'LongTextArea':
    case 'Html':
      return longText(name, label, length(meta, 131_072));
    case 'Number':
      return double(name, label, digits(meta), scale(meta), { ...extra, caseSensitive: false });
    case 'Currency':
      return currency(name, label, { precision: digits(meta), scale: scale(meta), nillable: extra.nillable });
    case 'Percent':
      return percent(name, label, digits(meta), scale(meta), { nillable: extra.nillable });
    case 'Checkbox':
      return checkbox(name, label, { defaultValue: required(meta.defaultValue, 'defaultValue') });
    case 'Date':
      return date(name, label, { nillable: extra.nillable });
    case 'DateTime':
      return datetime(name, label, { nillable: extra.nillable });
    case 'Email':
      return email(name, label, extra);
    case 'Phone':
      return phone(name, label, { nillable: extra.nillable });
    case 'Url':
      return url(name, label, { nillable: extra.nillable });
    case 'Picklist':
    case 'MultiselectPicklist':
      return choice(meta, label, extra.nillable);
    case 'Lookup':
    case 'MasterDetail':
      return link(object, meta, label);
    case undefined:
      throw new MetadataProblem('Required field is missing: type');
    default:
      throw new MetadataProblem(`${name}: the sandbox has no fields of type ${type}`);
  }
}

/** The CustomField that describes a field, for those who retrieve it. */
export function metadataFromField(field: FieldDef): Exclude<XmlNode, string> {
  const type = metadataType(field);
  return {
    fullName: field.name,
    ...(type === 'Text' || type === 'Number' || type === 'Email'
      ? {
          ...(field.unique && type === 'Text' ? { caseSensitive: String(field.caseSensitive) } : {}),
          externalId: String(field.externalId),
        }
      : {}),
    ...(field.defaultValue !== null && field.type === 'boolean' ? { defaultValue: field.defaultValue } : {}),
    label: field.label,
    ...(type === 'Text' || type === 'LongTextArea' ? { length: String(field.length) } : {}),
    ...(field.precision > 0 ? { precision: String(field.precision) } : {}),
    ...(field.referenceTo.length > 0
      ? {
          referenceTo: field.referenceTo[0],
          relationshipName: field.childRelationshipName?.replace(/__r$/, ''),
        }
      : {}),
    ...(field.type === 'boolean' ? {} : { required: String(!field.nillable) }),
    ...(field.precision > 0 ? { scale: String(field.scale) } : {}),
    type,
    ...(field.unique ? { unique: 'true' } : {}),
    ...(field.picklist.length > 0
      ? {
          valueSet: {
            restricted: String(field.restrictedPicklist),
            valueSetDefinition: {
              sorted: 'false',
              value: field.picklist.map(({ value, label, isDefault }) => ({
                fullName: value,
                default: String(isDefault),
                label,
              })),
            },
          },
        }
      : {}),
  };
}

function metadataType(field: FieldDef): string {
  const types: Partial<Record<FieldDef['type'], string>> = {
    boolean: 'Checkbox',
    int: 'Number',
    double: 'Number',
    currency: 'Currency',
    percent: 'Percent',
    date: 'Date',
    datetime: 'DateTime',
    email: 'Email',
    phone: 'Phone',
    url: 'Url',
    picklist: 'Picklist',
    multipicklist: 'MultiselectPicklist',
    reference: field.cascadeDelete ? 'MasterDetail' : 'Lookup',
    textarea: field.length > 255 ? 'LongTextArea' : 'TextArea',
  };
  return types[field.type] ?? 'Text';
}

const valueSchema = z.object({
  fullName: z.string(),
  label: z.string().optional(),
  default: flag,
  isActive: flag,
});

function choice(meta: CustomFieldMetadata, label: string, nillable: boolean): FieldDef {
  const set = z
    .object({
      restricted: flag,
      valueSetDefinition: z.object({ value: z.unknown() }).optional(),
    })
    .safeParse(meta.valueSet);
  const values = asList(set.data?.valueSetDefinition?.value).map((value) => valueSchema.parse(value));
  if (values.length === 0) throw new MetadataProblem(`${meta.fullName}: the value set has no values`);
  const chosen = values.find((value) => value.default === true)?.fullName ?? null;
  const field = picklist(
    meta.fullName,
    label,
    values.map((value) => [value.fullName, value.label ?? value.fullName] as const),
    { nillable, restrictedPicklist: set.data?.restricted === true, defaultValue: chosen },
  );
  return meta.type === 'MultiselectPicklist' ? { ...field, type: 'multipicklist', length: 4099 } : field;
}

function link(object: string, meta: CustomFieldMetadata, label: string): FieldDef {
  const master = meta.type === 'MasterDetail';
  const children = meta.relationshipName ?? (master ? `${object.replace(/__c$/, '')}s` : undefined);
  return reference(
    meta.fullName,
    label,
    required(meta.referenceTo, 'referenceTo'),
    meta.fullName.replace(/__c$/, '__r'),
    children === undefined ? null : `${children}__r`,
    { nillable: !master && meta.required !== true, cascadeDelete: master, updateable: !master },
  );
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new MetadataProblem(`Required field is missing: ${name}`);
  return value;
}

function length(meta: CustomFieldMetadata, most: number): number {
  const value = meta.length ?? 0;
  if (value < 1 || value > most) {
    throw new MetadataProblem(`Length specified for ${meta.fullName} must be between 1 and ${most}`);
  }
  return value;
}

const digits = (meta: CustomFieldMetadata): number => Math.min(meta.precision ?? 18, 18);
const scale = (meta: CustomFieldMetadata): number => Math.min(meta.scale ?? 0, digits(meta));

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
import { literal } from './literal';
import { MetadataProblem } from './problem';
import { asList } from './xml';

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
  visibleLines: count,
  required: flag,
  unique: flag,
  externalId: flag,
  caseSensitive: flag,
  defaultValue: z.string().optional(),
  deleteConstraint: z.enum(['Cascade', 'Restrict', 'SetNull']).optional(),
  displayFormat: z.string().optional(),
  startingNumber: count,
  formula: z.string().optional(),
  referenceTo: z.string().optional(),
  relationshipName: z.string().optional(),
  reparentableMasterDetail: flag,
  valueSet: z.unknown().optional(),
});
export type CustomFieldMetadata = z.output<typeof customFieldSchema>;

/** The field that a CustomField describes. Throws MetadataProblem. */
export function fieldFromMetadata(object: string, meta: CustomFieldMetadata): FieldDef {
  const { fullName: name, type } = meta;
  if (meta.formula !== undefined) throw new MetadataProblem(`${name}: the sandbox does not run formulas`);
  if (meta.label === undefined) throw new MetadataProblem('Required field is missing: label');
  const { label } = meta;
  const nillable = meta.required !== true;
  const extra = {
    nillable,
    unique: meta.unique === true,
    externalId: meta.externalId === true,
    idLookup: meta.externalId === true,
    caseSensitive: meta.caseSensitive === true,
  };
  const plain = { nillable, ...initial(meta) };
  switch (type) {
    case 'Text':
      return text(name, label, length(meta, 1, 255), { ...extra, ...plain });
    case 'TextArea':
      return longText(name, label, 255, plain);
    case 'LongTextArea':
    case 'Html':
      needed(meta, 'visibleLines');
      return longText(name, label, length(meta, 256, 131_072));
    case 'Number':
      return double(name, label, digits(meta), scale(meta), { ...extra, caseSensitive: false, ...plain });
    case 'Currency':
      return currency(name, label, { precision: digits(meta), scale: scale(meta), ...plain });
    case 'Percent':
      return percent(name, label, digits(meta), scale(meta), plain);
    case 'Checkbox':
      return checkbox(name, label, { defaultValue: needed(meta, 'defaultValue') });
    case 'Date':
      return date(name, label, plain);
    case 'DateTime':
      return datetime(name, label, plain);
    case 'Email':
      return email(name, label, { ...extra, ...plain });
    case 'Phone':
      return phone(name, label, plain);
    case 'Url':
      return url(name, label, plain);
    case 'AutoNumber':
      return text(name, label, 30, {
        ...extra,
        nillable: false,
        createable: false,
        updateable: false,
        defaultedOnCreate: true,
        autoNumber: true,
        numbering: { format: meta.displayFormat ?? '{0}', start: meta.startingNumber ?? 1 },
      });
    case 'Picklist':
    case 'MultiselectPicklist':
      return choice(meta, label, nillable);
    case 'Lookup':
    case 'MasterDetail':
      return link(object, meta, label);
    case undefined:
      throw new MetadataProblem('Required field is missing: type');
    default:
      throw new MetadataProblem(`${name}: the sandbox has no fields of type ${type}`);
  }
}

/** What a new record has, where the metadata names a constant. */
function initial(meta: CustomFieldMetadata): Partial<FieldDef> {
  const { fullName, type = '', defaultValue } = meta;
  if (defaultValue === undefined || ['Checkbox', 'Picklist', 'MultiselectPicklist'].includes(type)) return {};
  const kind = ['Number', 'Currency', 'Percent'].includes(type) ? 'number' : 'text';
  if (['Date', 'DateTime'].includes(type)) {
    throw new MetadataProblem(
      `${fullName}: the sandbox does not run formulas, as default values of dates are`,
    );
  }
  return { defaultValue: literal(fullName, defaultValue, kind), defaultedOnCreate: true };
}

const valueSchema = z.object({
  fullName: z.string(),
  label: z.string().optional(),
  default: flag,
  isActive: flag,
});
const valueSetSchema = z.looseObject({
  restricted: flag,
  valueSetDefinition: z.looseObject({ value: z.unknown() }).optional(),
  valueSetName: z.string().optional(),
});

function choice(meta: CustomFieldMetadata, label: string, nillable: boolean): FieldDef {
  const set = valueSetSchema.safeParse(meta.valueSet);
  if (set.data?.valueSetName !== undefined) {
    throw new MetadataProblem(`${meta.fullName}: the sandbox has no global value sets`);
  }
  const values = asList(set.data?.valueSetDefinition?.value).map((value) => valueSchema.parse(value));
  if (values.length === 0) throw new MetadataProblem(mustSpecify(meta, 'valueSet'));
  const field = picklist(
    meta.fullName,
    label,
    values.map((value) => [value.fullName, value.label ?? value.fullName] as const),
    {
      nillable,
      restrictedPicklist: set.data?.restricted === true,
      defaultValue: values.find((value) => value.default === true)?.fullName ?? null,
    },
  );
  const entries = field.picklist.map((entry, index) => ({
    ...entry,
    isDefault: values[index]?.default === true,
    ...(values[index]?.isActive === false ? { active: false } : {}),
  }));
  return meta.type === 'MultiselectPicklist'
    ? { ...field, picklist: entries, type: 'multipicklist', length: 4099 }
    : { ...field, picklist: entries };
}

function link(object: string, meta: CustomFieldMetadata, label: string): FieldDef {
  const master = meta.type === 'MasterDetail';
  const children = meta.relationshipName ?? (master ? `${object.replace(/__c$/, '')}s` : undefined);
  const target = needed(meta, 'referenceTo');
  if (!master && meta.required === true && meta.deleteConstraint !== 'Restrict') {
    throw new MetadataProblem(
      'Must specify either cascade delete or restrict delete for required lookup foreign key',
    );
  }
  return reference(
    meta.fullName,
    label,
    target,
    meta.fullName.replace(/__c$/, '__r'),
    children === undefined ? null : `${children}__r`,
    {
      nillable: !master && meta.required !== true,
      cascadeDelete: master,
      updateable: !master || meta.reparentableMasterDetail === true,
    },
  );
}

const mustSpecify = (meta: CustomFieldMetadata, name: string): string =>
  `Must specify '${name}' for a CustomField of type ${meta.type ?? ''}`;

function needed<Name extends 'referenceTo' | 'defaultValue' | 'length' | 'visibleLines' | 'precision'>(
  meta: CustomFieldMetadata,
  name: Name,
): NonNullable<CustomFieldMetadata[Name]> {
  const value = meta[name];
  if (value === undefined || value === null) throw new MetadataProblem(mustSpecify(meta, name));
  return value;
}

function length(meta: CustomFieldMetadata, least: number, most: number): number {
  const value = needed(meta, 'length');
  if (value < least || value > most) {
    throw new MetadataProblem(`${meta.fullName}: length must be between ${least} and ${most}`);
  }
  return value;
}

const digits = (meta: CustomFieldMetadata): number => Math.min(needed(meta, 'precision'), 18);
const scale = (meta: CustomFieldMetadata): number => Math.min(meta.scale ?? 0, digits(meta));

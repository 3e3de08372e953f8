import type { FieldDef } from '../schema/types';
import type { Source, StoredComponent } from './store';

/** The CustomField that describes a field: as it was deployed where it was, else made from what it is. */
export function fieldSource(field: FieldDef, stored: StoredComponent | null): Source {
  const source = stored?.source;
  if (!source) return described(field);
  // The Unique tick can have been taken off since.
  return { ...source, ...('unique' in source ? { unique: String(field.unique) } : {}) };
}

/** Elements in the order of their names, as an org writes them. */
function described(field: FieldDef): Source {
  const type = metadataType(field);
  const known = ['Text', 'Number', 'Email', 'AutoNumber'].includes(type);
  const elements: Record<string, Source[string]> = {
    ...(field.unique && type === 'Text' ? { caseSensitive: String(field.caseSensitive) } : {}),
    ...(field.type === 'boolean' ? { defaultValue: field.defaultValue ?? 'false' } : {}),
    ...(type === 'Lookup' ? { deleteConstraint: field.nillable ? 'SetNull' : 'Restrict' } : {}),
    ...(field.numbering ? { displayFormat: field.numbering.format } : {}),
    ...(known ? { externalId: String(field.externalId) } : {}),
    label: field.label,
    ...(type === 'Text' || type === 'LongTextArea' ? { length: String(field.length) } : {}),
    ...(field.precision > 0 ? { precision: String(field.precision) } : {}),
    ...(field.referenceTo[0] === undefined ? {} : { referenceTo: field.referenceTo[0] }),
    ...(field.childRelationshipName === null
      ? {}
      : { relationshipName: field.childRelationshipName.replace(/__r$/, '') }),
    ...(field.type === 'boolean' || type === 'AutoNumber' ? {} : { required: String(!field.nillable) }),
    ...(field.precision > 0 ? { scale: String(field.scale) } : {}),
    type,
    ...(known ? { unique: String(field.unique) } : {}),
    ...(field.picklist.length > 0 ? { valueSet: valueSet(field) } : {}),
    ...(type === 'LongTextArea' ? { visibleLines: '3' } : {}),
  };
  return { fullName: field.name, ...elements };
}

const valueSet = (field: FieldDef): Source => ({
  restricted: String(field.restrictedPicklist),
  valueSetDefinition: {
    sorted: 'false',
    value: field.picklist.map(({ value, label, isDefault }) => ({
      fullName: value,
      default: String(isDefault),
      label,
    })),
  },
});

/** The name that the Metadata API has for a field's type. */
export function metadataType(field: FieldDef): string {
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
  return field.autoNumber ? 'AutoNumber' : (types[field.type] ?? 'Text');
}

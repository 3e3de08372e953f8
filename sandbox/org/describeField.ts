import type { FieldDef, ObjectDef } from './schema/types';

/**
 * One field in describe's shape: every key a v62 org sends, in the order of the alphabet (SOAP API guide,
 * "Field"; the values follow recorded describes).
 */
export function describeField(object: ObjectDef, field: FieldDef): unknown {
  const longText = isLongText(field);
  const compound = field.type === 'address';
  const polymorphic = field.referenceTo.length > 1;
  return {
    aggregatable: field.type !== 'boolean' && !longText && !compound,
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: byteLength(field),
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: field.cascadeDelete,
    caseSensitive: field.caseSensitive && !isKey(field),
    compoundFieldName: compoundName(object, field),
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    ...defaults(field),
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: extraType(object, field),
    filterable: !longText,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: isGroupable(field) && !longText,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: polymorphic,
    nillable: field.nillable,
    permissionable: isPermissionable(field),
    picklistValues: field.picklist.map((entry) => ({
      active: entry.active ?? true,
      defaultValue: entry.isDefault,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: polymorphic,
    precision: field.type === 'int' ? 0 : field.precision,
    queryByDistance: compound,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.cascadeDelete && field.custom ? 0 : null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    // Stored with twelve places, which is closer than an atom; an org tells of fifteen.
    scale: /(?:Latitude|Longitude)$/.test(field.name) && !field.custom ? 15 : field.scale,
    searchPrefilterable: field.type === 'reference' && field.createable && !polymorphic,
    soapType: soapType(field),
    sortable: !longText && !compound && field.type !== 'multipicklist',
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

const isKey = (field: FieldDef): boolean => field.type === 'id' || field.type === 'reference';

const isLongText = (field: FieldDef): boolean => field.type === 'textarea' && field.length > 255;

/** Ids count their characters, other text three bytes for each. */
function byteLength(field: FieldDef): number {
  return isKey(field) ? field.length : field.length * 3;
}

/** A picklist tells its default beside its values, other fields as a formula. */
function defaults(field: FieldDef): {
  defaultValue: string | boolean | null;
  defaultValueFormula: string | null;
} {
  if (field.type === 'boolean') {
    return { defaultValue: field.defaultValue === 'true', defaultValueFormula: null };
  }
  if (field.name.endsWith('CurrencyIsoCode')) {
    return { defaultValue: field.defaultValue, defaultValueFormula: null };
  }
  const formula = field.picklist.length > 0 ? null : field.defaultValue;
  return { defaultValue: null, defaultValueFormula: formula };
}

function isGroupable(field: FieldDef): boolean {
  switch (field.type) {
    case 'address':
    case 'currency':
    case 'datetime':
    case 'double':
    case 'multipicklist':
    case 'percent':
      return false;
    default:
      return !field.autoNumber;
  }
}

/** Field-level security is for fields that may be empty, and for checkboxes. */
function isPermissionable(field: FieldDef): boolean {
  const written = field.createable || field.updateable;
  return written && (field.nillable || (field.type === 'boolean' && !field.name.startsWith('IsDeleted')));
}

const addressPart =
  /^(Billing|Shipping|Mailing|Other|)(?:Street|City|State|PostalCode|Country|StateCode|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

function compoundName(object: ObjectDef, field: FieldDef): string | null {
  const has = (name: string): boolean => object.fields.some((other) => other.name === name);
  if (/^(?:FirstName|LastName|MiddleName|Salutation|Suffix)$/.test(field.name))
    return has('Name') ? 'Name' : null;
  const prefix = addressPart.exec(field.name)?.[1];
  return prefix !== undefined && has(`${prefix}Address`) ? `${prefix}Address` : null;
}

function extraType(object: ObjectDef, field: FieldDef): string | null {
  if (field.type === 'textarea') return 'plaintextarea';
  if (field.name === 'PhotoUrl') return 'imageurl';
  const ofPerson = field.name === 'Name' && object.fields.some((other) => other.name === 'LastName');
  return ofPerson ? 'personname' : null;
}

function soapType(field: FieldDef): string {
  switch (field.type) {
    case 'id':
    case 'reference':
      return 'tns:ID';
    case 'boolean':
      return 'xsd:boolean';
    case 'int':
      return 'xsd:int';
    case 'double':
    case 'currency':
    case 'percent':
      return 'xsd:double';
    case 'date':
      return 'xsd:date';
    case 'datetime':
      return 'xsd:dateTime';
    case 'address':
      return 'urn:address';
    default:
      return 'xsd:string';
  }
}

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'email'
  | 'phone'
  | 'url'
  | 'multipicklist'
  /** A compound field: made of the fields whose names begin as its own does, and never stored. */
  | 'address';

export interface PicklistValue {
  value: string;
  label: string;
  isDefault: boolean;
  /** Nothing means active; an inactive value stays on old records and cannot be chosen any more. */
  active?: boolean;
}

/** One field of an object, with what describe tells about it and what saving checks. */
export interface FieldDef {
  name: string;
  label: string;
  type: FieldType;
  /** Longest text in characters; 0 for what is no text. */
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  defaultedOnCreate: boolean;
  createable: boolean;
  updateable: boolean;
  unique: boolean;
  caseSensitive: boolean;
  externalId: boolean;
  custom: boolean;
  autoNumber: boolean;
  /** How a deployed automatic number looks, `ST-{0000}`, and where it begins. */
  numbering?: { format: string; start: number };
  calculated: boolean;
  nameField: boolean;
  idLookup: boolean;
  /** What a new record has where it is given nothing. */
  defaultValue: string | null;
  picklist: readonly PicklistValue[];
  restrictedPicklist: boolean;
  referenceTo: readonly string[];
  /** Name to reach the parent by, e.g. `Account` or `Puente_Pricebook__r`. */
  relationshipName: string | null;
  /** Name to reach the children by from the parent, e.g. `OrderItems`. */
  childRelationshipName: string | null;
  cascadeDelete: boolean;
}

export interface ObjectDef {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  custom: boolean;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  fields: readonly FieldDef[];
}

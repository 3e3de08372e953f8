import { z } from 'zod';
import { type CustomFieldMetadata, customFieldSchema } from './fieldMetadata';
import { membersOf } from './members';
import { positionOf } from './position';
import { MetadataProblem } from './problem';
import type { Source } from './store';
import { asList, parseXml } from './xml';

interface Place {
  fileName: string;
  fullName: string;
  /** Where in the file it stands. */
  position: { line: number; column: number } | null;
}

/** One thing that a deployment brings or takes away. */
export type Component = Place &
  (
    | { type: 'CustomObject'; object: ObjectMetadata; source: Source }
    | { type: 'CustomField'; objectName: string; field: CustomFieldMetadata; source: Source }
    | { type: 'PermissionSet'; permissionSet: PermissionSetMetadata; source: Source }
    | { type: 'Delete'; metadataType: string }
    | { type: 'Problem'; metadataType: string; problem: string }
  );

export const objectMetadataSchema = z.looseObject({
  label: z.string().optional(),
  pluralLabel: z.string().optional(),
  nameField: z
    .object({
      label: z.string().optional(),
      type: z.string().optional(),
      displayFormat: z.string().optional(),
      startingNumber: z.string().optional(),
    })
    .optional(),
  fields: z.unknown().optional(),
});
export type ObjectMetadata = z.output<typeof objectMetadataSchema>;

const granted = z
  .string()
  .optional()
  .transform((value) => value === 'true');
const permissionSetSchema = z.looseObject({
  label: z.string().optional(),
  description: z.string().optional(),
  fieldPermissions: z.unknown().optional(),
  objectPermissions: z.unknown().optional(),
});
const fieldPermission = z.object({ field: z.string(), editable: granted, readable: granted });
const objectPermission = z.object({ object: z.string() });
export interface PermissionSetMetadata {
  label: string | undefined;
  description: string | undefined;
  fields: z.output<typeof fieldPermission>[];
  objects: string[];
}

/** What else can stand in an object's file as a component of its own (Metadata API guide, "CustomObject"). */
const children: Readonly<Record<string, string>> = {
  businessProcesses: 'BusinessProcess',
  compactLayouts: 'CompactLayout',
  fieldSets: 'FieldSet',
  indexes: 'Index',
  listViews: 'ListView',
  recordTypes: 'RecordType',
  sharingReasons: 'SharingReason',
  validationRules: 'ValidationRule',
  webLinks: 'WebLink',
};

/** Folders of what the sandbox does not keep, and the type of what lies in them. */
const folders: Readonly<Record<string, string>> = {
  applications: 'CustomApplication',
  classes: 'ApexClass',
  components: 'ApexComponent',
  flexipages: 'FlexiPage',
  flows: 'Flow',
  layouts: 'Layout',
  pages: 'ApexPage',
  profiles: 'Profile',
  reports: 'Report',
  settings: 'Settings',
  tabs: 'CustomTab',
  triggers: 'ApexTrigger',
};

/** What stands in one file of a deployment; what cannot be read or kept is a problem of its own. */
export function readFile(path: string, fileName: string, content: string): Component[] {
  const [folder = '', file = ''] = path.split('/');
  const fullName = file.replace(/\.[^.]+$/, '');
  const place = { fileName, fullName, position: null };
  try {
    if (/^destructiveChanges(?:Pre|Post)?\.xml$/.test(path)) {
      return membersOf(content).map(({ type, name }) => ({
        ...place,
        type: 'Delete',
        metadataType: type,
        fullName: name,
      }));
    }
    if (folder === 'objects') return objectComponents(place, content);
    if (folder === 'permissionsets') return [permissionSet(place, content)];
  } catch (error) {
    const problem = error instanceof z.ZodError ? complaint(error) : messageOf(error);
    const metadataType = folder === 'permissionsets' ? 'PermissionSet' : 'CustomObject';
    return [{ ...place, type: 'Problem', metadataType, problem }];
  }
  // The second file of a pair says no more than the first.
  if (file.endsWith('-meta.xml')) return [];
  const metadataType = folders[folder] ?? '';
  const problem = `The sandbox does not keep ${metadataType || `metadata of the folder ${folder}`}`;
  return [{ ...place, type: 'Problem', metadataType, problem }];
}

function objectComponents(place: Place, content: string): Component[] {
  const { CustomObject } = z.object({ CustomObject: z.unknown() }).parse(parseXml(content));
  const parsed = objectMetadataSchema.parse(CustomObject === '' ? {} : CustomObject);
  const { fields, ...object } = parsed;
  const found: Component[] = [{ ...place, type: 'CustomObject', object, source: sourceOf(object) }];
  for (const entry of asList(fields)) found.push(fieldComponent(place, entry, content));
  for (const [element, metadataType] of Object.entries(children)) {
    for (const entry of asList(parsed[element])) {
      const name = nameOf(entry);
      const problem =
        metadataType === 'ValidationRule'
          ? 'The sandbox does not run formulas: a rule can be written as a ValidationRule of its options'
          : `The sandbox does not keep ${metadataType}`;
      const position = positionOf(content, element, name);
      const fullName = `${place.fullName}.${name}`;
      found.push({ ...place, type: 'Problem', fullName, metadataType, position, problem });
    }
  }
  return found;
}

function fieldComponent(place: Place, entry: unknown, content: string): Component {
  const name = nameOf(entry);
  const at = {
    ...place,
    fullName: `${place.fullName}.${name}`,
    position: positionOf(content, 'fields', name),
  };
  const field = customFieldSchema.safeParse(entry);
  return field.success
    ? {
        ...at,
        type: 'CustomField',
        objectName: place.fullName,
        field: field.data,
        source: sourceOf(entry),
      }
    : { ...at, type: 'Problem', metadataType: 'CustomField', problem: complaint(field.error) };
}

function permissionSet(place: Place, content: string): Component {
  const { PermissionSet } = z.object({ PermissionSet: z.unknown() }).parse(parseXml(content));
  return {
    ...place,
    type: 'PermissionSet',
    permissionSet: readPermissionSet(PermissionSet),
    source: sourceOf(PermissionSet),
  };
}

export function readPermissionSet(given: unknown): PermissionSetMetadata {
  const parsed = permissionSetSchema.parse(given);
  return {
    label: parsed.label,
    description: parsed.description,
    fields: asList(parsed.fieldPermissions).map((entry) => fieldPermission.parse(entry)),
    objects: asList(parsed.objectPermissions).map((entry) => objectPermission.parse(entry).object),
  };
}

const sourceSchema = z.record(z.string(), z.unknown());

/** A component's elements in the order of their names, without the attributes of the file it came in. */
export function sourceOf(entry: unknown): Source {
  const known = sourceSchema.safeParse(entry);
  if (!known.success) return {};
  const names = Object.keys(known.data).filter((name) => !/^[@?#]/.test(name));
  const first = names.filter((name) => name === 'fullName');
  const rest = names.filter((name) => name !== 'fullName').sort();
  return Object.fromEntries([...first, ...rest].map((name) => [name, sourceValue(known.data[name])]));
}

function sourceValue(value: unknown): string | Source | (string | Source)[] {
  if (Array.isArray(value))
    return value.map((entry) => (isObject(entry) ? sourceOf(entry) : String(entry ?? '')));
  return isObject(value) ? sourceOf(value) : String(value ?? '');
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function nameOf(entry: unknown): string {
  const named = z.looseObject({ fullName: z.string() }).safeParse(entry);
  return named.success ? named.data.fullName : '';
}

function complaint(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue?.path[0] === 'fullName'
    ? 'Required field is missing: fullName'
    : `Error parsing file: ${String(issue?.path.join('.') ?? '')}: ${issue?.message ?? ''}`;
}

const messageOf = (error: unknown): string =>
  error instanceof MetadataProblem ? error.message : `Error parsing file: ${String(error)}`;

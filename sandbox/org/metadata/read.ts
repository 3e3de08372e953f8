import type { OrgCore } from '../core';
import type { ObjectDef } from '../schema/types';
import { fullName as nameOf } from '../users';
import { fieldSource } from './fieldSource';
import { objectOf } from './kept';
import type { Source, StoredComponent } from './store';
import type { XmlNode } from './xml';

/** The kinds of metadata that the sandbox keeps (Metadata API guide, "DescribeMetadataResult"). */
export const describeMetadata: XmlNode = {
  metadataObjects: [
    {
      childXmlNames: 'CustomField',
      directoryName: 'objects',
      inFolder: false,
      metaFile: false,
      suffix: 'object',
      xmlName: 'CustomObject',
    },
    {
      directoryName: 'permissionsets',
      inFolder: false,
      metaFile: false,
      suffix: 'permissionset',
      xmlName: 'PermissionSet',
    },
  ],
  organizationNamespace: '',
  partialSaveAllowed: true,
  testRequired: false,
};

/** A component with its id and its history (Metadata API guide, "FileProperties"). */
export interface FileProperties {
  createdById: string;
  createdByName: string;
  createdDate: string;
  fileName: string;
  fullName: string;
  id: string;
  lastModifiedById: string;
  lastModifiedByName: string;
  lastModifiedDate: string;
  manageableState?: string;
  namespacePrefix?: string;
  type: string;
}

/** What there is of a kind; what nobody made is as old as the epoch, as in live orgs. */
export function listMetadata(org: OrgCore, type: string): FileProperties[] {
  const { objects } = org.fullSchema();
  switch (type) {
    case 'CustomObject':
      return objects.map((object) => propertiesOf(org, type, object.name));
    case 'CustomField':
      return objects.flatMap((object) =>
        customFields(object).map((field) => propertiesOf(org, type, `${object.name}.${field.name}`)),
      );
    case 'PermissionSet':
      return permissionSets(org).map((name) => propertiesOf(org, type, name));
    default:
      return [];
  }
}

const permissionSets = (org: OrgCore): string[] =>
  org.records.findBy(org.table('PermissionSet'), 'IsDeleted', 0).map((row) => String(row['Name']));

/** The properties of something that is there. */
export function propertiesOf(org: OrgCore, type: string, fullName: string): FileProperties {
  const born = type === 'CustomObject' && !fullName.endsWith('__c');
  const stored: StoredComponent = born
    ? {
        type,
        fullName,
        id: '',
        createdById: org.userId,
        created: 0,
        modifiedById: org.userId,
        modified: 0,
        source: null,
      }
    : org.metadata.known(type, fullName);
  const userName = (id: string): string => {
    const user = org.users.byId(id);
    return user ? nameOf(user) : '';
  };
  const [setRow] =
    type === 'PermissionSet' ? org.records.findBy(org.table('PermissionSet'), 'Name', fullName) : [];
  return {
    createdById: stored.createdById,
    createdByName: userName(stored.createdById),
    createdDate: new Date(stored.created).toISOString(),
    fileName: fileOf(type, fullName),
    fullName,
    id: setRow ? String(setRow['Id']) : stored.id,
    lastModifiedById: stored.modifiedById,
    lastModifiedByName: userName(stored.modifiedById),
    lastModifiedDate: new Date(stored.modified).toISOString(),
    ...(born ? {} : { manageableState: 'unmanaged' }),
    type,
  };
}

/** The file that a component stands in. */
export const fileOf = (type: string, fullName: string): string =>
  type === 'PermissionSet'
    ? `permissionsets/${fullName}.permissionset`
    : `objects/${fullName.split('.')[0] ?? ''}.object`;

/** A component as metadata; `null` where there is none. */
export function readComponent(org: OrgCore, type: string, fullName: string): Source | null {
  const [name = '', fieldName] = fullName.split('.');
  const object = objectOf(org, name);
  switch (type) {
    case 'CustomField': {
      const field = object && customFields(object).find((entry) => entry.name === fieldName);
      if (!object || !field) return null;
      const stored = org.metadata.find(type, fullName);
      return { ...fieldSource(field, stored), fullName: `${object.name}.${field.name}` };
    }
    case 'CustomObject':
      return object && fieldName === undefined
        ? { fullName: object.name, ...objectSource(org, object) }
        : null;
    case 'PermissionSet': {
      if (!permissionSets(org).includes(fullName)) return null;
      return { fullName, ...org.metadata.find(type, fullName)?.source };
    }
    default:
      return null;
  }
}

/** What an `.object` file says of an object: all of it, or some of its fields alone. */
export function objectSource(org: OrgCore, object: ObjectDef, only?: readonly string[]): Source {
  const fields = customFields(object)
    .filter((field) => only === undefined || only.includes(field.name))
    .map((field) => fieldSource(field, org.metadata.find('CustomField', `${object.name}.${field.name}`)));
  const own: Source = only !== undefined || !object.custom ? {} : customObject(org, object);
  const known = Object.entries<Source[string]>({ ...own, ...(fields.length > 0 ? { fields } : {}) });
  return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function customObject(org: OrgCore, object: ObjectDef): Source {
  const name = object.fields.find((field) => field.nameField);
  return {
    deploymentStatus: 'Deployed',
    sharingModel: object.fields.some((field) => field.cascadeDelete) ? 'ControlledByParent' : 'ReadWrite',
    ...org.metadata.find('CustomObject', object.name)?.source,
    label: object.label,
    nameField: {
      ...(name?.numbering ? { displayFormat: name.numbering.format } : {}),
      label: name?.label ?? 'Name',
      type: name?.autoNumber ? 'AutoNumber' : 'Text',
    },
    pluralLabel: object.labelPlural,
  };
}

const customFields = (object: ObjectDef) => object.fields.filter((field) => field.custom);

import type { OrgCore } from '../core';
import type { ObjectDef } from '../schema/types';
import { objectOf } from './apply';
import { metadataFromField } from './fieldMetadata';
import type { XmlNode } from './xml';

/** The kinds of metadata that the sandbox keeps (Metadata API guide, "DescribeMetadataResult"). */
export const describeMetadata = (): Record<string, unknown> => ({
  metadataObjects: [
    {
      childXmlNames: ['CustomField'],
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
});

interface FileProperties {
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
  type: string;
}

/** What there is of a kind (Metadata API guide, "FileProperties"). */
export function listMetadata(org: OrgCore, type: string): FileProperties[] {
  const properties = (fullName: string, fileName: string, id: string): FileProperties => {
    const when = new Date(org.now()).toISOString();
    const by = { id: org.userId, name: 'Puente Integración' };
    return {
      createdById: by.id,
      createdByName: by.name,
      createdDate: when,
      fileName,
      fullName,
      id,
      lastModifiedById: by.id,
      lastModifiedByName: by.name,
      lastModifiedDate: when,
      manageableState: 'unmanaged',
      type,
    };
  };
  const { objects } = org.fullSchema();
  switch (type) {
    case 'CustomObject':
      return objects.map((object) => properties(object.name, `objects/${object.name}.object`, ''));
    case 'CustomField':
      return objects.flatMap((object) =>
        customFields(object).map((field) =>
          properties(`${object.name}.${field.name}`, `objects/${object.name}.object`, ''),
        ),
      );
    case 'PermissionSet':
      return org.records
        .findBy(org.table('PermissionSet'), 'IsDeleted', 0)
        .map((row) =>
          properties(
            String(row['Name']),
            `permissionsets/${String(row['Name'])}.permissionset`,
            String(row['Id']),
          ),
        );
    default:
      return [];
  }
}

/** A CustomObject or a CustomField as metadata; an empty piece where there is none. */
export function readObject(org: OrgCore, type: string, fullName: string): Record<string, unknown> {
  const [name = '', fieldName] = fullName.split('.');
  const object = objectOf(org, name);
  if (type === 'CustomField') {
    const field = object?.fields.find((entry) => entry.name === fieldName);
    return field ? { ...metadataFromField(field), fullName } : {};
  }
  return type === 'CustomObject' && object ? { fullName: object.name, ...objectMetadata(object) } : {};
}

/** What an `.object` file says of an object. */
export function objectMetadata(object: ObjectDef): Exclude<XmlNode, string> {
  const fields = customFields(object).map(metadataFromField);
  if (!object.custom) return { fields };
  const name = object.fields.find((field) => field.nameField);
  return {
    deploymentStatus: 'Deployed',
    fields,
    label: object.label,
    nameField: { label: name?.label ?? 'Name', type: name?.autoNumber ? 'AutoNumber' : 'Text' },
    pluralLabel: object.labelPlural,
    sharingModel: object.fields.some((field) => field.cascadeDelete) ? 'ControlledByParent' : 'ReadWrite',
  };
}

const customFields = (object: ObjectDef) => object.fields.filter((field) => field.custom);

import type { OrgCore } from '../core';
import { allObjects } from '../schema';
import type { FieldDef, ObjectDef } from '../schema/types';
import type { Component, ObjectMetadata, PermissionSetMetadata } from './components';
import type { Applied } from './deployments';
import { type CustomFieldMetadata, fieldFromMetadata, MetadataProblem } from './fieldMetadata';

const done = (changes: Partial<Applied>): Applied => ({
  created: false,
  changed: false,
  deleted: false,
  ...changes,
});

/** Brings one component into the org. Throws MetadataProblem; the caller rolls back. */
export function applyComponent(org: OrgCore, component: Component): Applied {
  switch (component.type) {
    case 'CustomObject':
      return applyObject(org, component.fullName, component.object);
    case 'CustomField':
      return applyField(org, component.objectName, component.field);
    case 'PermissionSet':
      return applyPermissionSet(org, component.fullName, component.permissionSet);
    case 'Delete':
      return remove(org, component.metadataType, component.fullName);
    case 'Problem':
      throw new MetadataProblem(component.problem);
  }
}

/** The object as it is for everybody, whatever the current user may see. */
export const objectOf = (org: OrgCore, name: string): ObjectDef | undefined => org.fullSchema().object(name);

export function applyObject(org: OrgCore, name: string, meta: ObjectMetadata): Applied {
  const before = objectOf(org, name);
  if (before && !before.custom) return done({});
  if (!/__c$/.test(name)) throw new MetadataProblem(`no CustomObject named ${name} found`);
  // A file that only brings fields says nothing about the object itself.
  if (meta.label === undefined) {
    if (before) return done({});
    throw new MetadataProblem(`Must specify a non-empty label for the CustomObject`);
  }
  if (!before && meta.nameField === undefined) {
    throw new MetadataProblem('Must specify a nameField of type Text or AutoNumber');
  }
  org.changeSchema((custom) =>
    custom.putObject(name, {
      label: meta.label ?? name,
      labelPlural: meta.pluralLabel ?? meta.label ?? name,
      nameLabel: meta.nameField?.label ?? 'Name',
      autoNumber: meta.nameField?.type === 'AutoNumber',
    }),
  );
  return done(before ? { changed: true } : { created: true });
}

export function applyField(org: OrgCore, objectName: string, meta: CustomFieldMetadata): Applied {
  const owner = objectOf(org, objectName);
  if (!owner)
    throw new MetadataProblem(
      `Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`,
    );
  const known = owner.fields.find((field) => field.name === meta.fullName);
  // Standard fields may come along; there is nothing to deploy about them.
  if (!meta.fullName.endsWith('__c')) {
    if (known) return done({});
    throw new MetadataProblem(`Could not resolve standard field's name.`);
  }
  const field = fieldFromMetadata(owner.name, meta);
  for (const target of field.referenceTo) {
    if (!objectOf(org, target))
      throw new MetadataProblem(`referenceTo value of '${target}' does not resolve to a valid sObject type`);
  }
  checkChange(known, field);
  const fixed = fixedField(org, owner.name, field.name);
  try {
    org.changeSchema((custom) => custom.putField(owner.name, field, fixed !== undefined));
  } catch (error) {
    if (error instanceof Error && /UNIQUE constraint/i.test(error.message)) {
      throw new MetadataProblem(
        `${field.name}: the field cannot be unique, records with the same value exist`,
      );
    }
    throw error;
  }
  return done(known ? { changed: true } : { created: true });
}

function checkChange(known: FieldDef | undefined, field: FieldDef): void {
  if (!known || known.type === field.type) return;
  throw new MetadataProblem(
    `Cannot change the field type of ${field.name} from ${known.type} to ${field.type}`,
  );
}

function applyPermissionSet(org: OrgCore, name: string, set: PermissionSetMetadata): Applied {
  for (const objectName of set.objects) {
    if (!objectOf(org, objectName))
      throw new MetadataProblem(`In field: object - no CustomObject named ${objectName} found`);
  }
  for (const path of set.fields) {
    const [objectName = '', fieldName = ''] = path.split('.');
    const owner = objectOf(org, objectName);
    if (!owner?.fields.some((field) => field.name === fieldName)) {
      throw new MetadataProblem(`In field: field - no CustomField named ${path} found`);
    }
  }
  const table = org.table('PermissionSet');
  const row = { Label: set.label ?? name, Description: set.description ?? null };
  const [before] = org.records.findBy(table, 'Name', name);
  if (before) org.records.update(table, String(before['Id']), row);
  else org.records.insert(table, { Name: name, ...row });
  return done(before ? { changed: true } : { created: true });
}

export function remove(org: OrgCore, type: string, fullName: string): Applied {
  const [objectName = '', fieldName = ''] = fullName.split('.');
  const owner = objectOf(org, objectName);
  if (type === 'CustomField' && owner?.fields.some((field) => field.name === fieldName && field.custom)) {
    const fixed = fixedField(org, owner.name, fieldName) !== undefined;
    org.changeSchema((custom) => custom.removeField(owner.name, fieldName, fixed));
    return done({ deleted: true });
  }
  if (type === 'CustomObject' && owner?.custom) {
    org.changeSchema((custom) => custom.removeObject(owner.name));
    return done({ deleted: true });
  }
  if (type === 'PermissionSet') {
    const [row] = org.records.findBy(org.table('PermissionSet'), 'Name', fullName);
    if (row) {
      org.records.remove(org.table('PermissionSet'), String(row['Id']));
      return done({ deleted: true });
    }
  }
  throw new MetadataProblem(`No ${type} named: ${fullName} found`);
}

/** A field that the sandbox's own schema has, whether or not it is deployed. */
const fixedField = (org: OrgCore, objectName: string, name: string): FieldDef | undefined =>
  allObjects(org.options.orderStatuses)
    .find((entry) => entry.name === objectName)
    ?.fields.find((field) => field.name === name);

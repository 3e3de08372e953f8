import type { OrgCore } from '../core';
import type { ObjectDef } from '../schema/types';
import { applyField, removeField } from './applyField';
import type { Component, ObjectMetadata, PermissionSetMetadata } from './components';
import { type Applied, done } from './deployments';
import { kept, objectOf } from './kept';
import { MetadataProblem } from './problem';
import type { Source } from './store';

/** Brings one component into the org. Throws MetadataProblem; the caller rolls back. */
export function applyComponent(org: OrgCore, component: Component): Applied {
  switch (component.type) {
    case 'CustomObject':
      return applyObject(org, component.fullName, component.object, component.source);
    case 'CustomField':
      return applyField(org, component.objectName, component.field, component.source);
    case 'PermissionSet':
      return applyPermissionSet(org, component.fullName, component.permissionSet, component.source);
    case 'Delete':
      return remove(org, component.metadataType, component.fullName);
    case 'Problem':
      throw new MetadataProblem(component.problem);
  }
}

export function applyObject(org: OrgCore, name: string, meta: ObjectMetadata, source: Source): Applied {
  const before = objectOf(org, name);
  if (before && !before.custom) return done({});
  if (!/^[A-Za-z]\w*__c$/.test(name)) throw new MetadataProblem(`no CustomObject named ${name} found`);
  // A file that only brings fields says nothing about the object itself.
  if (meta.label === undefined) {
    if (before) return done({});
    throw new MetadataProblem('Must specify a non-empty label for the CustomObject');
  }
  if (!before) {
    if (meta.nameField === undefined) {
      throw new MetadataProblem('Must specify a nameField of type Text or AutoNumber');
    }
    for (const needed of ['deploymentStatus', 'sharingModel']) {
      if (meta[needed] === undefined) throw new MetadataProblem(`Required field is missing: ${needed}`);
    }
  }
  const nameBefore = before?.fields.find((field) => field.nameField);
  const { nameField } = meta;
  const autoNumber = nameField?.type === undefined ? nameBefore?.autoNumber : nameField.type === 'AutoNumber';
  org.changeSchema((custom) =>
    custom.putObject(name, {
      label: meta.label ?? name,
      labelPlural: meta.pluralLabel ?? meta.label ?? name,
      nameLabel: nameField?.label ?? nameBefore?.label ?? 'Name',
      autoNumber: autoNumber === true,
      numbering: {
        format: nameField?.displayFormat ?? nameBefore?.numbering?.format ?? '{0}',
        start: Number(nameField?.startingNumber ?? nameBefore?.numbering?.start ?? 1),
      },
    }),
  );
  return kept(org, 'CustomObject', name, source, before === undefined);
}

function applyPermissionSet(org: OrgCore, name: string, set: PermissionSetMetadata, source: Source): Applied {
  if (set.label === undefined) throw new MetadataProblem('Required field is missing: label');
  for (const objectName of set.objects) {
    if (!objectOf(org, objectName)) {
      throw new MetadataProblem(`In field: object - no CustomObject named ${objectName} found`);
    }
  }
  for (const { field: path } of set.fields) {
    const [objectName = '', fieldName = ''] = path.split('.');
    const field = objectOf(org, objectName)?.fields.find((entry) => entry.name === fieldName);
    if (!field) throw new MetadataProblem(`In field: field - no CustomField named ${path} found`);
    const always = !field.nillable && field.type !== 'boolean' && !field.autoNumber;
    if (always) throw new MetadataProblem(`You cannot deploy to a required field: ${path}`);
  }
  const table = org.table('PermissionSet');
  const row = { Label: set.label, Description: set.description ?? null };
  const [before] = org.records.findBy(table, 'Name', name);
  if (before) org.records.update(table, String(before['Id']), row);
  const id = before ? String(before['Id']) : org.records.insert(table, { Name: name, ...row });
  return { ...kept(org, 'PermissionSet', name, source, before === undefined), id };
}

export function remove(org: OrgCore, type: string, fullName: string): Applied {
  const [objectName = '', fieldName = ''] = fullName.split('.');
  const owner = objectOf(org, objectName);
  const { id = '' } = org.metadata.find(type, fullName) ?? {};
  if (type === 'CustomField' && owner?.fields.some((field) => field.name === fieldName && field.custom)) {
    removeField(org, owner, fieldName);
    return done({ deleted: true, id });
  }
  if (type === 'CustomObject' && owner?.custom && fieldName === '') {
    removeObject(org, owner);
    return done({ deleted: true, id });
  }
  if (type === 'PermissionSet') {
    const [row] = org.records.findBy(org.table('PermissionSet'), 'Name', fullName);
    if (row) {
      org.records.remove(org.table('PermissionSet'), String(row['Id']));
      org.metadata.drop(type, fullName);
      return done({ deleted: true, id: String(row['Id']) });
    }
  }
  throw new MetadataProblem(`No ${type} named: ${fullName} found`, 'Warning');
}

/** Lookups that lead to the object go with it. */
function removeObject(org: OrgCore, object: ObjectDef): void {
  for (const other of org.fullSchema().objects) {
    if (other.name === object.name) continue;
    for (const field of other.fields) {
      if (!field.custom || !field.referenceTo.includes(object.name)) continue;
      if (field.cascadeDelete) {
        throw new MetadataProblem(
          `${object.name} cannot be deleted: ${other.name}.${field.name} is a master-detail relationship to it`,
        );
      }
      removeField(org, other, field.name);
    }
  }
  org.changeSchema((custom) => custom.removeObject(object.name));
  org.db.dropTable(object.name);
  org.metadata.drop('CustomObject', object.name);
}

import type { OrgCore } from '../core';
import { allObjects } from '../schema';
import type { FieldDef, ObjectDef } from '../schema/types';
import { type Applied, done } from './deployments';
import { type CustomFieldMetadata, fieldFromMetadata } from './fieldMetadata';
import { metadataType } from './fieldSource';
import { kept, objectOf } from './kept';
import { MetadataProblem } from './problem';
import type { Source } from './store';

/** Adds a custom field to an object, or changes it. Throws MetadataProblem. */
export function applyField(
  org: OrgCore,
  objectName: string,
  meta: CustomFieldMetadata,
  source: Source,
): Applied {
  const owner = objectOf(org, objectName);
  if (!owner) {
    throw new MetadataProblem(
      `Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`,
    );
  }
  const known = owner.fields.find((field) => field.name.toLowerCase() === meta.fullName.toLowerCase());
  // Standard fields may come along; there is nothing to deploy about them.
  if (!meta.fullName.endsWith('__c')) {
    if (known) return done({});
    throw new MetadataProblem("Could not resolve standard field's name.");
  }
  const field = fieldFromMetadata(owner.name, { ...meta, fullName: known?.name ?? meta.fullName });
  check(org, owner, known, field);
  adaptColumn(org, owner.name, field, known !== undefined);
  try {
    const fixed = fixedField(org, owner.name, field.name);
    org.changeSchema((custom) => custom.putField(owner.name, field, fixed));
  } catch (error) {
    if (error instanceof Error && /UNIQUE constraint/i.test(error.message)) {
      throw new MetadataProblem(
        `${field.name}: the field cannot be unique, records with the same value exist`,
      );
    }
    throw error;
  }
  return kept(org, 'CustomField', `${owner.name}.${field.name}`, source, known === undefined);
}

/** Takes a custom field away with all its values. */
export function removeField(org: OrgCore, owner: ObjectDef, name: string): void {
  const fixed = fixedField(org, owner.name, name);
  // The sandbox's own fields keep their column: a seed or a later deployment fills it again.
  if (fixed) org.db.run(`UPDATE "${owner.name}" SET "${name}" = ${fixed.type === 'boolean' ? '0' : 'NULL'}`);
  else org.db.dropColumn(owner.name, name);
  org.changeSchema((custom) => custom.removeField(owner.name, name, fixed !== undefined));
  org.metadata.drop('CustomField', `${owner.name}.${name}`);
}

function check(org: OrgCore, owner: ObjectDef, known: FieldDef | undefined, field: FieldDef): void {
  for (const target of field.referenceTo) {
    if (!objectOf(org, target)) {
      throw new MetadataProblem(`referenceTo value of '${target}' does not resolve to a valid sObject type`);
    }
    const taken = org.fullSchema().child({ ...owner, name: target }, field.childRelationshipName ?? '');
    if (taken && (taken.object.name !== owner.name || taken.field.name !== field.name)) {
      const relationship = field.childRelationshipName?.replace(/__r$/, '') ?? '';
      throw new MetadataProblem(`There is already a Child Relationship named ${relationship} on ${target}.`);
    }
  }
  if (known && (known.type !== field.type || known.autoNumber !== field.autoNumber)) {
    throw new MetadataProblem(
      `Cannot change the type of ${field.name} from ${metadataType(known)} to ${metadataType(field)}`,
    );
  }
  if (field.cascadeDelete && !known?.cascadeDelete && hasRecords(org, owner)) {
    throw new MetadataProblem(`${field.name}: records of ${owner.name} exist, they would have no master`);
  }
}

const hasRecords = (org: OrgCore, owner: ObjectDef): boolean =>
  org.db.get(`SELECT 1 AS found FROM "${owner.name}" WHERE "IsDeleted" = 0 LIMIT 1`) !== undefined;

/** Numbers are stored in units of their last decimal, texts with their idea of equality: both can change. */
function adaptColumn(org: OrgCore, objectName: string, field: FieldDef, deployed: boolean): void {
  const before = org.table(objectName).fields.find((entry) => entry.name === field.name);
  if (!before) return;
  const column = `"${field.name}"`;
  if (before.type !== field.type && !deployed) {
    // What the sandbox's own field of that name held means nothing any more.
    org.db.changeColumn(objectName, field, field.type === 'boolean' ? '0' : 'NULL');
  } else if (before.scale !== field.scale) {
    const factor = 10 ** Math.abs(field.scale - before.scale);
    const value =
      field.scale > before.scale
        ? `${column} * ${factor}`
        : `CAST(round(${column} / ${factor}.0) AS INTEGER)`;
    org.db.changeColumn(objectName, field, value);
  } else if (before.caseSensitive !== field.caseSensitive) {
    org.db.changeColumn(objectName, field, column);
  }
}

/** A field that the sandbox's own schema has, whether or not it is deployed. */
const fixedField = (org: OrgCore, objectName: string, name: string): FieldDef | undefined =>
  allObjects(org.options.orderStatuses)
    .find((entry) => entry.name === objectName)
    ?.fields.find((field) => field.name === name);

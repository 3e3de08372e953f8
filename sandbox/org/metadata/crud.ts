import { z } from 'zod';
import type { OrgCore } from '../core';
import { applyComponent, applyObject, remove } from './apply';
import { applyField } from './applyField';
import { objectMetadataSchema, readPermissionSet, sourceOf } from './components';
import { customFieldSchema } from './fieldMetadata';
import { objectOf } from './kept';
import { MetadataProblem } from './problem';
import { readComponent } from './read';
import { asList, type XmlNode } from './xml';

const text = z.coerce.string();
const entrySchema = z.looseObject({
  fullName: text,
  '@type': z.string().optional(),
  '@xsi:type': z.string().optional(),
});

export type SaveOperation = 'createMetadata' | 'updateMetadata' | 'upsertMetadata';

/** One component that is created, updated or upserted at once; its failure is told, not thrown (Metadata API guide, "SaveResult"). */
export function saveMetadata(org: OrgCore, operation: SaveOperation, entry: unknown): XmlNode {
  const parsed = entrySchema.parse(entry);
  const { fullName } = parsed;
  const type = (parsed['@type'] ?? parsed['@xsi:type'] ?? '').replace(/^.*:/, '');
  const created = readComponent(org, type, fullName) === null;
  const result = attempt(org, fullName, () => {
    if (operation === 'createMetadata' && !created) {
      throw new Refusal('DUPLICATE_DEVELOPER_NAME', takenName(type, fullName));
    }
    if (operation === 'updateMetadata' && created) {
      throw new Refusal('INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
    }
    save(org, type, fullName, entry);
  });
  if (operation !== 'upsertMetadata') return result.answer;
  return result.success ? { created, ...result.answer } : { created: false, ...result.answer };
}

/** One component that is deleted at once. */
export const deleteMetadata = (org: OrgCore, type: string, fullName: string): XmlNode =>
  attempt(org, fullName, () => {
    try {
      remove(org, type, fullName);
    } catch (error) {
      if (!(error instanceof MetadataProblem) || error.severity !== 'Warning') throw error;
      throw new Refusal('INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
    }
  }).answer;

/** An object under another name; as in real orgs the answer has the old one. */
export const renameMetadata = (org: OrgCore, type: string, before: string, after: string): XmlNode =>
  attempt(org, before, () => {
    const object = objectOf(org, before);
    if (type !== 'CustomObject' || !object?.custom) {
      throw new Refusal('INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${before} found`);
    }
    if (objectOf(org, after)) throw new Refusal('DUPLICATE_DEVELOPER_NAME', takenName(type, after));
    if (!/^[A-Za-z]\w*__c$/.test(after)) throw new Refusal('INVALID_FIELD', 'fullName must end with: __c');
    org.db.renameTable(before, after);
    org.metadata.rename(before, after);
    org.changeSchema((custom) => custom.renameObject(before, after));
  }).answer;

function save(org: OrgCore, type: string, fullName: string, entry: unknown): void {
  const source = sourceOf(entry);
  const place = { fileName: '', fullName, position: null };
  switch (type) {
    case 'CustomField': {
      const [object = '', name = ''] = fullName.split('.');
      const field = customFieldSchema.parse({ ...source, fullName: name });
      applyField(org, object, field, { ...source, fullName: name });
      return;
    }
    case 'CustomObject': {
      const { fields, ...object } = objectMetadataSchema.parse(entry);
      const { fields: _fields, fullName: _name, ...own } = source;
      applyObject(org, fullName, object, own);
      for (const field of asList(fields)) {
        applyField(org, fullName, customFieldSchema.parse(field), sourceOf(field));
      }
      return;
    }
    case 'PermissionSet': {
      const { fullName: _name, ...own } = source;
      applyComponent(org, { ...place, type, permissionSet: readPermissionSet(entry), source: own });
      return;
    }
    default:
      throw new Refusal('INVALID_TYPE', `The sandbox does not keep ${type || 'metadata without a type'}`);
  }
}

/** A problem with the code that the API gives it. */
class Refusal extends MetadataProblem {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How Salesforce words it (jsforce and sfdx issues quote it). */
const takenName = (type: string, fullName: string): string =>
  type === 'CustomField'
    ? `There is already a field named ${fullName.replace(/^.*\./, '').replace(/__c$/, '')} on ${fullName.replace(/\..*$/, '')}.`
    : `The name '${fullName}' is already in use by another ${type}`;

/** All of a component or nothing of it. */
function attempt(
  org: OrgCore,
  fullName: string,
  work: () => void,
): { success: boolean; answer: Record<string, XmlNode> } {
  try {
    org.db.atomic(work);
    return { success: true, answer: { fullName, success: true } };
  } catch (error) {
    org.reloadSchema();
    const known = error instanceof MetadataProblem || error instanceof z.ZodError;
    if (!known) throw error;
    const message = error instanceof z.ZodError ? (error.issues[0]?.message ?? '') : error.message;
    const statusCode = error instanceof Refusal ? error.code : 'FIELD_INTEGRITY_EXCEPTION';
    return { success: false, answer: { errors: { message, statusCode }, fullName, success: false } };
  }
}

import { z } from 'zod';
import type { OrgCore } from '../core';
import { makeId, sequenceOf } from '../ids';
import { pack } from './archive';
import { objectOf } from './kept';
import { type Member, membersOfTypes } from './members';
import { type FileProperties, fileOf, listMetadata, objectSource, propertiesOf, readComponent } from './read';
import { buildFile, type XmlNode } from './xml';

const wantedSchema = z.looseObject({
  apiVersion: z.coerce.string().default('62.0'),
  packageNames: z.unknown().optional(),
  singlePackage: z.coerce.string().default('false'),
  unpackaged: z.looseObject({ types: z.unknown().optional() }).or(z.literal('')).optional(),
});
/** The WSDL says `retrieveRequest`; jsforce says `request`, and real orgs take it. */
const requestSchema = z.union([
  z.object({ retrieveRequest: wantedSchema }).transform((given) => given.retrieveRequest),
  z.object({ request: wantedSchema }).transform((given) => given.request),
]);

/** What somebody has asked for to be retrieved. */
export interface Retrieval {
  members: readonly Member[];
  apiVersion: string;
  /** The package that is asked for; the sandbox has none. */
  packageName: string | null;
  /** The files lie at the top of the archive, not in a folder of their own. */
  single: boolean;
  /** When it is there to be fetched. */
  ready: number;
}

/** Takes the request in; answers the id to ask for the outcome with. */
export function startRetrieval(org: OrgCore, given: unknown): string {
  const { unpackaged, packageNames, apiVersion, singlePackage } = requestSchema.parse(given);
  org.retrievals.push({
    members: typeof unpackaged === 'object' ? membersOfTypes(unpackaged.types) : [],
    apiVersion,
    packageName: typeof packageNames === 'string' && packageNames !== '' ? packageNames : null,
    single: singlePackage === 'true',
    ready: org.now() + org.options.switches.deployDelayMs,
  });
  return makeId('09S', org.retrievals.length);
}

/** The outcome with its archive; `null` for an id that was never given out (Metadata API guide, "RetrieveResult"). */
export function retrievalStatus(org: OrgCore, id: string, includeZip: boolean): XmlNode {
  const retrieval = id.startsWith('09S') ? org.retrievals[sequenceOf(id) - 1] : undefined;
  if (!retrieval) return null;
  if (org.now() < retrieval.ready) {
    return { done: false, id, status: 'InProgress', success: false, zipFile: null };
  }
  if (retrieval.packageName !== null) {
    return {
      done: true,
      errorMessage: `INVALID_CROSS_REFERENCE_KEY: No package named '${retrieval.packageName}' found`,
      errorStatusCode: 'UNKNOWN_EXCEPTION',
      id,
      status: 'Failed',
      success: false,
      zipFile: null,
    };
  }
  const folder = retrieval.single ? '' : 'unpackaged/';
  const { files, properties, missing } = collect(org, retrieval, folder);
  return {
    done: true,
    fileProperties: properties.map((entry): XmlNode => ({ ...entry })),
    id,
    messages: missing.map(({ type, name }) => ({
      fileName: `${folder}package.xml`,
      problem: `Entity of type '${type}' named '${name}' cannot be found`,
    })),
    status: 'Succeeded',
    success: true,
    zipFile: includeZip ? pack(files).toString('base64') : null,
  };
}

interface Collected {
  files: Map<string, string>;
  properties: FileProperties[];
  missing: Member[];
}

function collect(org: OrgCore, { members: asked, apiVersion }: Retrieval, folder: string): Collected {
  const members = asked.flatMap((member) => (member.name === '*' ? everything(org, member.type) : [member]));
  const found = members.filter((member) => readComponent(org, member.type, member.name) !== null);
  const files = new Map<string, string>();
  for (const { type, name } of found) {
    const path = folder + fileOf(type, name);
    if (files.has(path)) continue;
    files.set(path, type === 'PermissionSet' ? permissionSetFile(org, name) : objectFile(org, found, name));
  }
  const types = [...new Set(found.map((member) => member.type))].sort().map((type) => ({
    members: found.filter((member) => member.type === type).map((member) => member.name),
    name: type,
  }));
  files.set(`${folder}package.xml`, buildFile('Package', { types, version: apiVersion }));
  const properties = found.map(({ type, name }) => propertiesOf(org, type, name));
  return {
    files,
    properties: [
      ...properties.map((entry) => ({ ...entry, fileName: folder + entry.fileName })),
      manifestProperties(org, `${folder}package.xml`),
    ],
    missing: members.filter((member) => !found.includes(member)),
  };
}

/** `*` means all of a kind; of the objects only the custom ones and those with custom fields come that way. */
const everything = (org: OrgCore, type: string): Member[] =>
  listMetadata(org, type).map(({ fullName }) => ({ type, name: fullName }));

function objectFile(org: OrgCore, found: readonly Member[], name: string): string {
  const [objectName = ''] = name.split('.');
  const object = objectOf(org, objectName);
  const whole = found.some((member) => member.type === 'CustomObject' && member.name === objectName);
  const fields = found.flatMap((member) => {
    const [owner, field] = member.name.split('.');
    return member.type === 'CustomField' && owner === objectName && field !== undefined ? [field] : [];
  });
  return buildFile('CustomObject', object ? objectSource(org, object, whole ? undefined : fields) : {});
}

function permissionSetFile(org: OrgCore, name: string): string {
  const { fullName: _name, ...content } = readComponent(org, 'PermissionSet', name) ?? {};
  return buildFile('PermissionSet', content);
}

function manifestProperties(org: OrgCore, path: string): FileProperties {
  const { createdById, createdByName } = propertiesOf(org, 'CustomObject', 'Account');
  const now = new Date(org.now()).toISOString();
  return {
    createdById,
    createdByName,
    createdDate: now,
    fileName: path,
    fullName: path,
    id: '',
    lastModifiedById: createdById,
    lastModifiedByName: createdByName,
    lastModifiedDate: now,
    manageableState: 'unmanaged',
    type: 'Package',
  };
}

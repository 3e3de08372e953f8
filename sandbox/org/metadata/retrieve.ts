import { z } from 'zod';
import type { OrgCore } from '../core';
import { makeId, sequenceOf } from '../ids';
import { objectOf } from './apply';
import { pack } from './archive';
import { metadataFromField } from './fieldMetadata';
import { listMetadata, objectMetadata } from './read';
import { asList, buildFile } from './xml';

const typesSchema = z.object({ name: z.coerce.string(), members: z.unknown().optional() });
const wantedSchema = z.looseObject({
  unpackaged: z.looseObject({ types: z.unknown().optional() }).or(z.literal('')).optional(),
});
/** The WSDL says `retrieveRequest`; jsforce says `request`, and real orgs take it. */
const requestSchema = z.union([
  z.object({ retrieveRequest: wantedSchema }).transform((given) => given.retrieveRequest),
  z.object({ request: wantedSchema }).transform((given) => given.request),
]);

interface Member {
  type: string;
  name: string;
}

/**
 * Retrieving what is deployed. The request itself is the id's content: nothing is kept between the calls but
 * what was asked for.
 */
export const retrieve = {
  /** Answers the id to ask for the outcome with. */
  start(org: OrgCore, given: unknown): string {
    const { unpackaged } = requestSchema.parse(given);
    const types = typeof unpackaged === 'object' ? asList(unpackaged.types) : [];
    const members = types.flatMap((entry) => {
      const { name, members: names } = typesSchema.parse(entry);
      return asList(names).map((member) => ({ type: name, name: String(member) }));
    });
    org.retrievals.push(members);
    return makeId('09S', org.retrievals.length);
  },

  /** The outcome with its archive; `null` for an id that was never given out. */
  status(org: OrgCore, id: string, includeZip: boolean): Record<string, unknown> | null {
    const members = /^09S/.test(id) ? org.retrievals[sequenceOf(id) - 1] : undefined;
    if (!members) return null;
    const { files, missing } = collect(org, members);
    return {
      done: true,
      fileProperties: [...files.keys()].map((path) => ({
        createdById: org.userId,
        createdByName: 'Puente Integración',
        createdDate: new Date(org.now()).toISOString(),
        fileName: `unpackaged/${path}`,
        fullName: path === 'package.xml' ? path : path.replace(/^.*\/|\.\w+$/g, ''),
        id: '',
        lastModifiedById: org.userId,
        lastModifiedByName: 'Puente Integración',
        lastModifiedDate: new Date(org.now()).toISOString(),
        type: path.startsWith('objects/')
          ? 'CustomObject'
          : path === 'package.xml'
            ? 'Package'
            : 'PermissionSet',
      })),
      id,
      messages: missing.map(({ type, name }) => ({
        fileName: 'unpackaged/package.xml',
        problem: `Entity of type '${type}' named '${name}' cannot be found`,
      })),
      status: 'Succeeded',
      success: true,
      ...(includeZip
        ? {
            zipFile: pack(
              new Map([...files].map(([path, content]) => [`unpackaged/${path}`, content])),
            ).toString('base64'),
          }
        : {}),
    };
  },
};

function collect(org: OrgCore, asked: readonly Member[]): { files: Map<string, string>; missing: Member[] } {
  const files = new Map<string, string>();
  const missing: Member[] = [];
  const members = asked.flatMap((member) =>
    member.name === '*'
      ? listMetadata(org, member.type).map(({ fullName }) => ({ type: member.type, name: fullName }))
      : [member],
  );
  const fieldsOf = new Map<string, string[]>();
  for (const member of members) {
    const [objectName = '', fieldName] = member.name.split('.');
    const object = objectOf(org, objectName);
    if (member.type === 'CustomObject' && object) {
      files.set(`objects/${object.name}.object`, buildFile('CustomObject', objectMetadata(object)));
    } else if (member.type === 'CustomField' && object?.fields.some((field) => field.name === fieldName)) {
      fieldsOf.set(object.name, [...(fieldsOf.get(object.name) ?? []), fieldName ?? '']);
    } else missing.push(member);
  }
  for (const [objectName, names] of fieldsOf) {
    const path = `objects/${objectName}.object`;
    const fields = objectOf(org, objectName)?.fields.filter((field) => names.includes(field.name)) ?? [];
    if (!files.has(path))
      files.set(path, buildFile('CustomObject', { fields: fields.map(metadataFromField) }));
  }
  const types = [...new Set(members.map((member) => member.type))].map((name) => ({
    members: members.filter((member) => member.type === name).map((member) => member.name),
    name,
  }));
  files.set('package.xml', buildFile('Package', { types, version: '62.0' }));
  return { files, missing };
}

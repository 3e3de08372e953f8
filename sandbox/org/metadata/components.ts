import { z } from 'zod';
import { type CustomFieldMetadata, customFieldSchema, MetadataProblem } from './fieldMetadata';
import { asList, parseXml } from './xml';

/** One thing that a deployment brings or takes away. */
export type Component = { fileName: string; fullName: string } & (
  | { type: 'CustomObject'; object: ObjectMetadata }
  | { type: 'CustomField'; objectName: string; field: CustomFieldMetadata }
  | { type: 'PermissionSet'; permissionSet: PermissionSetMetadata }
  | { type: 'Delete'; metadataType: string }
  | { type: 'Problem'; metadataType: string; problem: string }
);

export const objectMetadataSchema = z.object({
  label: z.string().optional(),
  pluralLabel: z.string().optional(),
  nameField: z.object({ label: z.string().optional(), type: z.string().optional() }).optional(),
  fields: z.unknown().optional(),
});
export type ObjectMetadata = z.output<typeof objectMetadataSchema>;

const permissionSetSchema = z.object({
  label: z.string().optional(),
  description: z.string().optional(),
  fieldPermissions: z.unknown().optional(),
  objectPermissions: z.unknown().optional(),
});
export interface PermissionSetMetadata {
  label: string | undefined;
  description: string | undefined;
  fields: string[];
  objects: string[];
}

const packageSchema = z.object({
  Package: z.union([z.literal(''), z.looseObject({ types: z.unknown().optional() })]),
});
const typesSchema = z.object({ name: z.string(), members: z.unknown().optional() });

/** Everything in a deployment's files, parents before what hangs on them. Throws MetadataProblem. */
export function componentsOf(files: ReadonlyMap<string, string>): Component[] {
  const manifest = files.get('package.xml');
  if (manifest === undefined) throw new MetadataProblem('No package.xml found');
  const members = membersOf(manifest);
  const found: Component[] = [];
  for (const [path, content] of files) {
    if (path === 'package.xml') continue;
    found.push(...readFile(path, content));
  }
  return found
    .filter((component) => component.type !== 'CustomObject' || isListed(members, component.fullName))
    .sort((a, b) => rank(a) - rank(b));
}

/** An object's file may be there for the sake of its fields alone; then the manifest does not name the object. */
const isListed = (members: readonly { type: string; name: string }[], name: string): boolean =>
  members.some((member) => member.type === 'CustomObject' && [name, '*'].includes(member.name));

/** What stands in a package.xml or a destructiveChanges.xml. */
export function membersOf(content: string): { type: string; name: string }[] {
  const parsed = packageSchema.safeParse(parseXml(content));
  if (!parsed.success) throw new MetadataProblem('package.xml: not a package');
  const { Package: manifest } = parsed.data;
  if (manifest === '') return [];
  return asList(manifest.types).flatMap((entry) => {
    const { name, members } = typesSchema.parse(entry);
    return asList(members).map((member) => ({ type: name, name: String(member) }));
  });
}

function readFile(path: string, content: string): Component[] {
  const [folder = '', file = ''] = path.split('/');
  const name = file.replace(/\.[^.]+$/, '');
  try {
    if (/^destructiveChanges(?:Pre|Post)?\.xml$/.test(path)) {
      return membersOf(content).map(({ type, name: fullName }) => ({
        type: 'Delete',
        metadataType: type,
        fileName: path,
        fullName,
      }));
    }
    if (folder === 'objects') return objectComponents(path, name, content);
    if (folder === 'permissionsets') return [permissionSet(path, name, content)];
    return [
      {
        type: 'Problem',
        metadataType: folder,
        fileName: path,
        fullName: name,
        problem: `The sandbox does not keep metadata of the folder ${folder}`,
      },
    ];
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return [{ type: 'Problem', metadataType: '', fileName: path, fullName: name, problem }];
  }
}

function objectComponents(fileName: string, name: string, content: string): Component[] {
  const { CustomObject } = z.object({ CustomObject: z.unknown() }).parse(parseXml(content));
  const object = objectMetadataSchema.parse(CustomObject === '' ? {} : CustomObject);
  const fields = asList(object.fields).map((entry): Component => {
    const field = customFieldSchema.safeParse(entry);
    if (field.success) {
      const fullName = `${name}.${field.data.fullName}`;
      return { type: 'CustomField', objectName: name, field: field.data, fileName, fullName };
    }
    const issue = field.error.issues[0];
    return {
      type: 'Problem',
      metadataType: 'CustomField',
      fileName,
      fullName: name,
      problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    };
  });
  return [{ type: 'CustomObject', object, fileName, fullName: name }, ...fields];
}

function permissionSet(fileName: string, fullName: string, content: string): Component {
  const { PermissionSet } = z.object({ PermissionSet: z.unknown() }).parse(parseXml(content));
  const parsed = permissionSetSchema.parse(PermissionSet);
  const field = z.object({ field: z.string() });
  const object = z.object({ object: z.string() });
  return {
    type: 'PermissionSet',
    fileName,
    fullName,
    permissionSet: {
      label: parsed.label,
      description: parsed.description,
      fields: asList(parsed.fieldPermissions).map((entry) => field.parse(entry).field),
      objects: asList(parsed.objectPermissions).map((entry) => object.parse(entry).object),
    },
  };
}

/** Objects, their fields, the fields that lead to other objects, and what speaks of all of them. */
function rank(component: Component): number {
  switch (component.type) {
    case 'Problem':
      return 0;
    case 'CustomObject':
      return 1;
    case 'CustomField':
      return component.field.referenceTo === undefined ? 2 : 3;
    case 'PermissionSet':
      return 4;
    case 'Delete':
      return 5;
  }
}

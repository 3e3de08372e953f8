import { z } from 'zod';
import { MetadataProblem } from './problem';
import { asList, parseXml } from './xml';

/** A component as manifests and requests name it. */
export interface Member {
  type: string;
  name: string;
}

const packageSchema = z.object({
  Package: z.union([z.literal(''), z.looseObject({ types: z.unknown().optional() })]),
});
const typesSchema = z.looseObject({ name: z.string(), members: z.unknown().optional() });

/** What stands in a package.xml or a destructiveChanges.xml. Throws MetadataProblem. */
export function membersOf(content: string): Member[] {
  try {
    const { Package: manifest } = packageSchema.parse(parseXml(content));
    return manifest === '' ? [] : membersOfTypes(manifest.types);
  } catch (error) {
    const why = error instanceof z.ZodError ? 'not a package' : String(error);
    throw new MetadataProblem(`Error parsing file: ${why}`);
  }
}

/** The members of `<types>`, as manifests and retrieve requests have them. */
export function membersOfTypes(types: unknown): Member[] {
  return asList(types).flatMap((entry) => {
    const { name, members } = typesSchema.parse(entry);
    return asList(members).map((member) => ({ type: name, name: String(member) }));
  });
}

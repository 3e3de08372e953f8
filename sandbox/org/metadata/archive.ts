import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { MetadataProblem } from './fieldMetadata';

/** Largest archive of a deployment, unpacked (Metadata API limits: 39 MB packed, about 400 MB unpacked). */
const largest = 400 * 1024 * 1024;

/** The files of a deployment by their paths, without the folder that may hold them all. Throws MetadataProblem. */
export function unpack(bytes: Uint8Array): Map<string, string> {
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: (file) => {
        size += file.originalSize;
        return size <= largest && !file.name.endsWith('/');
      },
    });
    const root = Object.keys(files).find((name) => /(?:^|\/)package\.xml$/.test(name));
    const prefix = root === undefined ? '' : root.slice(0, -'package.xml'.length);
    return new Map(
      Object.entries(files)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, content]) => [name.slice(prefix.length), strFromU8(content)]),
    );
  } catch (error) {
    throw new MetadataProblem(
      `The zip file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export const pack = (files: ReadonlyMap<string, string>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries([...files].map(([name, content]) => [name, strToU8(content)]))));

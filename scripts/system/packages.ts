import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Electron, a screen of its own and a keyring need on Debian; newer releases renamed some (t64). */
const needed = [
  ['xvfb'],
  ['xauth'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libnotify4'],
  ['libsecret-1-0'],
  ['dbus'],
  ['dbus-x11'],
  ['gnome-keyring'],
] as const;

export interface PackageSystem {
  isInstalled: (name: string) => boolean;
  isKnown: (name: string) => boolean;
  mayInstall: boolean;
  install: (names: string[]) => Promise<void>;
  say: (line: string) => void;
}

/**
 * Sees to it that the system has what the program needs: installs it where that is allowed (Debian, as
 * root), saying so; otherwise throws with the very command to type. At once when all is there.
 */
export async function ensurePackages(system: PackageSystem = debian()): Promise<void> {
  const missing = needed
    .filter((names) => !names.some(system.isInstalled))
    .map((names) => names.find(system.isKnown) ?? names[0]);
  if (missing.length === 0) return;
  if (!system.mayInstall)
    throw new Error(`Puente needs some system packages. Type:\n  sudo apt-get install ${missing.join(' ')}`);
  system.say(`Installing system packages: ${missing.join(' ')}`);
  await system.install(missing);
}

/** Whether this is Debian or a relative of it; elsewhere people see to their packages themselves. */
export function isDebian(): boolean {
  return (
    process.platform === 'linux' &&
    existsSync('/etc/os-release') &&
    /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

function debian(): PackageSystem {
  return {
    isInstalled: (name) =>
      spawnSync('dpkg-query', ['-W', '-f', '$' + '{Status}', name], { encoding: 'utf8' }).stdout.includes(
        'install ok installed',
      ),
    isKnown: (name) =>
      spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout.includes('Candidate: '),
    mayInstall: process.getuid?.() === 0,
    say: (line) => console.error(line),
    async install(names) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-qq'], { env });
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
    },
  };
}

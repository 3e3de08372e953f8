import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Debian calls the parts; releases from 2024 on renamed some (t64). The first one known is taken. */
type Part = readonly [string, ...string[]];

/** Electron itself, and libsecret by which it reaches a keyring. */
const forElectron: readonly Part[] = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libnotify4'],
  ['libsecret-1-0'],
];
const forScreen: readonly Part[] = [['xvfb'], ['xauth']];
const forKeyring: readonly Part[] = [['dbus'], ['dbus-x11'], ['gnome-keyring']];

/** What the computer lacks and we therefore bring along. */
export interface Wanted {
  screen: boolean;
  keyring: boolean;
}

export interface PackageSystem {
  /** Those of the names that are installed. */
  installed: (names: string[]) => Set<string>;
  /** Those of the names that could be installed. */
  known: (names: string[]) => Set<string>;
  mayInstall: boolean;
  refresh: () => Promise<void>;
  install: (names: string[]) => Promise<void>;
  say: (line: string) => void;
}

/**
 * Sees to it that the system has what the program needs: installs it where that is allowed (Debian, as
 * root), saying so; otherwise throws with the very command to type. At once when all is there.
 */
export async function ensurePackages(wanted: Wanted, system: PackageSystem = debian()): Promise<void> {
  const parts = [...forElectron, ...(wanted.screen ? forScreen : []), ...(wanted.keyring ? forKeyring : [])];
  const installed = system.installed(parts.flat());
  const missing = parts.filter((names) => !names.some((name) => installed.has(name)));
  if (missing.length === 0) return;
  if (!system.mayInstall)
    throw new Error(`Puente needs some system packages. Type:\n  ${command(choose(missing, system))}`);

  system.say(`Installing system packages, as Puente needs them: ${choose(missing, system).join(' ')}`);
  try {
    await system.refresh();
    // A fresh system knows no package by name before it has asked.
    await system.install(choose(missing, system));
  } catch (cause) {
    throw new Error(
      `The system packages could not be installed. Try it by hand:\n  ${command(choose(missing, system))}\n${complaint(cause)}`,
      { cause },
    );
  }
}

/**
 * Installs what would be good to have, where that is allowed, saying so. What is still missing afterwards
 * the caller does without.
 */
export async function offerPackages(names: string[], system: PackageSystem = debian()): Promise<void> {
  const missing = names.filter((name) => !system.installed(names).has(name));
  if (missing.length === 0 || !system.mayInstall) return;
  system.say(`Installing system packages: ${missing.join(' ')}`);
  try {
    await system.refresh();
    await system.install(missing);
  } catch (cause) {
    system.say(`They could not be installed. ${complaint(cause)}`);
  }
}

/** Whether this is Debian or a relative of it; elsewhere people see to their packages themselves. */
export function isDebian(): boolean {
  const release = '/etc/os-release';
  return (
    process.platform === 'linux' && existsSync(release) && isDebianRelease(readFileSync(release, 'utf8'))
  );
}

export const isDebianRelease = (osRelease: string): boolean =>
  /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(osRelease);

function choose(parts: readonly Part[], system: PackageSystem): string[] {
  const known = system.known(parts.flat());
  return parts.map((names) => names.find((name) => known.has(name)) ?? names.at(-1) ?? names[0]);
}

const command = (names: string[]): string =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;

function complaint(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.trim().split('\n').slice(-5).join('\n');
}

function debian(): PackageSystem {
  // Their words are read, so they have to come in English.
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const ask = (tool: string, args: string[]) => spawnSync(tool, args, { encoding: 'utf8', env }).stdout ?? '';
  const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];
  return {
    installed: (names) => {
      const status = ask('dpkg-query', ['-W', '-f', '$' + '{Package} $' + '{Status}\\n', ...names]);
      return new Set([...status.matchAll(/^(\S+) install ok installed$/gm)].map(([, name = '']) => name));
    },
    known: (names) => {
      const policy = ask('apt-cache', ['policy', ...names]);
      const candidates = policy.matchAll(/^(\S+):\n\s+Installed: .*\n\s+Candidate: (?!\(none\))/gm);
      return new Set([...candidates].map(([, name = '']) => name));
    },
    mayInstall: process.getuid?.() === 0,
    say: (line) => console.error(line),
    refresh: async () => {
      await run('apt-get', ['update', ...apt], { env });
    },
    install: async (names) => {
      await run('apt-get', ['install', '-y', '--no-install-recommends', ...apt, ...names], { env });
    },
  };
}

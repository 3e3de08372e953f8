import { beforeEach, describe, expect, it } from 'vitest';
import {
  ensurePackages,
  isDebianRelease,
  offerPackages,
  type PackageSystem,
} from '../../../../scripts/system/packages';

const bookworm = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'libsecret-1-0',
  'xvfb',
  'xauth',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
];
const trixie = bookworm.map((name) => (name === 'libgtk-3-0' || name === 'libasound2' ? `${name}t64` : name));
const all = { screen: true, keyring: true };

let calls: string[];

beforeEach(() => {
  calls = [];
});

/** A Debian whose package lists hold `release` and on which `installed` are installed. */
function system(release: string[], installed: string[], over: Partial<PackageSystem> = {}): PackageSystem {
  const among = (names: string[], others: string[]) => new Set(names.filter((name) => others.includes(name)));
  return {
    installed: (names) => among(names, installed),
    known: (names) => among(names, release),
    mayInstall: true,
    refresh: async () => {
      calls.push('refresh');
    },
    install: async (names) => {
      calls.push(`install ${names.join(' ')}`);
    },
    say: (line) => calls.push(`say ${line}`),
    ...over,
  };
}

describe('ensurePackages', () => {
  it('does and says nothing when all is there, under either name', async () => {
    await ensurePackages(all, system(bookworm, bookworm));
    await ensurePackages(all, system(trixie, trixie));
    expect(calls).toEqual([]);
  });

  it('installs what is missing and nothing else, saying so first', async () => {
    const installed = bookworm.filter((name) => name !== 'libasound2' && name !== 'gnome-keyring');
    await ensurePackages(all, system(bookworm, installed));
    expect(calls).toEqual([
      'say Installing system packages, as Puente needs them: libasound2 gnome-keyring',
      'refresh',
      'install libasound2 gnome-keyring',
    ]);
  });

  it('uses the names of the release, known only once the lists were refreshed', async () => {
    const release: string[] = [];
    const fresh = system(release, [], {
      refresh: async () => {
        release.push(...trixie);
      },
    });
    await ensurePackages(all, fresh);
    expect(calls.at(-1)).toBe(`install ${trixie.join(' ')}`);
  });

  it('asks for a screen and a keyring only where the person has none', async () => {
    await ensurePackages({ screen: false, keyring: false }, system(bookworm, bookworm.slice(0, 7)));
    expect(calls).toEqual([]);
    await ensurePackages({ screen: true, keyring: false }, system(bookworm, bookworm.slice(0, 7)));
    expect(calls.at(-1)).toBe('install xvfb xauth');
  });

  it('prints the very command where it may not install', async () => {
    const asked = ensurePackages(all, system(bookworm, bookworm.slice(1), { mayInstall: false }));
    await expect(asked).rejects.toThrow(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0',
    );
    expect(calls).toEqual([]);
  });

  it('says what to type and what apt said when the installation fails', async () => {
    const asked = ensurePackages(
      all,
      system(bookworm, bookworm.slice(1), {
        refresh: () => Promise.reject(new Error('E: Temporary failure resolving the mirror')),
      }),
    );
    await expect(asked).rejects.toThrow(/sudo apt-get[\s\S]*Temporary failure/);
  });
});

describe('isDebianRelease', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"', true],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian', true],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"', true],
    ['ID=fedora\nHOME_URL="https://example.com/not-debian"', false],
  ])('%j: %s', (text, expected) => expect(isDebianRelease(text)).toBe(expected));
});

describe('offerPackages', () => {
  const names = ['libfaketime'];

  it('installs what is missing where that is allowed, and nothing otherwise', async () => {
    await offerPackages(names, system(names, names));
    await offerPackages(names, system(names, [], { mayInstall: false }));
    expect(calls).toEqual([]);
    await offerPackages(names, system(names, []));
    expect(calls).toEqual(['say Installing system packages: libfaketime', 'refresh', 'install libfaketime']);
  });

  it('goes on without them, saying why', async () => {
    const refresh = async () => {
      throw new Error('no network');
    };
    await offerPackages(names, system(names, [], { refresh }));
    expect(calls.at(-1)).toBe('say They could not be installed. no network');
  });
});

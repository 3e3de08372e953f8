import { describe, expect, it } from 'vitest';
import { ensurePackages, type PackageSystem } from '../../../scripts/system/packages';

/** A system with these packages installed; it remembers what was said and installed. */
function system(installed: string[], changes: Partial<PackageSystem> = {}) {
  const said: string[] = [];
  const added: string[] = [];
  const base: PackageSystem = {
    isInstalled: (name) => installed.includes(name),
    isKnown: () => true,
    mayInstall: true,
    say: (line) => said.push(line),
    install: async (names) => {
      added.push(...names);
    },
    ...changes,
  };
  return { base, said, added };
}

const all = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2t64',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'libsecret-1-0',
  'dbus',
  'dbus-x11',
  'gnome-keyring',
];

describe('ensurePackages', () => {
  it('does and says nothing when all is there, under the old names or the new', async () => {
    const { base, said, added } = system(all);
    await ensurePackages(base);
    expect([said, added]).toEqual([[], []]);
  });

  it('installs what is missing where it may, and says so', async () => {
    const { base, said, added } = system(all.filter((name) => name !== 'xvfb'));
    await ensurePackages(base);
    expect(added).toEqual(['xvfb']);
    expect(said.join()).toContain('xvfb');
  });

  it('picks the name that the release knows', async () => {
    const without = all.filter((name) => name !== 'libgtk-3-0');
    const { base, added } = system(without, { isKnown: (name) => name.endsWith('t64') });
    await ensurePackages(base);
    expect(added).toEqual(['libgtk-3-0t64']);
  });

  it('prints the very command to type where it may not install', async () => {
    const { base, added } = system([], { mayInstall: false });
    await expect(ensurePackages(base)).rejects.toThrow(/sudo apt-get install xvfb xauth .*gnome-keyring/);
    expect(added).toEqual([]);
  });
});

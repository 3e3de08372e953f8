import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['contract', 'main', 'preload', 'renderer', 'sandbox'];
const settings = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json'];
const built = 'out/renderer/index.html';

/** Builds the program into `out/` unless what is there is newer than every source. Throws when it fails. */
export function buildIfStale(): void {
  if (existsSync(built) && statSync(built).mtimeMs > newest()) return;
  console.error('Building…');
  const build = spawnSync(
    process.execPath,
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
    { stdio: 'inherit' },
  );
  if (build.status !== 0) throw new Error('the build failed');
}

/** The last change of any source; a folder changes when a file in it goes. Milliseconds since 1970. */
function newest(): number {
  const inside = sources.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return Math.max(...[...sources, ...inside, ...settings].map((path) => statSync(path).mtimeMs));
}

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The path of a file of real data, kept outside the repository in `shared/data` of a folder above it; null,
 * said aloud, where it is not.
 */
export function realData(name: string): string | null {
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  let above = dirname(repository.replace(/[/\\]$/, ''));
  for (; above !== dirname(above); above = dirname(above)) {
    const path = join(above, 'shared', 'data', name);
    if (existsSync(path)) return path;
  }
  console.warn(`SKIPPED: ${name} is not in shared/data beside the repository`);
  return null;
}

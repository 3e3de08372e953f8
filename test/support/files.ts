import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Writes files into a folder of the test file's own, which goes when the tests are over. */
export function temporaryFiles(): (name: string, content: string | Buffer) => Promise<string> {
  const folder = mkdtemp(join(tmpdir(), 'puente-test-'));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));
  return async (name, content) => {
    const path = join(await folder, name);
    await writeFile(path, content);
    return path;
  };
}

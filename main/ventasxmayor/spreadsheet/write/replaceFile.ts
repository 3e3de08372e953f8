import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { failed, ok, problem, type Result } from '../../../../contract/problem';

/**
 * Writes a file beside the one it is to replace, and puts it in its place when it is whole and on disk: whoever opens
 * the name finds all of the old one or all of the new. What the bytes throw goes on to the caller.
 */
export async function replaceFile(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<void>> {
  const name = basename(path);
  const beside = join(dirname(path), `.${name}.${randomUUID()}.tmp`);
  let handle: FileHandle | null = null;
  try {
    handle = await open(beside, 'wx');
    for await (const piece of bytes) await handle.writeFile(piece);
    await handle.sync();
    await handle.close();
    handle = null;
    await rename(beside, path);
    return ok(undefined);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(beside, { force: true }).catch(() => undefined);
    const told = systemErrorSchema.safeParse(error);
    if (!told.success) throw error;
    if (told.data.code === 'ENOSPC') return failed(problem('file.noRoom', { name }));
    return failed(problem('file.notWritten', { name }, { detail: told.data.code }));
  }
}

const systemErrorSchema = z.object({ code: z.string(), syscall: z.string() });

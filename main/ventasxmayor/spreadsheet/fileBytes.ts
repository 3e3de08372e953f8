import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import type { Pause } from '../../engine/import/table';
import { changedFile, emptyFile, FileFault, tooLarge, unreadable } from './fileFault';
import { limits } from './limits';

/** What a file was when it was read. */
export interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
}

const chunkBytes = 1024 * 1024;

/**
 * Reads a whole file with its stamp, so that all that follows works on one and the same content whatever
 * becomes of the file. Throws FileFault.
 */
export async function readFileBytes(
  path: string,
  pause: Pause,
): Promise<{ bytes: Buffer; stamp: FileStamp }> {
  const handle = await openFile(path);
  try {
    const { size, modifiedMs } = await measure(handle);
    if (size === 0) throw emptyFile();
    if (size > limits.bytes) throw tooLarge('bytes');
    const bytes = Buffer.allocUnsafe(size);
    const hash = createHash('sha256');
    for (let filled = 0; filled < size; ) {
      const { bytesRead } = await handle.read(bytes, filled, Math.min(chunkBytes, size - filled), filled);
      if (bytesRead === 0) throw changedFile();
      hash.update(bytes.subarray(filled, filled + bytesRead));
      filled += bytesRead;
      await pause();
    }
    const after = await measure(handle);
    if (after.size !== size || after.modifiedMs !== modifiedMs) throw changedFile();
    return { bytes, stamp: { size, modifiedMs, hash: hash.digest('hex') } };
  } catch (error) {
    throw asFault(error);
  } finally {
    await handle.close();
  }
}

/**
 * Whether the file still is what it was. Its content decides; it is looked at only where size or time
 * differ, since copying a file onto itself changes its time alone.
 */
export async function isUnchanged(path: string, stamp: FileStamp, pause: Pause): Promise<boolean> {
  try {
    const handle = await openFile(path);
    const now = await measure(handle).finally(() => handle.close());
    if (now.size !== stamp.size) return false;
    if (now.modifiedMs === stamp.modifiedMs) return true;
    return (await readFileBytes(path, pause)).stamp.hash === stamp.hash;
  } catch (error) {
    if (isSystemError(error) || error instanceof FileFault) return false;
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw asFault(error);
  }
}

async function measure(handle: FileHandle): Promise<{ size: number; modifiedMs: number }> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw unreadable('notAFile');
  return { size: stats.size, modifiedMs: stats.mtimeMs };
}

const systemErrorSchema = z.object({ code: z.string(), syscall: z.string() });
const isSystemError = (error: unknown) => systemErrorSchema.safeParse(error).success;

/** The operating system's errors as problems; anything else stays what it is. */
function asFault(error: unknown): unknown {
  const parsed = systemErrorSchema.safeParse(error);
  if (!parsed.success) return error;
  const { code } = parsed.data;
  if (code === 'ENOENT' || code === 'ENOTDIR') return unreadable('notFound');
  if (code === 'EISDIR') return unreadable('notAFile');
  // Windows answers EBUSY and EPERM while another program keeps the file to itself.
  if (code === 'EACCES' || code === 'EPERM' || code === 'EBUSY') return unreadable('noAccess');
  return unreadable('damaged', { detail: code });
}

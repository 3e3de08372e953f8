import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { tooLarge, unreadable } from '../fileFault';
import { limits } from '../limits';

/** The parts of an archive by name; reading one yields its content in pieces. */
export interface Archive {
  has(name: string): boolean;
  read(name: string): AsyncIterable<Buffer>;
}

interface Entry {
  method: number;
  /** Where the entry's own header begins. */
  offset: number;
  packedSize: number;
}

/**
 * Opens a ZIP archive held in memory by its central directory (APPNOTE.TXT 4.3.12, and 4.5.3 for ZIP64).
 * Names are compared without case, as Office does. Throws FileFault where it is no archive, is encrypted,
 * or unpacks to more than the limit.
 */
export function openArchive(bytes: Buffer): Archive {
  const entries = readDirectory(bytes);
  let unpacked = 0;

  async function* read(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(keyOf(name));
    if (entry === undefined) throw unreadable('damaged', { detail: name });
    for await (const piece of inflate(packedContent(bytes, entry), entry.method)) {
      unpacked += piece.length;
      if (unpacked > limits.unpackedBytes) throw tooLarge('unpackedBytes');
      yield piece;
    }
  }
  return { has: (name) => entries.has(keyOf(name)), read };
}

const keyOf = (name: string) => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

const signature = {
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  central: 0x02014b50,
  local: 0x04034b50,
};
const endSize = 22;
const longestComment = 0xffff;
const full16 = 0xffff;
const full32 = 0xffffffff;

function readDirectory(bytes: Buffer): Map<string, Entry> {
  try {
    const { count, offset } = locateDirectory(bytes);
    const entries = new Map<string, Entry>();
    let at = offset;
    for (let index = 0; index < count; index += 1) {
      const { name, entry, size } = readCentralHeader(bytes, at);
      entries.set(keyOf(name), entry);
      at += size;
    }
    return entries;
  } catch (error) {
    // Reading past the end is how a cut or forged directory shows.
    if (error instanceof RangeError) throw unreadable('damaged');
    throw error;
  }
}

function locateDirectory(bytes: Buffer): { count: number; offset: number } {
  const earliest = Math.max(0, bytes.length - endSize - longestComment);
  for (let at = bytes.length - endSize; at >= earliest; at -= 1) {
    if (bytes.readUInt32LE(at) !== signature.end) continue;
    const count = bytes.readUInt16LE(at + 10);
    const offset = bytes.readUInt32LE(at + 16);
    return count === full16 || offset === full32 ? locateDirectory64(bytes, at) : { count, offset };
  }
  throw unreadable('damaged');
}

function locateDirectory64(bytes: Buffer, end: number): { count: number; offset: number } {
  const locator = end - 20;
  if (bytes.readUInt32LE(locator) !== signature.locator64) throw unreadable('damaged');
  const at = readSize64(bytes, locator + 8);
  if (bytes.readUInt32LE(at) !== signature.end64) throw unreadable('damaged');
  return { count: readSize64(bytes, at + 32), offset: readSize64(bytes, at + 48) };
}

const readSize64 = (bytes: Buffer, at: number) => Number(bytes.readBigUInt64LE(at));

function readCentralHeader(bytes: Buffer, at: number): { name: string; entry: Entry; size: number } {
  if (bytes.readUInt32LE(at) !== signature.central) throw unreadable('damaged');
  const encrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
  if (encrypted) throw unreadable('passwordProtected');
  const nameLength = bytes.readUInt16LE(at + 28);
  const extraLength = bytes.readUInt16LE(at + 30);
  const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
  const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
  const sizes = {
    unpacked: bytes.readUInt32LE(at + 24),
    packed: bytes.readUInt32LE(at + 20),
    offset: bytes.readUInt32LE(at + 42),
  };
  const wide = readZip64Extra(extra, sizes);
  return {
    name,
    entry: { method: bytes.readUInt16LE(at + 10), packedSize: wide.packed, offset: wide.offset },
    size: 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32),
  };
}

/** The 64-bit values stand in a fixed order, each only where its 32-bit field is full. */
function readZip64Extra(
  extra: Buffer,
  sizes: { unpacked: number; packed: number; offset: number },
): { packed: number; offset: number } {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4 + (sizes.unpacked === full32 ? 8 : 0);
    const take = (value: number) => {
      if (value !== full32) return value;
      next += 8;
      return readSize64(extra, next - 8);
    };
    return { packed: take(sizes.packed), offset: take(sizes.offset) };
  }
  return sizes;
}

function packedContent(bytes: Buffer, { offset, packedSize }: Entry): Buffer {
  const inside = offset + 30 <= bytes.length && bytes.readUInt32LE(offset) === signature.local;
  if (!inside) throw unreadable('damaged');
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packedSize > bytes.length) throw unreadable('damaged');
  return bytes.subarray(start, start + packedSize);
}

const pieceBytes = 64 * 1024;

async function* inflate(packed: Buffer, method: number): AsyncGenerator<Buffer> {
  if (method === 0) {
    for (let at = 0; at < packed.length; at += pieceBytes) yield packed.subarray(at, at + pieceBytes);
    return;
  }
  if (method !== 8) throw unreadable('damaged');
  const inflater = createInflateRaw({ chunkSize: pieceBytes });
  const source = Readable.from([packed]);
  source.pipe(inflater);
  try {
    yield* inflater;
  } catch (error) {
    if (error instanceof Error && 'errno' in error) throw unreadable('damaged');
    throw error;
  } finally {
    inflater.destroy();
  }
}

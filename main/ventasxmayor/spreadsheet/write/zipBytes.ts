import { once } from 'node:events';
import { createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { Zip, ZipPassThrough } from 'fflate';

export interface ZipPart {
  name: string;
  text: AsyncIterable<string> | Iterable<string>;
}

/** What is handed to the archive at a time. */
const pieceCharacters = 64 * 1024;
/** Half the time of the usual level, for a file a tenth larger. */
const level = 3;

/** An archive as it is made, one part after the other. Packing runs in zlib's own threads, not on the event loop. */
export async function* zipBytes(parts: readonly ZipPart[]): AsyncGenerator<Uint8Array> {
  let made: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    made.push(piece);
  });
  function take(): Uint8Array[] {
    const taken = made;
    made = [];
    return taken;
  }

  for (const { name, text } of parts) {
    const part = new DeflatedPart(name);
    try {
      zip.add(part);
      for await (const piece of inPieces(text)) {
        await part.add(piece);
        yield* take();
      }
      await part.end();
      yield* take();
    } finally {
      part.deflate.destroy();
    }
  }
  zip.end();
  yield* take();
}

/** A part of the archive that is packed by zlib. fflate counts and checks what goes in, and keeps the directory. */
class DeflatedPart extends ZipPassThrough {
  override compression = 8;
  readonly deflate: DeflateRaw = createDeflateRaw({ level });
  readonly #ended: Promise<unknown>;

  constructor(name: string) {
    super(name);
    this.deflate.on('data', (packed: Buffer) => this.ondata(null, new Uint8Array(packed), false));
    this.#ended = once(this.deflate, 'end');
    // Awaited at the end; a part that is given up meanwhile is nobody's concern.
    this.#ended.catch(() => undefined);
  }

  protected override process(piece: Uint8Array, final: boolean): void {
    if (piece.length > 0) this.deflate.write(piece);
    if (final) this.deflate.end();
  }

  async add(piece: Uint8Array): Promise<void> {
    this.push(piece, false);
    if (this.deflate.writableNeedDrain) await once(this.deflate, 'drain');
  }

  async end(): Promise<void> {
    this.push(new Uint8Array(0), true);
    await this.#ended;
    this.ondata(null, new Uint8Array(0), true);
  }
}

async function* inPieces(text: ZipPart['text']): AsyncGenerator<Uint8Array> {
  let gathered = '';
  for await (const more of text) {
    gathered += more;
    if (gathered.length < pieceCharacters) continue;
    yield Buffer.from(gathered);
    gathered = '';
  }
  yield Buffer.from(gathered);
}

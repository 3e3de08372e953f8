import iconv from 'iconv-lite';
import sax from 'sax';
import type { Pause } from '../../../engine/import/table';
import { unreadable } from '../fileFault';

/** Names come without their namespace prefix. */
export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string | undefined>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Parses an XML document piece by piece. Throws FileFault where it is not well-formed. */
export async function parseXml(
  pieces: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
  pause: Pause,
): Promise<void> {
  const parser = sax.parser(true, { position: false });
  parser.onerror = (error) => {
    throw unreadable('damaged', { detail: error.message });
  };
  let rooted = false;
  parser.onopentag = ({ name, attributes }) => {
    rooted = true;
    handlers.open?.(localName(name), attributes);
  };
  parser.onclosetag = (name) => handlers.close?.(localName(name));
  parser.ontext = (text) => handlers.text?.(text);
  parser.oncdata = (text) => handlers.text?.(text);

  let decoder: iconv.DecoderStream | null = null;
  for await (const piece of pieces) {
    decoder ??= iconv.getDecoder(encodingOf(piece));
    parser.write(decoder.write(piece));
    await pause();
  }
  parser.write(decoder?.end() ?? '').close();
  if (!rooted) throw unreadable('damaged');
}

/** XML is UTF-8 unless a byte-order mark says otherwise; Office writes nothing else. */
const encodingOf = (piece: Buffer) =>
  piece[0] === 0xff && piece[1] === 0xfe
    ? 'utf-16le'
    : piece[0] === 0xfe && piece[1] === 0xff
      ? 'utf-16be'
      : 'utf-8';

const localName = (name: string) => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** The attribute of that local name, with whatever prefix the writer chose (`r:id`, `ns1:id`). */
export function prefixed(
  attributes: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== name && localName(key) === name) return value;
  }
  return undefined;
}

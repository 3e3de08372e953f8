import { isUtf8 } from 'node:buffer';
import { unreadable } from './fileFault';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'windows-1252';
export type Content = { kind: 'xlsx' } | { kind: 'text'; encoding: Encoding };

/**
 * Tells by its content, never by its name, what a file is. Text without a byte-order mark is UTF-8 if every
 * byte of it is valid UTF-8, else Windows-1252, which is what a spreadsheet in Argentina writes as CSV.
 * Throws FileFault for what is neither text nor XLSX.
 */
export function detectContent(bytes: Buffer): Content {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return { kind: 'xlsx' };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    // A workbook with a password is an encrypted package inside a container of the old format.
    const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw unreadable(encrypted ? 'passwordProtected' : 'oldExcel');
  }
  if (startsWith(bytes, [0xff, 0xfe])) return { kind: 'text', encoding: 'UTF-16LE' };
  if (startsWith(bytes, [0xfe, 0xff])) return { kind: 'text', encoding: 'UTF-16BE' };
  if (bytes.includes(0) || hasOtherSignature(bytes) || isMostlyControl(bytes)) {
    throw unreadable('notASpreadsheet');
  }
  if (/^\s*<(?:!doctype|html|table|meta|\?xml|head|style)/i.test(headText(bytes)))
    throw unreadable('webPage');
  return { kind: 'text', encoding: detectEncoding(bytes) };
}

function detectEncoding(bytes: Buffer): Encoding {
  if (isUtf8(bytes)) return 'UTF-8';
  const marked = startsWith(bytes, [0xef, 0xbb, 0xbf]);
  if (marked || isCutUtf8(bytes)) throw unreadable('damaged');
  return 'windows-1252';
}

/** Valid UTF-8 but for its last character: the file's end is missing. */
function isCutUtf8(bytes: Buffer): boolean {
  for (const cut of [1, 2, 3]) {
    const rest = bytes.subarray(0, -cut);
    if (isUtf8(rest)) return rest.some((byte) => byte > 0x7f);
  }
  return false;
}

const startsWith = (bytes: Buffer, signature: readonly number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

const headText = (bytes: Buffer) =>
  bytes
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');

const hasOtherSignature = (bytes: Buffer) =>
  /^(?:%PDF-|\{\\rtf|\x89PNG|\xff\xd8\xff|GIF8)/.test(headText(bytes));

/** Text has next to no control characters but tabs and line breaks; other files are full of them. */
function isMostlyControl(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 65_536);
  let controls = 0;
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls += 1;
  }
  return controls > head.length * 0.005;
}

/**
 * Text as it stands in the XML of a sheet: characters that XML cannot hold, and texts that look like one written so, are
 * escaped as `_x000D_` (ECMA-376 part 1, 22.9.2.19); half a surrogate pair is no character and becomes the sign for it.
 */
export function escapeXml(text: string): string {
  if (!needsEscape.test(text)) return text;
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(impossible, (character) => `_x${hex(character)}_`)
    .replace(loneSurrogate, '\ufffd')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

const hex = (character: string): string =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Built from escapes: control characters in a literal pattern are hard to see and easy to lose. A carriage return would
// be read as a line feed.
const controls = '\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff';
const impossible = new RegExp(`[${controls}]`, 'g');
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const needsEscape = new RegExp(`[&<>"${controls}\\ud800-\\udfff]|_x[0-9A-Fa-f]{4}_`);
